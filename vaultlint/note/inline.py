"""Inline syntax of one paragraph, heading, cell or comment: links, tags, code, math, marks.

The reader jumps from one significant character to the next. ``_fresh`` is the offset after the
last syntax that was eaten: a tag may begin there, after white space, and nowhere else. Emphasis,
link texts and comments are stretches with an end of their own, kept on a stack.

Invariant: linear for a fixed nesting of marks (``MAX_MARKS``); never raises.
Source: remark-parse 8 as run; tag boundaries as read back from Obsidian 1.13.7; wikilinks from
metadata dumps.

Tests: tests/unit/note/test_inline.py
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from vaultlint.note.facts import Facts, Reference
from vaultlint.note.frame import Frame
from vaultlint.note.leaves import TAG
from vaultlint.note.links import (
    WIKILINK,
    bare_url_end,
    decoded_destination,
    destination,
    is_internal,
    unescaped,
    wikilink,
)
from vaultlint.note.marks import Marks
from vaultlint.note.model import Footnote, Link, NearLink, Region, Tag, Url
from vaultlint.note.obsidian import SPACES
from vaultlint.text import Span

MAX_MARKS = 24

_ESCAPABLE = frozenset("\\`*{}[]()#+-.!_>~|\n\"$%&',/:;<=?@^")
_TAG = re.compile(r"#([^\s\ufeff\u2000-\u206F\u2E00-\u2E7F'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+)")
_DIGITS = re.compile(r"[0-9]+")
_BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([^\]\n\t ]{1,999}+)\]")
_LABEL = re.compile(r"\[((?:[^\[\]\\]++|\\.)*+)\]", re.DOTALL)
_AUTOLINK = re.compile(rf"<((?:[^{SPACES}<>@:]|:(?!/))++(?:://[^{SPACES}<>]*+|@[^{SPACES}<>]++))>")
_HTML_TAG = re.compile(TAG)
_ANCHOR_OPENS = re.compile(r"<a\s", re.IGNORECASE)
_ANCHOR_CLOSES = re.compile(r"</a\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"<![A-Za-z]+\s")
_BRACKETED = re.compile(r"(?:[^\[\\]++|\\.)*+\[", re.DOTALL)
_MAX_PATH = 1000
_SPACED = re.compile(r"[ \t]*+[^ \t\n]++[ \t]++[^\s\"'(][^\n]*+\Z")
_PLAIN, _IN_ANCHOR, _IN_LINK = 0, 1, 2


@lru_cache(maxsize=64)
def _special(
    dollar: bool, percent: bool, equals: bool, tilde: bool, url: bool, www: bool
) -> re.Pattern[str]:
    extra = "$" * dollar + "%" * percent + "=" * equals + "~" * tilde + ":" * url + "w" * www
    return re.compile(rf"[\\`*_\[<#{extra}]")


class InlineReader:
    """Reads inline text of the frames of one note into ``facts``."""

    def __init__(self, facts: Facts, text: str) -> None:
        self.facts = facts
        self._search = _special(
            "$" in text, "%%" in text, "==" in text, "~~" in text, "://" in text, "www." in text
        ).search
        self._frame: Frame | None = None
        self._at: Callable[[int, int], Span] = Span
        self._known: dict[int, tuple[Marks, dict[str, int]]] = {}
        self._marks = Marks("")
        self._text = ""
        self._end = 0
        self._fresh = 0
        self._link = _PLAIN
        self._in_table = False
        self._stack: list[tuple[int, int, int | None]] = []
        self._range = (0, 0)
        self._brackets: dict[int, int] | None = None
        self._unclosed = 0
        self._ahead: dict[str, int] = {}

    def read(self, frame: Frame, start: int, end: int, *, in_table: bool = False) -> None:
        """Read ``frame.text[start:end]``, one stretch of inline text."""
        search = self._search
        match = search(frame.text, start, end)
        if match is None:
            return
        if frame is not self._frame:
            self._change_frame(frame)
        self._end = end
        self._fresh = start
        self._range = (start, end)
        self._brackets = None
        self._unclosed = start
        self._in_table = in_table
        self._link = _PLAIN
        text = frame.text
        while True:
            if match is not None:
                at = match.start()
                at = _READERS[text[at]](self, at)
            elif self._stack:
                self._end, at, link = self._stack.pop()
                self._link = self._link if link is None else link
                self._fresh = at
            else:
                return
            match = search(text, at, self._end)

    def _change_frame(self, frame: Frame) -> None:
        """Go on in ``frame``, with what was found out about it when it was read before."""
        self._frame = frame
        self._text = frame.text
        self._at = frame.at
        known = self._known.get(id(frame))
        if known is None:
            known = self._known[id(frame)] = (Marks(frame.text), {})
        self._marks, self._ahead = known

    def _enter(self, start: int, stop: int, resume: int, *, link: bool = False) -> int:
        """Go on at ``start``; at ``stop`` leave for ``resume``. In a link there are no links."""
        self._stack.append((self._end, resume, self._link if link else None))
        if link:
            self._link = _IN_LINK
        self._end = stop
        self._fresh = start
        return start

    def _skip(self, at: int) -> int:
        """Go on at ``at``, where a tag may begin."""
        self._fresh = at
        return at

    def _next(self, mark: str, at: int) -> int:
        """Return where ``mark`` stands next in the whole text, or its length; amortized O(1)."""
        known = self._ahead.get(mark, -1)
        if known < at:
            known = self._text.find(mark, at)
            known = len(self._text) if known == -1 else known
            self._ahead[mark] = known
        return known

    def _escape(self, at: int) -> int:
        if at + 1 < self._end and self._text[at + 1] in _ESCAPABLE:
            return self._skip(at + 2)
        return at + 1

    def _code(self, at: int) -> int:
        stop = self._marks.code(at, self._end)
        if stop is None:
            return at + 1
        self.facts.regions.append(Region("code", self._at(at, stop)))
        return self._skip(stop)

    def _emphasis(self, at: int) -> int:
        mark = self._text[at]
        if len(self._stack) >= MAX_MARKS:
            return at + 1
        if self._text.startswith(mark, at + 1) and at + 1 < self._end:
            stop = self._marks.strong(at, mark, self._end)
            if stop is not None:
                return self._enter(at + 2, stop, stop + 2)
        stop = self._marks.emphasis(at, mark, self._end)
        return at + 1 if stop is None else self._enter(at + 1, stop, stop + 1)

    def _delete(self, at: int) -> int:
        if not self._doubled("~", at):
            return at + 1
        stop = self._marks.delete(at, self._end)
        return at + 1 if stop is None else self._enter(at + 2, stop, stop + 2)

    def _highlight(self, at: int) -> int:
        stop = self._marks.highlight(at, self._end) if self._doubled("=", at) else None
        if stop is None:
            return at + 1
        self.facts.regions.append(Region("highlight", self._at(at, stop + 2)))
        return self._enter(at + 2, stop, stop + 2)

    def _comment(self, at: int) -> int:
        stop = self._marks.comment(at, self._end) if self._doubled("%", at) else None
        if stop is None:
            return at + 1
        self.facts.regions.append(Region("comment", self._at(at, stop + 2)))
        return self._enter(at + 2, stop, stop + 2)

    def _doubled(self, char: str, at: int) -> bool:
        return at + 1 < self._end and self._text[at + 1] == char and len(self._stack) < MAX_MARKS

    def _math(self, at: int) -> int:
        stop = self._marks.math(at, self._end)
        if stop is None:
            return at + 1
        self.facts.regions.append(Region("math", self._at(at, stop)))
        return self._skip(stop)

    def _tag(self, at: int) -> int:
        text = self._text
        if at != self._fresh and text[at - 1] not in SPACES:
            return at + 1
        match = _TAG.match(text, at, self._end)
        if match is None or _DIGITS.fullmatch(match[1]):
            return at + 1
        self.facts.tags.append(Tag(match[1], self._at(at, match.end())))
        return self._skip(match.end())

    def _colon(self, at: int) -> int:
        text = self._text
        if not text.startswith("://", at) or self._link:
            return at + 1
        start = at - 4 if text[at - 4 : at].lower() == "http" else at - 5
        if start < self._fresh or text[start:at].lower() not in ("http", "https"):
            return at + 1
        return self._bare_url(start, at + 3) or at + 1

    def _www(self, at: int) -> int:
        if self._link or not self._text.startswith("www.", at) or at + 4 >= self._end:
            return at + 1
        return self._bare_url(at, at + 4) or at + 1

    def _bare_url(self, start: int, domain: int) -> int | None:
        stop = bare_url_end(self._text, start, domain, self._end)
        if stop is None:
            return None
        span = self._at(start, stop)
        self.facts.urls.append(Url("bare", span, self._text[start:stop], span, None, None))
        return self._skip(stop)

    def _angle(self, at: int) -> int:
        text = self._text
        if self._next(">", at) >= self._end:
            return at + 1
        match = _AUTOLINK.match(text, at, self._end) if not self._link else None
        if match is not None:
            place = self._at(*match.span(1))
            self.facts.urls.append(
                Url("autolink", self._at(at, match.end()), match[1], place, None, None)
            )
            return self._skip(match.end())
        match = _HTML_TAG.match(text, at, self._end)
        if match is not None:
            if not self._link and _ANCHOR_OPENS.match(match[0]):
                self._link = _IN_ANCHOR
            elif self._link == _IN_ANCHOR and _ANCHOR_CLOSES.match(match[0]):
                self._link = _PLAIN
            return self._skip(match.end())
        return self._other_html(at)

    def _other_html(self, at: int) -> int:
        """Read a comment, processing instruction, declaration or CDATA section."""
        text = self._text
        if text.startswith("<!--", at):
            return self._html_comment(at)
        for opening, closing in (("<?", "?>"), ("<![CDATA[", "]]>")):
            if text.startswith(opening, at):
                stop = self._next(closing, at + len(opening)) + len(closing)
                return self._skip(stop) if stop <= self._end else at + 1
        if _DECLARATION.match(text, at, self._end):
            return self._skip(self._next(">", at) + 1)
        return at + 1

    def _html_comment(self, at: int) -> int:
        """Read ``<!-- -->``, which may not hold ``--``."""
        stop = self._next("--", at + 4) + 3
        if self._text.startswith("<!-->", at) or self._text.startswith("<!--->", at):
            return at + 1
        if stop > self._end or self._text[stop - 1] != ">":
            return at + 1
        self.facts.regions.append(Region("html-comment", self._at(at, stop)))
        return self._skip(stop)

    def _bracket(self, at: int) -> int:
        text = self._text
        embed = at > self._fresh and text[at - 1] == "!"
        double = self._link != _IN_LINK and text.startswith("[[", at)
        if double and not text.startswith("[", at + 2):
            stop = self._wikilink(at, embed)
            if stop is not None:
                return stop
        close = self._matching(at)
        if close is not None and text.startswith("(", close + 1) and close + 1 < self._end:
            stop = self._markdown_link(at, close, embed)
            if stop is not None:
                return stop
        footnote = _FOOTNOTE.match(text, at, self._end)
        if footnote is not None:
            span = self._at(at, footnote.end())
            self.facts.footnotes.append(Footnote(footnote[1], span, definition=False))
            return self._skip(footnote.end())
        if double:
            stop = self._near_wikilink(at)
            if stop is not None:
                return stop
        if close is not None and not text.startswith("^", at + 1):
            return self._reference(at, close, embed)
        return at + 1

    def _wikilink(self, at: int, embed: bool) -> int | None:
        text = self._text
        match = WIKILINK.match(text, at, self._end)
        if match is None:
            return None
        parts = wikilink(text, *match.span(1))
        place = self._at
        self.facts.links.append(
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
                in_table=self._in_table,
            )
        )
        return self._skip(match.end())

    def _near_wikilink(self, at: int) -> int | None:
        """Keep what was meant as a wikilink; return where to go on if nothing else may be here.

        Three brackets on each side are documented nowhere, so they are left alone.
        """
        text = self._text
        if text.startswith("[", at + 2):
            inner = WIKILINK.match(text, at + 1, self._end)
            return inner.end() if inner is not None and text.startswith("]", inner.end()) else None
        if text.startswith("]]", at + 2) and at + 4 <= self._end:
            self.facts.near_links.append(NearLink("empty-wikilink", self._at(at, at + 4)))
        elif at >= self._unclosed:
            line_end = self._next("\n", at)
            self._unclosed = min(line_end, self._end)
            if text.find("]]", at, line_end) == -1:
                span = self._at(at, self._unclosed)
                self.facts.near_links.append(NearLink("unclosed-wikilink", span))
        return None

    def _matching(self, at: int) -> int | None:
        """Return where the bracket that opens at ``at`` closes within the current stretch."""
        if self._brackets is None:
            self._brackets = {}
            opened: list[int] = []
            for match in _BRACKETS.finditer(self._text, at, self._range[1]):
                char = match[0]
                if char == "[":
                    opened.append(match.start())
                elif char == "]" and opened:
                    self._brackets[opened.pop()] = match.start()
        close = self._brackets.get(at)
        return None if close is None or close >= self._end else close

    def _markdown_link(self, at: int, close: int, embed: bool) -> int | None:
        if self._link and not embed:
            return None
        found = destination(self._text, close + 2, self._end)
        if found is None:
            if not self._link:
                self._near_markdown_link(at, close)
            return None
        start, stop, after = found
        if start < stop:
            self._keep_markdown_link((at, close), (start, stop), after, embed)
        if embed or len(self._stack) >= MAX_MARKS:
            return self._skip(after)
        return self._enter(at + 1, close, after, link=True)

    def _keep_markdown_link(
        self, brackets: tuple[int, int], place: tuple[int, int], after: int, embed: bool
    ) -> None:
        text = self._text
        start, stop = place
        raw = text[start:stop]
        words = self._at(brackets[0] + 1, brackets[1])
        span = self._at(brackets[0] - embed, after)
        shown = text[brackets[0] + 1 : brackets[1]]
        if not is_internal(unescaped(raw)):
            kind: Literal["image", "inline"] = "image" if embed else "inline"
            self.facts.urls.append(Url(kind, span, raw, self._at(start, stop), shown, words))
            return
        path, sharp, anchor = decoded_destination(raw).partition("#")
        cut = raw.find("#")
        path_stop = stop if cut == -1 else start + cut
        self.facts.links.append(
            Link(
                "inline",
                embed,
                span,
                path,
                self._at(start, path_stop),
                anchor if sharp else None,
                self._at(path_stop + 1, stop) if sharp and cut != -1 else None,
                shown,
                words,
                raw,
                markdown=True,
                in_table=self._in_table,
            )
        )

    def _near_markdown_link(self, at: int, close: int) -> None:
        text = self._text
        stop = text.find(")", close, min(self._end, close + _MAX_PATH))
        if stop != -1 and _SPACED.match(text, close + 2, stop):
            span = self._at(at, stop + 1)
            self.facts.near_links.append(NearLink("space-in-destination", span))

    def _reference(self, at: int, close: int, embed: bool) -> int:
        text = self._text
        label = text[at + 1 : close]
        after = close + 1
        named = _LABEL.match(text, after, self._end)
        if named is not None:
            after = named.end()
        if named is not None and named[1]:
            label = named[1]
        elif not label or _BRACKETED.match(label):
            return at + 1
        if self._link and not embed:
            return at + 1
        self.facts.references.append(
            Reference(
                embed,
                self._at(at - embed, after),
                label,
                text[at + 1 : close],
                self._at(at + 1, close),
                self._in_table,
            )
        )
        if embed or len(self._stack) >= MAX_MARKS:
            return self._skip(after)
        return self._enter(at + 1, close, after, link=True)


_READERS: dict[str, Callable[[InlineReader, int], int]] = {
    "\\": InlineReader._escape,
    "`": InlineReader._code,
    "*": InlineReader._emphasis,
    "_": InlineReader._emphasis,
    "~": InlineReader._delete,
    "=": InlineReader._highlight,
    "%": InlineReader._comment,
    "$": InlineReader._math,
    "#": InlineReader._tag,
    ":": InlineReader._colon,
    "w": InlineReader._www,
    "<": InlineReader._angle,
    "[": InlineReader._bracket,
}
