"""Blocks that hold no other blocks: headings, code, math, HTML, comments, tables, definitions.

Each rule is a function of (frame, line start, end of its indentation, end) that returns the block
that starts there, or None.

Invariant: a rule takes time linear in what it eats (a failed one, in its line); blocks never
include the line ending after them. Source: remark-parse 8 and remark-math 3 as run; block
comments from the help vault and its release notes.

Tests: tests/unit/note/test_blocks.py
"""

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from vaultlint.note.frame import Frame

BlockKind: TypeAlias = Literal[
    "blockquote",
    "code",
    "comment",
    "definition",
    "footnoteDefinition",
    "heading",
    "html",
    "indented",
    "item",
    "list",
    "math",
    "paragraph",
    "table",
    "thematicBreak",
]


class Block:
    """One block, with offsets into the text of ``frame``.

    ``inner`` holds the offsets of a heading's text, a comment's content (it may close
    before its last line ends), a footnote's or
    definition's label, or an item's marker with its task box. ``level`` is a heading's level.
    ``task`` is the status of a task item. ``closed`` is False for a block that runs to the end
    for want of a closing mark. ``children`` have frames of their own.
    """

    __slots__ = ("children", "closed", "end", "frame", "inner", "kind", "level", "start", "task")

    def __init__(
        self, kind: BlockKind, frame: Frame, start: int, end: int, inner: tuple[int, int] = (0, 0)
    ) -> None:
        self.kind: BlockKind = kind
        self.frame = frame
        self.start = start
        self.end = end
        self.inner = inner
        self.level = 0
        self.closed = True
        self.task: str | None = None
        self.children: list[Block] = []


Rule: TypeAlias = Callable[[Frame, int, int, int], Block | None]

_INDENT = re.compile(r"[ \t]*")
_FENCE = re.compile(r"(?:(`{3,})[^`\n]*+|(~{3,})[^\n]*+)(?:\n|\Z)")
_BACKTICK_END = re.compile(r"\n {0,3}(`{3,})[ \t]*(?=\n|\Z)")
_TILDE_END = re.compile(r"\n {0,3}(~{3,})[ \t]*(?=\n|\Z)")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|(?=\n)|\Z)([^\n]*)")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+[ \t]*\Z")
_BREAK = re.compile(r"([*_-])(?: *\1){2,} *(?=\n|\Z)")
_SETEXT = re.compile(r"\n(?:=+|-+)(?=\n|\Z)")
_MATH = re.compile(r"(\${2,}) *[^$\n]*\n")
_MATH_END = re.compile(r"^[^$\n]*?(\${2,}) *$", re.MULTILINE)
_DELIMITER_ROW = re.compile(r"\s*+\|?\s*+(?:[-:][-:\s]*+(?:\|\s*+|\Z))+")
_COMMENT_MARK = re.compile(r"(?<!%)%%(?!%)")
_DEFINITION = re.compile(
    r"\[((?:[^\[\]\\\n]++|\\.)++)\]:[ \t]*\n?[ \t]*(<[^<>\[\]\n]*>|[^\s\[\]]+)"
    r"(?:[ \t]*\n?[ \t]*(?:(?<=\s)\"[^\"\n]*\"|(?<=\s)'[^'\n]*'|(?<=\s)\([^()\n]*\)))?[ \t]*(?=\n|\Z)"
)

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|"
    "head|header|hgroup|hr|html|iframe|legend|li|link|main|menu|menuitem|meta|nav|noframes|ol|"
    "optgroup|option|p|param|pre|section|source|title|summary|table|tbody|td|tfoot|th|thead|tr|"
    "track|ul"
)
TAG = (
    r"<[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][A-Za-z0-9:._-]*+"
    r"(?:\s*+=\s*+(?:[^\"'=<>`\x00-\x20]++|'[^']*+'|\"[^\"]*+\"))?+)*+\s*+/?>"
    r"|</[A-Za-z][A-Za-z0-9-]*+\s*+>"
)
_HTML = re.compile(
    r"<(?:(?P<raw>(?:script|pre|style)(?=[\s>]|\Z))|(?P<comment>!--)|(?P<instruction>\?)"
    r"|(?P<declaration>![A-Za-z])|(?P<cdata>!\[CDATA\[)"
    rf"|(?P<element>/?(?:{_BLOCK_TAGS})(?=\s|/?>|\Z)))",
    re.IGNORECASE,
)
_LONE_TAG = re.compile(rf"(?:{TAG})[^\S\n]*+(?=\n|\Z)")
_HTML_ENDS = {
    "raw": re.compile(r"</(?:script|pre|style)>", re.IGNORECASE),
    "comment": re.compile("-->"),
    "instruction": re.compile(r"\?>"),
    "declaration": re.compile(">"),
    "cdata": re.compile(r"\]\]>"),
    "element": re.compile(r"\n(?=\n|\Z)"),
}
_INTERRUPTION = re.compile(r"\n(?=\n|\Z|[ \t]*(?:[\n`~>#*_+<$%\[-]|[1-9]))")
_PARAGRAPH_BLANK = re.compile(r" *(?:\n|\Z)")
_BULLET = re.compile(r"(?:[*+-]|1[.)])(?=[ \t\n]|\Z)")


