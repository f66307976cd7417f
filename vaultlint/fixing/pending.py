"""Moves that somebody made outside of vaultlint and whose links wait for a person's word.

Whoever sees such a move (``vaultlint watch``) writes it down here; ``vaultlint mv --pending`` has the
links mended. The list is a small JSON file in the vault's state folder, in the journal's
neighborhood: ``{"moves": [{"renames": {"old.md": "new.md"}, "seen": 1732262400.0}]}``.

Invariant: a hint, never a decision: what is to be written is computed anew from the vault as it is;
a list that is lost or damaged is an empty one.

Tests: tests/unit/fixing/test_pending.py
"""

import json
import os
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from vaultlint.errors import JournalError
from vaultlint.note.model import NoteId

_FILE = "pending-moves.json"


class PendingMove(NamedTuple):
    """Files that were renamed together (before -> after); ``seen`` is when, in Unix seconds."""

    renames: Mapping[NoteId, NoteId]
    seen: float

    @property
    def summary(self) -> str:
        """Return what moved where, in a few words."""
        old, new = next(iter(self.renames.items()))
        more = len(self.renames) - 1
        return f"{old} -> {new}" + (f" and {more} more" if more else "")

    def stands(self, files: Container[NoteId]) -> bool:
        """Return whether every file is still where it was moved to, and nothing where it was."""
        return all(new in files and old not in files for old, new in self.renames.items())


def read_pending(state: Path) -> tuple[PendingMove, ...]:
    """Return the pending moves of the vault whose state folder is ``state``, oldest first."""
    try:
        found = json.loads((state / _FILE).read_bytes())
        moves = [_read(each) for each in found["moves"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    return tuple(each for each in moves if each.renames)


def _read(raw: Any) -> PendingMove:
    renames = {str(old): str(new) for old, new in raw["renames"].items()}
    return PendingMove(renames, float(raw["seen"]))


def write_pending(state: Path, moves: Iterable[PendingMove]) -> None:
    """Put ``moves`` in the place of the list. Raises JournalError if it cannot be written."""
    listed = [{"renames": dict(each.renames), "seen": each.seen} for each in moves]
    path, part = state / _FILE, state / f"{_FILE}.{os.getpid()}.part"
    try:
        if not listed:
            path.unlink(missing_ok=True)
            return
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_bytes(json.dumps({"moves": listed}).encode())
        part.replace(path)
    except OSError as error:
        raise JournalError(f"{path} cannot be written: {error.strerror}") from None
