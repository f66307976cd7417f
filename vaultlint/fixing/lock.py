"""One writer a vault: a lock that the system frees when its holder dies.

Invariant: the lock is the system's (flock, or a locked byte on Windows), never the existence of a
file, so a crash leaves nothing to clean up. What the file says serves messages only.

Tests: tests/unit/fixing/test_lock.py
"""

import errno
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from vaultlint.errors import BusyError, JournalError

_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_BYTE = 1 << 30  # Windows locks a byte far behind the text, so that others can read who holds it


class VaultLock:
    """Held while in its ``with`` block; a second holder is refused, not kept waiting."""

    def __init__(self, state: Path, *, doing: str = "writing to") -> None:
        """Prepare to lock the vault whose state folder is ``state``.

        ``doing`` is what the holder does with the vault, for the message to a second one.
        """
        self._path = state / "lock"
        self._doing = doing
        self._handle: int | None = None

    def __enter__(self) -> Self:
        """Take the lock. Raises BusyError if it is held, JournalError if there can be none."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
            handle = os.open(self._path, flags, 0o600)
        except OSError as error:
            raise JournalError(f"{self._path} cannot be opened: {error.strerror}") from None
        try:
            _lock(handle)
        except OSError as error:
            holder = _holder(handle)
            os.close(handle)
            if error.errno in _BUSY:
                raise BusyError(
                    f"another vaultlint{holder} is {self._doing} this vault; "
                    "try again when it is done"
                ) from None
            raise JournalError(f"{self._path} cannot be locked: {error.strerror}") from None
        self._handle = handle
        _sign(handle)
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Free the lock."""
        if self._handle is not None:
            with suppress(OSError):  # the system frees it at the latest when the process ends
                os.close(self._handle)
            self._handle = None


def _sign(handle: int) -> None:
    try:
        text = json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode()
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text)
    except OSError:
        return  # a full disk: the lock is held all the same


def _holder(handle: int) -> str:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        found = json.loads(os.read(handle, 4096))
        return f" (process {int(found['pid'])} on {found['host']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
