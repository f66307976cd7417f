"""What becomes of the file that an exchange took out of the note's place.

Mostly it holds the old text, and goes. If it holds anything else, somebody saved at the same
moment, and their file is given its place back; if the note was saved once more since, the newest
of the two keeps the name and the other is kept in the journal and announced.

Invariant: a file is removed only when its bytes are in the journal. Settling may be cut short at
any call and begun again: it looks at what is there, not at what it remembers.

Tests: tests/unit/fixing/test_recover.py, tests/torture/
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from vaultlint.errors import JournalError
from vaultlint.fixing.disk import Disk, Seen
from vaultlint.fixing.exchange import backup_of
from vaultlint.fixing.history import Group, Kept, Member
from vaultlint.fixing.journal import Journal, digest
from vaultlint.note.model import NoteId

_ROUNDS = 8  # each round needs another save at the very same moment
_PATIENCE = 1.0  # seconds for which a file that is open elsewhere is not removed
_PAUSE = 0.02


class Settled(NamedTuple):
    """How far it came: the displaced file is ``gone``, the note was ``returned`` to its owner.

    ``displaced`` is whether there was a file that had come out of the note's place: False for a
    new text that had never got there, None when there was nothing to settle.
    """

    gone: bool
    returned: bool = False
    displaced: bool | None = None

    def status(self, *, exchanged: bool) -> str:
        """Return what became of the note: "written" or "given-back"."""
        displaced = exchanged if self.displaced is None else self.displaced
        return "written" if displaced and not self.returned else "given-back"


class Settler:
    """Settles what one run displaced; ``kept`` collects the texts that must be announced."""

    def __init__(
        self, disk: Disk, journal: Journal, run: str, wait: Callable[[float], None] = time.sleep
    ) -> None:
        """Prepare to settle for the run of that id."""
        self._disk = disk
        self._journal = journal
        self._run = run
        self._wait = wait
        self.kept: list[Kept] = []

    def verify(self, member: Member, *, strict: bool) -> bool:
        """Return whether the displaced file still is the old text, or is gone.

        With ``strict``, neither may another program have it open for writing.
        """
        aside = self._disk.read(member.temporary)
        if aside is None:
            return True
        if digest(aside.data) != member.before:
            return False
        return not (strict and self._disk.written_elsewhere(member.temporary))

    def settle(self, member: Member, *, give_back: bool = False) -> Settled:
        """Remove the displaced file, giving it back the note's place where it belongs there.

        With ``give_back`` it does so even if nobody saved. Raises OSError or JournalError when
        that is impossible now; then all files are left, and it can be tried again.
        """
        returned = swapped = False
        displaced: bool | None = None
        self._settle_backup(member)
        for _ in range(_ROUNDS):
            aside = self._disk.read(member.temporary)
            if aside is None:
                return Settled(True, returned, displaced)
            note = self._disk.read(member.path)
            if displaced is None:
                displaced = self._was_displaced(member, aside, note)
            if self._is_theirs(member, aside, note, give_back=give_back and not returned):
                returned |= self._exchange(member)
            elif not swapped and self._is_newer(member, aside, note, returned=returned):
                swapped = self._exchange(member)
            elif self._is_closing(member.temporary):
                continue
            elif self._drop(member, member.temporary, aside.data, note):
                return Settled(True, returned, displaced)
        return Settled(False, returned, displaced)

    def settle_move(self, group: Group, *, give_back: bool) -> dict[NoteId, str]:
        """Return what became of the move of ``group``, after its notes; {} if it has none.

        With ``give_back`` what moved gets its old name again, if nobody else has taken it.
        """
        move = group.move
        if move is None:
            return {}
        if not give_back:
            return {move.new: "written"}
        back = self._disk.take_back(move)
        self._disk.sync_folders(group.folders)
        return {move.new: "given-back" if back else "written"}

    def _was_displaced(self, member: Member, aside: Seen, note: Seen | None) -> bool:
        found = digest(aside.data)
        if found in (member.before, member.after):
            return found == member.before
        if note is not None and digest(note.data) == member.before:
            return False
        return not self._is_ours(member, aside.data, note)

    def _is_theirs(
        self, member: Member, aside: Seen, note: Seen | None, *, give_back: bool
    ) -> bool:
        """Return whether the note holds our text, and the displaced file has a claim on its place."""
        if note is None or digest(note.data) != member.after:
            return False
        found = digest(aside.data)
        return found not in (member.before, member.after) or (give_back and found == member.before)

    def _is_newer(self, member: Member, aside: Seen, note: Seen | None, *, returned: bool) -> bool:
        """Return whether two saves met, and the displaced one is the later.

        A note with its old text that was not ``returned`` by us was never exchanged: what lies
        beside it may be a new text of ours that a power cut has garbled.
        """
        if note is None or self._is_ours(member, aside.data, note):
            return False
        if digest(note.data) == member.before and not returned:
            return False
        return aside.stat.st_mtime_ns > note.stat.st_mtime_ns

    def _is_ours(self, member: Member, data: bytes, note: Seen | None) -> bool:
        """Return whether ``data`` needs no announcing: our texts, or a piece of the new one."""
        if digest(data) in (member.before, member.after):
            return True
        if note is not None and digest(note.data) == member.after:
            return False
        try:
            return self._journal.get(member.after).startswith(data)
        except JournalError:
            return False

    def _is_closing(self, path: str) -> bool:
        """Return whether a program that had the file open was waited for and may have written."""
        waited = 0.0
        while waited < _PATIENCE and self._disk.written_elsewhere(path):
            self._wait(_PAUSE)
            waited += _PAUSE
        return 0 < waited < _PATIENCE

    def _exchange(self, member: Member) -> bool:
        try:
            self._disk.exchange(member.temporary, member.path)
        except FileNotFoundError:
            return False  # the note was deleted or renamed just now, and stays so
        return True

    def _drop(self, member: Member, path: str, data: bytes, note: Seen | None) -> bool:
        """Remove the file at ``path`` if it still holds ``data``; return whether it is gone."""
        if not self._journal.has(digest(data)):
            self._journal.keep([data])
        if not self._is_ours(member, data, note):
            self._announce(member, data)
        late = self._disk.drop(path, lambda found: found == data)
        if late.data is not None:
            self._journal.keep([late.data])
            self._announce(member, late.data)
        return late.gone

    def _announce(self, member: Member, data: bytes) -> None:
        kept = Kept(
            self._run, member.file, digest(data), "saved while the note was fixed", time.time()
        )
        self._journal.keep([data])
        self._journal.append([{"record": "kept", **kept._asdict()}], durable=True)
        self.kept.append(kept)

    def _settle_backup(self, member: Member) -> None:
        """Settle what an exchange in several steps left at its third name."""
        path = backup_of(member.temporary)
        backup = self._disk.read(path)
        if backup is None:
            return
        note = self._disk.read(member.path)
        if note is not None and digest(note.data) not in (member.before, member.after):
            self._announce(member, backup.data)  # the new note may lack what the old one had
        self._drop(member, path, backup.data, None)
