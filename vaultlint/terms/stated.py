"""What the text of a citation states when no template says how to read it.

Invariant: only what surely is one is read as author or year: a parenthesis that ends the text and
holds exactly one year. Everything else is the title.

Tests: tests/unit/terms/test_stated.py
"""

import re
from functools import lru_cache
from typing import NamedTuple

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?![\d])", re.ASCII)
_WORDS = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"^\\?\[\d{4}\.\d{4,5}(?:v\d+)?\\?\]\s*")
_MARKS = " \t*_~="


class Stated(NamedTuple):
    """What the text of a citation states; None where it does not say."""

    title: str
    author: str | None
    year: int | None


def bare_text(text: str) -> str:
    """Return the text of a link without emphasis around the whole of it."""
    return text.strip(_MARKS)


@lru_cache(maxsize=1 << 12)  # in a list of sources each text is compared with many
def stated(text: str) -> Stated:
    """Return what ``text`` states: a parenthesis at its end with one year is author and year."""
    text = bare_text(text)
    opening = text.rfind("(") if text.endswith(")") else -1
    group = text[opening + 1 : -1] if opening >= 0 else ""
    years = _YEAR.findall(group)
    if opening < 0 or len(set(years)) != 1 or ")" in group:
        return Stated(_without_number(text), None, None)
    author = group[: group.index(years[0])].strip(" ,;:")
    named = author if any(char.isalpha() for char in author) else None
    return Stated(_without_number(text[:opening].rstrip()), named, int(years[0]))


def words(text: str) -> list[str]:
    """Return the words of ``text``, case-folded, without punctuation."""
    return _WORDS.findall(text.casefold())


def _without_number(title: str) -> str:
    return _NUMBERED.sub("", title)
