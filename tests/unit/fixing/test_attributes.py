"""A new file is like the one that it replaces."""

import os
from pathlib import Path

import pytest

from vaultlint.fixing.attributes import copy_attributes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows carries attributes over itself")


def copied(source: Path, target: Path) -> None:
    one, other = os.open(source, os.O_RDONLY), os.open(target, os.O_RDWR)
    try:
        copy_attributes(one, other)
    finally:
        os.close(one)
        os.close(other)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("source", "target"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path / "source", tmp_path / "target"


def test_the_mode_is_copied_and_the_time_is_not(pair) -> None:
    source, target = pair
    source.chmod(0o751)
    os.utime(source, (1, 1))
    before = target.stat().st_mtime_ns
    copied(source, target)
    assert target.stat().st_mode & 0o7777 == 0o751
    assert target.stat().st_mtime_ns == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_the_owner_is_copied(pair) -> None:
    source, target = pair
    os.chown(source, 1234, 4321)
    copied(source, target)
    assert (target.stat().st_uid, target.stat().st_gid) == (1234, 4321)


def test_extended_attributes_become_the_same(pair) -> None:
    source, target = pair
    try:
        os.setxattr(source, "user.one", b"1")
        os.setxattr(source, "user.two", b"\0\xff")
        os.setxattr(target, "user.two", b"other")
        os.setxattr(target, "user.three", b"3")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    copied(source, target)
    found = {name: os.getxattr(target, name) for name in os.listxattr(target)}
    assert found == {"user.one": b"1", "user.two": b"\0\xff"}


def test_an_attribute_that_cannot_be_kept_is_an_error(pair, monkeypatch) -> None:
    try:
        os.setxattr(pair[0], "user.one", b"1")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    monkeypatch.setattr(os, "setxattr", lambda *_: None)
    with pytest.raises(PermissionError, match="cannot be kept"):
        copied(*pair)
