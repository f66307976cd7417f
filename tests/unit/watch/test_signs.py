"""Signs of sync services, git and formatters."""

import os
import subprocess

import pytest

from vaultlint.watch.signs import Git, git_would_take, likely_rivals, sync_services

NEVER = float("-inf")


def test_a_plain_folder_shows_no_sign(tmp_path):
    assert sync_services(tmp_path) == ()
    assert likely_rivals(tmp_path) == ""


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".stfolder", "Syncthing"),
        (".obsidian/plugins/remotely-save/manifest.json", "Remotely Save"),
        (".dropbox", "Dropbox"),
    ],
)
def test_a_mark_in_the_vault_is_a_sign(tmp_path, mark, service):
    (tmp_path / mark).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / mark).touch()
    assert sync_services(tmp_path) == (service,)
    assert service in likely_rivals(tmp_path)


def test_a_folder_above_may_be_the_synced_one(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    vault = tmp_path / "notes" / "vault"
    vault.mkdir(parents=True)
    assert sync_services(vault) == ("Syncthing",)


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Contoso/vault", "OneDrive"),
        ("Mobile Documents/iCloud~md~obsidian/Documents/v", "iCloud"),
        ("Dropbox/v", "Dropbox"),
    ],
)
def test_the_path_may_say_it(tmp_path, folder, service):
    vault = tmp_path / folder
    vault.mkdir(parents=True)
    assert sync_services(vault) == (service,)


def test_a_linter_on_save_and_a_formatter_are_rivals(tmp_path):
    settings = tmp_path / ".obsidian/plugins/obsidian-linter/data.json"
    settings.parent.mkdir(parents=True)
    settings.write_bytes(b'{"lintOnSave": true}')
    (tmp_path / ".prettierrc").write_bytes(b"{}")
    assert likely_rivals(tmp_path) == (
        "the plugin Linter, which lints on save, a formatter (.prettierrc)"
    )
    settings.write_bytes(b"not JSON")
    assert likely_rivals(tmp_path) == "a formatter (.prettierrc)"


def test_without_git_nothing_is_at_work(tmp_path):
    git = Git(tmp_path)
    assert not git.at_work()
    git.look(5)
    assert (git.seen_at, git.moved_at) == (NEVER, NEVER)


def test_git_is_at_work_while_it_holds_its_lock(tmp_path):
    folder = tmp_path / ".git"
    folder.mkdir()
    (tmp_path / "vault").mkdir()
    git = Git(tmp_path / "vault")
    assert not git.at_work()
    (folder / "index.lock").touch()
    assert git.at_work()
    git.look(1)
    assert (git.seen_at, git.moved_at) == (1, NEVER)


def test_a_checkout_moves_the_notes_and_a_commit_does_not(tmp_path):
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def run(*arguments):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=environment)

    try:
        run("init", "-q", "-b", "one")
    except FileNotFoundError:
        pytest.skip("git is not installed")
    run("commit", "-q", "--allow-empty", "-m", "first")
    git = Git(tmp_path)
    git.look(1)
    assert (git.seen_at, git.moved_at) == (NEVER, NEVER)
    run("commit", "-q", "--allow-empty", "-m", "second")
    git.look(2)
    assert (git.seen_at, git.moved_at) == (2, NEVER)
    run("checkout", "-q", "-b", "two")
    git.look(3)
    git.look(4)
    assert (git.seen_at, git.moved_at) == (3, 3)
    run("commit", "-q", "--allow-empty", "-m", "third")
    run("reset", "-q", "--hard", "HEAD~1")
    run("commit", "-q", "--allow-empty", "-m", "fourth")
    git.look(5)
    assert (git.seen_at, git.moved_at) == (5, 5)


def test_without_gits_log_another_branch_is_a_move(tmp_path):
    (tmp_path / ".git").mkdir()
    head = tmp_path / ".git/HEAD"
    head.write_bytes(b"ref: refs/heads/one\n")
    git = Git(tmp_path)
    git.look(1)
    assert git.moved_at == NEVER
    head.write_bytes(b"ref: refs/heads/two\n")
    git.look(2)
    git.look(3)
    assert git.moved_at == 2


def test_a_worktree_has_its_git_folder_elsewhere(tmp_path):
    (tmp_path / "main" / ".git" / "worktrees" / "w").mkdir(parents=True)
    tree = tmp_path / "w"
    tree.mkdir()
    (tree / ".git").write_text("gitdir: ../main/.git/worktrees/w\n")
    (tmp_path / "main/.git/worktrees/w/MERGE_HEAD").touch()
    assert Git(tree).at_work()


def test_git_takes_what_nothing_ignores(tmp_path):
    assert not git_would_take(tmp_path, ".vaultlint-")
    (tmp_path / ".git/info").mkdir(parents=True)
    vault = tmp_path / "vault"
    vault.mkdir()
    assert git_would_take(vault, ".vaultlint-")
    for file in (vault / ".gitignore", tmp_path / ".gitignore", tmp_path / ".git/info/exclude"):
        file.write_bytes(b"*.pdf\n.vaultlint-*\n")
        assert not git_would_take(vault, ".vaultlint-")
        file.unlink()
