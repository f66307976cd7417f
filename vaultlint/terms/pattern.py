"""Patterns that a user writes, in RE2 syntax: linear time on any text.

RE2 comes from ``google-re2``, imported when the first pattern is compiled. It has no lookaround
and no back-references, which is why no text can make it slow.

Tests: tests/unit/terms/test_pattern.py
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from vaultlint.errors import ConfigError
from vaultlint.text import Span

MAX_PATTERN_LENGTH = 1000
MAX_MATCHES = 1000
"""One text yields no more: a pattern that may run to the end of the text costs that much a match."""

_SHORT = 80  # code points; answers about longer texts are not remembered
_ROOM = 2048
_SURROGATE = re.compile("[\ud800-\udfff]")
_LACKING = (
    ("(?=", "lookahead"),
    ("(?!", "lookahead"),
    ("(?<=", "lookbehind"),
    ("(?<!", "lookbehind"),
    ("(?>", "atomic groups"),
)


class Pattern:
    """One compiled pattern. Raises ConfigError with what RE2 lacks when it does not compile."""

    __slots__ = ("_find", "_fullmatch", "_remembered", "_search", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        regexp = _compile(source)
        self._find = regexp.finditer
        self._search = partial(_holds, regexp.search)
        self._fullmatch = partial(_holds, regexp.fullmatch)
        # Names, headings and terms come again and again.
        self._remembered = tuple(map(lru_cache(_ROOM), (self._search, self._fullmatch)))

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of each match in ``text`` (code points), left to right.

        At most ``MAX_MATCHES`` are yielded.
        """
        data = _encoded(text)
        spans: Iterator[tuple[int, int]] = (match.span() for match in self._find(data))
        if len(data) != len(text):
            spans = _in_code_points(data, spans)
        last = None
        for span in islice(spans, MAX_MATCHES):
            if span != last:  # RE2's wrapper tells an empty match twice
                yield Span(*span)
            last = span

    def search(self, text: str) -> bool:
        """Return whether any part of ``text`` matches."""
        return (self._remembered[0] if len(text) <= _SHORT else self._search)(text)

    def fullmatch(self, text: str) -> bool:
        """Return whether the whole of ``text`` matches."""
        return (self._remembered[1] if len(text) <= _SHORT else self._fullmatch)(text)

    def __reduce__(self) -> tuple[type["Pattern"], tuple[str]]:
        return (Pattern, (self.source,))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and other.source == self.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"Pattern({self.source!r})"


def _holds(ask: Callable[[bytes], object], text: str) -> bool:
    return ask(_encoded(text)) is not None


def _in_code_points(data: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the ``spans`` of bytes, in order, in code points; linear in ``data``.

    An empty match that lies inside of a character is none.
    """
    at = count = 0
    for start, end in spans:
        if data[start : start + 1] and data[start] & 0xC0 == 0x80:
            continue
        count += len(data[at:start].decode())
        at = start
        yield count, count + len(data[start:end].decode())


def _encoded(text: str) -> bytes:
    """Return ``text`` in UTF-8, each lone surrogate (an undecodable byte) as U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


def _compile(source: str) -> Any:
    if len(source) > MAX_PATTERN_LENGTH:
        raise ConfigError(f"the pattern is longer than {MAX_PATTERN_LENGTH} characters")
    if _SURROGATE.search(source):
        raise ConfigError("the pattern is not valid Unicode text")
    import re2

    options = re2.Options()
    options.log_errors = False  # it would write to the user's terminal
    options.never_capture = True  # groups are never asked for, and cost most of the time
    try:
        return re2.compile(source.encode(), options=options)
    except re2.error as error:
        raise ConfigError(_complaint(source, error)) from None


def _complaint(source: str, error: Exception) -> str:
    for mark, name in _LACKING:
        if mark in source:
            return f"the pattern uses {name} ({mark}…), which RE2 does not have"
    if re.search(r"\\[1-9]", source):
        return "the pattern uses a back-reference, which RE2 does not have"
    reason = error.args[0] if error.args else ""
    if isinstance(reason, bytes):
        reason = reason.decode("utf-8", "replace")
    return f"the pattern is not valid in RE2 syntax: {reason}"
