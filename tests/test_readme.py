"""What the README says: its sample is what is printed, its table what there is, its config loads."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.unit.config.loading import load
from vaultlint.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = ROOT / ".ci" / "run"


def fenced(language: str) -> str:
    """Return the text of the one fenced block in ``language``."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return block


def test_the_sample_is_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    first, _, sample = fenced("text").partition("\n")
    assert first.startswith("$ vaultlint ")
    done = CliRunner().invoke(cli, first.split()[2:], prog_name="vaultlint")
    assert done.exit_code == 1
    printed = done.stdout.split("\n\n")
    findings = sample.strip("\n").split("\n\n")
    assert 3 <= len(findings) <= 4
    assert [each for each in findings if each not in printed] == []


def test_the_table_holds_the_commands_there_are() -> None:
    rows = re.findall(r"^\| `vaultlint (\w+)[^`]*` \| (.+) \|$", README, re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(COMMANDS)


def test_every_option_that_is_named_exists() -> None:
    options = {"--version", "--help"}
    todo: list[click.Command] = [cli.get_command(None, name) for name in COMMANDS]
    while todo:
        command = todo.pop()
        options.update(opt for each in command.params for opt in each.opts)
        todo += getattr(command, "commands", {}).values()
    prose = README.replace(fenced("text"), "")
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", prose)) <= options


def test_the_config_loads_as_it_stands() -> None:
    files = {
        "schemas/paper.schema.json": "{}",
        "meta/tags.md": "- machine-learning\n- idea\n",
        "papers/a.md": "",
        "templates/t.md": "",
    }
    config = load(fenced("yaml"), files)
    assert config.unknown_rules == ()
    on = {rule.id for rule in config.rules_for("papers/a.md")}
    assert {"unknown-tag", "orphan-note", "missing-property"} <= on
    assert "missing-property" not in {rule.id for rule in config.rules_for("templates/t.md")}


def test_every_file_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.skipif(sys.platform == "win32" or not CI.exists(), reason="no bash, or no checkout")
def test_the_test_command_is_found_by_its_marks() -> None:
    found = next(line for line in CI.read_text("utf-8").splitlines() if line.startswith("command="))
    done = subprocess.run(
        ["bash", "-c", f'{found}\nprintf %s "$command"'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("\n") == 0
    assert done.stdout.endswith(" -m pytest")
    assert f"\n    {done.stdout}\n" in README


def test_the_first_command_checks_an_example() -> None:
    first = next(line for line in README.splitlines() if line.startswith("    python3 -m venv"))
    folder = first.rpartition("vaultlint check ")[2]
    assert (ROOT / folder / "vaultlint.yaml").is_file()
