"""Options of ``check`` about the baseline; light, for ``check`` imports it.

Tests: tests/unit/cli/test_baseline.py
"""

from typing import NamedTuple

import click

from vaultlint.cli.option_group import option_group
from vaultlint.errors import UsageError

baseline_options = option_group(
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
