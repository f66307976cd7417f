"""Inline syntax without brackets: escapes, code, emphasis, comments, math, tags, URLs, HTML.

Each function is called with the offset of a character that may open its syntax; it eats what
belongs to it, keeps the facts, and returns the offset to go on at.

Invariant: what is eaten ends within the stretch; a function that eats nothing returns ``at + 1``.
Source: remark-parse 8 and remark-math 3 as run; tags as read back from Obsidian 1.13.7.

Tests: tests/unit/note/test_inline.py
"""

import re

from vaultlint.note.leaves import TAG
from vaultlint.note.model import Region, Tag, Url
from vaultlint.note.obsidian import JS_SPACE, SPACES
from vaultlint.note.stretch import IN_ANCHOR, MAX_MARKS, PLAIN, Stretch
from vaultlint.text import Span

_ESCAPABLE = frozenset("\\`*{}[]()#+-.!_>~|\n\"$%&',/:;<=?@^")
_TAG = re.compile(
    rf"#([^{JS_SPACE}\u2000-\u206F\u2E00-\u2E7F'!\"#$%&()*+,.:;<=>?@^`{{|}}~\[\]\\]+)"
)
_DIGITS = re.compile(r"[0-9]+")
_AUTOLINK = re.compile(rf"<((?:[^{SPACES}<>@:]|:(?!/))++(?:://[^{SPACES}<>]*+|@[^{SPACES}<>]++))>")
_HTML_TAG = re.compile(TAG)
_ANCHOR_OPENS = re.compile(r"<a\s", re.IGNORECASE)
_ANCHOR_CLOSES = re.compile(r"</a\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"<![A-Za-z]+\s")

_new = tuple.__new__


def read_escape(stretch: Stretch, at: int) -> int:
    """Read a backslash and the punctuation that it takes the meaning from."""
    if at + 1 < stretch.end and stretch.text[at + 1] in _ESCAPABLE:
        return stretch.skip(at + 2)
    return at + 1


def read_code(stretch: Stretch, at: int) -> int:
    """Read a code span."""
    text = stretch.text
    stop = text.find("`", at + 1, stretch.end) + 1
    if stop <= at + 2 or text.startswith("`", stop):
        long = stretch.marks.code(at, stretch.end)
        if long is None:
            return at + 1
        stop = long
    # Most inline syntax is code; a named tuple's own constructor takes longer.
    span = _new(Span, (at, stop)) if stretch.at is Span else stretch.at(at, stop)
    stretch.facts.regions.append(_new(Region, ("code", span, True)))
    stretch.fresh = stop
    return stop


def read_emphasis(stretch: Stretch, at: int) -> int:
    """Read ``*``, ``_`` and their doubles, if they close."""
    mark = stretch.text[at]
    if len(stretch.stack) >= MAX_MARKS:
        return at + 1
    if stretch.text.startswith(mark, at + 1) and at + 1 < stretch.end:
        stop = stretch.marks.strong(at, mark, stretch.end)
        if stop is not None:
            return stretch.enter(at + 2, stop, stop + 2)
    stop = stretch.marks.emphasis(at, mark, stretch.end)
    return at + 1 if stop is None else stretch.enter(at + 1, stop, stop + 1)


def read_delete(stretch: Stretch, at: int) -> int:
    """Read ``~~struck~~``."""
    if not _doubled(stretch, "~", at):
        return at + 1
    stop = stretch.marks.delete(at, stretch.end)
    return at + 1 if stop is None else stretch.enter(at + 2, stop, stop + 2)


def read_highlight(stretch: Stretch, at: int) -> int:
    """Read ``==highlight==``."""
    stop = stretch.marks.highlight(at, stretch.end) if _doubled(stretch, "=", at) else None
    if stop is None:
        return at + 1
    stretch.facts.regions.append(Region("highlight", stretch.at(at, stop + 2)))
    return stretch.enter(at + 2, stop, stop + 2)


def read_comment(stretch: Stretch, at: int) -> int:
    """Read ``%%comment%%``, in which links and tags count."""
    stop = stretch.marks.comment(at, stretch.end) if _doubled(stretch, "%", at) else None
    if stop is None:
        return at + 1
    stretch.facts.regions.append(Region("comment", stretch.at(at, stop + 2)))
    return stretch.enter(at + 2, stop, stop + 2)


def _doubled(stretch: Stretch, char: str, at: int) -> bool:
    return at + 1 < stretch.end and stretch.text[at + 1] == char and len(stretch.stack) < MAX_MARKS


def read_math(stretch: Stretch, at: int) -> int:
    """Read ``$math$`` or ``$$math$$``."""
    stop = stretch.marks.math(at, stretch.end)
    if stop is None:
        return at + 1
    stretch.facts.regions.append(Region("math", stretch.at(at, stop)))
    return stretch.skip(stop)


def read_tag(stretch: Stretch, at: int) -> int:
    """Read a tag, if one may begin here. Source: help vault, Tags; values read back."""
    text = stretch.text
    if at != stretch.fresh and text[at - 1] not in SPACES:
        return at + 1
    match = _TAG.match(text, at, stretch.end)
    if match is None or _DIGITS.fullmatch(match[1]):
        return at + 1
    stretch.facts.tags.append(Tag(match[1], stretch.at(at, match.end())))
    return stretch.skip(match.end())


def read_colon(stretch: Stretch, at: int) -> int:
    """Read the bare URL whose ``://`` this may be."""
    text = stretch.text
    if not text.startswith("://", at) or stretch.link:
        return at + 1
    start = at - 4 if text[at - 4 : at].lower() == "http" else at - 5
    if start < stretch.fresh or text[start:at].lower() not in ("http", "https"):
        return at + 1
    return _bare_url(stretch, start, at + 3) or at + 1


def read_www(stretch: Stretch, at: int) -> int:
    """Read the bare URL that may begin with ``www.`` here."""
    if stretch.link or not stretch.text.startswith("www.", at) or at + 4 >= stretch.end:
        return at + 1
    return _bare_url(stretch, at, at + 4) or at + 1


def _bare_url(stretch: Stretch, start: int, domain: int) -> int | None:
    stop = stretch.urls.end(start, domain, stretch.end)
    if stop is None:
        return None
    span = stretch.at(start, stop)
    stretch.facts.urls.append(Url("bare", span, stretch.text[start:stop], span, None, None))
    return stretch.skip(stop)


def read_angle(stretch: Stretch, at: int) -> int:
    """Read an autolink or an HTML tag, comment or other HTML of one line."""
    text = stretch.text
    if stretch.next_offset(">", at) >= stretch.end:
        return at + 1
    match = _AUTOLINK.match(text, at, stretch.end) if not stretch.link else None
    if match is not None:
        place = stretch.at(*match.span(1))
        stretch.facts.urls.append(
            Url("autolink", stretch.at(at, match.end()), match[1], place, None, None)
        )
        return stretch.skip(match.end())
    match = _HTML_TAG.match(text, at, stretch.end)
    if match is not None:
        if not stretch.link and _ANCHOR_OPENS.match(match[0]):
            stretch.link = IN_ANCHOR
        elif stretch.link == IN_ANCHOR and _ANCHOR_CLOSES.match(match[0]):
            stretch.link = PLAIN
        return stretch.skip(match.end())
    return _other_html(stretch, at)


def _other_html(stretch: Stretch, at: int) -> int:
    """Read a comment, processing instruction, declaration or CDATA section."""
    text = stretch.text
    if text.startswith("<!--", at):
        return _html_comment(stretch, at)
    for opening, closing in (("<?", "?>"), ("<![CDATA[", "]]>")):
        if text.startswith(opening, at):
            stop = stretch.next_offset(closing, at + len(opening)) + len(closing)
            return stretch.skip(stop) if stop <= stretch.end else at + 1
    if _DECLARATION.match(text, at, stretch.end):
        return stretch.skip(stretch.next_offset(">", at) + 1)
    return at + 1


def _html_comment(stretch: Stretch, at: int) -> int:
    """Read ``<!-- -->``, which may not hold ``--``."""
    stop = stretch.next_offset("--", at + 4) + 3
    if stretch.text.startswith("<!-->", at) or stretch.text.startswith("<!--->", at):
        return at + 1
    if stop > stretch.end or stretch.text[stop - 1] != ">":
        return at + 1
    stretch.facts.regions.append(Region("html-comment", stretch.at(at, stop)))
    return stretch.skip(stop)
