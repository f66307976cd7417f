"""Which lines belong to a quote, to each item of a list, to a footnote; and their content.

These functions only divide lines; ``blocks.scan`` reads the content. Lines are (start, end)
offsets into the frame's text without the line ending.

Invariant: linear in the lines eaten. Source: remark-parse 8 and remark-footnotes 2 as run.

Tests: tests/unit/note/test_blocks.py
"""

import re
from typing import NamedTuple

from vaultlint.note.leaves import (
    definition_opens,
    html_interrupts,
    is_thematic_break,
    setext_follows,
    starts_block,
    table_head,
)

Line = tuple[int, int]

_INDENT = re.compile(r"[ \t]*")
_QUOTE = re.compile(r"[ \t]*+> ?")
_MARKER = re.compile(r"([ \t]*+)(?:([*+-])|(\d++)([.)]))?+")
_SPACES = re.compile(" *")
_BULLET = re.compile(r"([ \t]*)([*+-]|\d+[.)])( {1,4}(?! )| |\t|)")
_TASK = re.compile(r"\[([^\n])\][ \t]")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:")
_NO_ITEM = 1 << 30
_LIST_INTERRUPTIONS = frozenset("#`~*-_")
_BULLETS = frozenset("*+-")
_UNSURE = frozenset(" \t*-_")  # after a bullet: white space to measure, or perhaps a thematic break


def quote_lines(text: str, at: int, end: int) -> tuple[list[Line], int]:
    """Return the content lines of the quote that starts at ``at``, and where it ends."""
    lines: list[Line] = []
    stop = at
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end == -1 else line_end
        marker = _QUOTE.match(text, at, line_end)
        if marker is not None:
            lines.append((marker.end(), line_end))
        elif _ends_quote(text, at, line_end, end):
            break
        else:
            lines.append((at, line_end))
        stop = line_end
        at = line_end + 1
    return lines, stop


def _ends_quote(text: str, at: int, line_end: int, end: int) -> bool:
    """Return whether a line without ``>`` does not continue the quote before it."""
    indent = _INDENT.match(text, at, line_end).end()  # type: ignore[union-attr]
    if indent == line_end or text.startswith(("\t", "    "), at):
        return True
    return (
        starts_block(text, indent, end, text[indent])
        or html_interrupts(text, indent, end)
        or setext_follows(text, line_end, end)
    )


class ItemLines(NamedTuple):
    """One list item: its content's lines, its task status, and where its marker ends."""

    start: int
    end: int
    lines: list[Line]
    task: str | None
    marker: Line


def list_opens(text: str, indent: int, end: int) -> str | None:
    """Return the marker of the list that opens at ``indent``: ``*``, ``+``, ``-``, ``.`` or ``)``."""
    match = _MARKER.match(text, indent, end)
    if match is None or match.end() == indent:
        return None
    if match.end() < end and text[match.end()] not in " \t\n":
        return None
    return match[2] or match[4]


def list_items(text: str, at: int, end: int, marker: str) -> list[ItemLines]:
    """Return the items of the list that starts at ``at`` with ``marker``. Source: remark-parse 8.

    Lines are given to items by indentation first, then by marker; an unindented line continues an
    item unless a blank line or a block comes between.
    """
    items: list[list[Line]] = []
    needed = _NO_ITEM
    blanks: list[Line] = []
    empty = False
    opening = marker + " " if marker in _BULLETS else "\n"
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end == -1 else line_end
        line = (at, line_end)
        # Most lines of most lists can be told by their first characters.
        plain = text.startswith(opening, at) and at + 2 < line_end and text[at + 2] not in _UNSURE
        size, current, indented, blank = (
            (2, marker, False, False) if plain else _measure(text, at, line_end, needed)
        )
        if current is not None:
            if not plain and _ends_item_run(text, at, line_end, current, marker):
                break
            items.append([line])
            needed = size
            blanks = []
            empty = False
        elif blank and not indented:
            blanks.append(line)
            empty = True
        elif indented or not (empty or _ends_list(text, at, line_end)):
            items[-1] += [*blanks, line]
            blanks = []
            empty = blank
        else:
            break
        at = line_end + 1
    return [_content(text, lines) for lines in items]


def _ends_item_run(text: str, at: int, line_end: int, current: str, marker: str) -> bool:
    """Return whether the line's marker ``current`` opens no further item of a ``marker`` list."""
    return current != marker or (current in "*-" and is_thematic_break(text, at, line_end))


