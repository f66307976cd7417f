"""A vocabulary: a closed list of terms with aliases, deprecations and nesting.

Tests: tests/unit/terms/test_vocabulary.py
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from vaultlint.text import Span


class Term(NamedTuple):
    """One term and where its vocabulary lists it.

    ``file`` is empty for a term of a shipped pack. ``group`` numbers the fenced block or list that
    holds the term: order and repeats are judged within one group.
    """

    name: str
    file: str
    span: Span
    group: int = 0


class TermMatch(NamedTuple):
    """What a vocabulary says of a term as written.

    ``kind``: "known", "form" (differs from ``canonical`` only by case or spacing), "alias",
    "deprecated" (``canonical`` is the replacement, or None), "unknown".
    """

    kind: Literal["known", "form", "alias", "deprecated", "unknown"]
    canonical: str | None


class Vocabulary:
    """A closed list of terms; looking one up is O(1)."""

    def __init__(
        self,
        name: str,
        terms: tuple[Term, ...],
        *,
        aliases: Mapping[str, str],
        deprecated: Mapping[str, str | None],
        nested: bool = False,
    ) -> None:
        self.name = name
        self.terms = terms
        self.aliases = aliases
        self.deprecated = deprecated
        self.nested = nested

    def match(self, term: str) -> TermMatch:
        """Return what this vocabulary says of ``term`` (with ``nested``, a listed prefix will do)."""
        raise NotImplementedError

    def suggest(self, term: str) -> str | None:
        """Return the listed term nearest to ``term``, or None when none is near."""
        raise NotImplementedError