def paragraph(frame: Frame, at: int, line_end: int, end: int) -> Block:
    """Return the paragraph whose first line is ``at`` to ``line_end``, up to an interruption."""
    text = frame.text
    while line_end < end:
        match = _INTERRUPTION.search(text, line_end, end)
        if match is None:
            line_end = end
            break
        line_end = match.start()
        if _interrupts_paragraph(text, line_end + 1, end):
            break
        line_end += 1
    while line_end > at and text[line_end - 1] == "\n":
        line_end -= 1
    return Block("paragraph", frame, at, line_end)


def _interrupts_paragraph(text: str, at: int, end: int) -> bool:
    """Return whether the line at ``at`` ends the paragraph before it."""
    indent = _INDENT.match(text, at, end).end()  # type: ignore[union-attr]
    if indent >= end:
        return _PARAGRAPH_BLANK.match(text, at, end) is not None
    char = text[indent]
    if indent > at:
        if char == "\n":
            return "\t" not in text[at:indent]
        if indent - at >= 4 or "\t" in text[at:indent]:
            return False
    elif char == "\n":
        return True
    return (
        starts_block(text, indent, end, char)
        or html_interrupts(text, indent, end)
        or (char == "[" and _definition_match(text, at, indent, end) is not None)
    )


def starts_block(text: str, indent: int, end: int, char: str) -> bool:
    """Return whether a heading, break, fence, list, quote, math or comment opens at ``indent``."""
    if char == ">":
        return True
    if char == "#":
        return _ATX.match(text, indent, end) is not None
    if char in "`~":
        return _FENCE.match(text, indent, end) is not None
    if char in "*-_+1":
        return (
            _BULLET.match(text, indent, end) is not None
            or _BREAK.match(text, indent, end) is not None
        )
    if char == "$":
        return _MATH.match(text, indent, end) is not None
    return char == "%" and comment_end(text, indent, end) is not None


def is_thematic_break(text: str, at: int, line_end: int) -> bool:
    """Return whether the line is a thematic break."""
    indent = _INDENT.match(text, at, line_end).end()  # type: ignore[union-attr]
    return _BREAK.match(text, indent, line_end) is not None


def setext_follows(text: str, line_end: int, end: int) -> bool:
    """Return whether the line after ``line_end`` underlines a heading: only ``=`` or only ``-``."""
    return (
        text.startswith(("=", "-"), line_end + 1)
        and line_end < end
        and _SETEXT.match(text, line_end, end) is not None
    )


def html_interrupts(text: str, indent: int, end: int) -> bool:
    """Return whether HTML that may interrupt a paragraph opens at ``indent``."""
    return text[indent] == "<" and _HTML.match(text, indent, end) is not None


def heading(frame: Frame, _at: int, indent: int, end: int) -> Block | None:
    """Return the ATX heading that opens here."""
    match = _ATX.match(frame.text, indent, end)
    if match is None:
        return None
    start = match.start(2)
    content = match[2]
    if "#" in content and (closing := _CLOSING_HASHES.search(content)) is not None:
        content = content[: closing.start()]
    inner = (start, start + len(content.rstrip(" \t")))
    block = Block("heading", frame, indent, match.end(), inner)
    block.level = len(match[1])
    return block


def setext(frame: Frame, indent: int, line_end: int, end: int) -> Block:
    """Return the heading whose one line of text ends at ``line_end``, underlined below."""
    text = frame.text
    under = _SETEXT.match(text, line_end, end)
    stop = under.end() if under is not None else line_end
    inner = (indent, indent + len(text[indent:line_end].rstrip(" \t")))
    block = Block("heading", frame, indent, stop, inner)
    block.level = 1 if text[line_end + 1] == "=" else 2
    return block


def fence(frame: Frame, at: int, indent: int, end: int) -> Block | None:
    """Return the fenced code that opens here; without a closing fence it runs to the end."""
    text = frame.text
    match = _FENCE.match(text, indent, end)
    if match is None:
        return None
    size = len(match[1] or match[2])
    ends = _BACKTICK_END if match[1] else _TILDE_END
    from_ = match.end() - 1 if text.startswith("\n", match.end() - 1) else match.end()
    while (closing := ends.search(text, from_, end)) is not None:
        if len(closing[1]) >= size:
            return Block("code", frame, at, closing.end())
        from_ = closing.end()
    block = Block("code", frame, at, _without_final_break(text, at, end))
    block.closed = False
    return block


def _without_final_break(text: str, at: int, end: int) -> int:
    return end - 1 if end > at and text[end - 1] == "\n" else end


