"""Units for systemd and launchd."""

import plistlib
import shutil
import subprocess
from pathlib import Path

import pytest

from vaultlint.watch.service import launchd, systemd, unit_name

COMMAND = ["/usr/bin/python3", "-m", "vaultlint", "watch", "--format", "jsonl"]
NAMES = ["notes", "My notes", 'a "quoted" one', "100 % done", "$HOME", "back\\slash", "ü-Ordner"]


def unit_of(name):
    vault = Path("/home/ada") / name
    return systemd([*COMMAND, str(vault)], vault)


def test_a_unit_starts_the_command():
    assert "\nExecStart=/usr/bin/python3 -m vaultlint watch --format jsonl /home/ada/notes\n" in (
        unit_of("notes")
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("My notes", '"/home/ada/My notes"'),
        ('a "b"', '"/home/ada/a \\"b\\""'),
        ("100 %", '"/home/ada/100 %%"'),
        ("$HOME", '"/home/ada/$$HOME"'),
        ("a\\b", '"/home/ada/a\\\\b"'),
    ],
)
def test_what_systemd_would_read_otherwise_is_quoted(name, written):
    assert f"--format jsonl {written}\n" in unit_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_systemd_accepts_the_unit(name, tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    vault = tmp_path / name
    unit = tmp_path / f"{unit_name(vault)}.service"
    command = [shutil.which("true") or "/bin/true", *COMMAND[1:], str(vault)]
    unit.write_text(systemd(command, vault), encoding="utf-8")
    done = subprocess.run(
        [program, "--user", "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    complaints = [line for line in done.stderr.splitlines() if unit.name in line]
    assert complaints == []


@pytest.mark.parametrize("name", NAMES)
def test_a_launch_agent_holds_the_command_as_it_is(name):
    vault = Path("/Users/ada") / name
    agent = plistlib.loads(launchd([*COMMAND, str(vault)], vault).encode())
    assert agent["ProgramArguments"] == [*COMMAND, str(vault)]
    assert agent["KeepAlive"] == {"SuccessfulExit": False}


def test_a_unit_is_named_after_the_vault():
    assert unit_name(Path("/a/My Notes!")) == "vaultlint-watch-my-notes"
    assert unit_name(Path("/a/日記")) == "vaultlint-watch"
