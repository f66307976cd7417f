"""When a note has settled, so that a fix meets nobody who is still writing.

A fix that comes while somebody types meets a buffer that is not saved; two minutes after the last
save it hardly ever does. So a note that looks open waits long, or until it is closed, and one with
an editor's mark (unsaved changes, or an open buffer) waits until the mark is gone.

A crowd of notes that change together was written by a program (a checkout, a sync, a script), which
knows what it does; none of them is fixed.

Invariant: pure; the time and what looks open are arguments. A change of the note starts its time
anew, so nothing is ever due in the middle of work.

Tests: tests/unit/watch/test_settle.py, tests/properties/test_settle.py
"""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import NamedTuple

from vaultlint.note.model import NoteId


class Openness(IntEnum):
    """How much a note looks as if somebody had it open."""

    CLOSED = 0
    OPEN = 1
    """It is shown in a window, which need not be in use."""
    HELD = 2
    """An editor has left a mark beside it, and takes it away when it is done."""


class Rest(NamedTuple):
    """How long a note must be left alone before it is fixed, in seconds.

    ``look`` is how often to look whether a note was closed. More than ``crowd`` notes that change
    within ``closed`` seconds are a crowd, as are those that follow as quickly.
    """

    closed: float = 10.0
    open: float = 120.0
    look: float = 5.0
    crowd: int = 50


class Settling:
    """The notes that changed and have not yet settled."""

    def __init__(self, rest: Rest = Rest()) -> None:  # noqa: B008 -- a constant
        self.rest = rest
        self._changed: dict[NoteId, float] = {}
        self._look_at = 0.0
        self._crowd_until = float("-inf")

    @property
    def waiting(self) -> tuple[NoteId, ...]:
        """Return the notes that have not settled, sorted."""
        return tuple(sorted(self._changed))

    def changed(self, file: NoteId, now: float, *, more: float = 0.0) -> None:
        """Take in that ``file`` has a new text; it has to rest for ``more`` seconds than usual."""
        if now < self._crowd_until:
            self._crowd_until = now + self.rest.closed
            self._changed.pop(file, None)
            return
        self._changed[file] = now + more
        young = now - self.rest.closed
        if len(self._changed) > self.rest.crowd:
            crowd = [each for each, when in self._changed.items() if when > young]
            if len(crowd) > self.rest.crowd:
                self._crowd_until = now + self.rest.closed
                self.forget(crowd)

    def touched(self, file: NoteId, now: float) -> None:
        """Take in that somebody was at ``file``: if it is settling, it starts anew."""
        if file in self._changed:
            self._changed[file] = max(self._changed[file], now)

    def forget(self, files: Iterable[NoteId]) -> None:
        """Take in that nothing is to be done about ``files``."""
        for file in files:
            self._changed.pop(file, None)

    def next_at(self) -> float | None:
        """Return when to call ``take`` next, None while nothing waits."""
        if not self._changed:
            return None
        return max(min(self._changed.values()) + self.rest.closed, self._look_at)

    def take(self, now: float, openness: Callable[[NoteId], Openness]) -> tuple[NoteId, ...]:
        """Return and forget the notes that have settled, sorted. ``openness`` is asked now."""
        settled = []
        for file, changed in self._changed.items():
            if now < changed + self.rest.closed:
                continue
            looks = openness(file)
            if looks is Openness.CLOSED or (
                looks is Openness.OPEN and now >= changed + self.rest.open
            ):
                settled.append(file)
        self._look_at = now + self.rest.look
        self.forget(settled)
        return tuple(sorted(settled))
