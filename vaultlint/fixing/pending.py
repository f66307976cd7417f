"""Moves that somebody made outside of vaultlint and whose links wait for a person's word.

Whoever sees such a move (``vaultlint watch``) writes it down here; ``vaultlint mv --pending`` has the
links mended. The list is a small JSON file in the vault's state folder, in the journal's
neighborhood: ``{"moves": [{"renames": {"old.md": "new.md"}, "seen": 1732262400.0, "reason": "...",
"choices": []}]}``.

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
_MOST = 200  # moves are remembered, the latest ones


class PendingMove(NamedTuple):
    """Files that were renamed together (before -> after); ``seen`` is when, in Unix seconds.

    ``reason`` is why a person is asked. With ``choices`` the one file of ``renames`` is in one of
    these places, or in none: nothing is mended before a person has chosen.
    """

    renames: Mapping[NoteId, NoteId]
    seen: float
    reason: str = ""
    choices: tuple[NoteId, ...] = ()

    @property
    def summary(self) -> str:
        """Return what moved where, in a few words."""
        old, new = next(iter(self.renames.items()))
        more = len(self.renames) - 1
        goals = " or ".join(self.choices) or new
        return f"{old} -> {goals}" + (f" and {more} more" if more else "")

    def standing(self, files: Container[NoteId]) -> "PendingMove | None":
        """Return what of this still holds: nothing where the file was, and a file where it went."""
        gone = {old: new for old, new in self.renames.items() if old not in files}
        if self.choices:
            choices = tuple(each for each in self.choices if each in files)
            gone = {old: choices[0] for old in gone if choices}
            return self._replace(renames=gone, choices=choices) if gone else None
        left = {old: new for old, new in gone.items() if new in files}
        return self._replace(renames=left) if left else None

    def without(self, files: Container[NoteId]) -> "PendingMove | None":
        """Return this without the old paths ``files``, None if nothing is left."""
        left = {old: new for old, new in self.renames.items() if old not in files}
        return self._replace(renames=left) if left else None

    def after(self, renames: Mapping[NoteId, NoteId]) -> "PendingMove":
        """Return this when files went on from where they had gone, as ``renames`` says."""
        return self._replace(
            renames={old: renames.get(new, new) for old, new in self.renames.items()},
            choices=tuple(renames.get(new, new) for new in self.choices),
        )


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
    choices = tuple(map(str, raw.get("choices", ())))
    return PendingMove(renames, float(raw["seen"]), str(raw.get("reason", "")), choices)


def write_pending(state: Path, moves: Iterable[PendingMove]) -> None:
    """Put ``moves`` in the place of the list. Raises JournalError if it cannot be written."""
    listed = [each._asdict() | {"renames": dict(each.renames)} for each in moves][-_MOST:]
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
