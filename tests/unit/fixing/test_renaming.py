"""A new name for a file or folder, on a real disk."""

import errno
import os
from pathlib import Path

import pytest

from vaultlint.fixing import renaming
from vaultlint.fixing.renaming import (
    Identity,
    Relocation,
    identity_of,
    is_moved,
    missing_folders,
    rename_new,
)


def unsupported(*_paths: object) -> None:
    raise OSError(errno.EINVAL, "Invalid argument")


@pytest.mark.parametrize("supported", [True, False])
def test_a_file_gets_a_name_that_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, supported: bool
) -> None:
    if not supported:
        monkeypatch.setattr(renaming, "_rename", unsupported)
    (tmp_path / "a").write_bytes(b"a")
    rename_new(str(tmp_path / "a"), str(tmp_path / "b"))
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_bytes() == b"a"
    assert (tmp_path / "b").stat().st_nlink == 1


@pytest.mark.parametrize("supported", [True, False])
def test_a_name_that_is_taken_is_left_to_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, supported: bool
) -> None:
    if not supported:
        monkeypatch.setattr(renaming, "_rename", unsupported)
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    with pytest.raises(FileExistsError):
        rename_new(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "a").read_bytes() == b"a"
    assert (tmp_path / "b").read_bytes() == b"b"


def test_a_folder_never_takes_the_place_of_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(FileExistsError):
        rename_new(str(tmp_path / "a"), str(tmp_path / "b"))


def test_a_folder_is_not_moved_where_that_is_a_risk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renaming, "_rename", unsupported)
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="Invalid argument"):
        rename_new(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "a").is_dir()


def test_another_spelling_of_a_name_that_the_system_takes_for_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without regard to case says that the new name exists: it is the file itself."""

    def exists(*_paths: object) -> None:
        raise FileExistsError(errno.EEXIST, "File exists")

    monkeypatch.setattr(renaming, "_rename", exists)
    monkeypatch.setattr(os.path, "samefile", lambda *_: True)
    (tmp_path / "note.md").write_bytes(b"a")
    rename_new(str(tmp_path / "note.md"), str(tmp_path / "Note.md"))
    assert [path.name for path in tmp_path.iterdir()] == ["Note.md"]


def test_what_is_where(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    path, target = str(tmp_path / "a"), str(tmp_path / "x" / "y" / "b")
    identity = identity_of(path)
    assert identity is not None
    assert identity_of(target) is None
    move = Relocation("a", "x/y/b", path, target, identity, missing_folders(target))
    assert move.made == (str(tmp_path / "x"), str(tmp_path / "x" / "y"))
    assert not is_moved(move)
    (tmp_path / "x" / "y").mkdir(parents=True)
    rename_new(path, target)
    assert is_moved(move)
    assert not is_moved(move._replace(identity=Identity(0, 0)))
    (tmp_path / "a").write_bytes(b"new")
    assert not is_moved(move)


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        missing_folders(str(tmp_path / "a" / "b" / "c"))


def test_names_before_and_after() -> None:
    move = Relocation("a", "b/c", "/v/a", "/v/b/c", Identity(0, 0))
    assert [move.after(path) for path in ("/v/a", "/v/a/x.md", "/v/ax", "/v/d")] == [
        "/v/b/c",
        "/v/b/c/x.md",
        "/v/ax",
        "/v/d",
    ]
    assert [move.before(file) for file in ("b/c", "b/c/x.md", "b/cx", "d")] == [
        "a",
        "a/x.md",
        "b/cx",
        "d",
    ]
