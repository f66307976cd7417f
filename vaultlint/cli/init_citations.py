"""How a vault cites: kinds, the form of each kind, and the forms of URLs.

Invariant: counts only what notes say. What few lines do otherwise is a slip, and no habit.

Tests: tests/unit/cli/test_init_citations.py
"""

import re
from collections import Counter
from typing import NamedTuple

from vaultlint.note.identifiers import arxiv_url
from vaultlint.note.model import Citation, CitedLink, Note
from vaultlint.terms import nearest

LEAST_CITATIONS = 8
"""Fewer show no habit."""
HABIT = 0.9
"""What so large a share does is the habit."""
MOST_HTTP = 0.02
"""Where http is a larger share of URLs, nobody minds it."""
MOST_KINDS = 40
SLIP = 10
"""A kind that stands for a near one this many times less often is a slip."""
_YEAR_AT_END = re.compile(r"\((?P<author>[^()]*?)[\s,]*(?P<year>(?:1[89]|20)\d\d)\)\s*\Z")


class CitationUse(NamedTuple):
    """A kind of citation: how many there are, and the template that most of them fit."""

    kind: str
    number: int
    template: str


class UrlUse(NamedTuple):
    """The forms of URLs in use, as options of citation-url say them."""

    arxiv_form: str
    arxiv_version: str
    https: bool


class CitationHabits(NamedTuple):
    """What was counted: ``kinds`` are all that are no slip; ``urls`` is None without a habit."""

    uses: tuple[CitationUse, ...] = ()
    kinds: tuple[str, ...] = ()
    urls: UrlUse | None = None


class CitationCounts:
    """Counts the citations of one note after another."""

    def __init__(self) -> None:
        self._forms: dict[str, Counter[str]] = {}
        self._kinds: Counter[str] = Counter()
        self._arxiv: Counter[str] = Counter()
        self._versions = self._urls = self._http = self._identified = 0

    def add(self, note: Note) -> None:
        """Count the citations of ``note``."""
        for citation in note.citations:
            text = citation.links[0].text if citation.links else None
            kind = citation.kinds[0].name
            self._forms.setdefault(kind, Counter())[template_of(text)] += 1
            if _is_cited(note, citation):
                self._kinds.update(tag.name.partition("/")[0] for tag in citation.kinds)
            for link in citation.links:
                self._add_url(link)

    def _add_url(self, link: CitedLink) -> None:
        if "://" not in link.url:
            return
        self._urls += 1
        self._http += link.url.lower().startswith("http://")
        self._identified += link.identifier is not None
        if (found := arxiv_url(link.url)) is not None:
            self._arxiv[found.form] += 1
            self._versions += bool(found.version)

    def habits(self) -> CitationHabits:
        """Return what was counted so far."""
        uses = tuple(
            CitationUse(kind, forms.total(), forms.most_common(1)[0][0])
            for kind, forms in sorted(self._forms.items())
            if forms.total() >= LEAST_CITATIONS and kind not in self._slips()
        )
        kinds = tuple(sorted(set(self._kinds) - self._slips()))
        return CitationHabits(uses, kinds if len(kinds) <= MOST_KINDS else (), self._url_use())

    def _slips(self) -> frozenset[str]:
        return frozenset(
            kind
            for kind, number in self._kinds.items()
            if nearest(kind, [name for name in self._kinds if self._kinds[name] >= SLIP * number])
        )

    def _url_use(self) -> UrlUse | None:
        if self._identified < LEAST_CITATIONS:
            return None
        papers = self._arxiv.total()
        form, number = (*self._arxiv.most_common(1), ("any", 0))[0]
        known = form in ("abs", "pdf", "html") and number >= HABIT * papers
        versions = "any" if self._versions > (1 - HABIT) * papers else "drop"
        https = self._http <= MOST_HTTP * self._urls
        return UrlUse(form if known else "any", versions, https)


def _is_cited(note: Note, citation: Citation) -> bool:
    """Return whether nothing but marks stands between the kinds and the first link."""
    if not citation.links:
        return False
    between = note.text[citation.kinds[-1].span.end : citation.links[0].span.start]
    return not between.strip(" \t:*_")


def template_of(text: str | None) -> str:
    """Return the citation template that fits ``text``, the most telling of three."""
    match = _YEAR_AT_END.search((text or "")[-200:])
    if match is None:
        return "{title}"
    return "{title} ({author} {year})" if match["author"].strip() else "{title} ({year})"
