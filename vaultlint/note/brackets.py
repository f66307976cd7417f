"""Inline syntax with brackets: wikilinks, Markdown links and images, references, footnotes.

Order: a wikilink first, then ``[text](destination)``, ``[^footnote]``, ``[text][label]``.

Invariant: as in spans.py; matching brackets are found in one pass for each stretch.
Source: metadata dumps for wikilinks; remark-parse 8 as run for the others.

Tests: tests/unit/note/test_inline.py
"""

import re
from typing import Literal

from vaultlint.note.facts import Reference
from vaultlint.note.links import (
    WIKILINK,
    destination,
    is_internal,
    split_destination,
    unescaped,
    wikilink,
)
from vaultlint.note.model import Footnote, Link, NearLink, Url
from vaultlint.note.stretch import IN_LINK, MAX_MARKS, Stretch

_BRACKETS = re.compile(r"[\[\]\\](?:(?<=\\).)?", re.DOTALL)
_BRACKETED = re.compile(r"(?:[^\[\\]++|\\.)*+\[", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([^\]\n\t ]{1,999}+)\]")
_LABEL = re.compile(r"\[((?:[^\[\]\\]++|\\.)*+)\]", re.DOTALL)
_SPACED = re.compile(r"[ \t]*+[^ \t\n]++[ \t]++[^\s\"'(][^\n]*+\Z")
_URL_START = re.compile(r"[ \t]*+https?://[^\s<>]++", re.IGNORECASE)
_MAX_PATH = 1000


def read_bracket(stretch: Stretch, at: int) -> int:
    """Read a wikilink, Markdown link, footnote reference or reference link."""
    text = stretch.text
    embed = at > stretch.fresh and text[at - 1] == "!"
    double = stretch.link != IN_LINK and text.startswith("[[", at)
    if double and not text.startswith("[", at + 2):
        stop = _wikilink(stretch, at, embed)
        if stop is not None:
            return stop
    close = _matching(stretch, at)
    if close is not None and text.startswith("(", close + 1) and close + 1 < stretch.end:
        stop = _markdown_link(stretch, at, close, embed)
        if stop is not None:
            return stop
    footnote = _FOOTNOTE.match(text, at, stretch.end)
    if footnote is not None:
        span = stretch.at(at, footnote.end())
        stretch.facts.footnotes.append(Footnote(footnote[1], span, definition=False))
        return stretch.skip(footnote.end())
    if double:
        stop = _near_wikilink(stretch, at)
        if stop is not None:
            return stop
    if close is not None and not text.startswith("^", at + 1):
        return _reference(stretch, at, close, embed)
    return at + 1


def _wikilink(stretch: Stretch, at: int, embed: bool) -> int | None:
    text = stretch.text
    match = WIKILINK.match(text, at, stretch.end)
    if match is None:
        return None
    parts = wikilink(text, *match.span(1))
    place = stretch.at
    stretch.facts.links.append(
        Link(
            "wiki",
            embed,
            place(at - embed, match.end()),
            parts.target,
            place(*parts.target_place),
            parts.anchor,
            None if parts.anchor_place is None else place(*parts.anchor_place),
            parts.alias,
            None if parts.alias_place is None else place(*parts.alias_place),
            parts.raw,
            markdown=False,
            in_table=stretch.in_table,
        )
    )
    return stretch.skip(match.end())


def _near_wikilink(stretch: Stretch, at: int) -> int | None:
    """Keep what was meant as a wikilink; return where to go on if nothing else may be here.

    Three brackets on each side are documented nowhere, so they are left alone.
    """
    text = stretch.text
    if text.startswith("[", at + 2):
        inner = WIKILINK.match(text, at + 1, stretch.end)
        return inner.end() if inner is not None and text.startswith("]", inner.end()) else None
    if text.startswith("]]", at + 2) and at + 4 <= stretch.end:
        stretch.facts.near_links.append(NearLink("empty-wikilink", stretch.at(at, at + 4)))
    elif at >= stretch.unclosed:
        line_end = stretch.next_offset("\n", at)
        named = at + 2 < stretch.end and not text[at + 2].isspace()
        closed = stretch.next_offset("]]", at) < line_end
        if named and not closed and not _plain_brackets(stretch, at, line_end):
            stretch.unclosed = min(line_end, stretch.end)
            span = stretch.at(at, stretch.unclosed)
            stretch.facts.near_links.append(NearLink("unclosed-wikilink", span))
    return None


