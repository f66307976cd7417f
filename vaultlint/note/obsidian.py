"""Obsidian's small conventions as pure functions: display text, image size, callouts, escapes.

Invariant: plain strings in, plain values out; no positions, no note.

Tests: tests/unit/note/test_obsidian.py
"""

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

JS_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What ``\\s`` means in JavaScript, as the inside of a character class."""

SPACES = JS_SPACE.replace("\u2000-\u200a", "".join(map(chr, range(0x2000, 0x200B))))
"""The same characters one by one, for ``str.strip`` and ``in``."""

_SIZE = re.compile(r"(?:(.*)\|)?\s*(\d+)(?:x(\d+))?\s*", re.DOTALL)
_ESCAPE = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_KEPT_BY_DECODE_URI = frozenset(b";/?:@&=+$,#")

_CALLOUT_ALIASES = {
    "summary": "abstract",
    "tldr": "abstract",
    "hint": "tip",
    "important": "tip",
    "check": "success",
    "done": "success",
    "help": "question",
    "faq": "question",
    "caution": "warning",
    "attention": "warning",
    "fail": "failure",
    "missing": "failure",
    "error": "danger",
    "cite": "quote",
}
CALLOUT_TYPES = frozenset(
    {"note", "abstract", "info", "todo", "tip", "success", "question", "warning", "failure"}
    | {"danger", "bug", "example", "quote"}
)


class ImageSize(NamedTuple):
    """The size that an alias asks for, in pixels; ``text`` is the alt text before it."""

    width: int | None
    height: int | None
    text: str | None


def display_text(linktext: str) -> str:
    """Return what a wikilink without alias shows: ``A#H`` as ``A > H``. Source: metadata dumps."""
    return " > ".join(part for part in linktext.split("#") if part)


def image_size(alias: str) -> ImageSize:
    """Return the size in ``alias``: its last ``|`` part, digits or digits ``x`` digits.

    Anything else is alt text. Source: help vault, Embed files; Basic formatting syntax.
    """
    match = _SIZE.fullmatch(alias)
    if match is None or len(match[2]) > 9 or len(match[3] or "") > 9:
        return ImageSize(None, None, alias)
    height = int(match[3]) if match[3] else None
    return ImageSize(int(match[2]), height, match[1] or None)


def callout_type(type_: str) -> str:
    """Return the canonical name of a callout type; an unknown one renders as ``note``.

    Source: help vault, Callouts.
    """
    lower = type_.strip().lower()
    canonical = _CALLOUT_ALIASES.get(lower, lower)
    return canonical if canonical in CALLOUT_TYPES else "note"


def decode_uri(text: str) -> str:
    """Return ``text`` decoded as JavaScript's ``decodeURI`` does: ``%23`` and its like stay.

    Malformed escapes leave the whole text as it is, as Obsidian does. Source: metadata dumps;
    ECMA-262, decodeURI.
    """
    return _decoded(text, _KEPT_BY_DECODE_URI)


def decode_uri_component(text: str) -> str:
    """Return ``text`` with every escape decoded; malformed escapes leave it as it is.

    Source: ECMA-262, decodeURIComponent.
    """
    return _decoded(text, frozenset())


def _decoded(text: str, kept: frozenset[int]) -> str:
    if "%" not in text:
        return text
    parts: list[str] = []
    at = 0
    for match in _ESCAPE.finditer(text):
        if "%" in text[at : match.start()]:
            return text
        try:
            decoded = unquote_to_bytes(match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return text
        parts.append(text[at : match.start()])
        if kept and any(byte in kept for byte in decoded.encode()):
            decoded = _keep(match[0], decoded, kept)
        parts.append(decoded)
        at = match.end()
    if "%" in text[at:]:
        return text
    parts.append(text[at:])
    return "".join(parts)


def _keep(escapes: str, decoded: str, kept: frozenset[int]) -> str:
    """Return ``decoded`` with the characters of ``kept`` written as in ``escapes``."""
    parts: list[str] = []
    at = 0
    for char in decoded:
        size = 3 * len(char.encode())
        parts.append(escapes[at : at + size] if ord(char) in kept else char)
        at += size
    return "".join(parts)
