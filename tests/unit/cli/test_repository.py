"""Where the repository of a vault begins."""

from pathlib import Path

import pytest

from vaultlint.cli.repository import prefix_of, repository_of


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "docs" / "my vault"
    root.mkdir(parents=True)
    return root


def test_the_nearest_git_folder_upward(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(vault)
    assert repository_of(vault) == tmp_path
    assert prefix_of(vault, tmp_path) == "docs/my vault/"
    (vault / ".git").write_text("gitdir: elsewhere\n")
    assert repository_of(vault) == vault
    assert prefix_of(vault, vault) == ""


def test_without_git_the_current_folder_or_the_vault(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert repository_of(vault) == tmp_path
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert repository_of(vault) == vault
