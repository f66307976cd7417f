"""The journal: every text that was ever replaced, and a log of what was done with it.

``objects/`` holds texts, compressed, each under its digest; ``log.jsonl`` one JSON record a line,
only ever appended to. Both lie in the user's state folder, never in the vault, where sync tools
would fight over them.

Invariant: a text that the log names was durable before the log named it; a line cut short by a
crash is passed over, and costs no other line.

Tests: tests/unit/fixing/test_journal.py
"""

import hashlib
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from vaultlint.errors import JournalError

_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_TOGETHER = 50  # texts made durable together: each takes an open file for that long

Record = Mapping[str, Any]


def digest(data: bytes) -> str:
    """Return the name of ``data`` in the journal: 32 hex digits, the digest of a Note."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class Journal:
    """The journal in the folder ``state``; writing to it needs the vault's lock."""

    def __init__(self, state: Path) -> None:
        """Prepare to use the journal; nothing is created yet."""
        self.folder = state / "journal"
        self._objects = self.folder / "objects"
        self._log = self.folder / "log.jsonl"
        self._torn = True  # until the end of the log has been looked at
        self._made: set[Path] = set()

    def keep(self, texts: Iterable[bytes]) -> None:
        """Store ``texts``, and return when all of them are durable. Raises JournalError."""
        wanted = {digest(text): text for text in texts}
        names = list(wanted)
        try:
            for start in range(0, len(names), _TOGETHER):
                self._keep({name: wanted[name] for name in names[start : start + _TOGETHER]})
        except OSError as error:
            self._made.clear()  # somebody may have removed the folders
            raise _failed("written", error) from None

    def _keep(self, texts: Mapping[str, bytes]) -> None:
        new = {name: text for name, text in texts.items() if not self.has(name)}
        parts: dict[str, int] = {}
        self._make(self._objects)
        try:
            for name, text in new.items():
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
                parts[name] = os.open(self._part(name), flags, 0o600)
                _write(parts[name], zlib.compress(text, 1))
            for handle in parts.values():
                sync(handle)
        except OSError:
            for name in parts:
                with suppress(OSError):
                    os.unlink(self._part(name))
            raise
        finally:
            for handle in parts.values():
                os.close(handle)
        for name in new:
            os.replace(self._part(name), self._path(name))
        sync_folder(self._objects)

    def has(self, name: str) -> bool:
        """Return whether the text of that digest is kept, and whole."""
        try:
            self.get(name)
        except JournalError:
            return False
        return True

    def get(self, name: str) -> bytes:
        """Return the text of that digest. Raises JournalError if it is not there, or damaged."""
        try:
            text = zlib.decompress(self._path(name).read_bytes())
        except OSError as error:
            raise _failed("read", error) from None
        except zlib.error:
            text = None
        if text is None or digest(text) != name:
            raise JournalError(f"{self._path(name)} is damaged")
        return text

    def append(self, records: Iterable[Record], *, durable: bool) -> None:
        """Add ``records`` to the log; with ``durable``, return when they are on the disk.

        Raises JournalError; then none, some or all of them may be in the log.
        """
        lines = "".join(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
        try:
            self._append(lines.encode("ascii"), durable=durable)
        except OSError as error:
            self._torn = True
            self._made.clear()
            raise _failed("written", error) from None

    def _append(self, lines: bytes, *, durable: bool) -> None:
        self._make(self.folder)
        new = not self._log.exists()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY
        handle = os.open(self._log, flags, 0o600)
        try:
            if self._torn:
                size = os.fstat(handle).st_size
                if size:
                    os.lseek(handle, size - 1, os.SEEK_SET)
                    if os.read(handle, 1) != b"\n":
                        lines = b"\n" + lines
            _write(handle, lines)
            self._torn = False
            if durable:
                sync(handle)
        finally:
            os.close(handle)
        if new:
            sync_folder(self.folder)

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield every whole record of the log, oldest first. Raises JournalError."""
        try:
            log = self._log.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise _failed("read", error) from None
        for line in log.split(b"\n"):
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict):
                yield record

    def size(self) -> int:
        """Return how many bytes the stored texts take."""
        return sum(path.stat().st_size for path in self._objects.glob("*"))

    def size_of(self, name: str) -> int:
        """Return how many bytes the stored text of that digest takes, 0 if it is not there."""
        try:
            return self._path(name).stat().st_size
        except OSError:
            return 0

    def replace_log(self, records: Iterable[Record]) -> None:
        """Put ``records`` in the place of the log, atomically. Raises JournalError."""
        lines = "".join(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
        new = self.folder / "log.new"
        try:
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
            try:
                _write(handle, lines.encode("ascii"))
                sync(handle)
            finally:
                os.close(handle)
            os.replace(new, self._log)
            sync_folder(self.folder)
        except OSError as error:
            raise _failed("written", error) from None

    def forget_all_but(self, names: set[str]) -> None:
        """Remove every stored text but those of ``names``."""
        for path in self._objects.glob("*"):
            if path.name not in names:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._objects / name

    def _part(self, name: str) -> Path:
        return self._objects / f"{name}.part"

    def _make(self, folder: Path) -> None:
        if folder in self._made:
            return
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True, mode=0o700)
            sync_folder(folder.parent)
        self._made.add(folder)


def _failed(what: str, error: OSError) -> JournalError:
    return JournalError(f"the journal of fixes cannot be {what}: {error.strerror or error}")


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def sync(handle: int) -> None:
    """Return when all that was written to ``handle`` is on the disk."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def sync_folder(folder: Path | str) -> None:
    """Return when the names in ``folder`` are on the disk, where the system can tell."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
