"""What processes tell each other survives the way."""

import io
import marshal

import pytest

from vaultlint.diagnostics import Advice, Edit, Fix, Related, Safety
from vaultlint.engine.packing import pack_advice, unpack_advice
from vaultlint.engine.slices import cut
from vaultlint.engine.wire import Pipe, Said, WorkerDied
from vaultlint.source import Entry
from vaultlint.text import Position, Span


def test_parts_come_in_order_and_an_end_that_is_missing_is_noticed() -> None:
    parts = [Said(f"{at}.md", "d", None if at % 3 else b"x" * at) for at in range(1_200)]
    stream = io.BytesIO()
    Pipe(io.BytesIO(), stream).send_each(parts)
    sent = stream.getvalue()
    assert [Said(*each) for each in Pipe(io.BytesIO(sent), stream).receive_each()] == parts
    for cut_off in (sent[:-1], sent[: len(sent) // 2], b"", b"\0" * 7 + b"\1?"):
        with pytest.raises(WorkerDied):
            list(Pipe(io.BytesIO(cut_off), stream).receive_each())


def test_advice_comes_back_as_it_was() -> None:
    edits = (Edit("a.md", Span(2, 5), "x"),)
    fix = Fix("Do so", Safety.UNSAFE, edits, {"a.md": "d1", "b.md": "d2"})
    related = (Related("b.md", Position(3, 4), "here"),)
    for advice in (Advice(), Advice("help", related), Advice("help", related, fix)):
        assert (
            unpack_advice(marshal.loads(marshal.dumps(pack_advice(advice, [("files",)])))) == advice
        )


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
