"""Moves made outside of Obsidian: links to what moved are written anew, or that is proposed.

A move is followed unasked only if nothing is doubtful about it and few notes change. If another
program (Obsidian, mostly) is updating links itself, it is left to finish; what it has done needs no
doing.

Invariant: the links of one move are written all or not at all, in notes that have settled, and
``vaultlint undo`` takes them back as one.

Tests: tests/unit/watch/test_mover.py
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from vaultlint.diagnostics import Delta
from vaultlint.errors import JournalError, SourceError, VaultlintError
from vaultlint.fixing.moves import Moved, moved
from vaultlint.fixing.pending import PendingMove, read_pending, write_pending
from vaultlint.fixing.relocate import replacements
from vaultlint.note.model import NoteId
from vaultlint.vault.view import VaultView
from vaultlint.watch.clocks import Clocks
from vaultlint.watch.departures import Departures, Pair
from vaultlint.watch.events import Event, Followed, MoveProposed
from vaultlint.watch.fixer import Fixer
from vaultlint.watch.openness import Marks
from vaultlint.watch.settle import Openness
from vaultlint.watch.signs import Git
from vaultlint.watch.vault import LiveVault

MOST_NOTES = 49
"""So many notes are changed unasked by one move, no more."""
BUSY = 15.0
"""Seconds after which a program that updates links is taken to be done."""
PATIENCE = 600.0
"""Seconds after which a move that could not be followed is proposed."""


class _Waiting(NamedTuple):
    pairs: tuple[Pair, ...]
    since: float
    look_at: float


class Mover:
    """Follows moves in ``vault``, with ``fixer`` to write; without it they are only proposed."""

    def __init__(
        self,
        vault: LiveVault,
        root: Path,
        state: Path,
        tell: Callable[[Event], None],
        *,
        fixer: Fixer | None,
        clocks: Clocks,
    ) -> None:
        self._vault = vault
        self._state = state
        self._tell = tell
        self._root = root
        self._git = Git(self._root)
        self._fixer = fixer
        self._clocks = clocks
        self._departures = Departures()
        self._waiting: list[_Waiting] = []
        self._changed: dict[NoteId, float] = {}

    def event(self, old: NoteId, new: NoteId) -> None:
        """Take in that an event tells of a move."""
        self._departures.moved(old, new, self._clocks.monotonic())

    def changed(self, delta: Delta) -> None:
        """Take in what changed in the vault."""
        now = self._clocks.monotonic()
        self._departures.changed(self._vault.gone, self._vault.arrived, now)
        self._look_at_git()
        self._changed = {file: when for file, when in self._changed.items() if when > now - BUSY}
        self._changed.update(dict.fromkeys(delta.notes, now))

    def git_is_at_work(self) -> None:
        """Take in that git's lock was seen."""
        self._departures.disturbed()

    def scanned(self) -> None:
        """Take in that everything was looked at."""
        self._departures.scanned()

    def needs_scan(self) -> bool:
        """Return whether everything has to be looked at now."""
        return self._departures.needs_scan(self._clocks.monotonic())

    def next_at(self) -> float | None:
        """Return when ``tick`` has something to do, None while it has not."""
        moments = [self._departures.next_at(), *(each.look_at for each in self._waiting)]
        return min((each for each in moments if each is not None), default=None)

    def tick(self) -> None:
        """Follow or propose the moves that are certain."""
        now = self._clocks.monotonic()
        if self._departures.next_at() is not None:
            self._look_at_git()
        pairs = self._departures.take(now)
        if pairs:
            self._waiting.append(_Waiting(pairs, now, now))
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if each.look_at > now or not self._follow(each, now):
                later = each._replace(look_at=max(each.look_at, now + BUSY))
                self._waiting.append(each if each.look_at > now else later)

    def _look_at_git(self) -> None:
        if self._git.has_moved(commits=True) or self._git.at_work():
            self._departures.disturbed()

    def _follow(self, waiting: _Waiting, now: float) -> bool:
        """Follow or propose a move; return False if it has to wait."""
        files = self._vault.session.entries
        renames = {
            pair.old: pair.new
            for pair in waiting.pairs
            if pair.new in files and pair.old not in files
        }
        if not renames:
            return True
        try:
            found = moved(self._vault.session, renames, performed=True)
        except VaultlintError:
            return now >= waiting.since + PATIENCE  # the vault went away meanwhile
        if not found.after:
            return True
        reason = self._objection(found, disturbed=any(pair.disturbed for pair in waiting.pairs))
        if not reason:
            reason = self._hindrance(found, now)
            if reason and now < waiting.since + PATIENCE:
                return False
        if reason:
            self._propose(found, reason)
        else:
            self._write(found)
        return True

    def _objection(self, found: Moved, *, disturbed: bool) -> str:
        """Return why a person has to decide, "" if nothing is doubtful."""
        if self._fixer is None or not self._fixer.writes:
            return "nothing is written by this watcher"
        if disturbed:
            return "git was at work meanwhile"
        if not found.complete:
            return "; ".join(dict.fromkeys(notice.message for notice in found.notices))
        if len(found.after) > MOST_NOTES:
            return f"{len(found.after)} notes would change"
        return ""

    def _hindrance(self, found: Moved, now: float) -> str:
        """Return what to wait for, "" for nothing."""
        if self._git.at_work():
            return "git is at work"
        if self._vault.config_error is not None:
            return "the configuration does not load"
        busy = {file for file, when in self._changed.items() if when > now - BUSY}
        if any(self._opens(file, found.renames) for file in busy - {*found.renames.values()}):
            return "another program is updating links"
        marks = Marks(self._root, self._vault.session.read)
        for file in found.after:
            if file in busy or marks.openness(file) is not Openness.CLOSED:
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

    def _propose(self, found: Moved, reason: str) -> None:
        renames = dict(found.renames)
        proposal = PendingMove(renames, self._clocks.wall())
        known = [each for each in read_pending(self._state) if each.renames != renames]
        try:
            write_pending(self._state, [*known, proposal])
        except JournalError as error:
            reason = f"{reason}; it is not kept for 'vaultlint mv --pending': {error}"
        self._tell(MoveProposed(renames, tuple(found.after), reason))

    def _write(self, found: Moved) -> None:
        assert self._fixer is not None
        run, problem = self._fixer.write_together(replacements(found))
        if run:
            self._tell(Followed(dict(found.renames), tuple(found.after), run))
        else:
            self._propose(found, problem)
