"""Moves made outside of Obsidian: links to what moved are written anew, or that is proposed.

A move is followed unasked only if nothing is doubtful about it and few notes change. If another
program (Obsidian, mostly) is updating links itself, it is left to finish; what it has done needs no
doing. What moved while no watcher was running is found by what the last one knew, and proposed.

Invariant: the links of one move are written all or not at all, in notes that have settled, and
``vaultlint undo`` takes them back as one. A link that a move broke is followed or proposed, and
nothing that was proposed is forgotten but by a person, or when it is no longer true.

Tests: tests/unit/watch/test_mover.py
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from vaultlint.diagnostics import Delta
from vaultlint.errors import BusyError, JournalError, SourceError, VaultlintError
from vaultlint.fixing.moves import Moved, moved
from vaultlint.fixing.pending import PendingMove, read_pending, write_pending
from vaultlint.fixing.relocate import replacements
from vaultlint.note.model import NoteId
from vaultlint.vault.view import VaultView
from vaultlint.watch.clocks import Clocks
from vaultlint.watch.departures import GIT, UNSEEN, Departures, Pair, Sighting
from vaultlint.watch.events import Event, Followed, MoveProposed
from vaultlint.watch.fixer import Fixer
from vaultlint.watch.listing import read_listing, write_listing
from vaultlint.watch.openness import Marks
from vaultlint.watch.settle import Openness
from vaultlint.watch.signs import LATELY, Git
from vaultlint.watch.vault import LiveVault

MOST_NOTES = 49
"""So many notes are changed unasked by one move, no more."""
BUSY = 15.0
"""Seconds after which a program that updates links is taken to be done."""
PATIENCE = 600.0
"""Seconds after which a move that could not be followed is proposed, and between two listings."""
_ENDED = "the watcher ended before it could be followed"


class _Waiting(NamedTuple):
    """Pairs of one time, each with a new path of its own; certain ones, or ones to choose."""

    pairs: tuple[Pair, ...]
    gone: Mapping[NoteId, Sighting]
    since: float
    look_at: float


class Mover:
    """Follows moves in ``vault``, with ``fixer`` to write; without it they are only proposed.

    ``state`` is where proposals are kept, and ``folder`` where the files are that it knew last.
    """

    def __init__(
        self,
        vault: LiveVault,
        root: Path,
        state: Path,
        tell: Callable[[Event], None],
        *,
        folder: Path,
        fixer: Fixer | None,
        clocks: Clocks,
    ) -> None:
        self._vault = vault
        self._state = state
        self._tell = tell
        self._root = root
        self._git = Git(self._root)
        self._folder = folder
        self._fixer = fixer
        self._clocks = clocks
        self._departures = Departures()
        self._waiting: list[_Waiting] = []
        self._changed: dict[NoteId, float] = {}
        self._scan_at = float("-inf")
        self._list_at: float | None = None  # None: the vault is as it was listed

    def begin(self) -> None:
        """Look for what went away since a watcher knew the vault last."""
        known, files = read_listing(self._folder), self._vault.files
        gone = {file: was for file, was in known.items() if file not in files}
        arrived = {file: now for file, now in files.items() if file not in known}
        if gone:
            self._departures.changed(gone, arrived, self._clocks.monotonic(), doubt=UNSEEN)
        self._list()
        self._revise({})

    def event(self, old: NoteId, new: NoteId) -> None:
        """Take in that an event tells of a move."""
        self._departures.moved(old, new, self._clocks.monotonic())

    def changed(self, delta: Delta) -> None:
        """Take in what changed in the vault."""
        now = self._clocks.monotonic()
        self._look_at_git(now)
        doubt = GIT if now <= self._git.seen_at + LATELY else ""
        self._departures.changed(self._vault.gone, self._vault.arrived, now, doubt=doubt)
        lately = now - max(BUSY, self._rest)
        self._changed = {file: when for file, when in self._changed.items() if when > lately}
        self._changed.update(dict.fromkeys(delta.notes, now))
        if self._list_at is None:
            self._list_at = now + PATIENCE

    def git_is_at_work(self) -> None:
        """Take in that git's lock was seen."""
        self._git.seen_at = self._clocks.monotonic()
        self._departures.disturbed()

    def scanned(self) -> None:
        """Take in that everything was looked at."""
        self._departures.scanned()
        if self._list_at is not None and self._list_at <= self._clocks.monotonic():
            self._list()

    def needs_scan(self) -> bool:
        """Return whether everything has to be looked at now; it may fail, so not at every call."""
        now = self._clocks.monotonic()
        needs = now >= self._scan_at and self._departures.needs_scan(now)
        if needs:
            self._scan_at = now + BUSY
        return needs

    def next_at(self) -> float | None:
        """Return when ``tick`` has something to do, None while it has not."""
        now = self._clocks.monotonic()
        moments = [each.look_at for each in self._waiting]
        ripe_at = self._departures.next_at(now)
        if ripe_at is not None:
            moments.append(max(ripe_at, self._scan_at if self._departures.needs_scan(now) else 0))
        return min(moments, default=None)

    def tick(self) -> None:
        """Follow or propose the moves that are certain."""
        now = self._clocks.monotonic()
        self._look_at_git(now)
        ripe_at = self._departures.next_at(now)
        if ripe_at is not None and ripe_at <= now:
            gone = self._departures.unexplained
            pairs = self._departures.take(now)
            if pairs:
                self._revise({pair.old: pair.new for pair in pairs if pair.is_clear})
            self._waiting += (_Waiting(each, gone, now, now) for each in _apart(pairs))
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if each.look_at > now or not self._follow(each, now):
                later = each._replace(look_at=max(each.look_at, now + BUSY))
                self._waiting.append(each if each.look_at > now else later)

    def close(self) -> None:
        """Propose what was not followed yet, and keep what is known for the next watcher."""
        now = self._clocks.monotonic()
        self._waiting = [
            each for each in self._waiting if not self._follow(each, now, is_last=True)
        ]
        self._list()

    # What was known when no watcher was running

    def _list(self) -> None:
        """Write down what there was before the moves that are not decided."""
        self._list_at = None
        pairs = [(pair, each.gone[pair.old]) for each in self._waiting for pair in each.pairs]
        gone = self._departures.unexplained | {pair.old: was for pair, was in pairs}
        new = {*self._departures.arrivals, *(pair.new for pair, _ in pairs)}
        files = {file: now for file, now in self._vault.files.items() if file not in new}
        write_listing(self._folder, files | gone)

    # Following

    @property
    def _rest(self) -> float:
        """Return for how many seconds an open note must not have changed before it is written."""
        return 0.0 if self._fixer is None else self._fixer.rest.open

    def _look_at_git(self, now: float) -> None:
        self._git.look(now)
        if self._git.seen_at >= now:
            self._departures.disturbed()

    def _revise(self, renames: Mapping[NoteId, NoteId]) -> None:
        """Take in that files went on from where undecided moves had brought them."""
        for at, each in enumerate(self._waiting):
            pairs = (pair._replace(new=renames.get(pair.new, pair.new)) for pair in each.pairs)
            self._waiting[at] = each._replace(pairs=tuple(pairs))
        proposed = read_pending(self._state)
        if proposed:
            with suppress(JournalError):  # they stay as they are
                self._keep(each.after(renames) for each in proposed)

    def _follow(self, waiting: _Waiting, now: float, *, is_last: bool = False) -> bool:
        """Follow or propose a move; return False if it has to wait. The ``is_last`` time it does not."""
        files = self._vault.session.entries
        gone = [pair for pair in waiting.pairs if pair.old not in files]
        pairs = [pair for pair in gone if pair.new in files]
        is_late = now >= waiting.since + PATIENCE
        if len(pairs) < len(gone) and not (is_late or is_last):
            return False  # it is being saved
        if not pairs:
            return True
        renames = {pair.old: pair.new for pair in pairs}
        try:
            found = moved(self._vault.session, renames, performed=True)
        except VaultlintError:
            return is_late  # the vault went away meanwhile
        if pairs[0].is_clear:
            doubt = next(filter(None, (pair.doubt for pair in pairs)), "")
            return self._follow_clear(found, doubt, now, is_late=is_late, is_last=is_last)
        for pair in pairs:
            self._propose_choice(pair, found)
        return True

    def _follow_clear(
        self, found: Moved, doubt: str, now: float, *, is_late: bool, is_last: bool
    ) -> bool:
        if not found.after and found.complete:
            return True
        reason = self._objection(found, doubt)
        if not reason:
            hindrance = self._hindrance(found, now) or (_ENDED if is_last else "")
            try:
                if not hindrance and not (reason := self._write(found)):
                    return True
            except BusyError as error:
                hindrance = str(error)
            if hindrance and not (is_late or is_last):
                return False
            reason = reason or hindrance
        concerned = {*found.after, *chain.from_iterable(found.leads.values())}
        self._propose(dict(found.renames), tuple(sorted(concerned)), reason)
        return True

    def _objection(self, found: Moved, doubt: str) -> str:
        """Return why a person has to decide, "" if nothing is doubtful."""
        if self._fixer is None or not self._fixer.writes:
            return "nothing is written by this watcher"
        if doubt:
            return doubt
        if not found.complete:
            return "; ".join(dict.fromkeys(notice.message for notice in found.notices))
        if len(found.after) > MOST_NOTES:
            return f"{len(found.after)} notes would change"
        return ""

    def _hindrance(self, found: Moved, now: float) -> str:
        """Return what to wait for, "" for nothing."""
        assert self._fixer is not None
        if self._git.at_work():
            return "git is at work"
        if self._vault.config_error is not None:
            return "the configuration does not load"
        if self._fixer.is_finishing:
            return "fixes are being written"
        busy = {file for file, when in self._changed.items() if when > now - BUSY}
        if any(self._opens(file, found.renames) for file in busy - {*found.renames.values()}):
            return "another program is updating links"
        marks = Marks(self._root, self._vault.session.read)
        for file in found.after:
            looks = marks.openness(file)
            rests = self._changed.get(file, now - self._rest) <= now - self._rest
            if file in busy or looks is Openness.HELD or (looks is Openness.OPEN and not rests):
                return f"{file} is being edited"
        return ""

    def _opens(self, file: NoteId, renames: Mapping[NoteId, NoteId]) -> bool:
        """Return whether a link in ``file`` opens one of the new paths already."""
        try:
            note = self._vault.session.note(file)
        except SourceError:
            return False
        view: VaultView = self._vault.session.view(file)
        targets = set(renames.values())
        return any(view.resolve(link).target in targets for link in note.links)

    def _write(self, found: Moved) -> str:
        """Write the links of ``found`` anew; return why that is not possible, "" if it is done.

        Raises BusyError while another process writes.
        """
        assert self._fixer is not None
        run, problem = self._fixer.write_together(replacements(found))
        if run:
            self._tell(Followed(dict(found.renames), tuple(found.after), run))
        return problem

    # Proposing

    def _propose_choice(self, pair: Pair, found: Moved) -> None:
        files = found.leads.get(pair.new, ())
        if files:
            choices = (pair.new, *(each for each in pair.others if each in self._vault.files))
            self._propose({pair.old: pair.new}, files, pair.doubt, choices)

    def _propose(
        self,
        renames: dict[NoteId, NoteId],
        files: tuple[NoteId, ...],
        reason: str,
        choices: tuple[NoteId, ...] = (),
    ) -> None:
        proposal = PendingMove(renames, self._clocks.wall(), reason, choices)
        known = [each for each in read_pending(self._state) if each.renames != renames]
        try:
            self._keep([*known, proposal])
        except JournalError as error:
            reason = f"{reason}; it is not kept for 'vaultlint mv --pending': {error}"
        self._tell(MoveProposed(renames, files, reason, choices))

    def _keep(self, moves: Iterable[PendingMove]) -> None:
        """Keep what of ``moves`` still holds. Raises JournalError if it cannot be."""
        standing = [each.standing(self._vault.session.entries) for each in moves]
        write_pending(self._state, filter(None, standing))


def _apart(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, ...]]:
    """Yield ``pairs`` in groups: clear ones and choices apart, no new path twice in one."""
    for is_clear in (True, False):
        groups: list[dict[NoteId, Pair]] = []
        for pair in pairs:
            if pair.is_clear is is_clear:
                group = next((each for each in groups if pair.new not in each), None)
                if group is None:
                    groups.append(group := {})
                group[pair.new] = pair
        yield from (tuple(group.values()) for group in groups)
