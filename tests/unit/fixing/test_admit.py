"""Which notes may be written."""

import os
from pathlib import Path

import pytest

from vaultlint.fixing.admit import Admitted, Gate, Refused


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / "folder").mkdir(parents=True)
    (root / "A.md").write_bytes(b"old")
    (root / "folder/B.md").write_bytes(b"old")
    return root


def reason(vault: Path, file: str, before: bytes = b"old", after: bytes = b"new") -> str:
    found = Gate(os.path.realpath(vault)).admit(file, before, after)
    return found.reason if isinstance(found, Refused) else ""


def test_an_ordinary_note_is_admitted_at_its_real_path(vault: Path) -> None:
    (vault / "link").symlink_to("folder")
    found = Gate(os.path.realpath(vault)).admit("link/B.md", b"old", b"new")
    assert isinstance(found, Admitted)
    assert found.path == os.path.realpath(vault / "folder/B.md")


@pytest.mark.parametrize(
    "file", ["", "../A.md", "/etc/passwd", "folder/../A.md", "a\0b", ".", "x//y"]
)
def test_what_is_no_path_inside_the_vault(vault: Path, file: str) -> None:
    assert "inside the vault" in reason(vault, file)


def test_a_link_out_of_the_vault_or_to_a_hidden_file(vault: Path) -> None:
    (vault.parent / "outside.md").write_bytes(b"old")
    (vault / ".hidden.md").write_bytes(b"old")
    (vault / "out.md").symlink_to("../outside.md")
    (vault / "in.md").symlink_to(".hidden.md")
    assert "leads out" in reason(vault, "out.md")
    assert "leads out" in reason(vault, "in.md")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"old", b"old", "would not change"),
        (b"\xff", b"new", "UTF-8"),
        (b"old", b"\xed\xa0\x80", "UTF-8"),
    ],
)
def test_texts_that_are_not_written(
    vault: Path, before: bytes, after: bytes, expected: str
) -> None:
    assert expected in reason(vault, "A.md", before, after)


def test_files_that_are_not_written(vault: Path) -> None:
    os.link(vault / "A.md", vault / "second name.md")
    (vault / "locked.md").write_bytes(b"old")
    (vault / "locked.md").chmod(0o444)
    assert "hard links" in reason(vault, "A.md")
    assert "read-only" in reason(vault, "locked.md")
    assert "regular file" in reason(vault, "folder")
    assert "cannot be looked at" in reason(vault, "missing.md")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(vault: Path) -> None:
    os.mkfifo(vault / "pipe.md")
    assert "regular file" in reason(vault, "pipe.md")


@pytest.mark.parametrize(
    "copy",
    [
        "A.sync-conflict-20240301-120000-ABCDEFG.md",
        "A (Conflicted copy laptop 202403011530).md",
        "A (Anna's conflicted copy 2024-03-01).md",
    ],
)
def test_a_note_with_a_conflict_copy_waits_for_a_person(vault: Path, copy: str) -> None:
    (vault / copy).write_bytes(b"old")
    assert "sync conflict" in reason(vault, "A.md")
    assert "sync conflict" in reason(vault, copy)
    assert reason(vault, "folder/B.md") == ""


@pytest.mark.parametrize(("mark", "editor"), [(".A.md.swp", "Vim"), (".#A.md", "Emacs")])
def test_a_note_that_an_editor_holds_is_left_alone(vault: Path, mark: str, editor: str) -> None:
    (vault / mark).symlink_to("nowhere")
    assert editor in reason(vault, "A.md")
