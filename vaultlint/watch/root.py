"""The folder of the vault, which may go away under a watcher: a drive is unplugged, a share is lost.

Invariant: notes of a vault that is not there are never taken for deleted. A listing counts only if
the folder was the same before and after it, and did not lose every file at once.

Tests: tests/unit/watch/test_root.py
"""

import os
from collections.abc import Mapping
from pathlib import Path

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, Source, SourceProblem


class Root:
    """The identity of the folder at ``path``: its device and inode when it was last adopted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.adoptions = 0
        """How often another folder than before was taken for the vault."""
        self._known = identity_of(path)

    def is_there(self) -> bool:
        """Return whether the folder that is known is at its path."""
        found = identity_of(self.path)
        return found is not None and found == self._known

    def adopt(self) -> bool:
        """Take the folder that is at the path now for the vault, unless it is empty or absent.

        An empty folder is what an unmounted drive leaves behind.
        """
        found = identity_of(self.path)
        if found is None or not _holds_something(self.path):
            return False
        self._known = found
        self.adoptions += 1
        return True


class SteadySource:
    """``base``, whose listing is refused while its folder is not what it was."""

    def __init__(self, base: Source, root: Root) -> None:
        self.base = base
        self.root = root
        self._held_files = False
        self._believes_empty = False

    def list(self) -> Mapping[NoteId, Entry]:
        """Return the files of the base. Raises SourceError if the vault is not there."""
        self._check()
        entries = self.base.list()
        self._check()
        if not entries and self._held_files and not self._believes_empty:
            raise SourceError("is suddenly empty", path=str(self.root.path))
        self._held_files = bool(entries)
        self._believes_empty = False
        return entries

    def believe_empty(self) -> None:
        """Let the next listing be empty: the folder has been for long enough."""
        self._believes_empty = True

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what the base had to leave out."""
        return self.base.problems()

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``. Raises SourceError if it cannot be read."""
        return self.base.read(file)

    def _check(self) -> None:
        if not self.root.is_there():
            raise SourceError("is not there", path=str(self.root.path))


def identity_of(path: Path) -> tuple[int, int] | None:
    """Return which file or folder is at ``path``, links followed; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _holds_something(path: Path) -> bool:
    try:
        with os.scandir(path) as items:
            return next(items, None) is not None
    except OSError:
        return False
