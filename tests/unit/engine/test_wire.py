"""What processes tell each other survives the way."""

import marshal

from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import Advice, Edit, Fix, Related, Safety
from vaultlint.engine.packing import pack_advice, unpack_advice
from vaultlint.engine.session import Session
from vaultlint.engine.slices import cut
from vaultlint.engine.wire import Facts, pack_facts, pack_row, unpack_facts, unpack_row
from vaultlint.note.parse import parse_note
from vaultlint.source import Entry
from vaultlint.text import Position, Span
from vaultlint.vault.keys import exports

NOTE = b"""---
aliases: [One, \xff]
tags: [a/b]
vaultlint: {ignore: [broken-embed]}
---
# Head
[[nowhere]] ![[nothing.png]] ^id
- #PAPER [A title (B 2020)](https://arxiv.org/abs/2001.00001)
"""


def test_facts_and_rows_come_back_as_they_were() -> None:
    facts = [Facts("a.md", "d", exports(parse_note("a.md", NOTE))), Facts("b.md", "", None)]
    assert unpack_facts(marshal.loads(marshal.dumps(pack_facts(facts)))) == facts
    session = Session(MemorySource({"a.md": NOTE, "b.md": b"fine"}), ConfigRequest(), jobs=1)
    session.apply()
    rows = session._memo.rows
    assert rows["a.md"].found.keys() >= {"broken-link", "broken-embed"}
    assert [one.rule for one in rows["a.md"].diagnostics] == ["unreadable-note", "broken-link"]
    for file, row in rows.items():
        assert unpack_row(marshal.loads(marshal.dumps(pack_row(file, row))), row.plan) == row


def test_advice_comes_back_as_it_was() -> None:
    edits = (Edit("a.md", Span(2, 5), "x"),)
    fix = Fix("Do so", Safety.UNSAFE, edits, {"a.md": "d1", "b.md": "d2"})
    related = (Related("b.md", Position(3, 4), "here"),)
    for advice in (Advice(), Advice("help", related), Advice("help", related, fix)):
        assert unpack_advice(marshal.loads(marshal.dumps(pack_advice(advice)))) == advice


def test_slices_cost_about_the_same_and_miss_nothing() -> None:
    sizes = [10, 2_000_000, 500, 0, 90_000, 40_000, 40_000, 700_000, 20_000, 1_100_000]
    entries = {f"{at}.md": Entry(f"{at}.md", size, "") for at, size in enumerate(sizes)}
    for count in (1, 2, 3, 4, 20):
        slices = cut(entries, count)
        assert [file for files in slices for file in files] == list(entries)
        assert len(slices) == count
    left, right = cut(entries, 2)
    assert abs(sum(sizes[int(file[0])] for file in left) - sum(sizes) / 2) < 600_000
    assert right
    assert cut({}, 2) == [[], []]
