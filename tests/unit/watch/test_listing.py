"""What a watcher knew last, kept for the next one."""

from pathlib import Path

import pytest

from vaultlint.watch.departures import Sighting
from vaultlint.watch.listing import read_listing, write_listing

FILES = {"a.md": Sighting("d1", 5, "1.2.3"), "x/\udcff é.png": Sighting("", 0, "")}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert read_listing(folder) == {}
    write_listing(folder, FILES)
    assert read_listing(folder) == FILES
    assert [path.name for path in folder.iterdir()] == ["listing.json"]


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b'{"files": 5}', b'{"files": {"a": [1]}}', b"\xff", b"[" * 100_000],
)
def test_a_damaged_listing_is_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "listing.json").write_bytes(damage)
    assert read_listing(tmp_path) == {}


def test_a_listing_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"")
    write_listing(tmp_path / "state", FILES)
    assert read_listing(tmp_path / "state") == {}
