"""Whose file system it is, as the system's table of mounts says."""

import sys
from pathlib import Path

import pytest

from vaultlint.fixing.mounts import is_own

TABLE = rb"""21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
22 21 0:40 / /home/ada/share rw - fuse.sshfs ada@host: rw
23 21 0:41 / /media/My\040drive rw shared:2 master:3 - vfat /dev/sdb1 rw
24 21 8:2 / /data rw - xfs /dev/sdc rw
25 24 0:50 / /data rw - nfs4 server:/data rw
26 21 0:51 /@home /srv rw - btrfs /dev/sdd rw,subvol=/@home
nonsense
"""


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/notes/a.md", True),
        ("/home/ada/shared/a.md", True),
        ("/home/ada/share/a.md", False),
        ("/media/My drive/a.md", False),
        ("/data/a.md", False),
        ("/srv/a.md", True),
    ],
)
def test_the_innermost_and_latest_mount_counts(tmp_path: Path, path: str, own: bool) -> None:
    table = tmp_path / "mountinfo"
    table.write_bytes(TABLE)
    assert is_own(path, table) is own


def test_where_the_system_does_not_tell_it_is_somebody_elses(tmp_path: Path) -> None:
    assert not is_own("/notes/a.md", tmp_path / "nowhere")
    (tmp_path / "empty").write_bytes(b"")
    assert not is_own("/notes/a.md", tmp_path / "empty")


@pytest.mark.skipif(sys.platform != "linux", reason="the table is Linux's")
def test_the_real_table_is_read() -> None:
    assert not is_own("/proc/self/mountinfo")
