"""One vault at several moments: a source that a session follows from one to the next.

Invariant: a file that is the same at two moments has the same entry at both, so a session that goes
from one to the other reads nothing but what differs.

Tests: tests/unit/source/test_moments.py
"""

from collections.abc import Callable, Mapping

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, Source, SourceProblem
from vaultlint.source.git.blobs import blob_id


class MovingSource:
    """The vault as ``now`` shows it; whoever moves on to another moment replaces ``now``."""

    def __init__(self, now: Source) -> None:
        self.now = now

    def list(self) -> Mapping[NoteId, Entry]:
        """Return the files of the vault now, in the order of ids."""
        return self.now.list()

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what the last ``list`` had to leave out."""
        return self.now.problems()

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file`` now. Raises SourceError if it cannot be read."""
        return self.now.read(file)


class KnownSource:
    """``base``, in which a file that git knows has the entry by which git knows it.

    ``known`` are entries with blob ids for stamps. Only files for which ``matters`` holds are
    compared, by their bytes; the stamps of others stay as they are.
    """

    def __init__(
        self, base: Source, known: Mapping[NoteId, Entry], matters: Callable[[NoteId], bool]
    ) -> None:
        self._base = base
        self._known = known
        self._matters = matters

    def list(self) -> Mapping[NoteId, Entry]:
        """Return the files of the base, in the order of ids."""
        return {file: self._named(file, entry) for file, entry in self._base.list().items()}

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what the base had to leave out."""
        return self._base.problems()

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``. Raises SourceError if it cannot be read."""
        return self._base.read(file)

    def _named(self, file: NoteId, entry: Entry) -> Entry:
        known = self._known.get(file)
        if known is None or known == entry or not self._matters(file):
            return entry
        try:
            same = blob_id(self._base.read(file), known.stamp) == known.stamp
        except SourceError:
            same = False
        return known if same else entry
