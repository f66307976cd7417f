"""The vaults in tests/vaults: what is right must stay without findings."""

import unicodedata
from pathlib import Path

import pytest

from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session
from vaultlint.source.folder import FolderSource

CLEAN = Path(__file__).parent / "vaults" / "clean"
CONFIG = "vaultlint.yaml"


def clean_files() -> dict[str, bytes]:
    paths = (path for path in CLEAN.rglob("*") if path.is_file())
    return {path.relative_to(CLEAN).as_posix(): path.read_bytes() for path in paths}


def said(found: tuple[Diagnostic, ...]) -> list[str]:
    return [
        f"{one.file}:{one.start.line}:{one.start.column} {one.rule} {one.message}" for one in found
    ]


@pytest.mark.parametrize("pack", ["recommended", "strict"])
def test_a_clean_vault_has_no_findings(pack: str) -> None:
    files = {name: data for name, data in clean_files().items() if name != CONFIG}
    session = Session(MemorySource(files), ConfigRequest(packs=(pack,)), jobs=1)
    session.apply()
    assert said(session.diagnostics()) == []
    assert session.checked_count >= 60


def test_a_clean_vault_is_clean_on_disk_too() -> None:
    session = Session(FolderSource(CLEAN), ConfigRequest())
    session.apply()
    assert said(session.diagnostics()) == []


def test_one_broken_link_in_it_is_found() -> None:
    files = clean_files()
    files["Home.md"] += b"\n[[Nowhere at all]]\n"
    session = Session(MemorySource(files), ConfigRequest(), jobs=1)
    session.apply()
    assert [one.rule for one in session.diagnostics()] == ["broken-link"]


def test_git_left_the_bytes_of_the_clean_vault_alone() -> None:
    files = clean_files()
    assert any(data.startswith(b"\xef\xbb\xbf") for data in files.values())
    assert any(b"\r\n" in data for data in files.values())
    assert any(unicodedata.normalize("NFC", name) != name for name in files)
    assert any(name.startswith(".obsidian/") for name in files)


def test_the_clean_vault_uses_what_it_is_to_prove() -> None:
    files = clean_files()
    session = Session(MemorySource(files), ConfigRequest(), jobs=1)
    session.apply()
    notes = [session.note(name) for name in files if name.endswith(".md") and name[0] != "."]
    for fact in ("headings", "blocks", "links", "urls", "tags", "aliases", "footnotes", "callouts"):
        assert sum(len(getattr(note, fact)) for note in notes) >= 5, fact
    assert {link.kind for note in notes for link in note.links} >= {"wiki", "inline", "property"}
    kinds = {region.kind for note in notes for region in note.regions}
    assert kinds >= {"code", "fence", "indented", "math", "html", "html-comment", "comment"}
