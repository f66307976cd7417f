"""Reports in files: whole or not at all, and never in the place of something that matters."""

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultlint.cli.report_files import check_target, replace_file, write_file
from vaultlint.errors import UsageError


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    for folder in (".obsidian", ".reports", "notes"):
        (root / folder).mkdir(parents=True)
    return root


@pytest.mark.parametrize(
    "path", ["report.sarif", "notes/report.json", ".reports/report.md", "../report.md", "../x.png"]
)
def test_where_a_report_may_be(vault: Path, path: str) -> None:
    check_target(vault / path, vault, {"schema.json"})


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("notes/report.md", "would be a note or an attachment"),
        ("report.MD", "would be a note or an attachment"),
        ("board.canvas", "would be a note or an attachment"),
        ("picture.png", "would be a note or an attachment"),
        ("report", "would be a note or an attachment"),
        ("vaultlint.yaml", "part of the vault's configuration"),
        ("schema.json", "part of the vault's configuration"),
        (".obsidian/app.json", "part of the vault's configuration"),
        ("notes", "this is a folder"),
        ("gone/report.json", "there is no folder"),
        ("../vault/notes/../a.md", "would be a note or an attachment"),
    ],
)
def test_where_no_report_may_be(vault: Path, path: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check_target(vault / path, vault, {"schema.json"})


def test_a_vault_is_known_through_links_to_it(vault: Path) -> None:
    (vault.parent / "link").symlink_to(vault)
    with pytest.raises(UsageError, match="would be a note"):
        check_target(vault.parent / "link" / "a.md", vault)
    with pytest.raises(UsageError, match="would be a note"):
        check_target(vault / "a.md", vault.parent / "link")


def test_a_report_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_file(path, ["one", " two\n"])
    assert path.read_bytes() == b"one two\n"

    def failing() -> Iterator[str]:
        yield "half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_file(path, failing())
    assert path.read_bytes() == b"one two\n"
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    precious, path = tmp_path / "precious", tmp_path / "report.json"
    precious.write_text("mine")
    path.symlink_to(precious)
    write_file(path, ["new\n"])
    assert precious.read_text() == "mine"
    assert not path.is_symlink()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    path.unlink()
    path.symlink_to(pipe)
    write_file(path, ["new\n"])  # would wait for a reader
    assert path.read_bytes() == b"new\n"


def test_a_device_or_pipe_is_written_to(tmp_path: Path) -> None:
    write_file(Path(os.devnull), ["gone\n"])
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, ["through\n"])
    reader.join()
    assert read == [b"through\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_file_of_ours_takes_the_place_of_anything(tmp_path: Path) -> None:
    pipe, path = tmp_path / "pipe", tmp_path / "vaultlint.yaml"
    os.mkfifo(pipe)
    path.symlink_to(pipe)
    for at in (path, pipe):
        replace_file(at, ["new\n"])
        assert at.read_bytes() == b"new\n"
        assert not at.is_symlink()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(tmp_path / "gone" / "report.json", ["x"])
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(tmp_path / ("x" * 300), ["x"])


def test_text_that_is_not_unicode_is_written_as_escapes(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    write_file(path, ["\udcff\n"])
    assert path.read_bytes() == b"\\udcff\n"
