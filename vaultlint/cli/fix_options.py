"""Options about fixing, what they say, and what became of it; light, for ``check`` imports it.

Invariant: in a CI run nothing is written unless that was asked for in so many words.

Tests: tests/unit/cli/test_fix.py
"""

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import click

from vaultlint.cli.option_group import option_group
from vaultlint.diagnostics import Notice, Safety
from vaultlint.errors import UsageError

GRACE = 1.0
"""Seconds for which replaced copies of notes are watched, in case an editor still writes to them."""

without_exchange_option = click.option(
    "--without-exchange",
    is_flag=True,
    help="Write even where the file system cannot exchange two files (network drives, exFAT).",
)
_WRITE_OPTIONS = (
    click.option("--diff", is_flag=True, help="Show what would be changed, and write nothing."),
    click.option(
        "--grace",
        type=click.FloatRange(min=0, max=600),
        metavar="SECONDS",
        help=f"How long to wait for late saves of editors [default: {GRACE:g}, in CI 0].",
    ),
    click.option("--allow-ci-fix", is_flag=True, help="Write even where CI is set."),
    without_exchange_option,
)
write_options = option_group(*_WRITE_OPTIONS)
"""The options of any command that writes to notes; they arrive by the names of Fixing's fields."""
fix_options = option_group(
    click.option("--fix", is_flag=True, help="Write the safe fixes, and report what is left."),
    click.option("--unsafe-fixes", is_flag=True, help="Fixes too whose meaning is only likely."),
    click.option("--yes", is_flag=True, help="Fix even notes of which a large part would change."),
    *_WRITE_OPTIONS,
)


class Fixing(NamedTuple):
    """What the options say about fixing."""

    fix: bool = True
    unsafe_fixes: bool = False
    diff: bool = False
    grace: float | None = None
    allow_ci_fix: bool = False
    without_exchange: bool = False
    yes: bool = False

    @property
    def wanted(self) -> bool:
        """Return whether fixes are to be computed."""
        return self.fix or self.diff

    @property
    def least(self) -> Safety:
        """Return the least safety that a fix must have."""
        return Safety.UNSAFE if self.unsafe_fixes else Safety.SAFE

    @property
    def withheld(self) -> bool:
        """Return whether a diff is printed instead of writing because this is a CI run."""
        return not self.diff and in_ci() and not self.allow_ci_fix

    @property
    def seconds(self) -> float:
        """Return the grace in seconds."""
        if self.grace is None:
            return 0.0 if in_ci() else GRACE
        return self.grace

    def check(self, *, report: bool, on_stdin: bool) -> None:
        """Raise UsageError for options that do not go together.

        ``report`` says that a report for programs or in a file is asked for.
        """
        if self.unsafe_fixes and not self.wanted:
            raise UsageError("--unsafe-fixes says which fixes: add --fix or --diff")
        if self.diff and report:
            raise UsageError("--diff prints a diff: leave out --format and --output")
        if on_stdin and self.fix and not self.diff:
            raise UsageError("a text on stdin cannot be written to: use --diff")


class Fixes(NamedTuple):
    """What became of the fixes: counts by rule of those written, in how many files.

    ``preview`` says that a diff was printed in place of a report; ``unfinished`` that the fixes are
    not yet in what was checked: they were not written (in CI), or not staged.
    """

    fixed: Mapping[str, int] = MappingProxyType({})
    files: int = 0
    notices: tuple[Notice, ...] = ()
    preview: bool = False
    unfinished: bool = False


def in_ci() -> bool:
    """Return whether the environment says that this is a CI run."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")
