"""The sources that the notes of a vault cite: each once, however often and in whatever way.

Invariant: what is one source is decided as the checks of citations decide it. Only citations whose
first link leads out of the vault count, as there.

Tests: tests/unit/view/test_reading_list.py
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from vaultlint.note.identifiers import arxiv_year
from vaultlint.note.model import CitedLink, Note, NoteId
from vaultlint.terms.stated import Stated, stated
from vaultlint.vault.same_source import by_source

_KINDS = {"arxiv": "arXiv", "doi": "DOI", "isbn": "ISBN"}


class Place(NamedTuple):
    """Where a source is cited; ``offset`` (code points) is that of the link."""

    note: NoteId
    offset: int


class CitedSource(NamedTuple):
    """One source as its first citation states it, filled up from the others.

    ``kind`` is "arXiv", "DOI", "ISBN" or the host of the address. ``tags`` are the kinds that the
    citations give it (PAPER, BOOK), as written, in order of appearance.
    """

    title: str
    author: str | None
    year: int | None
    kind: str
    url: str
    identifier: tuple[str, str] | None
    tags: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def notes(self) -> tuple[NoteId, ...]:
        """Return the notes that cite it, each once."""
        return tuple(dict.fromkeys(place.note for place in self.places))


class _Citation(NamedTuple):
    link: CitedLink
    tags: tuple[str, ...]
    place: Place
    stated: Stated


def reading_list(notes: Iterable[Note]) -> tuple[CitedSource, ...]:
    """Return every source that ``notes`` cite, sorted by title. Linear in the citations."""
    found = list(_citations(notes))
    groups = [
        [found[number] for number in group]
        for group in by_source([citation.link for citation in found])
    ]
    return tuple(
        sorted(map(_source, groups), key=lambda source: (source.title.casefold(), source.url))
    )


def _citations(notes: Iterable[Note]) -> Iterator[_Citation]:
    for note in notes:
        for citation in note.citations:
            link = citation.links[0] if citation.links else None
            if link is not None and "://" in link.url:
                tags = tuple(tag.name for tag in citation.kinds)
                yield _Citation(
                    link, tags, Place(note.id, link.span.start), stated(link.text or "")
                )


def _source(group: list[_Citation]) -> CitedSource:
    link = group[0].link
    identifier = link.identifier
    stated_by = [citation.stated for citation in group]
    year = next((each.year for each in stated_by if each.year), None)
    if year is None and identifier is not None and identifier[0] == "arxiv":
        year = arxiv_year(identifier[1])
    return CitedSource(
        title=next((each.title for each in stated_by if each.title), link.url),
        author=next((each.author for each in stated_by if each.author), None),
        year=year,
        kind=_KINDS[identifier[0]] if identifier is not None else _host(link.url),
        url=link.url,
        identifier=identifier,
        tags=tuple(dict.fromkeys(tag for citation in group for tag in citation.tags)),
        places=tuple(citation.place for citation in group),
    )


def _host(url: str) -> str:
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        host = None
    return (host or "elsewhere").removeprefix("www.")
