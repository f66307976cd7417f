"""The keys by which a bibliography names its sources: ``doe2021theory``.

Invariant: a key is ASCII letters and digits, and depends on what its source says and on the sources
that would have the same key, on nothing else: neither on order nor on where a source is cited.

Tests: tests/unit/sync/test_cite_keys.py
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Protocol

from vaultlint.sync.authors import authors

_WORDS = re.compile(r"[a-z0-9]+")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_EMPTY_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "can",
        "de",
        "der",
        "des",
        "die",
        "do",
        "does",
        "for",
        "from",
        "how",
        "in",
        "into",
        "is",
        "la",
        "le",
        "of",
        "on",
        "or",
        "the",
        "to",
        "towards",
        "toward",
        "un",
        "une",
        "using",
        "via",
        "what",
        "when",
        "why",
        "with",
    ]
)
_MOST_WORDS = 8
_MOST_NAMES = 3  # "van der Maaten" is one name


class Named(Protocol):
    """What a key is made of."""

    @property
    def title(self) -> str | None:
        """The title."""

    @property
    def author(self) -> str | None:
        """The author, as cited."""

    @property
    def year(self) -> int | None:
        """The year."""

    @property
    def url(self) -> str:
        """The address, which differs from source to source."""


def cite_keys(sources: Sequence[Named]) -> list[str]:
    """Return a key for each of ``sources``, all different.

    Sources that would share a key get further words of their titles, and at last a part of a hash;
    the one whose address comes first in the alphabet keeps the short key.
    """
    keys = [""] * len(sources)
    taken: set[str] = set()
    for number in sorted(range(len(sources)), key=lambda at: _order(sources[at])):
        key = next(key for key in _candidates(sources[number]) if key not in taken)
        taken.add(key)
        keys[number] = key
    return keys


def _order(source: Named) -> tuple[str, ...]:
    return (source.url, source.title or "", source.author or "", str(source.year))


def _candidates(source: Named) -> Iterator[str]:
    named = authors(source.author).names
    author = "".join(_letters(named[0])[:_MOST_NAMES]) if named else ""
    year = "" if source.year is None else str(source.year)
    told = _letters(source.title or "") or _letters(_last_part(source.url))
    title = [word for word in told if word not in _EMPTY_WORDS]
    base = author + year if author else "".join(title[:1] or ["source"]) + year
    rest = title if author else title[1:]
    for count in range(int(bool(rest)), min(len(rest), _MOST_WORDS) + 1):
        yield base + "".join(rest[:count])
    base += "".join(rest[:1])
    digest = blake2b(repr(_order(source)).encode("utf-8", "surrogatepass")).hexdigest()
    for length in range(4, len(digest) + 1):
        yield f"{base}x{digest[:length]}"


def _last_part(url: str) -> str:
    """Return the end of the path of ``url``, or its host."""
    address = url.partition("://")[2].partition("?")[0].partition("#")[0]
    return address.rstrip("/").rpartition("/")[2]


def _letters(text: str) -> list[str]:
    """Return the words of ``text`` in plain ASCII, without accents; other scripts leave nothing."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _WORDS.findall(bare.replace("'", "").replace("’", "").replace("-", "").replace("‐", ""))
