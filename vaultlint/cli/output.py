"""Writing to stdout: the one door, which minds closed pipes and CI logs.

Tests: tests/unit/cli/test_output.py
"""

import os
import sys
from collections.abc import Iterable

from vaultlint.report.terminal import Paint, wants_color, without_commands
from vaultlint.report.text import TextStyle


def emit(parts: Iterable[str], *, commands: bool = False) -> bool:
    """Write ``parts`` (text whose lines end in LF) to stdout, and return whether all were read.

    A reader that has left (``| head``) ends the writing quietly. In a workflow on GitHub nothing is
    a command to the runner, unless ``commands`` says that the parts are made to be.
    """
    try:
        for part in parts:
            sys.stdout.write(part if commands else without_commands(part))
        sys.stdout.flush()
    except BrokenPipeError:
        silence()
        return False
    return True


def silence() -> None:
    """Send what is still to be written to stdout nowhere, so that nobody complains at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # stdout is no file (a test), or is closed


def on_terminal() -> bool:
    """Return whether a person reads stdout as it is written."""
    return sys.stdout.isatty()


def paint() -> Paint:
    """Return the styles of stdout."""
    return Paint(color=wants_color(terminal=on_terminal(), environ=os.environ))


def text_style(*, prefix: str = "", here: str = "", brief: bool = False) -> TextStyle:
    """Return how findings are printed on stdout: as wide as the terminal, else 100 cells."""
    width = 100
    if on_terminal():
        from shutil import get_terminal_size

        width = get_terminal_size().columns
    return TextStyle(paint(), prefix=prefix, width=width, brief=brief, here=here)
