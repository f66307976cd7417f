"""A vault's folder that goes away, and comes back."""

import pytest

from tests.memory_source import MemorySource
from vaultlint.errors import SourceError
from vaultlint.source.folder import FolderSource
from vaultlint.watch.root import Root, SteadySource


def test_a_folder_that_is_the_same_is_there(tmp_path):
    root = Root(tmp_path)
    (tmp_path / "a.md").write_bytes(b"")
    assert root.is_there()


def test_another_folder_in_its_place_is_not_it_until_adopted(tmp_path):
    vault, other = tmp_path / "vault", tmp_path / "other"
    vault.mkdir()
    other.mkdir()
    root = Root(vault)
    vault.rename(tmp_path / "away")
    assert not root.is_there()
    assert not root.adopt()
    other.rename(vault)
    assert not root.is_there()
    assert not root.adopt(), "an empty folder is what an unmounted drive leaves behind"
    (vault / "a.md").write_bytes(b"")
    assert root.adopt()
    assert root.is_there()
    assert root.adoptions == 1


def test_a_vault_that_is_not_there_cannot_be_listed(tmp_path):
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_bytes(b"")
    source = SteadySource(FolderSource(vault), Root(vault))
    assert list(source.list()) == ["a.md"]
    assert source.read("a.md") == b""
    vault.rename(tmp_path / "away")
    vault.mkdir()
    with pytest.raises(SourceError, match="is not there"):
        source.list()


def test_a_folder_that_is_swapped_while_it_is_listed_does_not_count(tmp_path):
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_bytes(b"")

    class Unplugged(FolderSource):
        def list(self):
            vault.rename(tmp_path / "away")
            vault.mkdir()
            return super().list()

    with pytest.raises(SourceError, match="is not there"):
        SteadySource(Unplugged(vault), Root(vault)).list()


def test_a_vault_that_lost_every_file_at_once_is_believed_only_later(tmp_path):
    base = MemorySource({"a.md": b""})
    source = SteadySource(base, Root(tmp_path))
    assert list(source.list()) == ["a.md"]
    del base.files["a.md"]
    with pytest.raises(SourceError, match="suddenly empty"):
        source.list()
    source.believe_empty()
    assert list(source.list()) == []
    assert list(source.list()) == []


def test_a_vault_that_was_empty_from_the_start_may_be(tmp_path):
    assert list(SteadySource(MemorySource({}), Root(tmp_path)).list()) == []
