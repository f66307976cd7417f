"""Citation templates such as ``{title} ({author} {year})``, compiled to a linear-time parser.

Tests: tests/unit/terms/test_citation.py
"""

from typing import NamedTuple


class ParsedCitation(NamedTuple):
    """The parts of a citation's text; a part that the template lacks is None."""

    title: str
    author: str | None
    year: int | None


class CitationTemplate:
    """One compiled template. Raises ConfigError when the template itself is wrong."""

    def __init__(self, source: str) -> None:
        self.source = source
        raise NotImplementedError

    def parse(self, text: str) -> ParsedCitation | None:
        """Return the parts of ``text``, or None when it does not fit."""
        raise NotImplementedError

    def mismatch(self, text: str) -> str:
        """Return in a few words what ``text`` lacks, e.g. "no year at the end"."""
        raise NotImplementedError
