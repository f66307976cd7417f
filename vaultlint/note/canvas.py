"""A canvas as facts: the files on its cards, and the links written on its text cards.

Invariant: pure and total, as parse_note; what is not a canvas has no links. The spans of its links
are empty: they serve to know what is linked, not where.

Source: JSON Canvas 1.0; release notes of Obsidian 1.12.0 (links on text cards count).

Tests: tests/unit/note/test_canvas.py
"""

import json
from collections.abc import Iterator
from typing import Any

from vaultlint.note.model import MAX_NOTE_BYTES, Link, Note, NoteId
from vaultlint.note.parse import attachment, parse_note
from vaultlint.text import Span

_NOWHERE = Span(0, 0)


def is_canvas(file: NoteId) -> bool:
    """Return whether ``file`` is a canvas."""
    return file[-7:].lower() == ".canvas"


def canvas_note(file: NoteId, data: bytes) -> Note:
    """Return the links of the canvas ``file`` with content ``data``. Never raises."""
    note = attachment(file, data)
    if len(data) > MAX_NOTE_BYTES:
        return note
    try:
        canvas = json.loads(data)
    except (ValueError, RecursionError):
        return note
    nodes = canvas.get("nodes") if isinstance(canvas, dict) else None
    cards = nodes if isinstance(nodes, list) else []
    links = [link for card in cards if isinstance(card, dict) for link in _links(file, card)]
    return note._replace(links=tuple(links))


def _links(file: NoteId, card: dict[str, Any]) -> Iterator[Link]:
    """Yield the links of one card: a file, the background of a group, or Markdown text."""
    for key in ("file", "background"):
        path = card.get(key)
        if isinstance(path, str) and path:
            yield card_link(path, embed=key == "background")
    text = card.get("text")
    if isinstance(text, str) and "[" in text:
        for link in parse_note(file, text.encode("utf-8", "surrogatepass")).links:
            yield link._replace(
                span=_NOWHERE, target_span=_NOWHERE, anchor_span=None, alias_span=None
            )


def card_link(path: str, *, embed: bool = False) -> Link:
    """Return the link of a card that shows the file at ``path``, seen from the vault's root."""
    root = f"/{path.lstrip('/')}"
    return Link(
        "wiki", embed, _NOWHERE, root, _NOWHERE, None, None, None, None, root, markdown=False
    )
