"""The guarded writer: the only code that changes a note.

A group of replacements is written whole or not at all. The journal holds the old and the new bytes
before anything moves; the new text is written beside the note; note and new text change places in
one atomic step; what came out of the note's place is then compared with what was expected. A save
that slipped in between is thereby found and given back its place.

Invariant: no bytes leave the vault whose digest is not in the journal; a note that was deleted or
renamed meanwhile is never brought back; after a normal end nothing of ours is left in the vault.

Tests: tests/unit/fixing/test_write.py, tests/torture/
"""

import os
import secrets
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from vaultlint.fixing.commit import Run
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.history import History, read_history
from vaultlint.fixing.journal import Journal
from vaultlint.fixing.leftovers import sweep
from vaultlint.fixing.lock import VaultLock
from vaultlint.fixing.outcome import Outcome, Replacement
from vaultlint.fixing.recover import recover
from vaultlint.fixing.retention import trim

__all__ = ["Outcome", "Replacement", "Run", "Writer"]


class Writer:
    """Writes to the vault at ``root``, with its journal and lock in the folder ``state``."""

    def __init__(
        self,
        root: Path,
        state: Path,
        *,
        grace: float = 1.0,
        without_exchange: bool = False,
        disk: Disk | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare to write; nothing is opened yet.

        ``grace`` is how long a displaced copy is kept for late writes, in seconds.
        ``without_exchange`` allows writing where the file system has no atomic exchange.
        ``disk`` and ``wait`` let a test stand between the writer and the system.
        """
        self.root = os.path.realpath(root)
        self.journal = Journal(state)
        self._state = state
        self._grace = grace
        self._without_exchange = without_exchange
        self._disk = disk or Disk(without_exchange=without_exchange)
        self._wait = wait

    def sweep(self, run: str) -> None:
        """Remove what is left of the run of that id in folders that were moved while it was open."""
        sweep(self._disk, self.journal, self.root, run)

    def history(self) -> History:
        """Return what the journal says. Raises JournalError."""
        return read_history(self.journal.records(), self.root)

    @contextmanager
    def run(self, command: str) -> Iterator[Run]:
        """Take the lock, settle what a crash left behind, and open an entry of the journal.

        The entry appears with the first write. At the end every displaced copy is verified, again
        after the grace, and removed.
        Raises BusyError if another process writes to this vault, JournalError if the state folder
        cannot be used.
        """
        with VaultLock(self._state):
            history = self.history()
            recovered = recover(self._disk, self.journal, history)
            run = Run(
                self.root,
                self._disk,
                self.journal,
                new_id({entry.id for entry in history.entries}),
                entry={"command": command, "undoes": ""},
                grace=self._grace,
                wait=self._wait,
                without_exchange=self._without_exchange,
            )
            run.recovered = recovered
            try:
                yield run
            finally:
                run.close()
            if run.has_written:
                trim(self.journal, self.root, time.time())


def new_id(taken: Collection[str] = ()) -> str:
    """Return a name for a run that is not ``taken``: the time (UTC) and four hex digits.

    Two runs of one name would be undone as one.
    """
    while True:
        name = time.strftime("%Y%m%d-%H%M%S", time.gmtime()) + "-" + secrets.token_hex(2)
        if name not in taken:
            return name
