"""From blocks to facts: what each kind of block adds, and where its inline text is read.

Invariant: headings are those at the top level of the note, as in Obsidian's outline; in comment
blocks links and tags count, headings and tasks do not. Source: help vault; metadata dumps.

Tests: tests/unit/note/test_parse.py
"""

import re
from collections.abc import Callable
from typing import ClassVar

from vaultlint.note.blocks import walk
from vaultlint.note.facts import Definition, Facts, Reference
from vaultlint.note.fields import read_fields
from vaultlint.note.inline import InlineReader
from vaultlint.note.leaves import Block
from vaultlint.note.links import is_internal, split_destination, unescaped
from vaultlint.note.model import (
    BlockId,
    Callout,
    Footnote,
    Heading,
    Link,
    NearLink,
    Region,
    Task,
    Url,
)
from vaultlint.text import Span

_CALLOUT = re.compile(r"[ \t]*\[!([^\]\[|\n]+)(?:\|([^\]\n]*))?\]([+-]?)(?=\s|\Z)([^\n]*)")
_DESTINATION = re.compile(r"\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|(\S+))")
_BLOCK_ID = re.compile(r"\^([A-Za-z0-9-]+)\s*\Z")
_COLONS = re.compile("::")
_CELL = re.compile(r"(?:[^|\\\n]++|\\[^\n]?)++")
_CUT_LINK = re.compile(
    r"(?<!\\)!?(?:\[\[(?:[^\[\]|\\\n]++|\\.)++\|[^\[\]\n]*+\]\]"
    r"|\[(?:[^\[\]|\\\n]++|\\.)++\|[^\[\]\n]*+\]\([^()|\s]++\))"
)
_REGIONS = {"code": "fence", "indented": "indented", "math": "math", "html": "html"}


