"""How a run that cannot go on ends: what it prints, and its exit code.

Tests: tests/unit/cli/test_main.py
"""

import os
import sys
import traceback

import click

from vaultlint.cli.output import silence
from vaultlint.errors import ConfigErrors, VaultlintError
from vaultlint.report.terminal import safe, without_commands

CLEAN = 0
FINDINGS = 1
WRONG_USE = 2
INTERNAL = 3
INTERRUPTED = 130

DEBUG = "VAULTLINT_DEBUG"


def exit_code_of(error: BaseException) -> int:
    """Print ``error`` on stderr as a person should see it, and return the exit code it means."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else WRONG_USE
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.ClickException):
        _say_usage(error)
        return WRONG_USE
    if isinstance(error, VaultlintError):
        _say_error(error)
        return WRONG_USE
    if isinstance(error, KeyboardInterrupt | click.Abort):
        complain("interrupted")
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        silence()
        return FINDINGS
    _say_unexpected(error)
    return INTERNAL


def complain(message: str) -> None:
    """Print one line about this run on stderr."""
    text = without_commands(f"vaultlint: {safe(message)}\n")
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        return  # nobody listens


def _say_usage(error: click.ClickException) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":  # of click 8.2 and later: no command at all
        click.echo(error.format_message(), err=True)
    elif isinstance(error, click.UsageError) and error.ctx is not None:
        complain(error.format_message())
        command = error.ctx.command_path
        complain(f"try '{command} --help'")
    else:
        complain(error.format_message())


def _say_error(error: VaultlintError) -> None:
    for each in error.errors if isinstance(error, ConfigErrors) else (error,):
        complain(f"error: {each}")


def _say_unexpected(error: BaseException) -> None:
    if os.environ.get(DEBUG):
        trace = "".join(traceback.format_exception(error))
        for line in trace.split("\n"):
            complain(line)
        return
    complain(
        f"internal error: {type(error).__name__}: {error}; "
        f"set {DEBUG}=1 for a traceback, and please report it"
    )