def _measure(text: str, at: int, line_end: int, needed: int) -> tuple[int, str | None, bool, bool]:
    """Return what a line is to the item before it, whose content is indented by ``needed``.

    That is: the columns before the line's content, its marker or None, whether it is indented
    enough to belong to that item, whether it is blank.
    """
    match = _MARKER.match(text, at, line_end)
    assert match is not None
    space, bullet, _, delimiter = match.groups()
    size = len(space) if "\t" not in space else _columns(space)
    index = match.end()
    if size >= needed:
        return size, None, True, at + len(space) == line_end
    current = bullet or delimiter
    if current is None:
        return size, None, size > 4 and needed != _NO_ITEM, at + len(space) == line_end
    size += index - at - len(space)
    after = text[index] if index < line_end else "\n"
    if after == " ":
        run = _SPACES.match(text, index, line_end).end() - index  # type: ignore[union-attr]
        return size + (run if run <= 4 else 1), current, False, False
    if after == "\t":
        return size + 4 - size % 4, current, False, False
    if after == "\n":
        return size, current, False, False
    return size, None, needed != _NO_ITEM and (size >= needed or size > 4), False


def _ends_list(text: str, at: int, line_end: int) -> bool:
    indent = _INDENT.match(text, at, line_end).end()  # type: ignore[union-attr]
    char = text[indent] if indent < line_end else ""
    if char not in _LIST_INTERRUPTIONS:
        return False
    if char in "*-_":
        return is_thematic_break(text, at, line_end)
    return starts_block(text, indent, line_end, char)


def _columns(space: str) -> int:
    size = 0
    for char in space:
        size += 4 - size % 4 if char == "\t" else 1
    return size


def _content(text: str, lines: list[Line]) -> ItemLines:
    """Return an item's content: its first line after the marker, the others less indented."""
    start, line_end = lines[0]
    bullet = _BULLET.match(text, start, line_end)
    assert bullet is not None
    rest = bullet.end()
    task = _TASK.match(text, rest, line_end) if text.startswith("[", rest) else None
    first = (task.end() if task is not None else rest, line_end)
    content = [first]
    if len(lines) > 1:
        content += _dedented(text, lines[1:], _content_indent(bullet))
    return ItemLines(
        start,
        lines[-1][1],
        content,
        None if task is None else task[1],
        (start + len(bullet[1]), first[0]),
    )


def _content_indent(bullet: re.Match[str]) -> int:
    """Return how many columns of the following lines belong to the marker at most.

    A marker of one digit and a dot gets one more when that makes its width even.
    """
    space, mark, gap = bullet.groups()
    width = len(mark)
    if mark[-1] == "." and int(mark[:-1][-9:]) < 10 and len(bullet[0]) % 2 == 1:
        width += 1
    return _columns(space + " " * width + gap)


def _dedented(text: str, lines: list[Line], most: int) -> list[Line]:
    """Return ``lines`` without the indentation they share, or untouched if one has none."""
    indents: list[tuple[Line, int]] = []
    for at, line_end in lines:
        indent = _INDENT.match(text, at, line_end).end()  # type: ignore[union-attr]
        if indent < line_end:
            if indent == at:
                return lines
            space = text[at:indent]
            most = min(most, _columns(space) if "\t" in space else indent - at)
        indents.append(((at, line_end), indent))
    dedented: list[Line] = []
    for (at, line_end), indent in indents:
        dedented.append((_skip_columns(text, at, indent, most), line_end))
    return dedented


def _skip_columns(text: str, at: int, indent: int, columns: int) -> int:
    """Return the offset after ``columns`` columns of the indentation ``text[at:indent]``."""
    if indent - at <= columns and "\t" not in text[at:indent]:
        return indent
    size = 0
    while at < indent and size < columns:
        size += 4 - size % 4 if text[at] == "\t" else 1
        at += 1
    return at


def footnote_lines(text: str, at: int, end: int) -> tuple[Line, list[Line], int] | None:
    """Return the label's offsets, the content's lines and the end of a footnote definition."""
    opening = _FOOTNOTE.match(text, at, end)
    if opening is None:
        return None
    line_end = text.find("\n", at, end)
    line_end = end if line_end == -1 else line_end
    lines: list[Line] = [(opening.end(), line_end)]
    kept, stop = 1, line_end
    blank = opening.end() == line_end
    at = line_end + 1
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end == -1 else line_end
        indent = _INDENT.match(text, at, line_end).end()  # type: ignore[union-attr]
        inside = _skip_columns(text, at, indent, 4)
        if indent < line_end:
            if _columns(text[at:indent]) < 4:
                if (
                    blank
                    or _ends_footnote(text, indent, line_end, end)
                    or (indent == at and definition_opens(text, at, end))
                ):
                    break
                inside = indent
            kept, stop = len(lines) + 1, line_end
            blank = False
        else:
            blank = inside == line_end
        lines.append((inside, line_end))
        at = line_end + 1
    return opening.span(1), lines[:kept], stop


def _ends_footnote(text: str, indent: int, line_end: int, end: int) -> bool:
    return (
        starts_block(text, indent, end, text[indent])
        or html_interrupts(text, indent, end)
        or setext_follows(text, line_end, end)
        or _FOOTNOTE.match(text, indent, end) is not None
        or table_head(text, indent, line_end, end) is not None
    )
