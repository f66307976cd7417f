"""What vaultlint sees in a note beyond Obsidian's ``CachedMetadata``.

Tests: tests/unit/view/test_metadata.py
"""

from typing import Any

from vaultlint.note.model import Callout, Note
from vaultlint.view.outline import Outline
from vaultlint.view.utf16 import Locator

_REGIONS = {"comment": "comments", "math": "math", "highlight": "highlights"}


def extras(note: Note, at: Locator, outline: Outline) -> dict[str, Any]:
    """Return the further facts of ``note``; a list that would be empty is absent.

    ``propertyTags`` and ``aliases`` are as Obsidian takes them from the properties (each tag with
    ``#``); ``propertyLinks`` are the places of ``frontmatterLinks``, in their order, ``blockIds``
    those of the ids themselves. ``frontmatterValid`` says whether the property block can be read.
    """
    found: dict[str, Any] = {
        "callouts": [_callout(each, at) for each in note.callouts],
        "tasks": [{"status": each.status, "position": at.pos(each.span)} for each in note.tasks],
        "inlineFields": [
            {"key": each.key, "value": each.value, "position": at.pos(each.span)}
            for each in note.fields
        ],
        "blockIds": [{"id": each.id, "position": at.pos(each.span)} for each in note.blocks],
        "propertyTags": [f"#{tag.name}" for tag in note.tags if tag.key],
        "aliases": [alias.text for alias in note.aliases],
        "propertyLinks": [
            {"key": link.key, "position": at.pos(link.span)}
            for link in note.links
            if link.kind == "property"
        ],
        "externalLinks": [
            {"kind": url.kind, "url": url.url, "text": url.text, "position": at.pos(url.span)}
            for url in note.urls
        ],
        **{name: _regions(note, at, kind) for kind, name in _REGIONS.items()},
        "tables": outline.table_count(),
        "problems": [
            {"code": each.code, "message": each.message, "position": at.pos(each.span)}
            for each in note.problems
        ],
    }
    shown = {key: value for key, value in found.items() if value}
    if note.frontmatter is not None:
        shown["frontmatterValid"] = note.frontmatter.valid
    return shown


def _callout(callout: Callout, at: Locator) -> dict[str, Any]:
    shown = {
        "type": callout.type,
        "fold": callout.fold,
        "title": callout.title,
        "position": at.pos(callout.span),
    }
    return shown if callout.metadata is None else {**shown, "metadata": callout.metadata}


def _regions(note: Note, at: Locator, kind: str) -> list[dict[str, Any]]:
    return [
        {"original": region.span.of(note.text), "position": at.pos(region.span)}
        for region in note.regions
        if region.kind == kind
    ]
