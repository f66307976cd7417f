"""The blocks of a note as Obsidian lists them: sections, list items, definitions; on demand.

Invariant: computed anew from the note's text each time, by the same block grammar that found its
facts; nothing here is kept on the note, because most runs never ask.

Source: the Obsidian API (SectionCache, ListItemCache, ReferenceLinkCache), dumps of the app's
cache: an item ends before its first nested list; its start includes indentation that its parent
does not take away; an item with an empty line before the next one includes its own line end.

Tests: tests/unit/view/test_outline.py
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

from vaultlint.note.blocks import scan, walk
from vaultlint.note.frame import note_frame
from vaultlint.note.leaves import Block
from vaultlint.note.model import BlockId, Note
from vaultlint.text import Span
from vaultlint.view.utf16 import Locator

_SECTION_TYPES = {"indented": "code"}
_DESTINATION = re.compile(r"\]:\s*(?:<([^>]*)>|(\S+))")
_QUOTE_MARK = re.compile(r"[ \t]*> ?[ \t]*\Z")


class Outline:
    """The block structure of one note."""

    def __init__(self, note: Note, at: Locator) -> None:
        self._note = note
        self._at = at
        self._callouts = sorted(callout.span.start for callout in note.callouts)
        self._ids = sorted(note.blocks, key=lambda named: named.span)
        self._named: dict[Span, BlockId] = {named.block: named for named in note.blocks}
        self._blocks: list[Block] = []
        if note.parsed:
            frame = note_frame(note.text)
            start = frame.local(note.frontmatter.span.end) if note.frontmatter else 0
            self._blocks = scan(frame, start, len(frame.text))

    def sections(self) -> list[dict[str, Any]]:
        """Return the blocks of the top level, the properties first."""
        found: list[dict[str, Any]] = []
        if self._note.frontmatter is not None:
            position = self._at.pos(self._note.frontmatter.span)
            found.append({"type": "yaml", "position": position})
        for block in self._blocks:
            span = _span(block)
            section: dict[str, Any] = {"type": self._type(block), "position": self._at.pos(span)}
            if (named := self._id_of_section(block, span)) is not None:
                section["id"] = named.id.lower()
            found.append(section)
        return found

    def list_items(self) -> list[dict[str, Any]]:
        """Return every item of every list. ``parent`` is the 0-based line of the parent item.

        An item of an outermost list has minus the line of its list instead, -1 for line 0.
        """
        return [item for block in self._blocks for item in self._items_under(block, None)]

    def definitions(self) -> Iterator[tuple[str, Span, str]]:
        """Yield label, span and text of each definition, of links and of footnotes."""
        for block in walk(self._blocks):
            if block.kind in ("definition", "footnoteDefinition"):
                span = _span(block)
                label = block.frame.text[block.inner[0] : block.inner[1]]
                yield label, span, block.kind

    def reference_links(self) -> list[dict[str, Any]]:
        """Return the definitions ``[id]: destination``."""
        found = []
        for label, span, kind in self.definitions():
            if kind == "definition":
                match = _DESTINATION.search(span.of(self._note.text))
                link = (match[1] if match[1] is not None else match[2]) if match else ""
                found.append({"id": label, "link": link, "position": self._at.pos(span)})
        return found

    def table_count(self) -> int:
        """Return how many tables there are, in quotes and list items too."""
        return sum(1 for block in walk(self._blocks) if block.kind == "table")

    def _type(self, block: Block) -> str:
        if block.kind == "blockquote" and self._opens_callout(_span(block)):
            return "callout"
        return _SECTION_TYPES.get(block.kind, block.kind)

    def _opens_callout(self, quote: Span) -> bool:
        place = bisect_right(self._callouts, quote.start)
        if place == len(self._callouts) or self._callouts[place] >= quote.end:
            return False
        return _QUOTE_MARK.match(self._note.text[quote.start : self._callouts[place]]) is not None

    def _id_of_section(self, block: Block, span: Span) -> BlockId | None:
        named = self._named.get(span)
        # The id of the only item of a list stands inside the item, that of the list after it.
        if named is not None and block.kind == "list" and named.span.end <= span.end:
            return None
        return named

    def _id_of_item(self, span: Span) -> BlockId | None:
        place = bisect_left(self._ids, span.start, key=lambda named: named.span.start)
        for named in self._ids[place : place + 1]:
            if named.span.end <= span.end and named.block.start >= span.start:
                return named
        return None

    def _items_under(self, block: Block, parent: int | None) -> Iterator[dict[str, Any]]:
        if block.kind != "list":
            for child in block.children:
                yield from self._items_under(child, parent)
            return
        line = self._line(_span(block).start)
        root = -line if line else -1
        for item, following in zip(block.children, [*block.children[1:], None], strict=True):
            span = _item_span(item, following)
            found: dict[str, Any] = {
                "parent": root if parent is None else parent,
                "position": self._at.pos(span),
            }
            if item.task is not None:
                found["task"] = item.task
            if (named := self._id_of_item(span)) is not None:
                found["id"] = named.id.lower()
            yield found
            for child in item.children:
                yield from self._items_under(child, self._line(span.start))

    def _line(self, offset: int) -> int:
        return self._at.lines.line_at(offset)


def _span(block: Block) -> Span:
    return block.frame.at(block.start, block.end)


def _item_span(item: Block, following: Block | None) -> Span:
    """Return the span of an item's own content, without the lists nested in it."""
    start = item.frame.at(item.start, item.end).start
    nested = next((n for n, child in enumerate(item.children) if child.kind == "list"), None)
    if nested is not None:
        before = item.children[nested - 1] if nested else None
        end = _span(before).end if before else item.frame.at(item.start, item.inner[1]).end
        return Span(start, end)
    end = item.end
    if following is not None and item.frame.text.count("\n", item.end, following.start) > 1:
        end += 1
    return Span(start, item.frame.at(item.start, end).end)
