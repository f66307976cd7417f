"""Who fights over a note: fixes that come back undone, and a budget that ends any quarrel.

A text that we replaced and that is seen again was put back by somebody: a person's undo, an editor
with an old buffer, a formatter with another opinion, a sync service. Whoever it is, they win.

Invariant: a note is written at most ``MOST`` times in ``SPAN``, whatever others do; pure, with the
time as an argument.

Tests: tests/unit/watch/test_rivals.py
"""

from collections import defaultdict, deque
from collections.abc import Iterable

from vaultlint.note.model import NoteId

REMEMBERED = 8
"""So many replaced texts of a note are recognized."""
SPAN = 600.0
MOST = 3
"""So many times a note is written in ``SPAN`` seconds."""
HOUR = 3600.0
MOST_IN_ALL = 200
"""So many notes are written in an hour."""


class Rivals:
    """What was replaced, and what came back."""

    def __init__(self) -> None:
        self._replaced: defaultdict[NoteId, deque[str]] = defaultdict(
            lambda: deque(maxlen=REMEMBERED)
        )
        self._written: deque[tuple[float, NoteId]] = deque()
        self._left_alone: set[NoteId] = set()

    def wrote(self, file: NoteId, before: str, now: float) -> None:
        """Take in that the text with the digest ``before`` was replaced."""
        self.remember(file, before)
        self._written.append((now, file))

    def remember(self, file: NoteId, before: str) -> None:
        """Take in that the text with the digest ``before`` was replaced some time ago."""
        self._replaced[file].append(before)

    def seen(self, file: NoteId, digest: str) -> bool:
        """Return whether the text of that digest is one that we replaced; then it is left alone."""
        if digest not in self._replaced.get(file, ()):
            return False
        self._left_alone.add(file)
        return True

    def is_left_alone(self, file: NoteId) -> bool:
        """Return whether somebody undid a fix of ``file``."""
        return file in self._left_alone

    def over_budget(self, files: Iterable[NoteId], now: float) -> str:
        """Return why ``files`` should not be written once more just now, "" if they may be."""
        while self._written and self._written[0][0] <= now - HOUR:
            self._written.popleft()
        if len(self._written) >= MOST_IN_ALL:
            return f"{MOST_IN_ALL} notes were fixed within the hour"
        for file in files:
            recent = sum(1 for when, each in self._written if each == file and when > now - SPAN)
            if recent >= MOST:
                return f"it was fixed {MOST} times within {SPAN / 60:g} minutes"
        return ""
