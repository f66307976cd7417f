"""From what is asked of a run to what it will do: groups of members, or why it cannot be.

Invariant: nothing of the vault changes here but two empty files, by which is found out whether the
file system can exchange files; the journal names them before they are made.

Tests: tests/unit/fixing/test_write.py, tests/unit/fixing/test_relocate.py
"""

import os
from collections.abc import Sequence
from typing import NamedTuple

from vaultlint.errors import JournalError
from vaultlint.fixing.admit import Admitted, Gate, Refused
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.history import Group, Member
from vaultlint.fixing.journal import Journal, digest
from vaultlint.fixing.outcome import Move, Outcome, Replacement, failed
from vaultlint.fixing.renaming import Relocation

NO_EXCHANGE = (
    "is on a file system that cannot exchange two files: a fix could meet a save unprotected; "
    "--without-exchange fixes it all the same"
)


class Enlisted(NamedTuple):
    """An admitted group; ``stats`` are those of its notes before anything is done."""

    replacements: tuple[Replacement, ...]
    stats: tuple[os.stat_result, ...]
    group: Group

    def outcomes(self, fault: Outcome | None) -> tuple[Outcome, ...]:
        """Return what became of the group, the move first: all is written, or ``fault`` held it."""
        move = self.group.move
        moved = () if move is None else (Replacement(move.new, b"", b""),)
        asked = (*moved, *self.replacements)
        if fault is None:
            return tuple(Outcome(each.file, "written") for each in asked)
        return failed(asked, fault.file, fault.status, fault.reason)


class Enlister:
    """Admits and numbers what one run is to do."""

    def __init__(
        self, root: str, disk: Disk, journal: Journal, run: str, *, without_exchange: bool
    ) -> None:
        """Prepare for the run of that id in the vault at ``root``."""
        self._root = root
        self._disk = disk
        self._journal = journal
        self._run = run
        self._without_exchange = without_exchange
        self._gate = Gate(root)
        self._exchanges: dict[int, bool] = {}  # device -> whether it can
        self._groups = self._files = 0

    def enlist(
        self, group: Sequence[Replacement], move: Move | None = None
    ) -> Enlisted | tuple[Outcome, ...]:
        """Return what is to be done for ``group``, or the outcomes that it has already."""
        relocation: Relocation | None = None
        if move is not None:
            found = self._gate.admit_move(move.file, move.new)
            if isinstance(found, Refused):
                refused = Outcome(move.new, "refused", found.reason)
                return (refused, *failed(group, move.new, "held-back", ""))
            relocation = found
        members: list[Member] = []
        stats: list[os.stat_result] = []
        for each in group:
            admitted = self._admitted(each, members, relocation)
            if isinstance(admitted, Outcome):
                named = (Replacement(move.new, b"", b""),) if move is not None else ()
                asked = (*named, *group)
                return failed(asked, each.file, admitted.status, admitted.reason)
            members.append(self._member(each, admitted.path))
            stats.append(admitted.stat)
        self._groups += 1
        made = Group(self._run, self._groups, tuple(members), move=relocation)
        return Enlisted(tuple(group), tuple(stats), made)

    def _admitted(
        self, each: Replacement, members: Sequence[Member], move: Relocation | None
    ) -> Admitted | Outcome:
        """Return where the note will be written, or why it will not."""
        file = each.file if move is None else move.before(each.file)
        found = self._gate.admit(file, each.before, each.after)
        if isinstance(found, Refused):
            return Outcome(each.file, "refused", found.reason)
        path = found.path if move is None else move.after(found.path)
        if any(member.path == path for member in members):
            return Outcome(each.file, "refused", "is named twice in one group")
        try:
            possible = self._can_exchange(found)
        except (OSError, JournalError) as error:
            return Outcome(each.file, "failed", f"cannot be written: {told(error)}")
        if not possible:
            return Outcome(each.file, "refused", NO_EXCHANGE)
        return found._replace(path=path)

    def _member(self, each: Replacement, path: str) -> Member:
        self._files += 1
        name = f".vaultlint-{self._run}-{self._files}.tmp"
        temporary = os.path.join(os.path.dirname(path), name)
        before, after = digest(each.before), digest(each.after)
        return Member(each.file, path, temporary, before, after, each.rules)

    def _can_exchange(self, found: Admitted) -> bool:
        if self._without_exchange:
            return True
        device = found.stat.st_dev
        if device not in self._exchanges:
            start = os.path.join(os.path.dirname(found.path), f".vaultlint-{self._run}-probe")
            paths = [f"{start}-{end}.tmp" for end in "ab"]
            record = {"run": self._run, "paths": [os.path.relpath(p, self._root) for p in paths]}
            self._journal.keep([b""])
            self._journal.append([{"record": "probe", **record}], durable=False)
            self._exchanges[device] = self._disk.can_exchange(*paths)
            self._journal.append([{"record": "probed", **record}], durable=False)
        return self._exchanges[device]


def told(error: OSError | JournalError) -> str:
    """Return what went wrong, for the end of a sentence."""
    return str(error) if isinstance(error, JournalError) else (error.strerror or str(error))
