"""Several programs at one vault: each says what a run without a store says, and none fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = [sys.executable, "-m", "vaultlint", "check", "--quiet"]
NOTES = 60


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    for at in range(NOTES):
        write(folder, at, 0)
    return folder


def write(folder: Path, at: int, round_: int) -> None:
    links = f"[[note {at + 1}]] [[nowhere {at} {round_}]]"
    (folder / f"note {at}.md").write_text(f"# Note {at}\n{links}\n", encoding="utf-8")


def start(vault: Path, *more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*RUN, *more, str(vault)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "VAULTLINT_CACHE_DIR": str(vault.parent / "cache")},
    )


def outcome(run: "subprocess.Popen[str]") -> tuple[str, int]:
    out, err = run.communicate()
    assert "Traceback" not in err
    return out, run.returncode


def test_processes_at_once_agree_with_one_alone(vault: Path) -> None:
    for round_ in range(3):
        write(vault, round_, round_)
        together = [start(vault) for _ in range(3)]
        expected = outcome(start(vault, "--no-cache"))
        assert expected[0].count("nowhere") == NOTES
        assert [outcome(run) for run in together] == [expected] * 3
    assert outcome(start(vault)) == expected


def test_a_process_that_is_killed_while_it_writes_costs_nothing(vault: Path) -> None:
    expected = outcome(start(vault, "--no-cache"))
    for _ in range(3):
        victim = start(vault)
        assert victim.stdout is not None
        victim.stdout.read()  # the findings are out: now the store is written
        victim.kill()
        victim.communicate()
        assert outcome(start(vault)) == expected


def test_a_run_without_the_cache_touches_nothing(vault: Path) -> None:
    outcome(start(vault, "--no-cache"))
    assert not (vault.parent / "cache").exists()


def test_an_unusable_cache_is_one_quiet_line(vault: Path) -> None:
    (vault.parent / "cache").write_text("in the way")
    run = start(vault)
    out, err = run.communicate()
    assert (out, run.returncode) == outcome(start(vault, "--no-cache"))
    assert err.count("\n") == 1
    assert err.startswith("vaultlint: the cache is not used: ")
