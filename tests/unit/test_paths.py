from pathlib import Path

import pytest

from vaultlint.cli.options import Asked, request
from vaultlint.cli.place import Place
from vaultlint.errors import UsageError
from vaultlint.paths import vault_paths


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.delenv("VAULTLINT_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def test_the_id_is_that_of_the_real_path(tmp_path):
    vault, other = tmp_path / "vault", tmp_path / "other"
    vault.mkdir()
    other.mkdir()
    (tmp_path / "link").symlink_to(vault)
    paths = vault_paths(vault)
    assert vault_paths(tmp_path / "link") == paths
    assert vault_paths(tmp_path / "other" / ".." / "vault") == paths
    assert vault_paths(other).id != paths.id


def test_both_folders_are_the_vaults_own_outside_of_it_and_not_made(tmp_path):
    vault = tmp_path / "vault"
    vault.mkdir()
    paths = vault_paths(vault)
    assert paths.cache != paths.state
    for folder in (paths.cache, paths.state):
        assert paths.id in folder.parts
        assert not folder.is_relative_to(vault)
        assert not folder.exists()


def test_the_caches_can_lie_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("VAULTLINT_CACHE_DIR", str(tmp_path / "elsewhere"))
    paths = vault_paths(tmp_path)
    assert paths.cache == tmp_path / "elsewhere" / paths.id
    assert paths.state.is_relative_to(tmp_path / "state")


def test_an_id_that_the_user_chose_stays_when_the_vault_moves(tmp_path):
    first = vault_paths(tmp_path / "a", chosen_id="my-garden")
    assert first == vault_paths(tmp_path / "b", chosen_id="my-garden")
    assert first.id == "my-garden"


@pytest.mark.parametrize("chosen", ["", "../x", "a/b", "A", ".", "x" * 65, "a b", "con\n"])
def test_an_id_that_could_lead_elsewhere_is_refused(tmp_path, chosen):
    with pytest.raises(UsageError, match="cannot be a vault's id"):
        vault_paths(tmp_path, chosen_id=chosen)


@pytest.mark.parametrize("answer", [RuntimeError("no home"), Path("~/.cache")])
def test_a_user_without_a_home_is_told(tmp_path, monkeypatch, answer):
    def asked(*_, **__):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("platformdirs.user_cache_path", asked)
    with pytest.raises(UsageError, match="set HOME"):
        vault_paths(tmp_path)
    asked_for = Asked(None, (), (), (), no_cache=False)
    assert request(Place(tmp_path), asked_for).cache is None, "the cache only saves time"
