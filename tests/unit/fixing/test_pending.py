"""The list of moves whose links wait for a person's word."""

from pathlib import Path

import pytest

from vaultlint.errors import JournalError
from vaultlint.fixing.pending import PendingMove, read_pending, write_pending

ONE = PendingMove({"a.md": "b/a.md"}, 5.0)
TWO = PendingMove({"x/é.md": "y/é.md", "x/\udcff.png": "y/\udcff.png"}, 6.5)


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
    assert ONE.stands({"b/a.md", "c.md"})
    assert not ONE.stands({"a.md", "b/a.md"})
    assert not ONE.stands({"c.md"})
    assert (ONE.summary, TWO.summary) == ("a.md -> b/a.md", "x/é.md -> y/é.md and 1 more")
