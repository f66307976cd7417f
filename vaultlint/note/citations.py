"""Citations: lines and list items that open with tags, and the links on them.

    - #PAPER #REVIEW [A survey of surveys (Doe 2021)](https://arxiv.org/abs/2101.00001) ^survey

Raw facts: which tags are kinds of sources, and how the text of a link is to be read, is for config
to say. Linear in the facts of the note.

Tests: tests/unit/note/test_citations.py
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from vaultlint.note.identifiers import identifier
from vaultlint.note.model import Citation, CitedLink, Link, Tag, Url
from vaultlint.text import Span

# What may stand before the first tag of a line: quote, list and task marks, emphasis.
_OPENING = re.compile(
    r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])|\[[^\n]\](?=[ \t])))*[ \t]*[*_=~]{0,4}"
)
_BETWEEN_TAGS = re.compile(r"[ \t*_=~,;/&+|]*")
_LINE_END = re.compile(r"[\r\n]")
_MAX_PREFIX = 1000


def read_citations(
    text: str, tags: Sequence[Tag], links: Iterable[Link], urls: Iterable[Url]
) -> tuple[Citation, ...]:
    """Return the citations of a note, from the facts of its body in the order of the text."""
    found: list[Citation] = []
    outermost: list[Link | Url] | None = None
    starts: list[int] = []
    line_end = 0
    for number, tag in enumerate(tags):
        start = tag.span.start
        if tag.key or start < line_end:
            continue
        line_end = _line_end(text, start)
        low = max(start - _MAX_PREFIX, 0)
        line = max(text.rfind("\n", low, start), text.rfind("\r", low, start)) + 1
        if (line == 0 and low) or not _OPENING.fullmatch(text, line, start):
            continue
        if outermost is None:
            outermost = _outermost(links, urls)
            starts = [link.span.start for link in outermost]
        kinds = _kinds(text, tags, number, line_end)
        end = start + len(text[start:line_end].rstrip())
        first, last = bisect_left(starts, kinds[-1].span.end), bisect_left(starts, line_end)
        cited = tuple(map(_cited, outermost[first:last]))
        found.append(Citation(kinds, cited, Span(start, end)))
    return tuple(found)


def _line_end(text: str, start: int) -> int:
    match = _LINE_END.search(text, start)
    return match.start() if match else len(text)


def _kinds(text: str, tags: Sequence[Tag], number: int, line_end: int) -> tuple[Tag, ...]:
    """Return the tag ``number`` and those after it that only white space and marks separate."""
    kinds = [tags[number]]
    for at in range(number + 1, len(tags)):
        tag = tags[at]
        between = (kinds[-1].span.end, tag.span.start)
        if tag.span.start >= line_end or not _BETWEEN_TAGS.fullmatch(text, *between):
            break
        kinds.append(tag)
    return tuple(kinds)


def _outermost(links: Iterable[Link], urls: Iterable[Url]) -> list[Link | Url]:
    """Return all links of the body in the order of the text; one inside of another is left out."""
    every: list[Link | Url] = [link for link in links if link.kind != "property" and not link.embed]
    every += [url for url in urls if url.kind != "image"]
    every.sort(key=lambda link: (link.span.start, -link.span.end))
    outermost: list[Link | Url] = []
    end = 0
    for link in every:
        if link.span.start >= end:
            outermost.append(link)
            end = link.span.end
    return outermost


def _cited(link: Link | Url) -> CitedLink:
    if isinstance(link, Url):
        found = identifier(link.url)
        return CitedLink(link.text, link.text_span, link.url, link.url_span, link.span, found)
    end = (link.anchor_span or link.target_span).end
    span = Span(min(link.target_span.start, end), end)
    return CitedLink(link.alias, link.alias_span, link.raw, span, link.span, None)