def _plain_brackets(stretch: Stretch, at: int, line_end: int) -> bool:
    """Return whether the two brackets at ``at`` were not meant to open a wikilink.

    The outer one closes on its line, or the inner one opens a link, as in ``[[code](url)]``.
    """
    outer, inner = _matching(stretch, at), _matching(stretch, at + 1)
    if outer is not None and outer < line_end:
        return True
    return inner is not None and stretch.text.startswith("](", inner)


def _matching(stretch: Stretch, at: int) -> int | None:
    """Return where the bracket that opens at ``at`` closes within the current stretch."""
    if stretch.brackets is None:
        stretch.brackets = {}
        opened: list[int] = []
        for match in _BRACKETS.finditer(stretch.text, at, stretch.last):
            char = match[0]
            if char == "[":
                opened.append(match.start())
            elif char == "]" and opened:
                stretch.brackets[opened.pop()] = match.start()
    close = stretch.brackets.get(at)
    return None if close is None or close >= stretch.end else close


def _markdown_link(stretch: Stretch, at: int, close: int, embed: bool) -> int | None:
    if stretch.link and not embed:
        return None
    found = destination(stretch.text, close + 2, stretch.end)
    if found is None:
        if not stretch.link:
            _near_markdown_link(stretch, at, close)
        return None
    start, stop, after = found
    if start < stop:
        _keep_markdown_link(stretch, (at, close), (start, stop), after, embed)
    if embed or len(stretch.stack) >= MAX_MARKS:
        return stretch.skip(after)
    return stretch.enter(at + 1, close, after, link=True)


def _keep_markdown_link(
    stretch: Stretch, brackets: tuple[int, int], place: tuple[int, int], after: int, embed: bool
) -> None:
    text = stretch.text
    start, stop = place
    raw = text[start:stop]
    words = stretch.at(brackets[0] + 1, brackets[1])
    span = stretch.at(brackets[0] - embed, after)
    shown = text[brackets[0] + 1 : brackets[1]]
    if not is_internal(unescaped(raw)):
        kind: Literal["image", "inline"] = "image" if embed else "inline"
        stretch.facts.urls.append(Url(kind, span, raw, stretch.at(start, stop), shown, words))
        return
    parts = split_destination(raw, start)
    stretch.facts.links.append(
        Link(
            "inline",
            embed,
            span,
            parts.target,
            stretch.at(*parts.target_place),
            parts.anchor,
            None if parts.anchor_place is None else stretch.at(*parts.anchor_place),
            shown,
            words,
            raw,
            markdown=True,
            in_table=stretch.in_table,
        )
    )


def _near_markdown_link(stretch: Stretch, at: int, close: int) -> None:
    text = stretch.text
    stop = text.find(")", close, min(stretch.end, close + _MAX_PATH))
    if stop != -1 and _SPACED.match(text, close + 2, stop):
        span = stretch.at(at, stop + 1)
        stretch.facts.near_links.append(NearLink("space-in-destination", span))
        return
    url = _URL_START.match(text, close + 2, stretch.end)
    if url is not None:
        opened = url[0].count("(") > url[0].count(")")
        line_end = min(stretch.next_offset("\n", at), url.end() + _MAX_PATH)
        if opened or text.find(")", url.end(), line_end) == -1:
            span = stretch.at(at, url.end())
            stretch.facts.near_links.append(NearLink("unclosed-destination", span))


def _reference(stretch: Stretch, at: int, close: int, embed: bool) -> int:
    text = stretch.text
    label = text[at + 1 : close]
    after = close + 1
    named = _LABEL.match(text, after, stretch.end)
    if named is not None:
        after = named.end()
    if named is not None and named[1]:
        label = named[1]
    elif not label or _BRACKETED.match(label):
        return at + 1
    if stretch.link and not embed:
        return at + 1
    stretch.facts.references.append(
        Reference(
            embed,
            stretch.at(at - embed, after),
            label,
            text[at + 1 : close],
            stretch.at(at + 1, close),
            stretch.in_table,
        )
    )
    if embed or len(stretch.stack) >= MAX_MARKS:
        return stretch.skip(after)
    return stretch.enter(at + 1, close, after, link=True)
