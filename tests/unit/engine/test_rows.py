"""Rows survive being packed, and are asked without being unpacked."""

import marshal

from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import INTERNAL_ERROR
from vaultlint.engine.jobs import failure
from vaultlint.engine.rows import Row, Rows, pack_row, packed_row, unpack_row
from vaultlint.engine.session import Session

NOTE = b"""---
aliases: [One, \xff]
tags: [a/b]
vaultlint: {ignore: [broken-embed]}
---
# Head
[[nowhere]] ![[nothing.png]] ^id
- #PAPER [A title (B 2020)](https://arxiv.org/abs/2001.00001)
"""


def made() -> dict[str, Row]:
    session = Session(MemorySource({"a.md": NOTE, "b.md": b"fine"}), ConfigRequest(), jobs=1)
    session.apply()
    assert session._memo is not None
    return dict(session._memo.rows)


def packed(rows: dict[str, Row]) -> Rows:
    held = Rows()
    for file, row in rows.items():
        held.put_packed(file, row.plan, packed_row(row))
    return held


def test_rows_come_back_as_they_were() -> None:
    rows = made()
    assert rows["a.md"].found.keys() >= {"broken-link", "broken-embed"}
    assert [one.rule for one in rows["a.md"].diagnostics] == ["unreadable-note", "broken-link"]
    for row in rows.values():
        assert unpack_row(*marshal.loads(marshal.dumps(pack_row(row))), row.plan) == row
    assert packed(rows) == rows


def test_packed_rows_answer_as_others_do() -> None:
    rows = made()
    held, open_ = packed(rows), Rows()
    open_.update(rows)
    for each in (held, open_):
        assert dict(each.findings()) == {file: row.diagnostics for file, row in rows.items()}
        assert dict(each.keys_read()) == {file: row.keys for file, row in rows.items()}
        assert {file: each.plain(file) for file in rows} == {
            file: pack_row(row) for file, row in rows.items()
        }
        assert each.plain("none.md") == ((), {})
        assert each.reports("broken-link")
        assert not each.reports("broken-embed")  # suppressed
        assert not each.reports(INTERNAL_ERROR)


def test_a_failure_is_noticed_and_forgotten_with_its_row() -> None:
    rows = made()
    found = (failure("broken-link", "b.md", "no"),)
    failed = rows["b.md"]._replace(found={"broken-link": found}, diagnostics=found)
    for held in (packed({**rows, "b.md": failed}), Rows()):
        held["b.md"] = failed
        assert held.reports(INTERNAL_ERROR)
        held.put_packed("b.md", failed.plan, packed_row(failed))
        assert held.reports(INTERNAL_ERROR)
        assert "b.md" in held
        del held["b.md"]
        assert "b.md" not in held
        assert not held.reports(INTERNAL_ERROR)
        assert held.keys() == rows.keys() - {"b.md"} or not held
