"""The facts of a note while it is being read.

Invariant: every span is one of the note's text; lists are in document order per kind.

Tests: tests/unit/note/test_parse.py
"""

from typing import NamedTuple

from vaultlint.note.model import (
    BlockId,
    Callout,
    Footnote,
    Heading,
    InlineField,
    Link,
    NearLink,
    Region,
    Tag,
    Task,
    Url,
)
from vaultlint.text import Span


class Reference(NamedTuple):
    """``[text][label]``, ``[label][]`` or ``[label]``, not yet matched with a definition."""

    embed: bool
    span: Span
    label: str
    text: str
    text_span: Span
    in_table: bool


class Definition(NamedTuple):
    """``[label]: destination``."""

    destination: str
    span: Span


class Facts:
    """What the readers of blocks and inline text have found so far."""

    __slots__ = (
        "blocks",
        "callouts",
        "definitions",
        "fields",
        "footnotes",
        "headings",
        "links",
        "near_links",
        "references",
        "regions",
        "tags",
        "tasks",
        "urls",
    )

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.blocks: list[BlockId] = []
        self.links: list[Link] = []
        self.urls: list[Url] = []
        self.near_links: list[NearLink] = []
        self.tags: list[Tag] = []
        self.footnotes: list[Footnote] = []
        self.callouts: list[Callout] = []
        self.fields: list[InlineField] = []
        self.tasks: list[Task] = []
        self.regions: list[Region] = []
        self.references: list[Reference] = []
        self.definitions: dict[str, Definition] = {}
