"""What a vault looks like, counted: links, properties, likely vocabularies, citations.

Invariant: counts only what notes say; it neither judges nor writes. One pass, each note once.

Tests: tests/unit/cli/test_init.py
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vaultlint.checks._tags import bad_tags
from vaultlint.cli.init_citations import CitationCounts, CitationHabits
from vaultlint.cli.init_lists import listing_notes
from vaultlint.note.model import Note, NoteId
from vaultlint.note.property_types import matches_type
from vaultlint.terms import nearest

_KINDS_OF_TEXT = ("date", "datetime")
_TEMPLATE = re.compile(r"[^/*?{}\[\]\\]*[-_ ]template\.md", re.IGNORECASE)
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
MOST_USES_OF_SLIP, TIMES_OF_SLIP = 2, 10
"""A slip is used so few times, and the term that was meant so many times as often."""


class PropertyUse(NamedTuple):
    """A property: on how many notes, with values of which kinds (most frequent first)."""

    name: str
    notes: int
    kinds: tuple[str, ...]


class LikelyVocabulary(NamedTuple):
    """A property whose values look like a closed list: each term with its number of notes.

    ``slips`` are values that are probably another term; ``note`` is the note that lists the terms.
    """

    property: str
    terms: Mapping[str, int]
    notes: int
    slips: tuple[str, ...] = ()
    note: NoteId | None = None


class Survey(NamedTuple):
    """What was counted in ``notes`` notes, ``with_properties`` of which have properties.

    ``in_use`` are the values of properties that a note may list; ``no_tags`` is the number of
    notes whose ``tags`` Obsidian does not read as tags, of ``with_tags``; ``templates`` are notes
    that are named so.
    """

    notes: int
    with_properties: int
    wikilinks: int
    markdown_links: int
    properties: tuple[PropertyUse, ...]
    vocabularies: tuple[LikelyVocabulary, ...]
    citations: CitationHabits
    in_use: Mapping[str, Counter[str]] = {}
    no_tags: int = 0
    with_tags: int = 0
    templates: tuple[NoteId, ...] = ()


class _Counts:
    def __init__(self) -> None:
        self.notes = self.with_properties = self.wikilinks = self.markdown_links = 0
        self.no_tags = self.with_tags = 0
        self.templates: list[NoteId] = []
        self.uses: Counter[str] = Counter()
        self.kinds: dict[str, Counter[str]] = {}
        self.terms: dict[str, Counter[str]] = {}
        self.citations = CitationCounts()

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
            if name.lower() == "tags" and value:
                self.with_tags += 1
                self.no_tags += any(True for _ in bad_tags(note))
        self.citations.add(note)
        if _TEMPLATE.fullmatch(note.id.rpartition("/")[2]):
            self.templates.append(note.id)


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
            _likely(name, counts.terms[name], number)
            for name, number in used
            if _is_closed(name, number, counts.kinds[name], counts.terms[name])
        ),
        citations=counts.citations.habits(),
        in_use={
            name: counts.terms[name]
            for name, number in used
            if _may_be_listed(name, number, counts.kinds[name])
        },
        no_tags=counts.no_tags,
        with_tags=counts.with_tags,
        templates=_templates(counts.templates),
    )


def _templates(named_so: list[NoteId]) -> tuple[NoteId, ...]:
    """Return those that lie beside another one: "grid-template.md" alone may be about grids."""
    folders = Counter(name.rpartition("/")[0] for name in named_so)
    return tuple(name for name in named_so if folders[name.rpartition("/")[0]] > 1)


def with_lists(found: Survey, texts: Iterable[tuple[NoteId, str]]) -> Survey:
    """Return ``found`` with the vocabularies that notes list, from ``texts`` of all notes."""
    listed = listing_notes(found.in_use, texts)
    numbers = {use.name: use.notes for use in found.properties}
    inline = tuple(each for each in found.vocabularies if each.property not in listed)
    from_notes = tuple(
        LikelyVocabulary(name, found.in_use[name], numbers[name], note=file)
        for name, file in listed.items()
    )
    return found._replace(vocabularies=(*from_notes, *inline))


def _likely(name: str, terms: Counter[str], notes: int) -> LikelyVocabulary:
    slips = {
        term for term, uses in terms.items() if uses <= MOST_USES_OF_SLIP and _slip(term, terms)
    }
    kept = {term: terms[term] for term in sorted(terms) if term not in slips}
    return LikelyVocabulary(name, kept, notes, tuple(sorted(slips)))


def _slip(term: str, terms: Counter[str]) -> bool:
    others = (name for name, uses in terms.items() if uses >= TIMES_OF_SLIP * terms[term])
    return nearest(term, others) is not None


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


def _terms(value: Any) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return (item.strip() for item in values if isinstance(item, str) and item.strip())


def _may_be_listed(name: str, notes: int, kinds: Counter[str]) -> bool:
    if name.lower() in _NO_VOCABULARY or notes < LEAST_NOTES:
        return False
    return set(kinds) <= {"text", "list", "empty"}


def _is_closed(name: str, notes: int, kinds: Counter[str], terms: Counter[str]) -> bool:
    if not _may_be_listed(name, notes, kinds):
        return False
    per_term = USES_OF_FEW if len(terms) <= FEW_TERMS else USES_OF_MANY
    if not 2 <= len(terms) <= MANY_TERMS or terms.total() < per_term * len(terms):
        return False
    return all(len(term) <= LONGEST_TERM and _is_plain(term) for term in terms)


def _is_plain(term: str) -> bool:
    """Return whether ``term`` is a word or two: no link, no URL, nothing unprintable."""
    return term.isprintable() and not any(mark in term for mark in ("[[", "](", "://"))
