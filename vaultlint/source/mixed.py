"""Two sources as one vault: some files from the one, all others from the other.

Invariant: each file comes from one of the two alone, whatever the other holds at its path.

Tests: tests/unit/source/test_mixed.py
"""

from collections.abc import Collection, Mapping

from vaultlint.note.model import NoteId
from vaultlint.source import Entry, Source, SourceProblem


class MixedSource:
    """``base``, in which ``files`` and all that lies in ``folders`` come from ``other``."""

    def __init__(
        self,
        base: Source,
        other: Source,
        files: Collection[NoteId],
        folders: Collection[NoteId] = (),
    ) -> None:
        self._base = base
        self._other = other
        self._files = frozenset(files)
        self._folders = tuple(f"{folder}/" for folder in folders)

    def list(self) -> Mapping[NoteId, Entry]:
        """Return the files of both, in the order of ids."""
        if not (self._files or self._folders):
            return self._base.list()
        entries = {file: entry for file, entry in self._base.list().items() if not self._has(file)}
        others = self._other.list()
        entries |= {file: entry for file, entry in others.items() if self._has(file)}
        return dict(sorted(entries.items()))

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what each had to leave out of its part, in the order of ids."""
        if not (self._files or self._folders):
            return self._base.problems()
        base, others = self._base.problems(), self._other.problems()
        mine = [problem for problem in base if not self._has(problem.file)]
        return tuple(sorted(mine + [problem for problem in others if self._has(problem.file)]))

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``. Raises SourceError if it cannot be read."""
        return (self._other if self._has(file) else self._base).read(file)

    def _has(self, file: NoteId) -> bool:
        """Return whether ``file`` is to come from the other source."""
        return file in self._files or file.startswith(self._folders)
