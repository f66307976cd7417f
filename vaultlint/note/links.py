"""What stands between the brackets of a link: wikilink text, Markdown destinations, bare URLs.

Invariant: nothing here knows of notes or frames, only offsets into the text given; every function
is linear in what it reads.

Tests: tests/unit/note/test_links.py
"""

import re
from bisect import bisect_left
from html import unescape
from typing import NamedTuple

from vaultlint.note.obsidian import JS_SPACE, SPACES, decode_uri

Place = tuple[int, int]

MAX_PARENTHESES = 32
MAX_TITLE = 2000

WIKILINK = re.compile(r"\[\[((?:[^\[\]\n]++|\](?!\])|\[(?!\[))++)\]\]")
_WHITE = re.compile(f"[{JS_SPACE}]*")
_DESTINATION = re.compile(rf"[^{JS_SPACE}()\\]*+")
_TITLE = re.compile(
    r'"(?:[^"\\]++|\\.)*+"|\'(?:[^\'\\]++|\\.)*+\'|\((?:[^)\\]++|\\.)*+\)', re.DOTALL
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9_-]+\.?)*+")
_PATH = re.compile(f"[^{JS_SPACE}<]*+")
_CLOSING = re.compile(r"\)")
_OPENING = re.compile(r"\(")
_FINAL_ENTITY = re.compile(r"&[A-Za-z]+\Z")


class Wikilink(NamedTuple):
    """The parts of a wikilink with the offsets of their text as written."""

    target: str
    target_place: Place
    anchor: str | None
    anchor_place: Place | None
    alias: str | None
    alias_place: Place | None
    raw: str


def wikilink(text: str, start: int, end: int) -> Wikilink:
    """Return the parts of the wikilink whose inner text is ``text[start:end]``.

    The first bar splits off the alias, unless nothing stands before it; a backslash before that
    bar is dropped; the first ``#`` splits target and anchor. Source: metadata dumps; help vault,
    Advanced formatting syntax.
    """
    start, end = _trimmed(text, start, end)
    bar = text.find("|", start, end)
    alias: Place | None = None
    stop = end
    if bar > start:
        alias = _trimmed(text, bar + 1, end)
        stop = bar - 1 if text[bar - 1] == "\\" else bar
        stop = _trimmed(text, start, stop)[1]
    sharp = text.find("#", start, stop)
    path = _trimmed(text, start, stop if sharp == -1 else sharp)
    anchor = None if sharp == -1 else (sharp + 1, stop)
    return Wikilink(
        text[path[0] : path[1]].replace("\u00a0", " "),
        path,
        None if anchor is None else text[anchor[0] : anchor[1]],
        anchor,
        None if alias is None else text[alias[0] : alias[1]],
        alias,
        text[start:stop],
    )


def _trimmed(text: str, start: int, end: int) -> Place:
    if start < end and (text[start] in SPACES or text[end - 1] in SPACES):
        inner = text[start:end]
        left = inner.lstrip(SPACES)
        start = end - len(left)
        end = start + len(left.rstrip(SPACES))
    return start, max(start, end)


def destination(text: str, at: int, end: int) -> tuple[int, int, int] | None:
    """Return (start, end) of the destination after ``](``, and the offset after its ``)``.

    None when the parentheses hold anything else than a destination and a title.
    """
    at = _WHITE.match(text, at, end).end()  # type: ignore[union-attr]
    if text.startswith("<", at) and at < end:
        stop = text.find(">", at + 1, end)
        if stop == -1 or text.find("\n", at, stop) != -1:
            return None
        place = (at + 1, stop)
        at = stop + 1
    else:
        found = _bare_destination(text, at, end)
        if found is None:
            return None
        place = (at, found)
        at = found
    after = _WHITE.match(text, at, end).end()  # type: ignore[union-attr]
    if after > at and after < end and text[after] in "\"'(":
        title = _TITLE.match(text, after, min(end, after + MAX_TITLE))
        if title is None:
            return None
        after = _WHITE.match(text, title.end(), end).end()  # type: ignore[union-attr]
    if after < end and text[after] == ")":
        return (*place, after + 1)
    return None


