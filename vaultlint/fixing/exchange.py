"""Two files that change places in one step: the primitive that loses nothing.

A rename onto a note destroys what it finds there, even a save made a microsecond before. After an
exchange both files are still there, and what came out of the note's place can be looked at.

Linux has renameat2(RENAME_EXCHANGE), macOS renamex_np(RENAME_SWAP), Windows ReplaceFileW with a
backup. Only Linux was run; the calls of the other two are tested with a stand-in for the system.
``set_aside`` is for file systems without any of them, used only when asked for: the note is moved
away, then the new text is linked to its name, which fails rather than overwrites. In between
the note is missing for some microseconds.

Invariant: no call here overwrites a file, or removes one but a second name of the same file.

Tests: tests/unit/fixing/test_exchange.py
"""

import errno
import os
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2, and RENAME_SWAP of renamex_np
_HERE = -100  # AT_FDCWD
_SYSCALL = {"x86_64": 316, "aarch64": 276, "riscv64": 276}  # renameat2, where libc lacks it

UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What a file system answers that has no exchange."""

_IN_USE = frozenset({5, 32, 33})  # Windows: access denied, sharing violation, lock violation
_PATIENCE = 2.5  # seconds for which a scanner or a sync tool may hold a note on Windows
_KEEP_ATTRIBUTES = 0  # ReplaceFileW fails rather than lose attributes or the access list


def exchange(one: str, other: str) -> None:
    """Let two existing files of one file system change places, atomically.

    Raises FileNotFoundError if one is missing, and OSError with an error of UNSUPPORTED where
    there is no exchange. On Windows ``one`` must be the new file: its name is for a moment free.
    """
    if sys.platform in ("linux", "darwin"):
        rename_with(_EXCHANGE, one, other)
    elif sys.platform == "win32":
        replace_file(one, other, _windows_replace(), time.sleep)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), other)


def rename_with(flag: int, one: str, other: str) -> None:
    """Rename ``one`` to ``other`` as ``flag`` of renameat2 or renamex_np says. Raises OSError."""
    if sys.platform == "linux":
        _on_linux(flag, one, other)
    elif sys.platform == "darwin":
        _on_macos(flag, one, other)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), other)


def get_ready() -> None:
    """Load what exchanging takes, before anything is open that an error could leave half done."""
    if sys.platform in ("linux", "darwin"):
        _libc()


def backup_of(temporary: str) -> str:
    """Return the name that a note has between the two steps of an exchange that takes two."""
    return temporary + ".old"


def set_aside(
    temporary: str, note: str, step: Callable[[str, str], None] = lambda _call, _path: None
) -> None:
    """Let ``temporary`` and ``note`` change places in steps, without ever overwriting.

    ``step`` is told of each call that another program can meet.

    Raises OSError with both where they were if the file system has no hard links. Raises
    FileExistsError if another program has made a new note meanwhile: then the new note stands, and
    the old one lies at the backup's name.
    """
    backup = backup_of(temporary)
    trial = temporary + ".try"
    os.link(temporary, trial)
    os.unlink(trial)
    step("rename", note)
    os.rename(note, backup)
    try:
        step("link", note)
        os.link(temporary, note)
    except FileExistsError:
        raise
    except OSError:
        _put_back(backup, note)
        raise
    os.unlink(temporary)  # the note is this very file
    os.rename(backup, temporary)


def finish(temporary: str, note: str) -> None:
    """Bring an exchange of several steps, cut short by a crash, to one of its two ends.

    Where the note is somebody's new one, the backup stays: its bytes must be looked at.
    """
    backup, trial = backup_of(temporary), temporary + ".try"
    if os.path.lexists(trial) and os.path.samefile(trial, temporary):
        os.unlink(trial)
    if not os.path.lexists(backup):
        return
    if not os.path.lexists(note):
        _put_back(backup, note)
    elif not os.path.lexists(temporary):
        os.rename(backup, temporary)
    elif os.path.samefile(temporary, note):
        os.unlink(temporary)
        os.rename(backup, temporary)


def _put_back(backup: str, note: str) -> None:
    try:
        os.link(backup, note)
    except FileExistsError:
        return
    os.unlink(backup)


@cache
def _libc() -> Any:
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


def _on_linux(flag: int, one: str, other: str) -> None:
    import ctypes

    libc = _libc()
    first, second = os.fsencode(one), os.fsencode(other)
    call = getattr(libc, "renameat2", None)
    if call is not None:
        failed = call(_HERE, first, _HERE, second, ctypes.c_uint(flag))
    else:
        number = _SYSCALL.get(os.uname().machine)
        if number is None:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), other)
        failed = libc.syscall(number, _HERE, first, _HERE, second, ctypes.c_uint(flag))
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), other)


def _on_macos(flag: int, one: str, other: str) -> None:
    import ctypes

    if _libc().renamex_np(os.fsencode(one), os.fsencode(other), ctypes.c_uint(flag)):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), other)


def _windows_replace() -> Callable[[str, str, str], int]:
    """Return a function (note, new, backup) -> error of Windows, 0 for success."""
    import ctypes

    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]

    def replace(note: str, new: str, backup: str) -> int:
        if kernel.ReplaceFileW(note, new, backup, _KEEP_ATTRIBUTES, None, None):
            return 0
        return int(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]

    return replace


def replace_file(
    new: str, note: str, replace: Callable[[str, str, str], int], wait: Callable[[float], None]
) -> None:
    """Let ``new`` and ``note`` change places with ``replace``, ReplaceFileW's way.

    A note in use is tried again for 2.5 s. Raises OSError with the state that there was before:
    ReplaceFileW's half-way end (the note renamed, the new one not yet) is taken back.
    """
    backup, pause, waited = backup_of(new), 0.01, 0.0
    while (code := replace(note, new, backup)) in _IN_USE and waited < _PATIENCE:
        wait(pause)
        waited += pause
        pause = min(pause * 2, 0.5)
    if code == 0:
        os.rename(backup, new)
        return
    if not os.path.lexists(note) and os.path.lexists(backup):
        os.rename(backup, note)  # ERROR_UNABLE_TO_MOVE_REPLACEMENT_2
    if code in (2, 3):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), note)
    known = errno.EACCES if code in _IN_USE else errno.EIO
    if code in (1, 50, 120):  # not implemented, not supported
        known = errno.ENOSYS
    raise OSError(known, f"{os.strerror(known)} (Windows error {code})", note)
