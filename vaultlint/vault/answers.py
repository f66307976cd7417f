"""The records in which the vault answers questions.

Tests: tests/unit/vault/test_view.py
"""

from typing import NamedTuple

from vaultlint.note.model import NoteId


class Resolution(NamedTuple):
    """What a link opens: ``target`` is a file or None; ``candidates`` are all that tie for it."""

    target: NoteId | None
    candidates: tuple[NoteId, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Return whether Obsidian's choice is not determined (a tie of equal rank)."""
        return len(self.candidates) > 1


class Anchor(NamedTuple):
    """What a subpath finds: type is "heading", "block" or "footnote"; line is 0-based."""

    type: str
    line: int


class CitedAs(NamedTuple):
    """One way in which a source is cited: under which kinds and text, and in which notes.

    ``notes`` are in order of id.
    """

    kinds: tuple[str, ...]
    text: str | None
    notes: tuple[NoteId, ...]

    def __hash__(self) -> int:
        """Return a hash that costs the same however many notes there are."""
        return hash((self.kinds, self.text, len(self.notes)))