class BlockReader:
    """Reads the blocks of one note into ``facts``."""

    def __init__(self, facts: Facts, text: str) -> None:
        self.facts = facts
        self.inline = InlineReader(facts, text)
        self._has_ids = "^" in text
        self._has_fields = _COLONS.search(text) is not None  # twice as fast as ``in``

    def read(self, blocks: list[Block]) -> None:
        """Read the top-level ``blocks`` of a note and everything inside them, in order."""
        previous: Block | None = None
        for block in blocks:
            if block.kind == "heading":
                self._outline(block)
            self._read_alone(block)
            if block.children:
                for inner in walk(block.children):
                    self._read_alone(inner)
            if self._has_ids:
                self._block_ids(block, previous)
            previous = block

    def _read_alone(self, block: Block) -> None:
        """Read ``block`` but for the blocks inside it."""
        if block.kind == "paragraph":
            self.inline.read(block.frame, block.start, block.end)
            if self._has_fields:
                read_fields(self.facts, block.frame, block.start, block.end)
        elif (read := self._by_kind.get(block.kind)) is not None:
            read(self, block)

    def _outline(self, block: Block) -> None:
        start, end = block.inner
        if self._has_ids and (found := self._id_at(block, start, end)) is not None:
            end = start + len(block.frame.text[start : found.start()].rstrip(" \t"))
        at = block.frame.at
        text = block.frame.text[start:end]
        stop = block.start + len(block.frame.text[block.start : block.end].rstrip(" \t"))
        span = at(block.start, stop)
        self.facts.headings.append(Heading(span, block.level, text, at(start, end)))

    def _heading(self, block: Block) -> None:
        self.inline.read(block.frame, *block.inner)

    def _region(self, block: Block) -> None:
        kind = _REGIONS[block.kind]
        if kind == "html" and block.frame.text.startswith("<!--", _indented(block)):
            kind = "html-comment"
        span = block.frame.at(block.start, block.end)
        self.facts.regions.append(Region(kind, span, block.closed))  # type: ignore[arg-type]

    def _comment(self, block: Block) -> None:
        start, end = block.inner
        stop = end + 2 if block.closed else end
        span = block.frame.at(block.start, stop)
        self.facts.regions.append(Region("comment", span, block.closed))
        self.inline.read(block.frame, start, end)
        self.inline.read(block.frame, stop, block.end)

    def _table(self, block: Block) -> None:
        text = block.frame.text
        at = block.start
        row = 0
        while at < block.end:
            line_end = text.find("\n", at, block.end)
            line_end = block.end if line_end == -1 else line_end
            if row != 1:
                self._cut_links(block, at, line_end)
                for cell in _CELL.finditer(text, at, line_end):
                    start, end = cell.span()
                    while start < end and text[start] in " \t":
                        start += 1
                    self.inline.read(block.frame, start, end, in_table=True)
            row += 1
            at = line_end + 1

    def _cut_links(self, block: Block, start: int, end: int) -> None:
        """Keep the links of a row that a bar cuts in two."""
        text = block.frame.text
        if text.find("[", start, end) == -1 or text.find("]", start, end) == -1:
            return
        for match in _CUT_LINK.finditer(text, start, end):
            span = block.frame.at(*match.span())
            self.facts.near_links.append(NearLink("cut-by-table", span))

    def _definition(self, block: Block) -> None:
        text = block.frame.text
        start, end = block.inner
        match = _DESTINATION.match(text, end, block.end)
        if match is None:
            return
        group = 1 if match[1] is not None else 2
        label = " ".join(text[start:end].split()).lower()
        place = block.frame.at(*match.span(group))
        self.facts.definitions.setdefault(label, Definition(match[group], place))

    def _footnote(self, block: Block) -> None:
        start, end = block.inner
        span = block.frame.at(start - 2, end + 1)
        self.facts.footnotes.append(Footnote(block.frame.text[start:end], span, definition=True))

    def _quote(self, block: Block) -> None:
        match = _CALLOUT.match(block.frame.text, *block.inner)
        if match is not None:
            type_, metadata, fold, title = match.groups()
            span = block.frame.at(match.start(1) - 2, match.start(3))
            self.facts.callouts.append(
                Callout(type_.strip().lower(), fold or None, title.strip(), span, metadata)
            )

    def _item(self, block: Block) -> None:
        if block.task is not None:
            end = block.inner[1] - 1
            self.facts.tasks.append(Task(block.task, block.frame.at(end - 3, end)))
        if self._has_ids:
            for child in block.children:
                if child.kind == "paragraph" and self._keep_id(child, block):
                    return

    def _block_ids(self, block: Block, previous: Block | None) -> None:
        """Keep the id at the end of a top-level block. Source: help vault, Internal links."""
        if block.kind == "heading":
            self._keep_id(block, block)
        elif block.kind == "paragraph":
            start, end = block.start, block.end
            alone = block.frame.text[start:end].strip().startswith("^")
            self._keep_id(block, previous if alone and previous is not None else block)
        elif block.kind in ("blockquote", "footnoteDefinition"):
            last = _last_paragraph(block)
            if last is not None and self._keep_id(last, block):
                self._drop_id_of_part()

    def _drop_id_of_part(self) -> None:
        """Of an item that ends a quote, keep its id for the quote alone: no part has an address.

        Source: help vault, Internal links.
        """
        blocks = self.facts.blocks
        if len(blocks) > 1 and blocks[-2].span == blocks[-1].span:
            del blocks[-2]

    def _keep_id(self, block: Block, named: Block) -> bool:
        start, end = block.inner if block.kind == "heading" else (block.start, block.end)
        match = self._id_at(block, start, end)
        if match is None:
            return False
        if named.kind == "item":
            # Of two ids at the end of an item the first counts, of those of a paragraph the last.
            while (earlier := self._id_at(block, start, match.start())) is not None:
                match = earlier
        span = block.frame.at(match.start(), match.end(1))
        self.facts.blocks.append(BlockId(match[1], span, named.frame.at(named.start, named.end)))
        return True

    def _id_at(self, block: Block, start: int, end: int) -> re.Match[str] | None:
        text = block.frame.text
        caret = text.rfind("^", start, end)
        if caret == -1 or (caret > start and not text[caret - 1].isspace()):
            return None
        return _BLOCK_ID.match(text, caret, end)

    def references(self) -> None:
        """Turn the references that have a definition into links. Source: npm obsidian, API."""
        facts = self.facts
        for reference in facts.references:
            definition = facts.definitions.get(" ".join(reference.label.split()).lower())
            if definition is None:
                continue
            raw, place = definition
            if is_internal(unescaped(raw)):
                facts.links.append(_reference_link(reference, raw, place))
            else:
                facts.urls.append(
                    Url(
                        "reference", reference.span, raw, place, reference.text, reference.text_span
                    )
                )

    _by_kind: ClassVar[dict[str, Callable[["BlockReader", Block], None]]] = {
        "blockquote": _quote,
        "code": _region,
        "comment": _comment,
        "definition": _definition,
        "footnoteDefinition": _footnote,
        "heading": _heading,
        "html": _region,
        "indented": _region,
        "item": _item,
        "math": _region,
        "table": _table,
    }


def _reference_link(reference: Reference, raw: str, place: Span) -> Link:
    """Return the link that ``reference`` makes to the destination ``raw`` at ``place``."""
    parts = split_destination(raw, place.start)
    return Link(
        "reference",
        reference.embed,
        reference.span,
        parts.target,
        Span(*parts.target_place),
        parts.anchor,
        None if parts.anchor_place is None else Span(*parts.anchor_place),
        reference.text,
        reference.text_span,
        raw,
        markdown=True,
        in_table=reference.in_table,
    )


def _indented(block: Block) -> int:
    text = block.frame.text
    at = block.start
    while text[at] in " \t":
        at += 1
    return at


def _last_paragraph(block: Block) -> Block | None:
    """Return the paragraph that ends ``block``, however deep it is."""
    while block.children:
        block = block.children[-1]
    return block if block.kind == "paragraph" else None
