"""When two citations are of one source, and when they contradict each other.

Invariant: rather no answer than a wrong one. Identifiers decide first; a title counts only when
it is long, or author and year agree, and never against two identifiers of one kind that differ.

Tests: tests/unit/vault/test_same_source.py
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vaultlint.note.model import CitedLink
from vaultlint.terms.stated import Stated, stated, words

_FEWEST_WORDS = 3
"""Fewer words, and even the same author and year do not make a title a name."""
_TELLING_WORDS = 5
"""So many words are a name, unless the authors contradict."""
_UNMISTAKABLE_WORDS = 7
MOST_COMPARED = 100
"""A citation is compared with so many other texts of its source."""
_MOST_COMPARED = 20
"""With so many sources of one name a citation is compared."""
_JOINTS = frozenset({"and", "et", "al", "others", "by"})
_URL = re.compile(r"https?://(?:www\.)?([^#]*[^#/])/?(?:#|$)", re.IGNORECASE)


def source_names(link: CitedLink) -> list[tuple[object, ...]]:
    """Return under what a source may be met again: its identifier, its URL, its title."""
    names: list[tuple[object, ...]] = [link.identifier] if link.identifier else []
    if url := _url(link):
        names.append(("url", url))
    title = words(stated(link.text or "").title)
    return [*names, ("title", *title)] if len(title) >= _FEWEST_WORDS else names


def same_source(one: CitedLink, other: CitedLink) -> bool:
    """Return whether two citations that share a name are of one source."""
    if one.identifier is not None and other.identifier is not None:
        if one.identifier == other.identifier:
            return True
        if one.identifier[0] == other.identifier[0]:
            return False
    if (url := _url(one)) is not None and url == _url(other):
        return not unlike(stated(one.text or "").title, stated(other.text or "").title)
    return same_title(one.text, other.text)


def by_source(links: Sequence[CitedLink]) -> list[list[int]]:
    """Return the numbers of ``links``, grouped by the source that they cite; in order of the first.

    A citation that is of the same source as two groups joins them, unless that would make one
    source of two identifiers of one kind. Near-linear.
    """
    groups = _Groups(links)
    for number, link in enumerate(links):
        for name in source_names(link):
            groups.meet(number, name)
    return groups.all()


class _Groups:
    """Links grouped by source. The first link of a group speaks for it."""

    def __init__(self, links: Sequence[CitedLink]) -> None:
        self._links = links
        self._parents = list(range(len(links)))
        self._identifiers = [dict([link.identifier] if link.identifier else []) for link in links]
        self._named: dict[tuple[object, ...], list[int]] = {}

    def meet(self, number: int, name: tuple[object, ...]) -> None:
        """Let ``number`` join those that are known under ``name`` and cite the same."""
        known = self._named.setdefault(name, [])
        for other in known[:_MOST_COMPARED]:
            if same_source(self._links[other], self._links[number]):
                self._join(other, number)
        if self._first(number) not in map(self._first, known[:_MOST_COMPARED]):
            known.append(number)

    def all(self) -> list[list[int]]:
        """Return the groups."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._links)):
            found.setdefault(self._first(number), []).append(number)
        return list(found.values())

    def _first(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._first(one), self._first(other)))
        mine, theirs = self._identifiers[first], self._identifiers[second]
        if first != second and all(
            mine.get(kind, value) == value for kind, value in theirs.items()
        ):
            mine.update(theirs)
            self._parents[second] = first


def _url(link: CitedLink) -> str | None:
    match = _URL.match(link.url)
    return None if match is None else match.group(1)


def same_title(text: str | None, other: str | None) -> bool:
    """Return whether two texts of citations surely state the same title."""
    own, their = stated(text or ""), stated(other or "")
    title = words(own.title)
    if title != words(their.title):
        return False
    if own.author and their.author:
        mine, theirs = _names(own.author), _names(their.author)
        if own.year and own.year == their.year and mine == theirs:
            return len(title) >= _FEWEST_WORDS
        if not (mine <= theirs or theirs <= mine):
            return len(title) >= _UNMISTAKABLE_WORDS
    return len(title) >= _TELLING_WORDS


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


def unlike(title: str, other: str) -> bool:
    """Return whether two titles share so few words that they are hardly of one source."""
    mine, theirs = set(words(_plain(title))), set(words(_plain(other)))
    return 2 * len(mine & theirs) < min(len(mine), len(theirs))


def _plain(text: str) -> str:
    """Return ``text`` without accents: who writes "Scholkopf" means Schölkopf."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 12)
def _names(author: str) -> frozenset[str]:
    return frozenset(words(_plain(author))) - _JOINTS


@lru_cache(maxsize=1 << 12)
def _letters(title: str) -> str:
    return "".join(words(_plain(title)))
