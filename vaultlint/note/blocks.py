"""The block grammar: divides a note into headings, lists, quotes, code, tables, paragraphs.

Obsidian's metadata cache behaves like remark-parse 8 in CommonMark and GFM mode, with block
comments, display math and footnotes added. It is not CommonMark 0.30 (setext headings, lazy
lines, indented code and tables differ), so no CommonMark parser is asked.

Invariant: linear in the text for a fixed depth; what is nested deeper than ``MAX_DEPTH`` is read
as paragraphs, so 100,000 quote marks cost no more than prose. Every character belongs to at most
one leaf block. Source: forum thread 3692; remark-parse 8 as run.

Tests: tests/unit/note/test_blocks.py, tests/properties/test_note.py
"""

import re
from collections.abc import Iterator

from vaultlint.note import leaves
from vaultlint.note.containers import footnote_lines, list_items, list_opens, quote_lines
from vaultlint.note.frame import Frame
from vaultlint.note.leaves import Block, Rule

MAX_DEPTH = 24

_BLANK = re.compile(r"(?:[ \t]*\n)++(?:[ \t]*\Z)?|[ \t]*\Z")
_INDENT = re.compile(r"[ \t]*")
_INDENTED = re.compile(r"(?: {4}|\t)[^\n]*+(?:\n(?:[ \t]*\n)*+(?: {4}|\t)[ \t]*+[^ \t\n][^\n]*+)*+")
_EARLY: dict[str, Rule] = {
    "`": leaves.fence,
    "~": leaves.fence,
    "$": leaves.math,
    "#": leaves.heading,
    "*": leaves.thematic_break,
    "-": leaves.thematic_break,
    "_": leaves.thematic_break,
    "%": leaves.comment,
}
_LIST_STARTS = frozenset("*+-0123456789")
_OPENINGS = frozenset("`~$#*-_%>+0123456789 \t")
_LATE_OPENINGS = frozenset("<[")
# Most paragraphs: a line with nothing before it and a blank line after it, so that it can neither
# be interrupted nor be a table's head or a heading's text.
_LONE_LINE = re.compile(r"[^\n]++(?=\n\n|\n?\Z)")
# Text that begins with code or emphasis: no fence, no thematic break, no list.
_MARKED = re.compile(r"`(?!``)|[*_]{1,2}(?=[^\s*_])")


def scan(frame: Frame, start: int, end: int, depth: int = 0) -> list[Block]:
    """Return the blocks of ``frame.text[start:end]``, in order. Linear for a fixed depth."""
    text = frame.text
    blocks: list[Block] = []
    at = start
    while at < end:
        if text[at] in " \t\n":
            if text[at] == "\n" and at + 1 < end and text[at + 1] not in " \t\n":
                blank, at = None, at + 1  # one empty line, as in most places
            else:
                blank = _BLANK.match(text, at, end)
            if blank is not None:
                at = blank.end()
                if at >= end:
                    break
        block = _block(frame, at, end, depth)
        blocks.append(block)
        at = block.end
        if at < end and text[at] == "\n":
            at += 1
    return blocks


def walk(blocks: list[Block]) -> Iterator[Block]:
    """Yield ``blocks`` and all blocks inside them, parents first, in order."""
    stack = blocks[::-1]
    while stack:
        block = stack.pop()
        yield block
        if block.children:
            stack.extend(reversed(block.children))


def _block(frame: Frame, at: int, end: int, depth: int) -> Block:
    text = frame.text
    first = text[at]
    if first not in _OPENINGS or (first in "`*_" and _MARKED.match(text, at, end) is not None):
        if first not in _LATE_OPENINGS and (line := _LONE_LINE.match(text, at, end)) is not None:
            return Block("paragraph", frame, at, line.end())
        return _late_block(frame, at, at, end, depth)
    indent = at
    if first in " \t":
        indented = _INDENTED.match(text, at, end)
        if indented is not None:
            return Block("indented", frame, at, indented.end())
        indent = _INDENT.match(text, at, end).end()  # type: ignore[union-attr]
        first = text[indent]
    block: Block | None = None
    if first in _EARLY:
        block = _EARLY[first](frame, at, indent, end)
    if block is None and depth < MAX_DEPTH:
        block = _container(frame, at, indent, end, depth)
    return block or _late_block(frame, at, indent, end, depth)


def _container(frame: Frame, at: int, indent: int, end: int, depth: int) -> Block | None:
    first = frame.text[indent]
    if first == ">":
        return _quote(frame, at, end, depth)
    if first in _LIST_STARTS:
        marker = list_opens(frame.text, indent, end)
        if marker is not None:
            return _list(frame, at, end, marker, depth)
    return None


def _late_block(frame: Frame, at: int, indent: int, end: int, depth: int) -> Block:
    """Return the block at ``at`` when none of the rules that come before setext headings holds."""
    text = frame.text
    first = text[indent]
    line_end = text.find("\n", indent, end)
    if line_end == -1:
        line_end = end
    elif leaves.setext_follows(text, line_end, end):
        return leaves.setext(frame, indent, line_end, end)
    block: Block | None = None
    if first == "<":
        block = leaves.html(frame, at, indent, end)
    elif first == "[":
        block = _footnote(frame, at, indent, end, depth) or leaves.definition(
            frame, at, indent, end
        )
    return (
        block
        or leaves.table(frame, at, line_end, end)
        or leaves.paragraph(frame, at, line_end, end)
    )


def _quote(frame: Frame, at: int, end: int, depth: int) -> Block:
    lines, stop = quote_lines(frame.text, at, end)
    block = Block("blockquote", frame, at, stop, lines[0])
    block.children = _content(frame, lines, depth)
    return block


def _list(frame: Frame, at: int, end: int, marker: str, depth: int) -> Block:
    items = list_items(frame.text, at, end, marker)
    block = Block("list", frame, at, items[-1].end)
    for item in items:
        child = Block("item", frame, item.start, item.end, item.marker)
        child.task = item.task
        child.children = _content(frame, item.lines, depth)
        block.children.append(child)
    return block


def _footnote(frame: Frame, at: int, indent: int, end: int, depth: int) -> Block | None:
    found = footnote_lines(frame.text, indent, end) if depth < MAX_DEPTH else None
    if found is None:
        return None
    label, lines, stop = found
    block = Block("footnoteDefinition", frame, at, stop, label)
    block.children = _content(frame, lines, depth)
    return block


def _content(frame: Frame, lines: list[tuple[int, int]], depth: int) -> list[Block]:
    """Return the blocks of a container's content; one line needs no frame of its own."""
    if len(lines) == 1:
        start, end = lines[0]
        text = frame.text
        first = text[start] if start < end else " "
        if first in _LATE_OPENINGS or (first in _OPENINGS and not _MARKED.match(text, start, end)):
            return scan(frame, start, end, depth + 1)
        return [Block("paragraph", frame, start, end)]
    inner = frame.inner(lines)
    return scan(inner, 0, len(inner.text), depth + 1)
