"""What stands between the brackets of a link: wikilink text, Markdown destinations, bare URLs.

Invariant: nothing here knows of notes or frames, only offsets into the text given; every function
is linear in what it reads.

Tests: tests/unit/note/test_links.py
"""

import re
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


def decoded_destination(raw: str) -> str:
    """Return what Obsidian caches for a Markdown destination. Source: metadata dumps."""
    return decode_uri(unescaped(raw))


def is_internal(dest: str) -> bool:
    """Return whether a Markdown destination is a link into the vault.

    It begins with ``./`` or ``../`` or has no colon, and it has no scheme nor ``//``: where the
    sources differ, both must agree.
    """
    if ":" not in dest:
        return not dest.startswith("//")
    return dest.startswith(("./", "../")) and _SCHEME.match(dest) is None


def bare_url_end(text: str, start: int, domain: int, end: int) -> int | None:
    """Return where the URL that starts at ``start``, its domain at ``domain``, ends.

    None when the domain has no dot or an underscore in its last two parts. Trailing punctuation,
    an unbalanced ``)`` and a final ``;`` with its entity are not part of it. Source:
    remark-parse 8; GFM, autolinks (extended).
    """
    stop = _DOMAIN.match(text, domain, end).end()  # type: ignore[union-attr]
    name = text[domain:stop].rstrip(".")
    parts = name.split(".")
    if len(parts) < 2 or "_" in parts[-1] or "_" in parts[-2]:
        return None
    begin = domain + len(name)
    path = _PATH.match(text, begin, end)[0].rstrip("!*,.:?_~")  # type: ignore[index]
    if path.endswith(")"):
        extra = path.count(")") - path.count("(")
        while extra > 0 and ")" in path:
            path = path[: path.rindex(")")]
            extra -= 1
    stop = begin + len(path)
    if path.endswith(";"):
        entity = _FINAL_ENTITY.search(text, max(start, stop - 40), stop - 1)
        stop = entity.start() if entity is not None else stop - 1
    return stop
