"""Text of a vault as a page may show it: visible, in its place, and without power.

Invariant: what comes out holds no control character, no character that reorders text, and no
private one that this package marks text with. Templates escape it as HTML; this is not about that.

Tests: tests/unit/report/html/test_inert.py
"""

import re
import unicodedata

from vaultlint.report.terminal import shown

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand before and after flagged text while Markdown is rendered."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # part of words in many scripts, and of emoji
_PLAIN = re.compile(r"[\t -~]*")


def inert(text: str) -> str:
    r"""Return ``text`` on one line; what cannot be seen appears as ``\xNN`` or ``\uNNNN``.

    Tabs stay. A joiner stays where it joins: after a letter beyond ASCII, a mark or a symbol.
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(_shown(char, before) for before, char in zip(" " + text, text, strict=False))


def _shown(char: str, before: str) -> str:
    if char == "\t" or (char in _JOINERS and _joins(before)):
        return char
    if char in (OPEN, CLOSE):
        return f"\\u{ord(char):04x}"
    return shown(char) if unicodedata.category(char) in _HIDDEN else char


def _joins(char: str) -> bool:
    return char > "\x7f" and unicodedata.category(char)[0] in "LMS"
