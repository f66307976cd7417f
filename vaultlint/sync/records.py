"""One file as rows of the published index: a pure function of its facts.

Invariant: nothing here depends on another file, so a row is right as long as the digest of its
file is. Text that is not UTF-8 appears as U+FFFD, as the app reads it; lines and columns are
1-based, columns in code points, as in findings.

Tests: tests/unit/sync/test_records.py
"""

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from vaultlint.checks._citations import source_link
from vaultlint.note.model import Link, Note
from vaultlint.text import Span
from vaultlint.vault.anchors import places
from vaultlint.vault.keys import is_markdown, link_ref
from vaultlint.vault.names import file_kind
from vaultlint.view.as_json import dumps
from vaultlint.view.metadata import cached_metadata, display_text, link_of, readable

Row = tuple[Any, ...]

# A word is a run of letters and digits; in scripts written without spaces each character is one.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+(?:['’-][^\W_]+)*"
)
_TYPES = {bool: "checkbox", int: "number", float: "number", str: "text"}


def kind_of(file: str) -> str:
    """Return what the index calls the type of ``file``: "note", or how Obsidian opens it."""
    return "note" if is_markdown(file) else file_kind(file) or "other"


def facts_of(note: Note) -> dict[str, list[Row]]:
    """Return the rows of ``note`` by table; what links open is not among them."""
    rows = _Rows(note)
    if not is_markdown(note.id):
        return {"_link": list(rows.links())}
    metadata = cached_metadata(note)
    del metadata["path"]
    properties = None if "frontmatter" not in metadata else dumps(metadata["frontmatter"])
    return {
        "_note": [(word_count(note), properties, dumps(metadata))],
        "_place": [(name, line + 1) for name, line in places(note).items()],
        "_tag": list(rows.tags()),
        "_property": list(rows.properties()),
        "_heading": list(rows.headings()),
        "_block": [(block.id, rows.line(block.block)) for block in note.blocks],
        "_alias": [(readable(each.text), rows.line(each.span)) for each in note.aliases],
        "_citation": list(rows.citations()),
        "_link": list(rows.links()),
    }


def graph_links(note: Note) -> Iterator[Link]:
    """Yield the links that are edges of Obsidian's graph: all but those written with a label."""
    return (link for link in note.links if link.kind != "reference")


def word_count(note: Note) -> int:
    """Return how many words the body of ``note`` has, its markup included."""
    start = note.frontmatter.span.end if note.frontmatter else 0
    return len(_WORD.findall(note.text, start))


class _Rows:
    """The rows of one note."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self._lines = note.lines

    def line(self, span: Span) -> int:
        return self._lines.position(span.start).line

    def tags(self) -> Iterator[Row]:
        for tag in self.note.tags:
            yield (f"#{readable(tag.name)}", tag.key or None, *self._lines.position(tag.span.start))

    def headings(self) -> Iterator[Row]:
        for each in self.note.headings:
            place = self._lines.position(each.span.start)
            yield (each.level, readable(each.text), *place)

    def links(self) -> Iterator[Row]:
        is_note = is_markdown(self.note.id)
        for link in graph_links(self.note):
            path, raw = link_ref(link)
            place = self._lines.position(link.span.start) if is_note else (None, None)
            yield (
                link.kind,
                int(link.embed),
                readable(link_of(link)),
                path,
                raw,
                link.anchor,
                readable(display_text(link)),
                readable(link.span.of(self.note.text)) if is_note else None,
                link.key or None,
                *place,
            )

    def citations(self) -> Iterator[Row]:
        for citation in self.note.citations:
            link = source_link(citation)
            if link is None:
                continue
            kinds = dumps([readable(tag.name) for tag in citation.kinds])
            text = None if link.text is None else readable(link.text)
            place = self._lines.position(citation.span.start)
            yield (kinds, text, readable(link.url), *(link.identifier or (None, None)), *place)

    def properties(self) -> Iterator[Row]:
        found = self.note.frontmatter
        if found is None or found.data is None:
            return
        for name, value in found.data.items():
            pointer = "/" + _step(name)
            for leaf, type_, plain in _leaves(pointer, value):
                span = found.places.get(leaf)
                line = self.line(span.value) if span else self.line(found.span)
                yield (readable(name), readable(leaf), type_, plain, line)


def _leaves(pointer: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield (JSON pointer, type, value for SQLite) of ``value`` or of everything in it."""
    todo = [(pointer, value)]
    while todo:
        at, item = todo.pop()
        if isinstance(item, dict) and item:
            todo += [(f"{at}/{_step(key)}", each) for key, each in reversed(item.items())]
        elif isinstance(item, list) and item:
            todo += [(f"{at}/{n}", each) for n, each in reversed(list(enumerate(item)))]
        else:
            yield at, _type(item), _plain(item)


def _type(value: Any) -> str:
    if value is None:
        return "empty"
    return _TYPES.get(type(value), "list" if isinstance(value, list) else "object")


def _plain(value: Any) -> Any:
    """Return ``value`` as SQLite keeps it; NULL for a number that is none, and for no value."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and not isfinite(value):
        return None
    return readable(value) if isinstance(value, str | int | float) else None


def _step(name: str) -> str:
    """Return a property name as a step of a JSON pointer. Source: RFC 6901 section 3."""
    return name.replace("~", "~0").replace("/", "~1")
