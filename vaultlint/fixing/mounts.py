"""Which file systems are this machine's own: nobody opens their files without its kernel knowing.

Invariant: in doubt a file system is somebody else's. Files behind FUSE, 9p or a network may be open
on another machine, or under another name, and what the kernel here says of them is not the truth.

Tests: tests/unit/fixing/test_mounts.py
"""

import os
import re
from pathlib import Path

_OWN = frozenset({"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "bcachefs", "zfs", "tmpfs"})
_TABLE = Path("/proc/self/mountinfo")
_OCTAL = re.compile(rb"\\([0-7]{3})")


def is_own(path: str, table: Path = _TABLE) -> bool:
    """Return whether the file at ``path`` (absolute) lies in a file system of this machine alone.

    False where the system does not tell. Source: proc_pid_mountinfo(5).
    """
    try:
        lines = table.read_bytes().split(b"\n")
        real = os.fsencode(os.path.realpath(path))
    except OSError:
        return False
    best, kind = b"", ""
    for line in lines:
        before, _, after = line.partition(b" - ")
        fields = before.split(b" ")
        if len(fields) < 5 or not after:
            continue
        point = _OCTAL.sub(lambda found: bytes([int(found[1], 8)]), fields[4])
        inside = real == point or real.startswith(point.rstrip(b"/") + b"/")
        if inside and len(point) >= len(best):  # of those at one place the last covers the others
            best, kind = point, after.split(b" ")[0].decode("ascii", "replace")
    return kind in _OWN
