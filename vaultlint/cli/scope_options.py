"""Options about which state of the vault is checked, and against which; light, for ``check``.

Tests: tests/unit/cli/test_scope.py
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import click

from vaultlint.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

SCOPE_OPTIONS = (
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


def scope_options(command: Command) -> Command:
    """Add the options; they arrive by the names of Scoping's fields."""
    for option in reversed(SCOPE_OPTIONS):
        command = option(command)
    return command


def take_scoping(options: dict[str, Any]) -> Scoping:
    """Take what is about the scope out of the ``options`` of a command, and return it."""
    return Scoping(**{name: options.pop(name) for name in Scoping._fields if name in options})
