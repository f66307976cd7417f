"""The source line of a finding with carets under the flagged text.

Invariant: the caret line has the same cells before the first caret as the source line has before
the flagged text: tabs are repeated, wide characters take two cells, escapes as many as they show.

Tests: tests/unit/report/test_excerpt.py
"""

from functools import lru_cache
from typing import NamedTuple

from vaultlint.report.terminal import cells, shown

_ELLIPSIS = "…"


class Excerpt(NamedTuple):
    """A source line made printable, and its carets: spaces and tabs, then ``^``."""

    source: str
    carets: str


def excerpt(line: str, start: int, end: int, *, width: int = 100) -> Excerpt:
    """Return ``line`` with carets under ``line[start:end]`` (code points), in some ``width`` cells.

    An empty range gets one caret. A longer line is cut around the range, with an ellipsis for what
    is left out. Only the part that is shown is looked at, however long the line is.
    """
    start = max(0, min(start, len(line)))
    end = max(start, min(end, len(line)))
    return _plain(line, start, end, width) or _any(line, start, end, width)


def _plain(line: str, start: int, end: int, width: int) -> Excerpt | None:
    """Return the excerpt of a line whose shown part is printable ASCII, None for another."""
    low = max(0, start - width // 3) if len(line) > width else 0
    lead = _ELLIPSIS if low else ""
    last = low + width - len(lead)
    part = line[low:last]
    if not (part.isascii() and part.isprintable()):
        return None
    source = f"{lead}{part}{_ELLIPSIS if last < len(line) else ''}".rstrip()
    carets = "^" * (min(end, last) - start) or "^"
    return Excerpt(source, " " * (len(lead) + start - low) + carets)


def _any(line: str, start: int, end: int, width: int) -> Excerpt:
    low = _first_shown(line, start, width)
    source = [_ELLIPSIS] if low else []
    before = [" "] if low else []
    flagged: list[str] = []
    room = width - len(source)
    for at in range(low, len(line)):
        text, taken = _rendered(line[at])
        if taken > room:
            source.append(_ELLIPSIS)
            break
        room -= taken
        source.append(text)
        if at < start:
            before.append("\t" if text == "\t" else " " * taken)
        elif at < end:
            flagged.append("\t" if text == "\t" else "^" * taken)
    carets = "".join(flagged)
    carets = carets[: carets.rfind("^") + 1] or "^"
    return Excerpt("".join(source).rstrip(), "".join(before) + carets)


def _first_shown(line: str, start: int, width: int) -> int:
    """Return the first character to show, so that ``start`` is in sight with some text before."""
    if len(line) <= width and sum(_rendered(char)[1] for char in line) <= width:
        return 0
    room = width // 3
    at = start
    while at > 0 and (room := room - _rendered(line[at - 1])[1]) >= 0:
        at -= 1
    return at


@lru_cache(maxsize=4096)
def _rendered(char: str) -> tuple[str, int]:
    if char == "\t":
        return char, 4
    text = shown(char)
    return text, cells(text) if len(text) == 1 else len(text)
