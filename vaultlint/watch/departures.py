"""Files that vanished, and where they may have gone.

A path that disappears is no move yet: editors and sync services delete and rename on every save.
It becomes one when it stayed away for a while and through a look at everything, and one new path is
the same file (a move event, or the same inode, size and time) or has the same bytes.

Invariant: pure; the time is an argument. A pair is told once, and only if neither end could belong
to another pair.

Tests: tests/unit/watch/test_departures.py, tests/properties/test_departures.py
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from vaultlint.note.model import NoteId
from vaultlint.source import Entry, is_hidden

AWAY = 60.0
"""Seconds for which the old path must be absent. Source: Syncthing delays deletes as long."""
TOGETHER = 5.0
"""Files that vanished within so many seconds moved together."""
MEMORY = 300.0
"""Seconds for which arrivals and events are remembered."""
FEW_BYTES = 16
"""The bytes of a smaller file say nothing: many notes are empty."""


class Sighting(NamedTuple):
    """What a file was like; ``digest`` is "" for one whose bytes are not known."""

    digest: str
    size: int
    stamp: str

    def is_same_file(self, other: "Sighting") -> bool:
        """Return whether both are one file under two names: inode, time of change and size agree."""
        one, two = self.stamp.split("."), other.stamp.split(".")
        known = len(one) == len(two) == 3
        return known and self.size == other.size and (one[0], one[2]) == (two[0], two[2])

    def has_same_bytes(self, other: "Sighting") -> bool:
        """Return whether both have the same bytes, and enough of them to mean something."""
        return bool(self.digest) and self.digest == other.digest and self.size >= FEW_BYTES


def sighting(entry: Entry, digest: str) -> Sighting:
    """Return what is known of a file of the vault."""
    return Sighting(digest, entry.size, entry.stamp)


class Pair(NamedTuple):
    """``old`` went to ``new``. ``disturbed``: git was at work meanwhile."""

    old: NoteId
    new: NoteId
    disturbed: bool = False


class _Departure(NamedTuple):
    was: Sighting
    since: float
    scanned: bool = False
    disturbed: bool = False


class Departures:
    """What vanished and is not explained yet."""

    def __init__(self) -> None:
        self._gone: dict[NoteId, _Departure] = {}
        self._arrived: dict[NoteId, tuple[Sighting, float]] = {}
        self._events: dict[NoteId, tuple[NoteId, float]] = {}

    def moved(self, old: NoteId, new: NoteId, now: float) -> None:
        """Take in an event that says that ``old`` was moved to ``new``."""
        if not is_hidden(new):
            self._events[old] = (new, now)

    def changed(
        self, gone: Mapping[NoteId, Sighting], arrived: Mapping[NoteId, Sighting], now: float
    ) -> None:
        """Take in which files are no longer there, and which are new."""
        for file, was in gone.items():
            self._arrived.pop(file, None)
            self._gone[file] = _Departure(was, now)
        for file, sighting in arrived.items():
            self._gone.pop(file, None)
            self._arrived[file] = (sighting, now)
        self._forget(now - MEMORY)

    def disturbed(self) -> None:
        """Take in that git was at work: nothing that is gone now is to be followed unasked."""
        self._gone = {file: each._replace(disturbed=True) for file, each in self._gone.items()}

    def scanned(self) -> None:
        """Take in that everything was looked at, and what is gone was still gone."""
        self._gone = {file: each._replace(scanned=True) for file, each in self._gone.items()}

    def next_at(self) -> float | None:
        """Return when something may be explained, None while nothing is gone."""
        return min((each.since + AWAY for each in self._gone.values()), default=None)

    def needs_scan(self, now: float) -> bool:
        """Return whether everything has to be looked at before ``take`` can tell."""
        return any(not each.scanned and each.since + AWAY <= now for each in self._gone.values())

    def take(self, now: float) -> tuple[Pair, ...]:
        """Return the pairs that are certain by now, all that moved together, and forget them."""
        ripe = {
            file: each
            for file, each in self._gone.items()
            if each.scanned and each.since + AWAY <= now
        }
        if not ripe:
            return ()
        latest = max(each.since for each in ripe.values()) + TOGETHER
        if any(each.since <= latest for file, each in self._gone.items() if file not in ripe):
            return ()  # the rest of them will be certain soon
        targets = {file: self._target(file, each.was) for file, each in ripe.items()}
        claims = Counter(targets.values())
        for file in ripe:
            del self._gone[file]
        pairs = []
        for old, new in sorted(targets.items()):
            if new is not None and claims[new] == 1:
                self._arrived.pop(new, None)
                pairs.append(Pair(old, new, ripe[old].disturbed))
        return tuple(pairs)

    def _target(self, file: NoteId, was: Sighting) -> NoteId | None:
        """Return the one new file that ``file`` can have become, None for none or several."""
        told = self._told(file)
        if told is not None:
            return told
        for is_it in (was.is_same_file, was.has_same_bytes):
            found = [new for new, (sighting, _) in self._arrived.items() if is_it(sighting)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _told(self, file: NoteId) -> NoteId | None:
        """Return where events say that ``file`` went, if a new file is there."""
        seen = {file}
        while file in self._events:
            file = self._events[file][0]
            if file in self._arrived:
                return file
            if file in seen:
                return None
            seen.add(file)
        return None

    def _forget(self, before: float) -> None:
        oldest = min((each.since for each in self._gone.values()), default=before)
        self._arrived = _since(self._arrived, min(before, oldest - MEMORY))
        self._events = _since(self._events, min(before, oldest - MEMORY))


Value = TypeVar("Value")


def _since(
    known: Mapping[NoteId, tuple[Value, float]], when: float
) -> dict[NoteId, tuple[Value, float]]:
    return {file: each for file, each in known.items() if each[1] >= when}
