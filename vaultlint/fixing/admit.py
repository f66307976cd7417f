"""Whether a note may be written at all.

Invariant: nothing here opens a note for writing, and a doubt is a refusal.

Tests: tests/unit/fixing/test_admit.py
"""

import os
import stat
from typing import NamedTuple

from vaultlint.fixing.renaming import Identity, Relocation, identity_of, missing_folders
from vaultlint.note.model import NoteId
from vaultlint.source import is_hidden
from vaultlint.source.real import inside
from vaultlint.vault.names import conflict_copy

_DATALESS = 0x40000000  # macOS: SF_DATALESS, the bytes are still in iCloud
_RECALL = 0x1000 | 0x40000 | 0x400000  # Windows: offline, or recalled when opened or read


class Admitted(NamedTuple):
    """A note that may be written: the absolute path of its real file, and what was found there."""

    path: str
    stat: os.stat_result


class Refused(NamedTuple):
    """Why a note may not be written: the end of a sentence that starts with its name."""

    reason: str


class Gate:
    """Decides for the vault at ``root`` (a real path); keeps what it saw of folders for one run."""

    def __init__(self, root: str) -> None:
        """Prepare to look at notes below ``root``."""
        self._root = root
        self._originals: dict[str, dict[str, str]] = {}

    def admit(self, file: NoteId, before: bytes, after: bytes) -> Admitted | Refused:
        """Return where ``file`` may be written, or why it may not."""
        if before == after:
            return Refused("would not change")
        if not (_is_text(before) and _is_text(after)):
            return Refused("is not valid UTF-8")
        path = self._real_path(file)
        if path is None:
            return Refused("is not a path inside the vault, or a link that leads out of it")
        try:
            found = os.lstat(path)
        except OSError as error:
            return Refused(f"cannot be looked at: {error.strerror}")
        reason = _unfit(found, path) or self._rivals(path)
        return Refused(reason) if reason else Admitted(path, found)

    def admit_move(self, file: NoteId, new: NoteId) -> Relocation | Refused:
        """Return how the file or folder ``file`` gets the path ``new``, or why it may not."""
        path, target = self._real_path(file), self._free_path(new)
        if path is None:
            return Refused(f"cannot be made: {file} is not a path inside the vault")
        if target is None:
            return Refused("is not a path inside the vault, or a hidden one")
        try:
            found = os.lstat(os.path.join(self._root, *file.split("/")))
            made = missing_folders(target)
            taken = identity_of(target) is not None
        except OSError as error:
            return Refused(f"cannot be made: {error.strerror}")
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            return Refused(f"cannot be made: {file} is neither a file nor a folder of the vault")
        if target.startswith(path + os.sep):
            return Refused("would lie inside of itself")
        if taken:
            return Refused("is there already; nothing is overwritten")
        rival = self._rivals(path) if stat.S_ISREG(found.st_mode) else ""
        if rival:
            return Refused(f"cannot be made: {file} {rival}")
        return Relocation(file, new, path, target, Identity(found.st_dev, found.st_ino), made)

    def _free_path(self, file: NoteId) -> str | None:
        """Return where ``file``, which need not be there, would be; links above it are followed."""
        folder, _, name = file.rpartition("/")
        if not name or is_hidden(file) or self._real_path(file) is None:
            return None
        above = self._real_path(folder) if folder else self._root
        return None if above is None else os.path.join(above, name)

    def _real_path(self, file: NoteId) -> str | None:
        parts = file.split("/")
        if "\0" in file or not all(parts) or {".", ".."} & set(parts) or os.path.isabs(file):
            return None
        if os.name == "nt" and ("\\" in file or ":" in file):
            return None
        real = os.path.realpath(os.path.join(self._root, *parts))
        target = inside(self._root, real)
        if not target or (is_hidden(target) and not is_hidden(file)):
            return None
        return real

    def _rivals(self, path: str) -> str:
        """Return who else has a claim on the note: a sync tool's copy, or an editor's mark."""
        folder, name = os.path.split(path)
        if os.path.lexists(os.path.join(folder, f".{name}.swp")):
            return "is open in Vim (its .swp file is there)"
        if os.path.lexists(os.path.join(folder, f".#{name}")):
            return "has unsaved changes in Emacs (its .# file is there)"
        copy = self._conflicts(folder).get(name)
        return f"has a sync conflict: {copy} is beside it" if copy else ""

    def _conflicts(self, folder: str) -> dict[str, str]:
        """Return the conflict copies in ``folder``, by the name of the note they were made of."""
        known = self._originals.get(folder)
        if known is None:
            known = {}
            try:
                names = os.listdir(folder)
            except OSError:
                names = []
            for name in names:
                copy = conflict_copy(name)
                if copy is not None:
                    known[copy.original] = name
                    known.setdefault(name, copy.original)
            self._originals[folder] = known
        return known


def _unfit(found: os.stat_result, path: str) -> str:
    if not stat.S_ISREG(found.st_mode):
        return "is not a regular file"
    if found.st_nlink != 1:
        return f"has {found.st_nlink} names (hard links); the others would keep the old text"
    if not found.st_mode & 0o222 or not os.access(path, os.W_OK):
        return "is read-only"
    if getattr(found, "st_flags", 0) & _DATALESS:
        return "is not downloaded"
    if getattr(found, "st_file_attributes", 0) & _RECALL:
        return "is not downloaded"
    return ""


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
