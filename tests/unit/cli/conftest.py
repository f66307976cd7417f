"""Small vaults on disk, and the program run in this process."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vaultlint.cli.main import cli

Run = Callable[..., Result]
MakeVault = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs ``vaultlint`` with arguments, without color and cache."""
    for name in ("GITHUB_ACTIONS", "VAULTLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=stdin, prog_name="vaultlint")

    return run


@pytest.fixture
def make_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeVault:
    """Return a function that writes files into a new vault and goes there."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "vault"
        (root / ".obsidian").mkdir(parents=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.chdir(root)
        return root

    return make
