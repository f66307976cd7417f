"""A vault with one file beside it: the config file that a person named on the command line.

Invariant: the file can be read by its path as named, but is not listed: it is no part of the vault,
and no link leads to it.

Tests: tests/unit/source/test_beside.py
"""

from collections.abc import Mapping
from pathlib import Path

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, Source, SourceProblem
from vaultlint.source.folder import MAX_READ_BYTES


def beside(source: Source, config: NoteId | Path | None) -> Source:
    """Return ``source``, in which a ``config`` that lies anywhere (ConfigRequest) can be read too."""
    return BesideSource(source, config) if isinstance(config, Path) else source


class BesideSource:
    """``base``, in which ``str(path)`` can be read too."""

    def __init__(self, base: Source, path: Path) -> None:
        self.base = base
        self.path = path

    def list(self) -> Mapping[NoteId, Entry]:
        """Return the files of the base."""
        return self.base.list()

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what the base had to leave out."""
        return self.base.problems()

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``. Raises SourceError if it cannot."""
        if file != str(self.path):
            return self.base.read(file)
        try:
            with self.path.open("rb") as content:
                return content.read(MAX_READ_BYTES)
        except OSError as error:
            raise SourceError(error.strerror or "it cannot be read", path=file) from error
