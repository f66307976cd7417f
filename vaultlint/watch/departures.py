"""Files that vanished, and where they may have gone.

A path that disappears is no move yet: editors and sync services delete and rename on every save.
It becomes one when it stayed away for a while and through a look at everything, and a new path is
the same file (a move event, or the same inode, size and time) or has the same bytes. Where several
paths may be it, or something else is doubtful, a person has to decide.

Invariant: pure; the time is an argument. A pair is told once, without a doubt only if neither end
could belong to another pair.

Tests: tests/unit/watch/test_departures.py, tests/properties/test_departures.py
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.source import Entry, is_hidden
from vaultlint.vault.keys import name_of

AWAY = 60.0
"""Seconds for which the old path must be absent. Source: Syncthing delays deletes as long."""
TOGETHER = 5.0
"""Files that vanished within so many seconds moved together."""
MEMORY = 300.0
"""Seconds for which arrivals and events are remembered."""
BESIDE = 90.0
"""Seconds for which both paths of a move may be there: a service that syncs deletes late."""
FEW_BYTES = 16
"""The bytes of a smaller file say nothing: many notes are empty."""
MANY = 9
"""Bytes that more files have than these say nothing: they come from a template."""
_CROWD = 100  # so many are not even looked through for those that something better explains

GIT = "git was at work meanwhile"
UNSEEN = "no watcher was running when it was moved"
_COPY = "the old path and the new one were both there for a while"
_SEVERAL = "several files may be it"
_CONTESTED = "another file may have become it"


class Sighting(NamedTuple):
    """What a file was like; ``digest`` is "" for one whose bytes are not known.

    ``stamp`` is "" for one that was edited since the last listing, and ``size`` from that listing.
    """

    digest: str
    size: int
    stamp: str

    @property
    def identity(self) -> tuple[str, ...]:
        """Return what a rename leaves as it is: inode, time of change, size; () if not known."""
        parts = self.stamp.split(".")
        return (parts[0], parts[2], str(self.size)) if len(parts) == 3 else ()

    @property
    def signs(self) -> tuple[str | tuple[str, ...], ...]:
        """Return all by which the file may be known under another name."""
        return tuple(filter(None, (self.digest, self.identity)))


def sighting(entry: Entry, digest: str) -> Sighting:
    """Return what is known of a file of the vault."""
    return Sighting(digest, entry.size, entry.stamp)


class Pair(NamedTuple):
    """``old`` went to ``new``, or, where that is not ``is_clear``, to one of ``others`` or nowhere.

    ``doubt`` says why a person has to decide, "" if nothing is doubtful.
    """

    old: NoteId
    new: NoteId
    others: tuple[NoteId, ...] = ()
    doubt: str = ""
    is_clear: bool = True


class _Departure(NamedTuple):
    was: Sighting
    since: float
    doubt: str = ""
    scanned: bool = False
    arrived: float = float("-inf")  # when the file had come, if that was a short time before


class _Arrival(NamedTuple):
    now: Sighting
    since: float


class Departures:
    """What vanished and is not explained yet."""

    def __init__(self) -> None:
        self._gone: dict[NoteId, _Departure] = {}
        self._arrived: dict[NoteId, _Arrival] = {}
        self._events: dict[NoteId, tuple[NoteId, float]] = {}
        self._forgot_at = float("-inf")

    @property
    def unexplained(self) -> dict[NoteId, Sighting]:
        """Return what the files were like of which it is not known yet where they went."""
        return {file: each.was for file, each in self._gone.items()}

    @property
    def arrivals(self) -> frozenset[NoteId]:
        """Return the new files that may be what became of them."""
        return frozenset(self._arrived)

    def moved(self, old: NoteId, new: NoteId, now: float) -> None:
        """Take in an event that says that ``old`` was moved to ``new``."""
        if not (is_hidden(old) or is_hidden(new)):
            self._events[old] = (new, now)
        if now > self._forgot_at + MEMORY:
            self._forget(now)

    def changed(
        self,
        gone: Mapping[NoteId, Sighting],
        arrived: Mapping[NoteId, Sighting],
        now: float,
        *,
        doubt: str = "",
    ) -> None:
        """Take in which files are no longer there, and which are new; ``doubt`` as of a pair."""
        for file, was in gone.items():
            before = self._arrived.pop(file, None)
            came = float("-inf") if before is None else before.since
            self._gone[file] = _Departure(was, now, doubt, arrived=came)
        for file, sighting in arrived.items():
            self._gone.pop(file, None)
            self._arrived[file] = _Arrival(sighting, now)
        self._forget(now)

    def disturbed(self) -> None:
        """Take in that git was at work: nothing that is gone now is to be followed unasked."""
        self._gone = {
            file: each._replace(doubt=each.doubt or GIT) for file, each in self._gone.items()
        }

    def scanned(self) -> None:
        """Take in that everything was looked at, and what is gone was still gone."""
        self._gone = {file: each._replace(scanned=True) for file, each in self._gone.items()}

    def next_at(self, now: float) -> float | None:
        """Return when something may be explained, None while nothing is gone."""
        first = min((each.since for each in self._gone.values()), default=None)
        if first is None or first + AWAY > now:
            return None if first is None else first + AWAY
        held_up = self._held_up_by(self._ripe(now))
        return min((each.since for each in held_up), default=first) + AWAY

    def needs_scan(self, now: float) -> bool:
        """Return whether everything has to be looked at before ``take`` can tell."""
        return any(not each.scanned and each.since + AWAY <= now for each in self._gone.values())

    def take(self, now: float) -> tuple[Pair, ...]:
        """Return what became by now of all that vanished together, sorted, and forget it."""
        ripe = self._ripe(now)
        if not ripe or not all(each.scanned for each in ripe.values()) or self._held_up_by(ripe):
            return ()
        found = self._candidates(ripe)
        claims: defaultdict[NoteId, list[_Departure]] = defaultdict(list)
        for old, new in found.items():
            for each in new:
                claims[each].append(ripe[old])
        pairs = [
            self._pair(old, ripe[old], new, claims)
            for old, new in found.items()
            if len(claims[new[0]]) <= MANY
        ]
        for file in ripe:
            del self._gone[file]
        for file in claims:
            del self._arrived[file]
        return tuple(pairs)

    def _ripe(self, now: float) -> dict[NoteId, _Departure]:
        return {file: each for file, each in self._gone.items() if each.since + AWAY <= now}

    def _held_up_by(self, ripe: Mapping[NoteId, _Departure]) -> list[_Departure]:
        """Return what has to be certain too before ``ripe`` can be explained.

        That is what vanished together with them, and what they may have become and is gone just
        now: it is being saved, or was moved on.
        """
        if not ripe:
            return []
        latest = max(each.since for each in ripe.values())
        signs = {sign for each in ripe.values() for sign in each.was.signs}
        told = {self._events[file][0] for file in ripe if file in self._events}
        return [
            each
            for file, each in self._gone.items()
            if file not in ripe
            and (
                each.since <= latest + TOGETHER
                or (
                    each.since - MEMORY <= latest <= each.arrived + BESIDE
                    and (file in told or not signs.isdisjoint(each.was.signs))
                )
            )
        ]

    def _pair(
        self,
        old: NoteId,
        departure: _Departure,
        new: list[NoteId],
        claims: Mapping[NoteId, list[_Departure]],
    ) -> Pair:
        doubt = departure.doubt
        if len(new) > 1:
            return Pair(old, new[0], tuple(new[1:]), _SEVERAL, is_clear=False)
        if _is_contested(claims[new[0]]):
            return Pair(old, new[0], (), _CONTESTED, is_clear=False)
        if departure.since > self._arrived[new[0]].since + BESIDE:
            doubt = doubt or _COPY
        return Pair(old, new[0], (), doubt)

    def _candidates(self, ripe: Mapping[NoteId, _Departure]) -> dict[NoteId, list[NoteId]]:
        """Return the new files that each of ``ripe`` can have become, the likeliest first.

        Files that can have become none are left out. An event says more than an inode, and that
        more than bytes: what the better sign claims is no candidate for the others.
        """
        identities = _grouped((new, each.now.identity) for new, each in self._arrived.items())
        contents = _grouped((new, _content(each.now)) for new, each in self._arrived.items())
        signs: tuple[Callable[[NoteId, Sighting], list[NoteId]], ...] = (
            lambda file, _: self._told(file),
            lambda _, was: identities.get(was.identity, []),
            lambda _, was: contents.get((was.digest,), []),
        )
        found: dict[NoteId, list[NoteId]] = {}
        claimed: set[NoteId] = set()
        for sign in signs:
            new = {}
            for file in ripe.keys() - found.keys():
                group = sign(file, ripe[file].was)
                if len(group) > _CROWD:
                    continue
                same = [each for each in group if each not in claimed]
                if 0 < len(same) <= MANY:
                    new[file] = sorted(
                        same, key=lambda each: (name_of(each) != name_of(file), each)
                    )
            found |= new
            claimed.update(chain.from_iterable(new.values()))
        return dict(sorted(found.items()))

    def _told(self, file: NoteId) -> list[NoteId]:
        """Return the one new file that events say ``file`` became, or none."""
        seen = {file}
        while file in self._events:
            file = self._events[file][0]
            if file in self._arrived:
                return [file]
            if file in seen:
                return []
            seen.add(file)
        return []

    def _forget(self, now: float) -> None:
        self._forgot_at = now
        before = min((each.since for each in self._gone.values()), default=now) - MEMORY
        self._arrived = {f: each for f, each in self._arrived.items() if each.since >= before}
        self._events = {f: each for f, each in self._events.items() if each[1] >= before}


def _content(new: Sighting) -> tuple[str, ...]:
    """Return which bytes a new file has; () if they are not known, or too few to say anything.

    Of a file that is gone the size may be from before its last edit: only a listing tells it.
    """
    return (new.digest,) if new.digest and new.size >= FEW_BYTES else ()


def _is_contested(claimants: list[_Departure]) -> bool:
    """Return whether ``claimants``, which became the same file, were several files.

    One that came after another had gone was that other, on its way: it was moved twice.
    """
    first = min(claimants, key=lambda each: each.arrived)
    return any(each is not first and each.arrived < first.since - BESIDE for each in claimants)


def _grouped(
    files: Iterable[tuple[NoteId, tuple[str, ...]]],
) -> dict[tuple[str, ...], list[NoteId]]:
    """Return the files of each key; () is none."""
    groups: dict[tuple[str, ...], list[NoteId]] = {}
    for file, key in files:
        if key:
            groups.setdefault(key, []).append(file)
    return groups
