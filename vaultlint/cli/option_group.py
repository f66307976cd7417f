"""Groups of options: added to a command as one, and taken from what it was called with as one record.

A group is a NamedTuple whose fields are named after its options, in the file of what it is about.

Tests: tests/unit/cli/test_option_group.py
"""

from collections.abc import Callable
from typing import Any, TypeVar

Command = TypeVar("Command", bound=Callable[..., Any])
Group = TypeVar("Group", bound=tuple[Any, ...])


def option_group(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Return a decorator that adds ``options`` to a command, in their order."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def take(group: type[Group], options: dict[str, Any]) -> Group:
    """Take what ``group`` is about out of the ``options`` of a command, and return it.

    Options that the command does not have keep their default.
    """
    names: tuple[str, ...] = group._fields  # type: ignore[attr-defined]  # every NamedTuple has it
    return group(**{name: options.pop(name) for name in names if name in options})
