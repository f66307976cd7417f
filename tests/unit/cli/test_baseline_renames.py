"""A note that is renamed takes what is known of it along."""

import json
from pathlib import Path

import pytest

from tests.git_repository import Repo, alone, needs_git
from tests.unit.cli.conftest import MakeVault, Run

pytestmark = needs_git

NAME = "vaultlint-baseline.json"
PROSE = "".join(f"Line {number} of this note.\n" for number in range(9))
NOTE = f"[[gone]] and [[gone]]\n{PROSE}\n[[lost]]\n"


@pytest.fixture
def repo(run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return the repository of a vault with three known findings in ``a.md``, committed."""
    alone(monkeypatch)
    repo = Repo(make_vault({"a.md": NOTE, "fine.md": "fine\n"}))
    assert run("baseline").exit_code == 0
    repo.git("add", "-A")
    repo.commit()
    return repo


def new(run: Run, *arguments: str) -> list[tuple[str, int]]:
    """Return the path and line of each finding that is told."""
    found = json.loads(run("check", "--format", "json", *arguments).stdout)["diagnostics"]
    return [(each["path"], each["start"]["line"]) for each in found]


def test_by_git(run: Run, repo: Repo) -> None:
    repo.git("mv", "a.md", "b.md")
    assert new(run) == new(run, "--staged") == []
    repo.commit()
    assert new(run) == new(run, "--staged") == []
    closing = run("check").stdout
    assert closing.endswith(f"3 known findings are in {NAME}, and not shown.\n")


def test_outside_of_git(run: Run, repo: Repo) -> None:
    (repo.root / "a.md").rename(repo.root / "b.md")
    index = (repo.root / ".git" / "index").read_bytes()
    assert new(run) == []
    assert (repo.root / ".git" / "index").read_bytes() == index
    assert new(run, "--staged") == []  # the index still holds a.md


def test_more_of_the_same_is_new(run: Run, repo: Repo) -> None:
    repo.write({"a.md": None, "b.md": f"[[gone]]\n{NOTE}"})
    assert new(run) == [("b.md", 1)]


def test_the_same_in_another_note_is_new(run: Run, repo: Repo) -> None:
    repo.write({"a.md": None, "b.md": "[[gone]] in a note of its own\n"})
    repo.git("add", "-A")
    assert new(run) == [("b.md", 1)]


def test_what_stands_anew_at_the_old_path_is_new(run: Run, repo: Repo) -> None:
    repo.git("mv", "a.md", "b.md")
    run("baseline", "--prune")
    repo.write({"a.md": "[[gone]] again\n"})
    assert new(run) == [("a.md", 1)]


def test_a_copy_is_new(run: Run, repo: Repo) -> None:
    repo.stage({"b.md": NOTE})
    assert len(new(run)) == 3


def test_it_is_neither_growth_nor_fixed(run: Run, repo: Repo) -> None:
    repo.git("mv", "a.md", "b.md")
    assert run("check", "--ratchet", "HEAD").exit_code == 0
    assert run("baseline", "--status").exit_code == 0


@pytest.mark.parametrize("option", ["--prune", "--update"])
def test_the_baseline_is_written_at_the_new_path(run: Run, repo: Repo, option: str) -> None:
    repo.git("mv", "a.md", "b.md")
    repo.stage({"b.md": NOTE.replace("[[lost]]", "")})
    assert run("baseline", option).exit_code == 0
    text = (repo.root / NAME).read_text(encoding="utf-8")
    assert text.count('"path": "b.md"') == text.count('"path"') == 2
    repo.git("add", "-A")
    repo.commit()
    assert new(run) == []
    assert run("check", "--ratchet", "HEAD~1").exit_code == 0


def test_since_the_baseline_was_committed(run: Run, repo: Repo) -> None:
    repo.git("mv", "a.md", "b.md")
    repo.commit()
    repo.git("mv", "b.md", "sub.md")
    repo.commit({"sub.md": f"More.\n{NOTE}"})
    assert new(run) == []


def test_a_vault_in_a_folder_of_the_repository(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone(monkeypatch)
    repo = Repo(tmp_path / "top")
    repo.write({"the [vault]/vaultlint.yaml": "extends: [recommended]\n"})
    repo.write({"the [vault]/a.md": NOTE})
    monkeypatch.chdir(repo.root / "the [vault]")
    assert run("baseline").exit_code == 0
    repo.git("add", "-A")
    repo.commit()
    (repo.root / "the [vault]" / "a.md").rename(repo.root / "the [vault]" / "é b.md")
    assert new(run) == []


def test_without_its_history_everything_is_new_and_why_is_said(
    run: Run, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("mv", "a.md", "b.md")
    repo.commit()
    repo.git("clone", "-q", "--depth", "1", repo.root.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    result = run("check")
    assert result.exit_code == 1
    assert "fetch-depth: 0" in result.stderr


def test_without_git_everything_is_new(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({"a.md": NOTE})
    assert run("baseline").exit_code == 0
    (root / "a.md").rename(root / "b.md")
    assert len(new(run)) == 3
