"""The shared vectors of Obsidian's behavior that concern the text of one note."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.shared_data import needs_vectors, vectors
from tests.unit.note.facts_of import kinds, link_entry, note_of, place
from vaultlint.note.model import Note
from vaultlint.note.obsidian import (
    callout_type,
    decode_uri,
    decode_uri_component,
    display_text,
    image_size,
)

GROUPS = (
    "wikilink embed mdlink context heading block-id tag callout task footnote math highlight "
    "comment inline-field table block-structure no-false-positive"
)
_SECTIONS = {"indented": "code"}


def _links(note: Note, *, embed: bool) -> list[dict[str, Any]]:
    return [
        link_entry(note, link)
        for link in note.links
        if link.embed is embed and link.kind in ("wiki", "inline")
    ]


def _regions(note: Note, kind: str) -> list[str]:
    return [region.span.of(note.text) for region in note.regions if region.kind == kind]


READINGS: dict[str, Callable[[Note], list[Any]]] = {
    "links": lambda note: _links(note, embed=False),
    "embeds": lambda note: _links(note, embed=True),
    "tags": lambda note: [place(note, tag.span) for tag in note.tags],
    "headings": lambda note: [
        place(note, each.span) | {"level": each.level, "heading": each.text}
        for each in note.headings
    ],
    "block_ids": lambda note: [place(note, each.span) | {"id": each.id} for each in note.blocks],
    "callouts": lambda note: [place(note, each.span) | each._asdict() for each in note.callouts],
    "tasks": lambda note: [place(note, each.span) | {"status": each.status} for each in note.tasks],
    "inline_fields": lambda note: [
        place(note, each.span) | {"key": each.key, "value": each.value} for each in note.fields
    ],
    "references": lambda note: [each.id for each in note.footnotes if not each.definition],
    "definitions": lambda note: [each.id for each in note.footnotes if each.definition],
    "math": lambda note: _regions(note, "math"),
    "highlights": lambda note: _regions(note, "highlight"),
    "comments": lambda note: _regions(note, "comment"),
    "sections": lambda note: [_SECTIONS.get(kind, kind) for kind in kinds(note.text)],
}
_NOT_FACTS = {"must_not_report", "tables", "col_utf16"}


def _narrowed(found: list[Any], expected: list[Any]) -> list[Any]:
    """Return ``found`` with only those keys that the vector asserts."""
    if not expected or not isinstance(expected[0], dict):
        return found
    keys = [key for key in expected[0] if key not in _NOT_FACTS]
    return [{key: fact[key] for key in keys} for fact in found]


@needs_vectors
@pytest.mark.parametrize("vector", vectors(*GROUPS.split()), ids=lambda vector: vector["id"])
def test_facts_are_those_of_obsidian(vector):
    note = note_of(vector["input"]["text"])
    for key, expected in vector["expect"].items():
        if key == "tables":
            assert kinds(note.text).count("table") == expected
        if key not in _NOT_FACTS:
            wanted = [
                {name: part for name, part in each.items() if name not in _NOT_FACTS}
                if isinstance(each, dict)
                else each
                for each in expected
            ]
            assert _narrowed(READINGS[key](note), expected) == wanted


@needs_vectors
@pytest.mark.parametrize("vector", vectors("callout-type"), ids=lambda vector: vector["id"])
def test_callout_types(vector):
    assert callout_type(vector["input"]["type"]) == vector["expect"]["canonical"]


@needs_vectors
@pytest.mark.parametrize("vector", vectors("wikilink-display"), ids=lambda vector: vector["id"])
def test_display_text(vector):
    assert display_text(vector["input"]["link"]) == vector["expect"]["display"]


@needs_vectors
@pytest.mark.parametrize("vector", vectors("image-size"), ids=lambda vector: vector["id"])
def test_image_size(vector):
    assert image_size(vector["input"]["alias"])._asdict() == vector["expect"]


@needs_vectors
@pytest.mark.parametrize("vector", vectors("percent-coding"), ids=lambda vector: vector["id"])
def test_percent_coding(vector):
    destination, decoded = vector["input"]["destination"], vector["expect"]["decoded"]
    assert decoded in (decode_uri(destination), decode_uri_component(destination))
