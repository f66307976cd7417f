"""When two citations are of one source, and when they contradict each other.

Invariant: rather no answer than a wrong one. Identifiers decide first; a title counts only with
author and year, and never against two identifiers of one kind that differ.

Tests: tests/unit/checks/test_same_source.py
"""

import unicodedata
from collections.abc import Iterator

from vaultlint.checks._citations import Stated, stated, words
from vaultlint.note.model import CitedLink

_FEWEST_WORDS = 3
_JOINTS = frozenset({"and", "et", "al", "others", "by"})


def source_names(link: CitedLink) -> list[tuple[object, ...]]:
    """Return what a source is known by: its identifier, its title with author and year."""
    names: list[tuple[object, ...]] = [link.identifier] if link.identifier else []
    title = title_name(link.text)
    return [*names, title] if title else names


def title_name(text: str | None) -> tuple[object, ...] | None:
    """Return title, author and year as one value to compare, None if any is not stated."""
    title, author, year = stated(text or "")
    folded = words(title)
    if len(folded) < _FEWEST_WORDS or author is None or year is None:
        return None
    return ("title", *folded, *words(author), year)


def distinct(one: CitedLink, other: CitedLink) -> bool:
    """Return whether the two have different identifiers of one kind."""
    if one.identifier is None or other.identifier is None:
        return False
    return one.identifier[0] == other.identifier[0] and one.identifier != other.identifier


def conflicts(own: Stated, other: Stated) -> Iterator[tuple[str, str, str]]:
    """Yield (what, here, there) for each part that both state and that cannot be the same."""
    if own.year and other.year and own.year != other.year:
        yield "year", str(own.year), str(other.year)
    if own.author and other.author:
        mine, theirs = _names(own.author), _names(other.author)
        if not mine <= theirs and not theirs <= mine:
            yield "author", own.author, other.author
    mine_title, their_title = _letters(own.title), _letters(other.title)
    same = mine_title in their_title or their_title in mine_title
    if not same:
        yield "title", own.title, other.title


def _plain(text: str) -> str:
    """Return ``text`` without accents: who writes "Scholkopf" means Schölkopf."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _names(author: str) -> frozenset[str]:
    return frozenset(words(_plain(author))) - _JOINTS


def _letters(title: str) -> str:
    return "".join(words(_plain(title)))
