"""Displaced files in a folder that somebody moved while a run was open: they moved with it.

Invariant: nothing is removed but files named for that run, and no bytes that the journal lacks.

Tests: tests/unit/fixing/test_leftovers.py
"""

import os
import time

from vaultlint.errors import JournalError
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.history import Kept
from vaultlint.fixing.journal import Journal, digest


def sweep(disk: Disk, journal: Journal, root: str, run: str) -> None:
    """Remove the files of the run of that id, wherever in the vault at ``root`` they are.

    Linear in the number of files of the vault. What cannot be removed stays.
    """
    start = f".vaultlint-{run}-"
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith(start):
                try:
                    _drop(disk, journal, os.path.join(folder, name), run)
                except (OSError, JournalError):
                    continue


def _drop(disk: Disk, journal: Journal, path: str, run: str) -> None:
    seen = disk.read(path)
    if seen is None:
        return
    if not journal.has(digest(seen.data)):
        _keep(journal, path, seen.data, run)
    late = disk.drop(path, lambda found: found == seen.data)
    if late.data is not None:
        _keep(journal, path, late.data, run)


def _keep(journal: Journal, path: str, data: bytes, run: str) -> None:
    reason = "saved while its folder was moved"
    kept = Kept(run, os.path.basename(path), digest(data), reason, time.time())
    journal.keep([data])
    journal.append([{"record": "kept", **kept._asdict()}], durable=True)