def math(frame: Frame, at: int, indent: int, end: int) -> Block | None:
    """Return the display math that opens here; without a closing fence it runs to the end."""
    text = frame.text
    match = _MATH.match(text, indent, end)
    if match is None or "\t" in text[at:indent]:
        return None
    size = len(match[1])
    from_ = match.end()
    while (closing := _MATH_END.search(text, from_, end)) is not None:
        if len(closing[1]) >= size:
            return Block("math", frame, at, closing.end())
        from_ = closing.end()
    block = Block("math", frame, at, _without_final_break(text, at, end))
    block.closed = False
    return block


def thematic_break(frame: Frame, _at: int, indent: int, end: int) -> Block | None:
    """Return the thematic break that this line is."""
    match = _BREAK.match(frame.text, indent, end)
    return None if match is None else Block("thematicBreak", frame, indent, match.end())


def comment_end(text: str, at: int, end: int) -> tuple[int, bool] | None:
    """Return where the comment block that opens at ``at`` ends, and whether it is closed.

    None when no block opens there: no mark, or a comment that is closed with text after it on
    its own line (that one is inline), or one that is never closed and has text on its line.
    """
    if _COMMENT_MARK.match(text, at, end) is None:
        return None
    closing = _COMMENT_MARK.search(text, at + 2, end)
    line_end = text.find("\n", at, end)
    line_end = end if line_end == -1 else line_end
    if closing is None:
        if text[at + 2 : line_end].strip(" \t"):
            return None
        return end, False
    stop = closing.end()
    if stop <= line_end and text[stop:line_end].strip(" \t"):
        return None
    return stop, True


def comment(frame: Frame, at: int, indent: int, end: int) -> Block | None:
    """Return the comment block that opens here."""
    text = frame.text
    found = comment_end(text, indent, end)
    if found is None:
        return None
    stop, closed = found
    if not closed:
        stop = _without_final_break(text, at, end)
    line_end = text.find("\n", stop, end) if closed else stop
    block = Block("comment", frame, indent, end if line_end == -1 else line_end)
    block.inner = (indent + 2, stop - 2 if closed else stop)
    block.closed = closed
    return block


def _html_kind(text: str, indent: int, end: int) -> str | None:
    match = _HTML.match(text, indent, end)
    return None if match is None else match.lastgroup


def html(frame: Frame, at: int, indent: int, end: int) -> Block | None:
    """Return the HTML block that opens here, up to its closing mark or a blank line."""
    text = frame.text
    kind = _html_kind(text, indent, end)
    if kind is None:
        if _LONE_TAG.match(text, indent, end) is None:
            return None
        kind = "element"
    closing = _HTML_ENDS[kind].search(text, indent + 1, end)
    if closing is None:
        block = Block("html", frame, at, _without_final_break(text, at, end))
        block.closed = kind == "element"
        return block
    if kind == "element":
        return Block("html", frame, at, closing.start())
    stop = text.find("\n", closing.end(), end)
    return Block("html", frame, at, end if stop == -1 else stop)


def definition_opens(text: str, at: int, end: int) -> bool:
    """Return whether a link reference definition opens at the line start ``at``."""
    return text[at] == "[" and _definition_match(text, at, at, end) is not None


def _definition_match(text: str, at: int, indent: int, end: int) -> re.Match[str] | None:
    if indent != at or text.startswith("[^", at):
        return None
    return _DEFINITION.match(text, at, end)


def definition(frame: Frame, at: int, indent: int, end: int) -> Block | None:
    """Return the link reference definition that opens here; no space may come before it."""
    match = _definition_match(frame.text, at, indent, end)
    if match is None:
        return None
    return Block("definition", frame, at, match.end(), match.span(1))


def table_head(text: str, at: int, line_end: int, end: int) -> int | None:
    """Return where the delimiter row of the table whose first row starts at ``at`` ends.

    None when the line ``at`` to ``line_end`` is no first row of a table.
    """
    if line_end == end or text.find("|", at + 1, line_end) == -1:
        return None
    row_end = text.find("\n", line_end + 1, end)
    row_end = end if row_end == -1 else row_end
    if text.find("|", line_end + 2, row_end) == -1:
        return None
    return row_end if _DELIMITER_ROW.fullmatch(text, line_end + 1, row_end) else None


def table(frame: Frame, at: int, line_end: int, end: int) -> Block | None:
    """Return the table whose first row is ``at`` to ``line_end``, if a delimiter row follows."""
    text = frame.text
    row_end = table_head(text, at, line_end, end)
    if row_end is None:
        return None
    while row_end < end:
        next_end = text.find("\n", row_end + 1, end)
        next_end = end if next_end == -1 else next_end
        if text.find("|", row_end + 2, next_end) == -1:
            break
        row_end = next_end
    return Block("table", frame, at, row_end)
