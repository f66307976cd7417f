"""One run of the writer: groups of replacements, journaled, prepared, exchanged and verified.

The steps of one batch: admit every note; journal the texts and the intent, durably; write the new
texts beside the notes, durably; compare and exchange note by note, looking at once at what was
displaced; journal that the group is exchanged. The displaced files stay until the end of the run.

Invariant: whatever fails, each group ends whole or not at all, and what cannot be cleaned up now is
still named by the journal.

Tests: tests/unit/fixing/test_write.py, tests/torture/
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from vaultlint.errors import JournalError
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.enlist import NO_EXCHANGE, Enlisted, Enlister, told
from vaultlint.fixing.exchange import UNSUPPORTED
from vaultlint.fixing.history import Group, Kept, Member, intent
from vaultlint.fixing.journal import Journal, Record, digest
from vaultlint.fixing.outcome import Move, Outcome, Replacement, Status
from vaultlint.fixing.renaming import Relocation
from vaultlint.fixing.settle import Settler
from vaultlint.note.model import NoteId

EARLY = 1.0
"""Seconds after which a copy may be dropped that nobody has open for writing.

Who had begun to open the note before it was exchanged has it open by then.
"""
_BATCH = 100  # groups whose texts are made durable together
_SAVED = "was saved by another program at the same moment"


class _Pending(NamedTuple):
    group: Group
    since: float


class Run:
    """One run that writes: one entry of the journal. Made by ``Writer.run``."""

    def __init__(
        self,
        root: str,
        disk: Disk,
        journal: Journal,
        run: str,
        *,
        entry: Mapping[str, Any],
        grace: float,
        wait: Callable[[float], None],
        without_exchange: bool,
    ) -> None:
        """Open a run; it appears in the journal with its first write."""
        self.id = run
        self.late: tuple[Outcome, ...] = ()
        """What ended otherwise than ``write`` had said: given back to a rival save."""
        self.recovered: tuple[Kept, ...] = ()
        """The texts that were kept when the leftovers of an earlier run were settled."""
        self._root = root
        self._disk = disk
        self._journal = journal
        self._entry: Mapping[str, Any] | None = entry
        self._grace = grace
        self._wait = wait
        self._enlister = Enlister(root, disk, journal, run, without_exchange=without_exchange)
        self._settler = Settler(disk, journal, run, wait)
        self._left: list[str] = []  # folders that are removed at the end if nothing is in them
        self._pending: list[_Pending] = []

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The texts of rival saves that could not keep their place; they are in the journal."""
        return tuple(self._settler.kept)

    @property
    def has_written(self) -> bool:
        """Return whether the journal has an entry of this run."""
        return self._entry is None

    def describe(self, command: str, *, undoes: str = "") -> None:
        """Say what the run is, before its first write; ``undoes`` is the run that it takes back."""
        if self._entry is not None:
            self._entry = {"command": command, "undoes": undoes}

    def write(self, group: Sequence[Replacement]) -> tuple[Outcome, ...]:
        """Write all of ``group``, or nothing of it; return an outcome for each, in order."""
        return self.write_groups([group])[0]

    def write_groups(
        self, groups: Sequence[Sequence[Replacement]]
    ) -> tuple[tuple[Outcome, ...], ...]:
        """Write each group for itself, with the journal made durable once for many of them."""
        outcomes: list[tuple[Outcome, ...]] = []
        batch: list[tuple[Replacement, ...]] = []
        files: set[NoteId] = set()
        for group in map(tuple, groups):
            names = {replacement.file for replacement in group}
            if len(batch) == _BATCH or names & files:
                outcomes += self._write_batch(batch)
                batch, files = [], set()
            batch.append(group)
            files |= names
        return (*outcomes, *self._write_batch(batch))

    def move(
        self, move: Move, group: Sequence[Replacement], *, leaves: Sequence[str] = ()
    ) -> tuple[Outcome, ...]:
        """Move a file or folder and write all of ``group`` (named as after it), or do nothing.

        The first outcome is that of the move. Nothing is ever overwritten by it. ``leaves`` are
        folders, the outermost first, that are removed at the end if nothing is left in them.
        """
        plan = self._enlister.enlist(group, move)
        if not isinstance(plan, Enlisted):
            return plan
        outcomes = self._carry_out([plan])[0]
        if outcomes[0].status == "written":
            self._left += leaves
        return outcomes

    def settle(self) -> bool:
        """Verify what was displaced, drop the copies whose grace is over; return if none is left.

        A grace is over early when the system is certain that nobody can write to the copy.
        """
        now = time.monotonic()
        self._resolve(now - self._grace, now - EARLY)
        return not self._pending

    def close(self) -> None:
        """Verify every displaced copy, once more after the grace, and remove them."""
        if self._entry is not None:
            return
        self._resolve(-1.0)
        grace = self._grace
        if self._pending and grace > EARLY:
            self._wait(EARLY)
            self._resolve(-1.0, float("inf"))
            grace -= EARLY
        if self._pending and grace > 0:
            self._wait(grace)
        self._resolve(float("inf"))
        self._disk.remove_empty(self._left)
        self._note([{"record": "end", "run": self.id}])

    # One batch, step by step

    def _write_batch(self, groups: Sequence[tuple[Replacement, ...]]) -> list[tuple[Outcome, ...]]:
        outcomes: list[tuple[Outcome, ...]] = [()] * len(groups)
        plans: dict[int, Enlisted] = {}
        for index, group in enumerate(groups):
            plan = self._enlister.enlist(group) if group else ()
            if isinstance(plan, Enlisted):
                plans[index] = plan
            else:
                outcomes[index] = plan
        if plans:
            done = self._carry_out([*plans.values()])
            for index, found in zip(plans, done, strict=True):
                outcomes[index] = found
        return outcomes

    def _carry_out(self, plans: Sequence[Enlisted]) -> list[tuple[Outcome, ...]]:
        try:
            self._journal_intent(plans)
        except JournalError as error:
            return [plan.outcomes(Outcome("", "failed", str(error))) for plan in plans]
        faults = self._prepare(plans)
        found: list[tuple[Outcome, ...]] = []
        for plan, fault in zip(plans, faults, strict=True):
            wrong = fault or self._exchange(plan)
            if wrong is not None:
                self._abandon(plan.group)
            found.append(plan.outcomes(wrong))
        written = [
            plan for plan, each in zip(plans, found, strict=True) if each[0].status == "written"
        ]
        fault = self._confirm(written)
        if fault is None:
            return found
        return [
            plan.outcomes(fault) if plan in written else each
            for plan, each in zip(plans, found, strict=True)
        ]

    def _journal_intent(self, plans: Sequence[Enlisted]) -> None:
        self._journal.keep(
            text
            for plan in plans
            for each in plan.replacements
            for text in (each.before, each.after)
        )
        records: list[Record] = [intent(plan.group, self._root) for plan in plans]
        if self._entry is not None:
            records.insert(0, {"record": "run", "run": self.id, "time": time.time(), **self._entry})
        self._journal.append(records, durable=True)
        self._entry = None

    def _prepare(self, plans: Sequence[Enlisted]) -> list[Outcome | None]:
        """Write the new texts beside the notes; return for each plan what went wrong."""
        faults = [self._relocate(plan.group.move) for plan in plans]
        for index, plan in enumerate(plans):
            if faults[index] is not None:
                continue
            for member, each in zip(plan.group.members, plan.replacements, strict=True):
                try:
                    self._disk.create(member.temporary, each.after, member.path)
                except OSError as error:
                    faults[index] = _system(member, error)
                    break
        for index, plan in enumerate(plans):
            if faults[index] is None:
                faults[index] = self._sync(plan.group)
        return faults

    def _relocate(self, move: Relocation | None) -> Outcome | None:
        if move is None:
            return None
        try:
            self._disk.relocate(move)
        except FileExistsError:
            return Outcome(move.new, "changed", "was made by another program meanwhile")
        except FileNotFoundError:
            return Outcome(move.new, "changed", f"cannot be made: {move.file} is gone")
        except OSError as error:
            return Outcome(move.new, "failed", f"cannot be made: {told(error)}")
        return None

    def _sync(self, group: Group) -> Outcome | None:
        for member in group.members:
            try:
                self._disk.sync(member.temporary)
            except OSError as error:
                return _system(member, error)
        return None

    def _exchange(self, plan: Enlisted) -> Outcome | None:
        """Exchange the notes of ``plan``; return what went wrong at the first that could not be."""
        pairs = list(zip(plan.group.members, plan.stats, strict=True))
        try:
            if len(pairs) > 1:
                for member, found in pairs:
                    if not self._is_unchanged(member, found):
                        return _changed(member)
            for member, found in pairs:
                if not self._is_unchanged(member, found):
                    return _changed(member)
                self._disk.exchange(member.temporary, member.path)
                if not self._settler.verify(member, strict=False):
                    return Outcome(member.file, "given-back", _SAVED)
        except FileNotFoundError:
            return _changed(member)
        except OSError as error:
            return _system(member, error)
        return None

    def _is_unchanged(self, member: Member, found: os.stat_result) -> bool:
        note = self._disk.read(member.path)
        if note is None or digest(note.data) != member.before:
            return False
        return (note.stat.st_dev, note.stat.st_ino) == (found.st_dev, found.st_ino)

    def _abandon(self, group: Group) -> None:
        """Take back what was done of ``group``. What cannot be is left to the next run."""
        files: dict[NoteId, str] = {}
        try:
            for member in group.members:
                self._disk.finish(member.temporary, member.path)
                settled = self._settler.settle(member, give_back=True)
                if not settled.gone:
                    return
                files[member.file] = settled.status(exchanged=False)
            self._disk.sync_folders(group.folders)
            files |= self._settler.settle_move(group, give_back=True)
        except (OSError, JournalError):
            return
        self._done(group, files)

    def _confirm(self, plans: Sequence[Enlisted]) -> Outcome | None:
        """Journal that ``plans`` are exchanged; if that fails, take them back and say why."""
        if not plans:
            return None
        records = [
            {"record": "exchanged", "run": self.id, "group": plan.group.number} for plan in plans
        ]
        try:
            folders = {folder for plan in plans for folder in plan.group.folders}
            self._disk.sync_folders(sorted(folders))
            self._journal.append(records, durable=True)
        except (OSError, JournalError) as error:
            for plan in plans:
                self._abandon(plan.group)
            return Outcome("", "failed", f"cannot be written: {told(error)}")
        now = time.monotonic()
        self._pending += [_Pending(plan.group._replace(exchanged=True), now) for plan in plans]
        return None

    # The end of a run

    def _resolve(self, before: float, early: float = float("-inf")) -> None:
        """Give back what was saved meanwhile; drop what was displaced ``before`` that time.

        What was displaced before the time ``early`` is dropped too if nobody can write to it.
        """
        waiting: list[_Pending] = []
        for pending in self._pending:
            try:
                final = pending.since <= before or (
                    pending.since <= early
                    and all(
                        self._disk.is_written_by_nobody(member.temporary)
                        for member in pending.group.members
                    )
                )
                if not self._resolve_group(pending.group, final=final):
                    waiting.append(pending)
            except (OSError, JournalError):
                continue  # still open in the journal: the next run settles it
        self._pending = waiting

    def _resolve_group(self, group: Group, *, final: bool) -> bool:
        rivals = {
            member.file
            for member in group.members
            if not self._settler.verify(member, strict=final)
        }
        if not rivals and not final:
            return False
        files: dict[NoteId, str] = {}
        for member in group.members:
            settled = self._settler.settle(member, give_back=bool(rivals))
            if not settled.gone:
                return True
            files[member.file] = settled.status(exchanged=True)
        self._disk.sync_folders(group.folders)
        files |= self._settler.settle_move(group, give_back=bool(rivals))
        self._done(group, files)
        for file, status in files.items():
            if status == "given-back":
                known = rivals or {file}
                reason = _SAVED if file in known else f"is written only with {min(known)}"
                kind: Status = "given-back" if file in known else "held-back"
                self.late += (Outcome(file, kind, reason),)
        return True

    def _done(self, group: Group, files: Mapping[NoteId, str]) -> None:
        self._note([{"record": "done", "run": self.id, "group": group.number, "files": files}])

    def _note(self, records: Sequence[Record]) -> None:
        """Add to the log what the next run could find out for itself."""
        try:
            self._journal.append(records, durable=records[0]["record"] == "end")
        except JournalError:
            return


def _changed(member: Member) -> Outcome:
    return Outcome(member.file, "changed", "was changed, renamed or deleted meanwhile")


def _system(member: Member, error: OSError) -> Outcome:
    if error.errno in UNSUPPORTED:
        return Outcome(member.file, "refused", NO_EXCHANGE)
    return Outcome(member.file, "failed", f"cannot be written: {told(error)}")
