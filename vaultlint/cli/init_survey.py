"""What a vault looks like, counted: links, properties, likely vocabularies, citations.

Invariant: counts only what notes say; it neither judges nor writes. One pass, each note once.

Tests: tests/unit/cli/test_init.py
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vaultlint.note.model import Note
from vaultlint.note.property_types import matches_type

_KINDS_OF_TEXT = ("date", "datetime")
_YEAR_AT_END = re.compile(r"\((?P<author>[^()]*?)[\s,]*(?P<year>(?:1[89]|20)\d\d)\)\s*\Z")
_NO_VOCABULARY = frozenset(
    {"aliases", "author", "authors", "cover", "created", "cssclasses", "date", "description"}
    | {"image", "modified", "permalink", "publish", "related", "source", "title", "up", "updated"}
    | {"url"}
)

LEAST_NOTES = 8
"""Fewer notes than this show no habit."""
FEW_TERMS, USES_OF_FEW = 40, 3
MANY_TERMS, USES_OF_MANY = 400, 15
"""A likely vocabulary has few terms that are used some times each on average, or more terms that
are used often."""
LONGEST_TERM = 40


class PropertyUse(NamedTuple):
    """A property: on how many notes, with values of which kinds (most frequent first)."""

    name: str
    notes: int
    kinds: tuple[str, ...]


class LikelyVocabulary(NamedTuple):
    """A property whose values look like a closed list: each term with its number of notes."""

    property: str
    terms: Mapping[str, int]
    notes: int


class CitationUse(NamedTuple):
    """A kind of citation: how many there are, and the template that most of them fit."""

    kind: str
    number: int
    template: str


class Survey(NamedTuple):
    """What was counted in ``notes`` notes, ``with_properties`` of which have properties."""

    notes: int
    with_properties: int
    wikilinks: int
    markdown_links: int
    properties: tuple[PropertyUse, ...]
    vocabularies: tuple[LikelyVocabulary, ...]
    citations: tuple[CitationUse, ...]


class _Counts:
    def __init__(self) -> None:
        self.notes = self.with_properties = self.wikilinks = self.markdown_links = 0
        self.uses: Counter[str] = Counter()
        self.kinds: dict[str, Counter[str]] = {}
        self.terms: dict[str, Counter[str]] = {}
        self.forms: dict[str, Counter[str]] = {}

    def add(self, note: Note) -> None:
        self.notes += 1
        for link in note.links:
            if link.markdown:
                self.markdown_links += 1
            else:
                self.wikilinks += 1
        self.with_properties += bool(note.properties)
        for name, value in note.properties.items():
            self.uses[name] += 1
            self.kinds.setdefault(name, Counter())[kind_of(value)] += 1
            self.terms.setdefault(name, Counter()).update(set(_terms(value)))
        for citation in note.citations:
            for kind in citation.kinds[:1]:
                text = citation.links[0].text if citation.links else None
                self.forms.setdefault(kind.name, Counter())[template_of(text)] += 1


def survey(notes: Iterable[Note]) -> Survey:
    """Return the counts over ``notes``."""
    counts = _Counts()
    for note in notes:
        counts.add(note)
    used = sorted(counts.uses.items(), key=lambda item: (-item[1], item[0]))
    return Survey(
        notes=counts.notes,
        with_properties=counts.with_properties,
        wikilinks=counts.wikilinks,
        markdown_links=counts.markdown_links,
        properties=tuple(
            PropertyUse(name, number, tuple(kind for kind, _ in counts.kinds[name].most_common()))
            for name, number in used
        ),
        vocabularies=tuple(
            LikelyVocabulary(name, dict(sorted(counts.terms[name].items())), number)
            for name, number in used
            if _is_closed(name, number, counts.kinds[name], counts.terms[name])
        ),
        citations=tuple(
            CitationUse(kind, forms.total(), forms.most_common(1)[0][0])
            for kind, forms in sorted(counts.forms.items())
            if forms.total() >= LEAST_NOTES
        ),
    )


def kind_of(value: Any) -> str:
    """Return the kind of a property's value, in Obsidian's words as far as it has one."""
    if value is None or value in ("", []):
        return "empty"
    if isinstance(value, bool):
        return "checkbox"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, dict):
        return "map"
    if isinstance(value, list):
        return "list"
    return next((kind for kind in _KINDS_OF_TEXT if matches_type(value, kind)), "text")


def template_of(text: str | None) -> str:
    """Return the citation template that fits ``text``, the most telling of three."""
    match = _YEAR_AT_END.search((text or "")[-200:])
    if match is None:
        return "{title}"
    return "{title} ({author} {year})" if match["author"].strip() else "{title} ({year})"


def _terms(value: Any) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return (item.strip() for item in values if isinstance(item, str) and item.strip())


def _is_closed(name: str, notes: int, kinds: Counter[str], terms: Counter[str]) -> bool:
    if name.lower() in _NO_VOCABULARY or notes < LEAST_NOTES:
        return False
    if not set(kinds) <= {"text", "list", "empty"}:
        return False
    per_term = USES_OF_FEW if len(terms) <= FEW_TERMS else USES_OF_MANY
    if not 2 <= len(terms) <= MANY_TERMS or terms.total() < per_term * len(terms):
        return False
    return all(len(term) <= LONGEST_TERM and _is_plain(term) for term in terms)


def _is_plain(term: str) -> bool:
    """Return whether ``term`` is a word or two: no link, no URL, nothing unprintable."""
    return term.isprintable() and not any(mark in term for mark in ("[[", "](", "://"))
