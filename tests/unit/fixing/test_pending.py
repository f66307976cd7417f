"""The list of moves whose links wait for a person's word."""

from pathlib import Path

import pytest

from vaultlint.errors import JournalError
from vaultlint.fixing.pending import PendingMove, read_pending, write_pending

ONE = PendingMove({"a.md": "b/a.md"}, 5.0)
TWO = PendingMove({"x/é.md": "y/é.md", "x/\udcff.png": "y/\udcff.png"}, 6.5, "why", ())


def test_what_is_written_is_read(tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert read_pending(state) == ()
    write_pending(state, [ONE, TWO])
    assert read_pending(state) == (ONE, TWO)
    write_pending(state, [])
    assert list(state.iterdir()) == []


@pytest.mark.parametrize(
    "damage", [b"", b"[", b"[]", b'{"moves": 5}', b'{"moves": [{}]}', b"\xff", b"[" * 100_000]
)
def test_a_damaged_list_is_empty(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "pending-moves.json").write_bytes(damage)
    assert read_pending(tmp_path) == ()


def test_a_list_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(JournalError, match="cannot be written"):
        write_pending(tmp_path / "state", [ONE])


def test_a_move_stands_while_nothing_took_its_places() -> None:
    assert ONE.standing({"b/a.md", "c.md"}) == ONE
    assert ONE.standing({"a.md", "b/a.md"}) is None
    assert ONE.standing({"c.md"}) is None
    assert (ONE.summary, TWO.summary) == ("a.md -> b/a.md", "x/é.md -> y/é.md and 1 more")


def test_of_many_files_those_stand_that_are_where_they_went() -> None:
    left = TWO.standing({"y/é.md"})
    assert left is not None
    assert left.renames == {"x/é.md": "y/é.md"}
    assert TWO.without({"x/é.md"}) == TWO._replace(renames={"x/\udcff.png": "y/\udcff.png"})
    assert ONE.without({"a.md"}) is None


def test_of_the_choices_those_stand_that_are_there() -> None:
    choice = PendingMove({"a.md": "b.md"}, 1.0, "several files may be it", ("b.md", "c.md"))
    assert choice.summary == "a.md -> b.md or c.md"
    assert choice.standing({"b.md", "c.md"}) == choice
    assert choice.standing({"c.md"}) == choice._replace(renames={"a.md": "c.md"}, choices=("c.md",))
    assert choice.standing({"a.md", "c.md"}) is None
    assert choice.standing({"d.md"}) is None


def test_what_moves_on_is_found_where_it_is() -> None:
    assert ONE.after({"b/a.md": "c/a.md", "x.md": "y.md"}).renames == {"a.md": "c/a.md"}
    choice = ONE._replace(choices=("b/a.md", "d.md"))
    assert choice.after({"d.md": "e.md"}).choices == ("b/a.md", "e.md")


def test_the_latest_are_kept_of_very_many(tmp_path: Path) -> None:
    write_pending(tmp_path, [ONE._replace(seen=float(number)) for number in range(1000)])
    kept = read_pending(tmp_path)
    assert len(kept) < 1000
    assert kept[-1].seen == 999
