"""One file beside the vault can be read, and is no part of it."""

from pathlib import Path

import pytest

from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError
from vaultlint.source.beside import BesideSource
from vaultlint.text import Position


def test_the_file_is_read_but_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    source = BesideSource(MemorySource({"a.md": b"note"}), path)
    with pytest.raises(SourceError):
        source.read(str(path))
    path.write_bytes(b"rules: {}")
    assert source.read(str(path)) == b"rules: {}"
    assert source.read("a.md") == b"note"
    assert list(source.list()) == ["a.md"]
    assert source.problems() == ()


def test_a_finding_in_a_config_beside_the_vault_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(b"rules:\n  broken-lnk: off\n")
    session = Session(MemorySource({"a.md": b"[[x]]"}), ConfigRequest(config=path), jobs=1)
    session.apply()
    found = {one.file: one for one in session.diagnostics()}
    assert set(found) == {str(path), "a.md"}
    assert found[str(path)].start == Position(2, 3)
    path.write_bytes(b"rules:\n  broken-link: off\n")
    session.apply()
    assert session.diagnostics() == ()
