"""``vaultlint tags rename``."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {"a.md": "#old #old/x\n", "b.md": "---\ntags: [old, z]\n---\n", "c.md": "#older\n"}


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep state and cache of these tests away from the user's, and not in CI."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)


def content(root: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in sorted(root.glob("*.md"))}


def test_a_tag_is_renamed_and_that_can_be_undone(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("tags", "rename", "#old", "new", "--grace", "0")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Renamed the tag in 2 files; `vaultlint undo` takes that back.\n"
    assert content(root) == {
        "a.md": "#new #new/x\n",
        "b.md": "---\ntags: [new, z]\n---\n",
        "c.md": "#older\n",
    }
    assert run("undo", "--grace", "0").exit_code == 0
    assert content(root) == NOTES


def test_a_preview_writes_nothing(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("tags", "rename", "old", "new", "--diff")
    assert result.exit_code == 0
    assert "-#old #old/x\n+#new #new/x\n" in result.stdout
    assert content(root) == NOTES


def test_what_cannot_be_renamed(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES | {"d.md": "# On #old\n", "e.md": "[[d#On old]]\n"})
    before = content(root)
    result = run("tags", "rename", "old", "new", "--grace", "0")
    assert result.exit_code == 1
    assert "not-done a.md: nothing is changed, for " in result.stderr
    assert run("tags", "rename", "nowhere", "new").exit_code == 2
    assert run("tags", "rename", "old", "n w").exit_code == 2
    assert content(root) == before


def test_in_ci_nothing_is_written(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTES)
    monkeypatch.setenv("CI", "true")
    result = run("tags", "rename", "old", "new")
    assert result.exit_code == 1
    assert "+#new #new/x\n" in result.stdout
    assert content(root) == NOTES
