"""Dataview's inline fields: ``Key:: value`` on a line of its own, ``[key:: v]``, ``(key:: v)``.

Invariant: linear; what stands in code, math or HTML comments is not a field.
Source: Dataview documentation, Adding metadata.

Tests: tests/unit/note/test_fields.py
"""

import re
from bisect import bisect_right

from vaultlint.note.facts import Facts
from vaultlint.note.frame import Frame
from vaultlint.note.model import InlineField, Region

_KEY = re.compile(r"(?:[A-Za-z0-9]|[^\x00-\x7f])(?:[A-Za-z0-9_/ \t-]|[^\x00-\x7f])*+")
_MARKS = " \t*_~"
_CLOSING = {"[": "]", "(": ")"}
_BRACKETS = re.compile(r"[\[\]()]")
_MAX_NESTING = 8
_HIDING = frozenset({"code", "math", "html-comment"})


def read_fields(facts: Facts, frame: Frame, start: int, end: int) -> None:
    """Add the fields of the paragraph ``frame.text[start:end]``, whose regions are known."""
    text = frame.text
    at = text.find("::", start, end)
    if at == -1:
        return
    hidden = _Hidden(facts.regions, frame.offset(start))
    free = start
    while at != -1:
        line = text.rfind("\n", free, at) + 1 or free
        found = _bracketed(text, line, at, end) or _whole_line(text, line, at, end)
        after = at + 2
        if found is not None:
            key, (first, stop), value = found
            if not hidden.covers(frame.offset(at)):
                facts.fields.append(InlineField(key, value, frame.at(first, stop)))
                after = max(stop, after)
        free = after
        at = text.find("::", after, end)


Found = tuple[str, tuple[int, int], str]


def _bracketed(text: str, line: int, at: int, end: int) -> Found | None:
    opening = max(text.rfind("[", line, at), text.rfind("(", line, at))
    if opening == -1:
        return None
    key = text[opening + 1 : at].strip(_MARKS)
    if not _KEY.fullmatch(key):
        return None
    line_end = text.find("\n", at, end)
    line_end = end if line_end == -1 else line_end
    depth = 0
    mark = text[opening]
    for bracket in _BRACKETS.finditer(text, at, line_end):
        if bracket[0] == mark:
            depth += 1
            if depth > _MAX_NESTING:
                return None
        elif bracket[0] == _CLOSING[mark]:
            if depth == 0:
                value = text[at + 2 : bracket.start()].strip()
                return key, (opening, bracket.end()), value
            depth -= 1
    return None


def _whole_line(text: str, line: int, at: int, end: int) -> Found | None:
    key = text[line:at].strip(_MARKS)
    if not _KEY.fullmatch(key):
        return None
    line_end = text.find("\n", at, end)
    line_end = end if line_end == -1 else line_end
    first = line + len(text[line:at]) - len(text[line:at].lstrip(" \t"))
    value = text[at + 2 : line_end].strip()
    return key, (first, line_end), value


class _Hidden:
    """The stretches after ``start`` in which no field is read."""

    def __init__(self, regions: list[Region], start: int) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        recent: list[Region] = []
        for region in reversed(regions):
            if region.span.start < start:
                break
            if region.kind in _HIDING:
                recent.append(region)
        for region in reversed(recent):
            self._starts.append(region.span.start)
            self._ends.append(region.span.end)

    def covers(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]
