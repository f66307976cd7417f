"""Runs the commands of each transcript and holds their output against it. Format: README.md here."""

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultlint.cli.main import cli

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TRANSCRIPTS = sorted(HERE.glob("*.txt"))
COPY = "a copy of "


def folder_of(head: str, tmp_path: Path) -> Path:
    """Return the folder that the first line of a transcript names, copied if it says so."""
    name = head.removeprefix("# in ")
    if not name.startswith(COPY):
        return ROOT / name
    source = ROOT / name.removeprefix(COPY)
    return Path(shutil.copytree(source, tmp_path / source.name))


def output_of(command: str, home: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "vaultlint"
    environment = {
        "NO_COLOR": "1",
        "GITHUB_ACTIONS": None,
        "CI": None,
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    result = CliRunner().invoke(cli, arguments, prog_name="vaultlint", env=environment)
    output = result.stdout + result.stderr
    if output and not output.endswith("\n"):
        output += "\n"
    return output + (f"[exit code {result.exit_code}]\n" if result.exit_code else "")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    written = path.read_text(encoding="utf-8")
    head, *rest = written.split("\n")
    assert head.startswith("# in "), "the first line names a folder"
    commands = [line.removeprefix("$ ") for line in rest if line.startswith("$ ")]
    assert commands, "a transcript without a command proves nothing"
    monkeypatch.chdir(folder_of(head, tmp_path))
    seen = head + "\n" + "".join(f"$ {line}\n{output_of(line, tmp_path)}" for line in commands)
    if update and seen != written:
        path.write_text(seen, encoding="utf-8")
    else:
        assert seen == written
