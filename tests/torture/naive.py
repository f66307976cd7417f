"""Writers as other tools have them. The harnesses must catch each of them losing a save."""

import os
import time
from pathlib import Path

from vaultlint.fixing.disk import Disk


def in_place(disk: Disk, note: Path, before: bytes, after: bytes) -> None:
    """Read, compare, truncate, write."""
    seen = disk.read(str(note))
    if seen is None or seen.data != before:
        return
    disk.step("truncate", str(note))
    handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        disk.step("overwrite", str(note))
        os.write(handle, after)
    finally:
        os.close(handle)


def rename(disk: Disk, note: Path, before: bytes, after: bytes) -> None:
    """Read, write a temporary file, rename it over the note."""
    seen = disk.read(str(note))
    if seen is None or seen.data != before:
        return
    temporary = note.with_name(".naive.tmp")
    temporary.write_bytes(after)
    disk.step("rename", str(note))
    temporary.replace(note)


def compare_and_rename(disk: Disk, note: Path, before: bytes, after: bytes) -> None:
    """What careful tools do: look once more, right before the rename."""
    temporary = note.with_name(".naive.tmp")
    temporary.write_bytes(after)
    seen = disk.read(str(note))
    if seen is None or seen.data != before:
        temporary.unlink()
        return
    disk.step("rename", str(note))
    temporary.replace(note)


class Thinking(Disk):
    """Takes a millisecond between reading and writing, as computing a fix does."""

    def step(self, call: str, path: str) -> None:
        if call in ("truncate", "overwrite", "rename"):
            time.sleep(0.001)


NAIVE = (in_place, rename, compare_and_rename)
