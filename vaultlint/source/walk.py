"""The walk of a folder: what Obsidian sees of it.

Hidden files and folders are out, attachments are in. A symbolic link counts when it stays inside
the vault, among visible files; a linked folder is walked without the links to folders in it, so
that links can neither form a circle nor multiply.

Invariant: the listing depends on the folder alone, never on the order in which the file system
hands out names. What is left out is told as problems. A file that changed a moment ago has no
stamp, because its next change may leave the same times.

Source: help vault, Symbolic links and junctions; Obsidian's path rules (hidden components).

Tests: tests/unit/source/test_folder.py, tests/unit/source/test_hostile_folder.py
"""

import errno
import os
import stat
import time
from typing import NamedTuple

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, SourceProblem, is_hidden
from vaultlint.source.gitignore import Ignored
from vaultlint.source.problems import MAX_LINKED_FILES, link_problem
from vaultlint.source.real import RealPath, below, resolved

YOUNG = 2_000_000_000
"""Nanoseconds within which two changes of a file may leave the same times: FAT counts by 2 s."""

_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT


class _Folder(NamedTuple):
    path: RealPath
    prefix: NoteId
    ignored: Ignored | None


def walk(
    root: RealPath, *, gitignore: bool
) -> tuple[dict[NoteId, Entry], tuple[SourceProblem, ...]]:
    """Return the files under ``root`` and what was left out, both in order of id.

    Raises SourceError if ``root`` itself cannot be listed.
    """
    return _Walk(root, gitignore=gitignore).run()


class _Walk:
    def __init__(self, root: RealPath, *, gitignore: bool) -> None:
        self.root = root
        self.gitignore = gitignore
        self.settled = time.time_ns() - YOUNG  # files that changed before this time have a stamp
        self.entries: dict[NoteId, Entry] = {}
        self.problems: list[SourceProblem] = []
        self.links: list[
            tuple[NoteId, RealPath, Ignored | None]
        ] = []  # links to folders, for later
        self.linked = False  # whether the walk is inside of a linked folder

    def run(self) -> tuple[dict[NoteId, Entry], tuple[SourceProblem, ...]]:
        try:
            os.scandir(self.root).close()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise SourceError(f"cannot list the folder: {reason}", path=self.root) from None
        self._tree(_Folder(self.root, "", Ignored() if self.gitignore else None))
        self.linked = True
        own = len(self.entries)
        for file, real, ignored in sorted(self.links, key=lambda link: link[0]):
            if len(self.entries) - own > MAX_LINKED_FILES:
                self.problems.append(link_problem(file, "limit"))
            else:
                self._tree(_Folder(real, f"{file}/", ignored))
        return dict(sorted(self.entries.items())), tuple(sorted(self.problems))

    def _tree(self, top: _Folder) -> None:
        pending = [top]
        while pending:
            folder = pending.pop()
            try:
                folder = self._enter(folder)
                with os.scandir(folder.path) as items:
                    for item in items:
                        if item.name[0] == ".":
                            continue
                        below = self._visit(folder, item)
                        if below is not None:
                            pending.append(below)
            except OSError as error:
                self._failed(folder.prefix.rstrip("/"), error)

    def _enter(self, folder: _Folder) -> _Folder:
        if folder.ignored is None:
            return folder
        try:
            return folder._replace(ignored=folder.ignored.enter(folder.path, folder.prefix))
        except OSError as error:
            self._failed(f"{folder.prefix}.gitignore", error)
            return folder

    def _visit(self, folder: _Folder, item: "os.DirEntry[str]") -> _Folder | None:
        """Take in one item of a folder. Return it if it is a folder to walk."""
        file = folder.prefix + item.name
        try:
            if _is_link(item):
                self._link(folder, item, file)
                return None
            is_folder = item.is_dir(follow_symlinks=False)
            if folder.ignored is not None and folder.ignored.match(file, is_folder=is_folder):
                return None
            if is_folder:
                return _Folder(below(folder.path, item.name), f"{file}/", folder.ignored)
            self._file(file, item.stat(follow_symlinks=False))
        except FileNotFoundError:
            pass  # removed since the folder was listed
        except OSError as error:
            self._failed(file, error)
        return None

    def _file(self, file: NoteId, found: os.stat_result) -> None:
        if stat.S_ISREG(found.st_mode):
            changed, touched = found.st_mtime_ns, found.st_ctime_ns
            old = changed < self.settled and touched < self.settled
            stamp = f"{changed}.{touched}.{found.st_ino}" if old else ""
            self.entries[file] = Entry(file, found.st_size, stamp)
        else:
            self._problem(file, "special-file", "is not a regular file")

    def _link(self, folder: _Folder, item: "os.DirEntry[str]", file: NoteId) -> None:
        there = resolved(self.root, item.path)
        if there is None or is_hidden(there[1]):
            self.problems.append(link_problem(file, "outside"))
            return
        real, _ = there
        try:
            found = os.stat(real)  # noqa: PTH116 - the rest of the walk speaks in strings
        except (FileNotFoundError, NotADirectoryError):
            self.problems.append(link_problem(file, "broken"))
            return
        is_folder = stat.S_ISDIR(found.st_mode)
        if folder.ignored is not None and folder.ignored.match(file, is_folder=is_folder):
            return
        if not is_folder:
            self._file(file, found)
        elif f"{os.path.realpath(folder.path)}{os.sep}".startswith(
            f"{real.rstrip(os.sep)}{os.sep}"
        ):
            self.problems.append(link_problem(file, "ancestor"))
        elif self.linked:
            self.problems.append(link_problem(file, "nested"))
        else:
            self.links.append((file, real, folder.ignored))

    def _failed(self, file: NoteId, error: OSError) -> None:
        if error.errno == errno.ELOOP:
            self.problems.append(link_problem(file, "circle"))
        else:
            reason = error.strerror or type(error).__name__
            self._problem(file, "unreadable", f"cannot be read: {reason}")

    def _problem(self, file: NoteId, code: str, message: str) -> None:
        self.problems.append(SourceProblem(file, code, message))


def _is_link(item: "os.DirEntry[str]") -> bool:
    """Return whether ``item`` is a symbolic link or, on Windows, a junction."""
    if item.is_symlink():
        return True
    if os.name != "nt" or not item.is_dir(follow_symlinks=False):
        return False
    tag: int = getattr(item.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return tag == _JUNCTION
