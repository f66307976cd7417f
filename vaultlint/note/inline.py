"""Inline text of one paragraph, heading, table cell or comment: the loop over its characters.

The reader jumps from one character that may open some syntax to the next, and asks spans.py or
brackets.py what stands there.

Invariant: linear for a fixed nesting of marks; never raises.

Tests: tests/unit/note/test_inline.py
"""

import re
from collections.abc import Callable
from functools import lru_cache

from vaultlint.note import spans
from vaultlint.note.brackets import read_bracket
from vaultlint.note.facts import Facts
from vaultlint.note.frame import Frame
from vaultlint.note.stretch import Stretch

_READERS: dict[str, Callable[[Stretch, int], int]] = {
    "\\": spans.read_escape,
    "`": spans.read_code,
    "*": spans.read_emphasis,
    "_": spans.read_emphasis,
    "[": read_bracket,
    "<": spans.read_angle,
    "#": spans.read_tag,
    "~": spans.read_delete,
    "=": spans.read_highlight,
    "%": spans.read_comment,
    "$": spans.read_math,
    ":": spans.read_colon,
    "w": spans.read_www,
}
_RARE = (("~", "~~"), ("=", "=="), ("%", "%%"), ("$", "$"), (":", "://"), ("w", "www."))


@lru_cache(maxsize=64)
def _openings(rare: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return what finds the next character that may open some syntax.

    One class of characters comes first, which is what makes the search fast.
    """
    singles = "".join(char for char, _ in rare)
    followed = "".join(rf"|(?<={char})(?={mark[1:]})" for char, mark in rare if len(mark) > 1)
    checked = "".join(char for char, mark in rare if len(mark) > 1)
    tail = rf"(?:(?<![{checked}]){followed})" if checked else ""
    return re.compile(rf"[\\`*_\[<#{singles}]{tail}")


class InlineReader:
    """Reads inline text of the frames of one note into ``facts``."""

    def __init__(self, facts: Facts, text: str) -> None:
        # To look for one character is many times faster than for two, and often says enough.
        rare = tuple([pair for pair in _RARE if pair[0] in text and pair[1] in text])
        self._search = _openings(rare).search
        self._stretch = Stretch(facts)

    def read(self, frame: Frame, start: int, end: int, *, in_table: bool = False) -> None:
        """Read ``frame.text[start:end]``, one stretch of inline text."""
        search = self._search
        text = frame.text
        match = search(text, start, end)
        if match is None:
            return
        stretch = self._stretch
        stretch.begin(frame, start, end, in_table=in_table)
        while True:
            if match is not None:
                at = match.start()
                at = _READERS[text[at]](stretch, at)
            elif stretch.stack:
                at = stretch.leave()
            else:
                return
            match = search(text, at, stretch.end)
