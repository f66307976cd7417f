"""Patterns that a user writes, in RE2 syntax: linear time on any text.

Tests: tests/unit/terms/test_pattern.py
"""

from collections.abc import Iterator

from vaultlint.text import Span


class Pattern:
    """One compiled pattern. Raises ConfigError with what RE2 lacks when it does not compile."""

    def __init__(self, source: str) -> None:
        self.source = source
        raise NotImplementedError

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of each match in ``text`` (code points), left to right."""
        raise NotImplementedError

    def fullmatch(self, text: str) -> bool:
        """Return whether the whole of ``text`` matches."""
        raise NotImplementedError
