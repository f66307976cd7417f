"""Fixes of settled notes: planned, judged, written by the guarded writer, and remembered.

Only notes that changed while the watcher ran are fixed, and only when they change a few at a time:
what a checkout or a sync brought is nobody's save, nor is a note that was only moved or copied. A
run of the writer stays open for its grace, so that late saves of editors are found (less where
nobody has the note open), and holds the vault's lock no longer than that; what is written together
is one run, and nothing else is.

Invariant: nothing is written but by the writer, no note before it settled, none while git is at
work or the config is broken, and none whose fix was undone before.

Tests: tests/unit/watch/test_fixer.py
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from vaultlint.diagnostics import Delta, Safety
from vaultlint.engine.session import Change
from vaultlint.errors import BusyError, JournalError, VaultlintError
from vaultlint.fixing.commit import EARLY
from vaultlint.fixing.diff import unified
from vaultlint.fixing.extent import without_large
from vaultlint.fixing.history import History, Kept
from vaultlint.fixing.journal import digest
from vaultlint.fixing.plan import CHANGED_MEANWHILE, Plan, plan_fixes
from vaultlint.fixing.write import Replacement, Run, Writer
from vaultlint.note.model import NoteId
from vaultlint.watch.clocks import Clocks
from vaultlint.watch.events import Event, Fixed, LeftAlone, Remark, WouldFix
from vaultlint.watch.openness import Marks
from vaultlint.watch.rivals import Rivals
from vaultlint.watch.settle import Rest, Settling
from vaultlint.watch.signs import LATELY, Git, likely_rivals
from vaultlint.watch.vault import LiveVault

COMMAND = "watch"
ARRIVED = 900.0
"""Seconds that a note has to rest that arrived by sync, more than others."""
_OLD = 60.0  # a note that was written so many seconds ago was not saved just now
_MARGIN = 0.5  # seconds by which the end of a grace is surely over


class FixingPolicy(NamedTuple):
    """``rules`` may be fixed; ``writes`` is False for a dry run; ``rest`` as in Settling.

    ``grace`` is that of the writer, in seconds. In a ``synced`` vault a note that was written
    elsewhere has to rest for long: its author may still be at it.
    """

    rules: frozenset[str]
    writes: bool = True
    rest: Rest = Rest()
    grace: float = 10.0
    synced: bool = False


class Fixer:
    """Fixes what has settled in ``vault``."""

    def __init__(
        self,
        vault: LiveVault,
        writer: Writer,
        policy: FixingPolicy,
        tell: Callable[[Event], None],
        clocks: Clocks,
    ) -> None:
        self._vault = vault
        self._root = Path(writer.root)
        self._writer = writer
        self._policy = policy
        self._tell = tell
        self._clocks = clocks
        self._settling = Settling(policy.rest)
        self._rivals = Rivals()
        self._git = Git(self._root)
        self._run: Run | None = None
        self._stack = ExitStack()
        self._close_at = 0.0
        self._settle_at = 0.0
        self._busy = False
        self._doubtful: set[NoteId] = set()
        self._moved = False  # whether files went away while a run was open
        self._rules_of: dict[NoteId, tuple[str, ...]] = {}
        self._told: dict[NoteId, LeftAlone] = {}

    @property
    def waiting(self) -> tuple[NoteId, ...]:
        """Return the notes that have not settled yet and may be fixed then."""
        return tuple(file for file in self._settling.waiting if self._fixable(file))

    @property
    def writes(self) -> bool:
        """Return whether notes are written, as against a dry run."""
        return self._policy.writes

    @property
    def rest(self) -> Rest:
        """Return how long a note must be left alone before it is written."""
        return self._settling.rest

    @property
    def is_finishing(self) -> bool:
        """Return whether a run is still open: nothing else is written until it has ended."""
        return self._run is not None

    def obey(self, policy: FixingPolicy) -> None:
        """Go by another policy from now on."""
        wrote, self._policy = self.writes, policy
        self._settling.rest = policy.rest
        if not wrote:
            self.recover()

    def recover(self) -> None:
        """Settle what an earlier run left behind when it was killed, and learn what others undid."""
        if not self._policy.writes:
            return
        try:
            with self._writer.run(COMMAND) as run:
                self._announce(run.recovered)
            self._remember(self._writer.history())
        except (BusyError, JournalError) as error:
            self._tell(Remark(str(error)))

    def _remember(self, history: History) -> None:
        """Leave alone what was put back after an earlier watcher had fixed it."""
        for entry in history.entries:
            for change in entry.changes if entry.command == COMMAND else ():
                self._rivals.remember(change.file, change.before)
                self._rivals.seen(change.file, self._vault.session.digests.get(change.file, ""))

    def touched(self, file: NoteId) -> None:
        """Take in that somebody was at ``file``, before it is known whether it changed."""
        self._settling.touched(file, self._clocks.monotonic())

    def changed(self, delta: Delta) -> None:
        """Take in what changed in the vault, by others or by us."""
        now = self._clocks.monotonic()
        self._moved = self._moved or bool(delta.removed)
        self._settling.forget((*delta.notes, *delta.removed))
        self._git.look(now)
        if now <= self._git.moved_at + LATELY:
            self._settling.forget(self._settling.waiting)
            return
        for file in delta.notes:
            self._told.pop(file, None)
            if file in self._vault.copied:
                continue
            if self._rivals.seen(file, self._vault.session.digests.get(file, "")):
                reason = "the text from before a fix is back, so it is not fixed again"
                rules = self._rules_of.get(file, ())
                self._leave(LeftAlone(file, rules, reason, likely_rivals(self._root)))
            elif not self._rivals.is_left_alone(file):
                self._settling.changed(file, now, more=ARRIVED * self._has_arrived(file))

    def _has_arrived(self, file: NoteId) -> bool:
        """Return whether a sync service brought ``file``: it keeps the time of the author's save."""
        if not self._policy.synced:
            return False
        try:
            saved = (self._root / file).stat().st_mtime
        except OSError:
            return False
        return abs(self._clocks.wall() - saved) > _OLD

    def next_at(self) -> float | None:
        """Return when ``tick`` has something to do, None while it has not."""
        return self._settling.next_at() if self._run is None else self._settle_at

    def tick(self) -> None:
        """Fix what has settled, and end a run whose grace is over."""
        now = self._clocks.monotonic()
        with suppress(VaultlintError):
            self._look_again()
        self._git.look(now)
        if now <= self._git.moved_at:
            self._settling.forget(self._settling.waiting)
        if self._run is not None and self._settle_at <= now:
            if self._run.settle() or self._close_at <= now:
                self._end_run()
            self._settle_at = self._close_at
        due = self._settling.next_at()
        if self._run is None and due is not None and due <= now:
            marks = Marks(self._root, self._vault.session.read)
            settled = self._settling.take(now, marks.openness)
            self._fix([file for file in settled if self._fixable(file)], now)

    def close(self) -> None:
        """End a run that is open; that may take its grace."""
        if self._run is not None:
            self._moved = True  # nobody looks any more, so it may be
            self._end_run()

    def write_together(self, replacements: Sequence[Replacement]) -> tuple[str, str]:
        """Write all of ``replacements`` or none; return the run, or "" and why not.

        Raises BusyError while another process writes. No run must be open.
        """
        try:
            run = self._open_run()
        except JournalError as error:
            return "", str(error)
        outcomes = run.write(replacements)
        self._wrote([each.file for each in replacements])
        left = [each for each in outcomes if each.status not in ("written", "held-back")]
        return ("", f"{left[0].file} {left[0].reason}") if left else (run.id, "")

    def _wrote(self, files: Iterable[NoteId]) -> None:
        now = self._clocks.monotonic()
        self._close_at = now + self._policy.grace + _MARGIN
        self._settle_at = min(self._close_at, now + EARLY + _MARGIN)
        self._doubtful.update(files)
        with suppress(VaultlintError):  # the vault went away: it is looked at when it is back
            self._look_again()

    def _fixable(self, file: NoteId) -> bool:
        found, is_new = self._vault.found.get(file, ()), self._vault.known.is_new
        return any(one.rule in self._policy.rules and is_new(one) for one in found)

    def _fix(self, files: list[NoteId], now: float) -> None:
        if not files:
            return
        if self._git.at_work() or self._vault.config_error is not None:
            self._wait_again(files, now)
            return
        plan = self._plan(files)
        if plan is None:
            self._wait_again(files, now)
            return
        for notice in plan.notices:
            if notice.message != CHANGED_MEANWHILE:  # it settles anew
                self._leave(LeftAlone(notice.file, notice.rules, notice.message))
        groups = [group for group in plan.groups if self._allowed(plan, group, now)]
        if self._policy.writes:
            self._write(plan, groups, now)
        else:
            self._show(plan, groups)

    def _plan(self, files: list[NoteId]) -> Plan | None:
        """Return what is to be written to ``files``; None if the vault went away meanwhile."""
        covers = frozenset(files).__contains__
        session, is_new = self._vault.session, self._vault.known.is_new
        try:
            self._look_again()
            plan = plan_fixes(session, Safety.SAFE, covers, self._policy.rules, is_new)
        except VaultlintError:
            self._doubtful.update(files)  # the session may still hold texts that were tried
            return None
        return without_large(plan)

    def _look_again(self) -> None:
        if self._doubtful:
            self._vault.session.apply(Change(file) for file in sorted(self._doubtful))
            self._doubtful.clear()

    def _allowed(self, plan: Plan, group: tuple[NoteId, ...], now: float) -> bool:
        reason = self._rivals.over_budget(group, now)
        for file in group if reason else ():
            self._leave(LeftAlone(file, plan.rules(file), reason))
        return not reason

    def _show(self, plan: Plan, groups: Iterable[tuple[NoteId, ...]]) -> None:
        for file in (file for group in groups for file in group):
            diff = "".join(unified(file, plan.before[file], plan.after[file]))
            self._tell(WouldFix(file, plan.rules(file), diff))

    def _write(self, plan: Plan, groups: list[tuple[NoteId, ...]], now: float) -> None:
        files = [file for group in groups for file in group]
        if not files:
            return
        try:
            run = self._open_run()
        except (BusyError, JournalError) as error:
            if not self._busy:
                self._tell(Remark(f"{error}; fixes wait"))
            self._busy = True
            self._wait_again(files, now)
            return
        self._busy = False
        replacements = [
            [Replacement(file, plan.before[file], plan.after[file], plan.rules(file)) for file in g]
            for g in groups
        ]
        for outcome in (each for group in run.write_groups(replacements) for each in group):
            rules = self._rules_of[outcome.file] = plan.rules(outcome.file)
            if outcome.status == "written":
                self._rivals.wrote(outcome.file, digest(plan.before[outcome.file]), now)
                self._tell(Fixed(outcome.file, rules, run.id))
            else:
                self._leave(LeftAlone(outcome.file, rules, outcome.reason))
        self._wrote(files)

    def _wait_again(self, files: Iterable[NoteId], now: float) -> None:
        for file in files:
            self._settling.changed(file, now)

    def _open_run(self) -> Run:
        stack = ExitStack()
        self._run = stack.enter_context(self._writer.run(COMMAND))
        self._moved = False
        self._stack = stack
        self._announce(self._run.recovered)
        return self._run

    def _end_run(self) -> None:
        run, self._run = self._run, None
        assert run is not None
        try:
            run.settle()
            self._stack.close()
            if self._moved:
                self._writer.sweep(run.id)
        except (JournalError, OSError) as error:
            self._tell(Remark(str(error)))
        self._announce(run.kept)
        for outcome in run.late:
            self._leave(
                LeftAlone(outcome.file, self._rules_of.get(outcome.file, ()), outcome.reason)
            )

    def _announce(self, texts: Iterable[Kept]) -> None:
        for kept in texts:
            reason = f"a text was {kept.reason} and is kept; 'vaultlint recovered' lists it"
            self._tell(LeftAlone(kept.file, (), reason))

    def _leave(self, event: LeftAlone) -> None:
        if self._told.get(event.file) != event:
            self._told[event.file] = event
            self._tell(event)
