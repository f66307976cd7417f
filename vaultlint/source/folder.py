"""A folder as a vault: walked and read as Obsidian does, and never beyond its root.

Invariant: no path that this module opens lies outside of the root, whatever links the folder
holds; only regular files are opened; nothing in a hostile folder makes it hang. A path is checked
and opened in two steps, so a program that swaps folders for links meanwhile is not held off.

Tests: tests/unit/source/test_folder.py, tests/unit/source/test_hostile_folder.py
"""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, SourceProblem, is_hidden
from vaultlint.source.real import RealPath, below, real_root, resolved
from vaultlint.source.walk import walk

MAX_READ_BYTES = 64 * 1024 * 1024
"""No file is read beyond this: notes are parsed up to 2 MB, settings and vocabularies are small."""

_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_DEEPEST = 100  # folders, one in the other; deeper ones are looked up from the root
_NO_PATH = re.compile(r"(?:\A|/)\.{0,2}(?:/|\Z)|\0" + (r"|[\\:]" if os.name == "nt" else ""))


class FolderSource:
    """The files under one folder."""

    def __init__(self, root: Path, *, gitignore: bool = False) -> None:
        """Prepare to walk ``root``; with ``gitignore``, leave out what its .gitignore files name."""
        self.root = real_root(root)
        self._gitignore = gitignore
        self._problems: tuple[SourceProblem, ...] = ()
        self._folders: dict[
            str, tuple[int, int, RealPath]
        ] = {}  # folder -> device, inode, real path

    def list(self) -> Mapping[NoteId, Entry]:
        """Return every file that is in the vault, in the order of ids.

        Raises SourceError if the root itself cannot be listed.
        """
        entries, self._problems = walk(self.root, gitignore=self._gitignore)
        return entries

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what the last ``list`` had to leave out, in the order of ids."""
        return self._problems

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``, listed or hidden.

        Raises SourceError if it is not there, not a regular file, leads out of the vault, is over
        MAX_READ_BYTES, or cannot be read.
        """
        if _NO_PATH.search(file):
            raise SourceError("is not a path inside the vault", path=file)
        folder, _, name = file.rpartition("/")
        try:
            path = below(self._real_folder(folder, file), name)
            mode = os.lstat(path).st_mode
            if stat.S_ISLNK(mode):
                path = self._checked(path, file)
                mode = os.lstat(path).st_mode
            return _read(path, mode, file)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise SourceError(f"cannot be read: {reason}", path=file) from error

    def _real_folder(self, folder: str, file: NoteId) -> RealPath:
        """Return the real path of a folder, looked up again whenever another folder is there."""
        path = f"{self.root}{os.sep}{folder}" if folder else self.root
        known = self._folders.get(folder)
        if known is not None:
            found = os.stat(path)  # noqa: PTH116 - a Path for each file costs more than the call
            if known[:2] == (found.st_dev, found.st_ino):
                return known[2]
        known = self._folders[folder] = self._looked_up(folder, path, file)
        return known[2]

    def _looked_up(self, folder: str, path: str, file: NoteId) -> tuple[int, int, RealPath]:
        """Return device, inode and real path of the folder at ``path``.

        One that stands in its parent itself, not as a link, needs no look at each folder above it.
        """
        if folder and folder.count("/") <= _DEEPEST:
            parent, _, name = folder.rpartition("/")
            real = below(self._real_folder(parent, file), name)
            found = os.lstat(real)
            if stat.S_ISDIR(found.st_mode) and not getattr(found, "st_reparse_tag", 0):
                return (found.st_dev, found.st_ino, real)
        found = os.stat(path)  # noqa: PTH116 - the same
        return (found.st_dev, found.st_ino, self._checked(path, file))

    def _checked(self, path: str, file: NoteId) -> RealPath:
        """Return the real path behind ``path``. A link may not lead out, nor to hidden files."""
        found = resolved(self.root, path)
        if found is None or (is_hidden(found[1]) and not is_hidden(file)):
            raise SourceError("is a link that leads out of the vault", path=file)
        return found[0]


def _read(path: RealPath, mode: int, file: NoteId) -> bytes:
    if not stat.S_ISREG(mode):
        raise SourceError("is not a regular file", path=file)
    handle = os.open(path, _OPEN)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise SourceError("is not a regular file", path=file)
        if found.st_size > MAX_READ_BYTES:
            limit = MAX_READ_BYTES // (1024 * 1024)
            raise SourceError(f"is not read: it is larger than {limit} MB", path=file)
        data = os.read(handle, found.st_size + 1)
        if len(data) == found.st_size:
            return data
        chunks = [data]  # a short read, or a file that is growing
        while data and sum(map(len, chunks)) <= MAX_READ_BYTES:
            data = os.read(handle, 1 << 20)
            chunks.append(data)
        return b"".join(chunks)
    finally:
        os.close(handle)
