"""Options of ``check`` about the baseline; light, for ``check`` imports it.

Tests: tests/unit/cli/test_baseline.py
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import click

from vaultlint.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

BASELINE_OPTIONS = (
    click.option(
        "--no-baseline", is_flag=True, help="Report (and fix) known findings like all others."
    ),
    click.option(
        "--ratchet",
        metavar="REV",
        help="Fail too if the baseline has grown since the work left REV, or holds what is fixed.",
    ),
)


class Baselining(NamedTuple):
    """What the options say; the fields are named after them."""

    no_baseline: bool = False
    ratchet: str | None = None

    def check(self) -> None:
        """Raise UsageError for options that do not go together."""
        if self.no_baseline and self.ratchet is not None:
            raise UsageError("--ratchet is about the baseline: leave out --no-baseline")


def baseline_options(command: Command) -> Command:
    """Add the options; they arrive by the names of Baselining's fields."""
    for option in reversed(BASELINE_OPTIONS):
        command = option(command)
    return command


def take_baselining(options: dict[str, Any]) -> Baselining:
    """Take what is about the baseline out of the ``options`` of a command, and return it."""
    return Baselining(**{name: options.pop(name) for name in Baselining._fields})
