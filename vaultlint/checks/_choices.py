"""Which of a few allowed values was meant by one that is not among them.

Invariant: a value that only looks like an allowed one is a guess, never SAFE.

Tests: tests/unit/checks/test_choices.py
"""

from collections.abc import Callable, Collection

from vaultlint.check import Safety
from vaultlint.checks._lists import Settled
from vaultlint.terms.nearest import nearest


def choice(value: str, allowed: Collection[str]) -> tuple[str | None, Safety]:
    """Return the allowed value that ``value`` was meant to be, None without one, and how surely.

    SAFE is one that differs by case and white space alone, if there is but one.
    """
    folded = _folded(value)
    same = [one for one in allowed if _folded(one) == folded]
    if len(same) == 1:
        return same[0], Safety.SAFE
    return nearest(value, allowed), Safety.UNSAFE


def settle_choice(allowed: Collection[str]) -> Callable[[str], Settled]:
    """Return the function that says what a value will read once it is repaired."""

    def settled(value: str) -> Settled:
        if value in allowed:
            return Settled(value, None)
        meant, safety = choice(value, allowed)
        return Settled(value, None) if meant is None else Settled(meant, safety)

    return settled


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
