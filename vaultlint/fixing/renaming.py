"""A file or folder gets a new name, and never that of another: the primitive of moves.

Linux has renameat2(RENAME_NOREPLACE), macOS renamex_np(RENAME_EXCL), and Windows' own rename refuses
to overwrite. Only Linux was run. Where the file system knows none of them, a file is linked to its
new name and unlinked from the old one, which fails rather than overwrites; a folder is not moved.

Invariant: whatever the call meets, no file is overwritten and none is lost.

Tests: tests/unit/fixing/test_renaming.py
"""

import errno
import os
import stat
import sys
from typing import NamedTuple

from vaultlint.fixing.exchange import UNSUPPORTED, rename_with

_NO_REPLACE = 1  # RENAME_NOREPLACE of renameat2
_EXCLUSIVE = 4  # RENAME_EXCL of renamex_np


class Identity(NamedTuple):
    """Which file it is, whatever its name."""

    device: int
    inode: int


class Relocation(NamedTuple):
    """A file or folder that moves from ``path`` to ``target`` (absolute), called ``file`` and ``new``.

    ``made`` are the folders that have to be made for it, the outermost first.
    """

    file: str
    new: str
    path: str
    target: str
    identity: Identity
    made: tuple[str, ...] = ()

    def after(self, path: str) -> str:
        """Return what the absolute ``path`` is called when this has been moved."""
        if path == self.path:
            return self.target
        start = self.path + os.sep
        return self.target + path[len(self.path) :] if path.startswith(start) else path

    def before(self, file: str) -> str:
        """Return what the vault's ``file``, named as after the move, is called before it."""
        if file == self.new:
            return self.file
        return self.file + file[len(self.new) :] if file.startswith(self.new + "/") else file


def rename_new(path: str, target: str) -> None:
    """Give the file or folder at ``path`` the name ``target``.

    Raises FileExistsError if that is taken, unless it is another spelling of the same file's name;
    OSError with an error of UNSUPPORTED if the file system cannot do that without a risk.
    """
    try:
        _rename(path, target)
    except FileExistsError:
        if not _is_respelled(path, target):
            raise
        os.rename(path, target)
    except OSError as error:
        if error.errno not in UNSUPPORTED or stat.S_ISDIR(os.lstat(path).st_mode):
            raise
        os.link(path, target, follow_symlinks=False)
        os.unlink(path)


def _rename(path: str, target: str) -> None:
    if sys.platform == "win32":
        os.rename(path, target)
    else:
        rename_with(_NO_REPLACE if sys.platform == "linux" else _EXCLUSIVE, path, target)


def _is_respelled(path: str, target: str) -> bool:
    """Return whether both are one file's name in a file system that takes them for the same."""
    names = os.listdir(os.path.dirname(target))
    same = os.path.dirname(path) == os.path.dirname(target) and os.path.samefile(path, target)
    return same and os.path.basename(target) not in names


def identity_of(path: str) -> Identity | None:
    """Return which file or folder stands at ``path`` under exactly that name, None without one."""
    try:
        found = os.lstat(path)
        if os.path.basename(path) not in os.listdir(os.path.dirname(path)):
            return None  # found by another spelling of its name
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Identity(found.st_dev, found.st_ino)


def is_moved(move: Relocation) -> bool:
    """Return whether what moves stands at its target, and no longer where it was."""
    return identity_of(move.target) == move.identity and identity_of(move.path) is None


def missing_folders(target: str) -> tuple[str, ...]:
    """Return the folders above ``target`` that are not there, the outermost first."""
    missing: list[str] = []
    folder = os.path.dirname(target)
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), folder)
    return tuple(reversed(missing))
