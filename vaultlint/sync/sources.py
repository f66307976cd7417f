"""The bibliography of a vault: its citations read by the vault's own conventions, once per source.

Invariant: a function of the citations and the conventions, whatever order the citations come in;
what is one source is decided as the checks of citations decide it.

Tests: tests/unit/sync/test_sources.py, tests/properties/test_published.py
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vaultlint.config.ruleset import Config
from vaultlint.note.identifiers import arxiv_year
from vaultlint.note.model import CitedLink, NoteId
from vaultlint.sync.cite_keys import cite_keys
from vaultlint.terms import CitationTemplate
from vaultlint.terms.stated import bare_text, stated
from vaultlint.text import Span
from vaultlint.vault.same_source import by_source

_NOWHERE = Span(0, 0)


class Cited(NamedTuple):
    """One citation as its note states it; ``number`` counts those of its note, ``line`` from 1."""

    file: NoteId
    number: int
    kinds: tuple[str, ...]
    text: str | None
    url: str
    identifier: tuple[str, str] | None
    line: int


class Statement(NamedTuple):
    """What a citation states of its source; None where it does not say."""

    title: str | None
    author: str | None
    year: int | None


class Source(NamedTuple):
    """One source: ``key`` names it in a bibliography, ``kind`` is what the vault calls it.

    ``cited`` are its citations in order of note and line, ``statements`` what each of them states.
    """

    key: str
    kind: str
    title: str | None
    author: str | None
    year: int | None
    doi: str | None
    arxiv: str | None
    isbn: str | None
    url: str
    cited: tuple[Cited, ...]
    statements: tuple[Statement, ...]


class Conventions:
    """How a vault cites: the kinds of its sources, and how the text of each kind is to be read."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._known: dict[int, tuple[dict[str, str], Mapping[str, CitationTemplate]]] = {}

    def read(self, cited: Cited) -> tuple[str, Statement] | None:
        """Return the kind of ``cited`` and what it states; None for a line that cites nothing.

        Where the vault names its kinds, these cite. Elsewhere a line cites whose link has an
        identifier, or names author and year.
        """
        kinds, formats = self._of(cited.file)
        kind = next((kinds[name] for name in _names(cited.kinds) if name in kinds), None)
        if kind is None and kinds:
            return None
        statement = _statement(cited.text, formats.get(kind) if kind is not None else None)
        if kind is None and cited.identifier is None and not (statement.author and statement.year):
            return None
        return kind or cited.kinds[0], statement

    def described(self, files: Iterable[NoteId]) -> str:
        """Return a text that differs when ``files`` are read by other conventions."""
        return repr([(file, *map(repr, self._described(file))) for file in files])

    def _described(self, file: NoteId) -> tuple[list[str], list[tuple[str, str]]]:
        kinds, formats = self._of(file)
        return sorted(kinds.values()), sorted((kind, each.source) for kind, each in formats.items())

    def _of(self, file: NoteId) -> tuple[dict[str, str], Mapping[str, CitationTemplate]]:
        """Return the kinds by folded name, and the formats, that apply to ``file``."""
        rules = self._config.rules_for(file)
        known = self._known.get(id(rules))
        if known is None:
            formats: Mapping[str, CitationTemplate] = {}
            kinds: dict[str, str] = {}
            for rule in rules:
                if rule.check.id == "citation-format":
                    formats = rule.options.formats
                    kinds.update((kind.casefold(), kind) for kind in formats)
                elif rule.check.id == "citation-kind":
                    kinds.update((kind.casefold(), kind) for kind in rule.options.kinds)
            known = self._known[id(rules)] = (kinds, formats)
        return known


def _names(kinds: Iterable[str]) -> Iterator[str]:
    """Yield under what each tag may be known as a kind: itself, and what it is nested in."""
    for kind in kinds:
        folded = kind.casefold()
        yield folded
        yield folded.partition("/")[0]


def _statement(text: str | None, template: CitationTemplate | None) -> Statement:
    if not text or not (bare := bare_text(text)):
        return Statement(None, None, None)
    if template is not None and "author" in template.fields:
        parsed = template.parse(bare)
        if parsed is not None:
            return Statement(*parsed)
    found = stated(text)
    return Statement(found.title or None, found.author, found.year)


def sources(citations: Iterable[Cited], conventions: Conventions) -> list[Source]:
    """Return every source that ``citations`` cite, in order of its key."""
    read = [(cited, found) for cited in sorted(citations) if (found := conventions.read(cited))]
    groups = by_source([_link(cited) for cited, _ in read])
    unnamed = [_source([read[number] for number in group]) for group in groups]
    keys = cite_keys(unnamed)
    named = (source._replace(key=key) for source, key in zip(unnamed, keys, strict=True))
    return sorted(named, key=lambda source: source.key)


def _link(cited: Cited) -> CitedLink:
    return CitedLink(cited.text, None, cited.url, _NOWHERE, _NOWHERE, cited.identifier)


def _source(group: Sequence[tuple[Cited, tuple[str, Statement]]]) -> Source:
    cited = tuple(each for each, _ in group)
    statements = tuple(statement for _, (_, statement) in group)
    author, year = _signed(statements)
    titles = [each.title for each in statements if each.title]
    best = [each.title for each in statements if each.title and each.author == author]
    ids: dict[str, str] = {}
    for each in cited:
        if each.identifier is not None:
            ids.setdefault(*each.identifier)
    arxiv, doi = ids.get("arxiv"), ids.get("doi")
    return Source(
        key="",
        kind=_most_common([kind for _, (kind, _) in group]) or "",
        title=_most_common(best or titles),
        author=author,
        year=arxiv_year(arxiv) if year is None and arxiv is not None else year,
        doi=doi,
        arxiv=arxiv,
        isbn=ids.get("isbn"),
        url=_address(cited, doi, arxiv),
        cited=cited,
        statements=statements,
    )


def _signed(statements: Iterable[Statement]) -> tuple[str | None, int | None]:
    """Return the author and year that most statements agree on, both from one where one has both."""
    both = [(each.author, each.year) for each in statements if each.author and each.year]
    if both:
        return Counter(both).most_common(1)[0][0]
    authors = [each.author for each in statements if each.author]
    years = [each.year for each in statements if each.year]
    return _most_common(authors), Counter(years).most_common(1)[0][0] if years else None


def _most_common(texts: Sequence[str]) -> str | None:
    return Counter(texts).most_common(1)[0][0] if texts else None


def _address(cited: Sequence[Cited], doi: str | None, arxiv: str | None) -> str:
    if doi is not None:
        return f"https://doi.org/{doi}"
    return cited[0].url.strip() if arxiv is None else f"https://arxiv.org/abs/{arxiv}"
