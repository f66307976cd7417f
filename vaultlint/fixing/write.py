"""The guarded writer: the only code that changes a note.

A group of replacements is written whole or not at all. The journal holds the old and the new bytes
before anything moves; the new text is written beside the note; note and new text change places in
one atomic step; what came out of the note's place is then compared with what was expected. A save
that slipped in between is thereby found and given back its place.

Invariant: no bytes leave the vault whose digest is not in the journal; a note that was deleted or
renamed meanwhile is never brought back.

Tests: tests/unit/fixing/test_write.py, tests/torture/
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from vaultlint.note.model import NoteId

Status = Literal["written", "refused", "changed", "failed", "held-back", "given-back"]


class Replacement(NamedTuple):
    """Put ``after`` in the place of ``before``, in the note ``file``, for the sake of ``rules``."""

    file: NoteId
    before: bytes
    after: bytes
    rules: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What became of one replacement.

    ``status`` is "written"; "refused" (a precondition does not hold), "changed" (the note no longer
    is ``before``), "failed" (the system refused), "held-back" (another member of the group could
    not be written) or "given-back" (somebody saved the note at the same moment: their text stands).
    ``reason`` is a plain sentence without the file's name, empty for "written".
    """

    file: NoteId
    status: Status
    reason: str = ""


class Run:
    """One run that writes: one entry of the journal. Made by ``Writer.run``."""

    id: str
    late: tuple[Outcome, ...]
    """After the run: what ended otherwise than ``write`` had said (given back to a rival save)."""

    def write(self, group: Sequence[Replacement]) -> tuple[Outcome, ...]:
        """Write all of ``group``, or nothing of it; return an outcome for each, in order."""
        raise NotImplementedError

    def write_groups(
        self, groups: Sequence[Sequence[Replacement]]
    ) -> tuple[tuple[Outcome, ...], ...]:
        """Write each group for itself, with the journal made durable once for all of them."""
        raise NotImplementedError

    def settle(self) -> None:
        """Verify what was displaced, and drop the copies whose grace is over."""
        raise NotImplementedError


class Writer:
    """Writes to the vault at ``root``, with its journal and lock in the folder ``state``."""

    def __init__(
        self, root: Path, state: Path, *, grace: float = 1.0, without_exchange: bool = False
    ) -> None:
        """Prepare to write; nothing is opened yet.

        ``grace`` is how long a displaced copy is kept for late writes, in seconds.
        ``without_exchange`` allows writing where the file system has no atomic exchange.
        """
        raise NotImplementedError

    @contextmanager
    def run(self, command: str) -> Iterator[Run]:  # noqa: ARG002
        """Take the lock, settle what a crash left behind, and open an entry of the journal.

        At the end every displaced copy is verified, again after the grace, and removed.
        Raises BusyError if another process writes to this vault, JournalError if the state folder
        cannot be used.
        """
        raise NotImplementedError
        yield Run()
