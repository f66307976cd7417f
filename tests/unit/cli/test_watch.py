"""What the command says when it does not watch; the watching itself is in tests/watch."""

import json
import os
import plistlib

import pytest
from click.testing import CliRunner

from vaultlint.cli.main import cli
from vaultlint.fixing.lock import VaultLock
from vaultlint.fixing.pending import PendingMove, write_pending
from vaultlint.paths import vault_paths
from vaultlint.watch import events
from vaultlint.watch.state_file import FOLDER
from vaultlint.watch.status import Status


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder


def run(*arguments):
    return CliRunner().invoke(cli, ["watch", *map(str, arguments)])


def test_status_says_that_nobody_is_running(vault):
    result = run(vault, "--status")
    assert (result.exit_code, result.output) == (1, "no watcher is running\n")
    result = run(vault, "--status", "--format", "jsonl")
    assert json.loads(result.output) == {"state": "not running"}


def test_status_says_what_the_running_one_does(vault):
    state = vault_paths(vault).state
    status = Status(state)
    status.take(events.Started(str(vault), 4711, "polling", "elsewhere", "Syncthing"))
    status.take(events.Current(1, 0.0, 5, {"error": 2, "warning": 0, "info": 0}))
    status.take(events.LeftAlone("a\x1b.md", (), "why"))
    status.take(events.Settling(("b.md",)))
    status.save()
    choice = PendingMove({"x y.md": "a.md"}, 0.0, "several files may be it", ("a.md", "b.md"))
    write_pending(state, [PendingMove({"old.md": "new.md"}, 0.0), choice])
    with VaultLock(state / FOLDER):
        result = run(vault, "--status")
        assert result.exit_code == 0
        assert f"watching {vault} (process 4711), looking now and then" in result.output
        assert "5 notes, 2 error" in result.output
        assert "fixes: elsewhere (Syncthing)" in result.output
        assert "left alone: a\\x1b.md: why" in result.output
        assert "settled: b.md" in result.output
        assert "moved: old.md -> new.md" in result.output
        found = json.loads(run(vault, "--status", "--format", "jsonl").output)
        assert found["pid"] == 4711
        assert "perhaps moved: x y.md (several files may be it); choose with" in result.output
        assert "  vaultlint mv --pending 'x y.md' b.md\n" in result.output
        assert found["pending_moves"] == [{"old.md": "new.md"}]
        assert found["pending_choices"] == {"x y.md": ["a.md", "b.md"]}


def test_a_second_watcher_says_so_and_exits(vault):
    with VaultLock(vault_paths(vault).state / FOLDER):
        result = run(vault, "--no-fix")
    assert result.exit_code == 2
    assert "is watching this vault" in result.output


def test_a_vault_is_named_once(vault):
    result = run(vault, "--vault", vault)
    assert result.exit_code == 2
    assert "once" in result.output


def test_a_config_that_does_not_load_at_the_start_is_an_error(vault):
    (vault / "vaultlint.yaml").write_bytes(b"rules: [\n")
    result = run(vault)
    assert result.exit_code == 2
    assert "vaultlint.yaml:" in result.output


def test_a_service_starts_this_command(vault):
    unit = run(vault, "--print-service", "systemd", "--no-fix").output
    assert f"-m vaultlint watch --no-fix {vault}" in unit
    agent = plistlib.loads(run(vault, "--print-service", "launchd").output.encode())
    assert agent["ProgramArguments"][1:] == ["-m", "vaultlint", "watch", str(vault)]


def test_a_service_is_given_every_option(vault):
    (vault / "own.yaml").write_bytes(b"{}")
    options = ["--pack", "research", "--ignore", "a,b", "--verify", "--format", "jsonl"]
    options += ["--config", os.path.relpath(vault / "own.yaml"), "--jobs", "2", "--poll"]
    agent = plistlib.loads(run(vault, "--print-service", "launchd", *options).output.encode())
    arguments = agent["ProgramArguments"][4:-1]
    wanted = ["--pack", "research", "--ignore", "a,b", "--verify", "--format", "jsonl"]
    wanted += ["--config", str(vault / "own.yaml"), "--jobs", "2", "--poll"]
    assert sorted(arguments) == sorted(wanted)
