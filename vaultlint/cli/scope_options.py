"""Options about which state of the vault is checked, and against which; light, for ``check``.

Tests: tests/unit/cli/test_scope.py
"""

from typing import NamedTuple

import click

from vaultlint.cli.option_group import option_group
from vaultlint.errors import UsageError

scope_options = option_group(
    click.option(
        "--staged", is_flag=True, help="Check what git would commit: the index, not the folder."
    ),
    click.option(
        "--changed-since",
        metavar="REV",
        help="Only what was caused since the work left REV, also in notes that did not change.",
    ),
    click.option(
        "--changed-lines",
        is_flag=True,
        help="With --changed-since: of that, only what is on lines added or changed.",
    ),
)


class Scoping(NamedTuple):
    """What the options say; the fields are named after them."""

    staged: bool = False
    changed_since: str | None = None
    changed_lines: bool = False

    @property
    def wanted(self) -> bool:
        """Return whether git has to be asked."""
        return self.staged or self.changed_since is not None

    def check(self, *, on_stdin: bool) -> None:
        """Raise UsageError for options that do not go together."""
        if self.changed_lines and self.changed_since is None:
            raise UsageError("--changed-lines says which lines: add --changed-since REV")
        if on_stdin and self.wanted:
            asked = "--staged" if self.staged else "--changed-since"
            raise UsageError(f"git does not know the text on stdin: leave out {asked}")
