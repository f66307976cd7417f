"""The ways in which programs save a note, as system calls.

Source: strace of node's fs.writeFile, GNU sed, Vim, Syncthing and git checkout.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path


def in_place(path: Path, data: bytes) -> None:
    """Truncate and write, as Obsidian and most editors do."""
    path.write_bytes(data)


def atomically(path: Path, data: bytes) -> None:
    """Write beside, then rename over."""
    beside = path.with_name(f"sedX{os.getpid() % 100000:05d}")
    beside.write_bytes(data)
    beside.replace(path)


def after_a_backup(path: Path, data: bytes) -> None:
    """Rename to a backup, write a new file, remove the backup: Vim's default."""
    backup = path.with_name(f"{path.name}~")
    path.with_name("4913").touch()
    path.with_name("4913").unlink()
    if path.exists():
        path.rename(backup)
    path.write_bytes(data)
    backup.unlink(missing_ok=True)


def by_sync(path: Path, data: bytes) -> None:
    """Write a hidden part, delete the note, rename the part, set an old time: Syncthing."""
    part = path.with_name(f".syncthing.{path.name}.tmp")
    part.write_bytes(data)
    path.unlink(missing_ok=True)
    part.rename(path)
    os.utime(path, (1_600_000_000, 1_600_000_000))


def by_checkout(path: Path, data: bytes) -> None:
    """Delete, create and write: git."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)


WAYS: tuple[Callable[[Path, bytes], None], ...] = (
    in_place,
    atomically,
    after_a_backup,
    by_sync,
    by_checkout,
)


def vim() -> str | None:
    """Return the path of a real Vim, None where there is none."""
    return shutil.which("vim")


def by_vim(path: Path, line: str, program: str) -> None:
    """Append ``line`` with Vim itself, with its default way of saving."""
    commands = ["-c", f"normal! Go{line}", "-c", "set backupskip=", "-c", "wq"]
    done = subprocess.run(
        [program, "-u", "NONE", "-N", "-es", *commands, str(path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert line.encode() in path.read_bytes(), done
