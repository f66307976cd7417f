"""Suppressions in the body: ``%% vaultlint-ignore rule-id %%`` and what each of them covers.

At the end of a line with other text it covers that line; alone on its line, the block after it;
as ``vaultlint-ignore-file``, the whole note. Without a rule id it stands for every rule.

Invariant: linear in the note; notes without the word are not looked at.

Tests: tests/unit/note/test_suppressions.py
"""

import re
from bisect import bisect_left

from vaultlint.note.blocks import walk
from vaultlint.note.leaves import Block
from vaultlint.note.model import Ignore, Region
from vaultlint.text import Span

WORD = "vaultlint-ignore"

_IGNORE = re.compile(r"%%\s*+vaultlint-ignore(-file)?+(?![\w-])[ \t:]*+([^\r\n%]*+)")
_RULE = re.compile(r"[^\s,]+")
_BEFORE = re.compile(r"[ \t>]*")


def read_suppressions(text: str, regions: list[Region], blocks: list[Block]) -> list[Ignore]:
    """Return the suppressions among the comments of ``regions``, in order."""
    found: list[Ignore] = []
    following: _Following | None = None
    for region in regions:
        if region.kind != "comment":
            continue
        match = _IGNORE.match(text, *region.span)
        if match is None:
            continue
        rules = tuple(
            (rule[0], Span(*rule.span())) for rule in _RULE.finditer(text, *match.span(2))
        )
        line = _lines_around(text, region.span)
        if match[1]:
            scope = Span(0, len(text))
        elif not _is_alone(text, region.span, line):
            scope = line
        else:
            following = following or _Following(blocks)
            scope = following.after(region.span.end)
        found.append(Ignore(rules, scope, region.span))
    return found


def _lines_around(text: str, span: Span) -> Span:
    """Return the span of the line or lines that ``span`` stands on, without the last line end."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    ends = [at for at in (text.find("\n", span.end), text.find("\r", span.end)) if at >= 0]
    return Span(start, min(ends, default=len(text)))


def _is_alone(text: str, span: Span, line: Span) -> bool:
    before = _BEFORE.fullmatch(text, line.start, span.start)
    return before is not None and not text[span.end : line.end].strip()


class _Following:
    """Finds the block after an offset: the outermost one, comments left out."""

    def __init__(self, blocks: list[Block]) -> None:
        self._spans = [
            block.frame.at(block.start, block.end)
            for block in walk(blocks)
            if block.kind != "comment"
        ]

    def after(self, offset: int) -> Span:
        """Return the span of the block after ``offset``, or an empty one when there is none."""
        index = bisect_left(self._spans, offset, key=lambda span: span.start)
        return self._spans[index] if index < len(self._spans) else Span(offset, offset)
