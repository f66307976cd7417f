"""The program as a whole: its commands, its errors, its exit codes."""

import click
import pytest

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint import __version__
from vaultlint.cli import work
from vaultlint.cli.failure import exit_code_of
from vaultlint.cli.main import COMMANDS
from vaultlint.errors import ConfigError, ConfigErrors, SchemaError, SourceError, UsageError
from vaultlint.text import Position


def test_help_lists_every_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, summary in COMMANDS.items():
        assert f"  {name} " in result.stdout
        assert summary.split(",")[0].split()[0] in result.stdout


def test_without_a_command_there_is_help_that_can_be_read(run: Run) -> None:
    result = run()
    assert "Commands:\n" in result.output
    assert "\n  check  " in result.output


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"vaultlint {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"Usage: vaultlint {name}" in result.stdout


def test_a_command_that_is_not_there(run: Run) -> None:
    result = run("chekc")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "vaultlint: there is no command 'chekc'; did you mean 'check'?\n"
    )


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("no such folder"), 2, "vaultlint: error: no such folder\n"),
        (
            ConfigError("unknown key", path="vaultlint.yaml", position=Position(3, 1)),
            2,
            "vaultlint: error: vaultlint.yaml:3:1: unknown key\n",
        ),
        (
            ConfigErrors((ConfigError("one"), SchemaError("two"))),
            2,
            "vaultlint: error: one\nvaultlint: error: two\n",
        ),
        (SourceError("cannot be listed", path="v"), 2, "vaultlint: error: v: cannot be listed\n"),
        (KeyboardInterrupt(), 130, "vaultlint: interrupted\n"),
        (click.Abort(), 130, "vaultlint: interrupted\n"),
        (click.UsageError("no such option"), 2, "vaultlint: no such option\n"),
        (SystemExit(7), 7, ""),
        (click.exceptions.Exit(4), 4, ""),
        (UsageError("\x1b[31m\n::x"), 2, "vaultlint: error: \\x1b[31m\\x0a::x\n"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_errors(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    assert exit_code_of(error) == code
    assert capsys.readouterr().err == said


def test_an_unexpected_error_is_one_line(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault({"a.md": ""})

    def explode(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(work, "open_session", explode)
    result = run("check")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("vaultlint: internal error: ZeroDivisionError: by\\x0azero; ")
    monkeypatch.setenv("VAULTLINT_DEBUG", "1")
    assert "Traceback (most recent call last)" in run("check").stderr