def _bare_destination(text: str, at: int, end: int) -> int | None:
    depth = 0
    while True:
        at = _DESTINATION.match(text, at, end).end()  # type: ignore[union-attr]
        char = text[at] if at < end else " "
        if char == "(":
            depth += 1
            if depth > MAX_PARENTHESES:
                return None
        elif char == ")":
            if depth == 0:
                return at
            depth -= 1
        elif char == "\\":
            at += 1
            if at >= end:
                return None
        else:
            return at
        at += 1


def unescaped(text: str) -> str:
    """Return a destination without backslash escapes and character references."""
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return text


class Destination(NamedTuple):
    """The parts of a Markdown destination, decoded, with the offsets of their text as written.

    ``anchor_place`` is None when the ``#`` itself is written as a character reference.
    """

    target: str
    target_place: Place
    anchor: str | None
    anchor_place: Place | None


def split_destination(raw: str, start: int) -> Destination:
    """Return the parts of the internal destination ``raw`` that begins at ``start``.

    Obsidian caches it decoded; the first ``#`` splits. Source: metadata dumps.
    """
    target, sharp, anchor = decode_uri(unescaped(raw)).partition("#")
    cut = raw.find("#")
    end = start + len(raw)
    stop = end if cut == -1 else start + cut
    place = (stop + 1, end) if sharp and cut != -1 else None
    return Destination(target, (start, stop), anchor if sharp else None, place)


def is_internal(dest: str) -> bool:
    """Return whether a Markdown destination is a link into the vault.

    It begins with ``./`` or ``../`` or has no colon, and it has no scheme nor ``//``: where the
    sources differ, both must agree.
    """
    if ":" not in dest:
        return not dest.startswith("//")
    return dest.startswith(("./", "../")) and _SCHEME.match(dest) is None


class BareUrls:
    """Where bare URLs end in one text. Each run of characters is looked through only once.

    Without, a run of URLs that each seem to go on to its end would be looked through for each.
    """

    __slots__ = ("_closing", "_opening", "_run", "_text", "_trimmed")

    def __init__(self, text: str) -> None:
        self._text = text
        self._run = (0, -1)
        self._closing: list[int] = []
        self._opening: list[int] = []
        self._trimmed: dict[int, int] = {}

    def end(self, start: int, domain: int, end: int) -> int | None:
        """Return where the URL that starts at ``start``, its domain at ``domain``, ends.

        None when the domain has no dot or an underscore in its last two parts. Trailing
        punctuation, an unbalanced ``)`` and a final ``;`` with its entity are not part of it.
        Source: remark-parse 8; GFM, autolinks (extended).
        """
        text = self._text
        stop = _DOMAIN.match(text, domain, end).end()  # type: ignore[union-attr]
        name = text[domain:stop].rstrip(".")
        parts = name.split(".")
        if len(parts) < 2 or "_" in parts[-1] or "_" in parts[-2]:
            return None
        begin = domain + len(name)
        stop = self._path_end(begin, end)
        if stop > begin and text[stop - 1] == ";":
            entity = _FINAL_ENTITY.search(text, max(start, stop - 40), stop - 1)
            stop = entity.start() if entity is not None else stop - 1
        return stop

    def _path_end(self, begin: int, end: int) -> int:
        first, last = self._run
        if not first <= begin <= last:
            last = self._look_through(begin)
        stop = max(begin, self._without_punctuation(min(last, end)))
        if stop > begin and self._text[stop - 1] == ")":
            closing = bisect_left(self._closing, stop)
            closed = closing - bisect_left(self._closing, begin)
            opened = bisect_left(self._opening, stop) - bisect_left(self._opening, begin)
            if closed > opened:
                stop = self._closing[closing - closed + opened]
        return stop

    def _look_through(self, begin: int) -> int:
        """Remember the run from ``begin`` on, and return where it ends."""
        last = _PATH.match(self._text, begin).end()  # type: ignore[union-attr]
        self._run = (begin, last)
        self._closing = [match.start() for match in _CLOSING.finditer(self._text, begin, last)]
        self._opening = [match.start() for match in _OPENING.finditer(self._text, begin, last)]
        self._trimmed = {}
        return last

    def _without_punctuation(self, stop: int) -> int:
        """Return where the run ends that would end at ``stop``, without trailing punctuation."""
        trimmed = self._trimmed.get(stop)
        if trimmed is None:
            trimmed = stop
            while trimmed > self._run[0] and self._text[trimmed - 1] in "!*,.:?_~":
                trimmed -= 1
            self._trimmed[stop] = trimmed
        return trimmed
