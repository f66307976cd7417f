"""What vaultlint sees in a note beyond Obsidian's ``CachedMetadata``.

Tests: tests/unit/view/test_metadata.py
"""

from collections.abc import Iterator
from typing import Any

from vaultlint.note.model import Callout, Note
from vaultlint.note.obsidian import callout_type, image_size
from vaultlint.note.tag_tree import tag_and_parents
from vaultlint.view.outline import Outline
from vaultlint.view.utf16 import Locator

_REGIONS = {"comment": "comments", "math": "math", "highlight": "highlights"}


def extras(note: Note, at: Locator, outline: Outline) -> dict[str, Any]:
    """Return the further facts of ``note``; a list that would be empty is absent.

    ``propertyTags`` and ``aliases`` are as Obsidian takes them from the properties (each tag with
    ``#``); ``propertyLinks`` are the places of ``frontmatterLinks``, in their order, ``blockIds``
    those of the ids themselves. ``frontmatterValid`` says whether the property block can be read.
    ``impliedTags`` are the parents that nested tags count for, beside those that the note has.
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
        "impliedTags": _implied(note),
        "imageSizes": [*_image_sizes(note, at)],
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
    if callout.metadata is not None:
        shown["metadata"] = callout.metadata
    if callout_type(callout.type) != callout.type:
        shown["shownAs"] = callout_type(callout.type)
    return shown


def _implied(note: Note) -> list[str]:
    """Return the parents of the note's tags, folded, that are no tags of the note themselves."""
    own = {tag.name.lower().strip("/") for tag in note.tags}
    counted = {name for tag in note.tags for name in tag_and_parents(tag.name)}
    return [f"#{name}" for name in sorted(counted - own)]


def _image_sizes(note: Note, at: Locator) -> Iterator[dict[str, Any]]:
    """Yield the sizes in pixels that embeds and external images are to be shown in."""
    asked = [(link.span, link.alias) for link in note.links if link.embed]
    asked += [(url.span, url.text) for url in note.urls if url.kind == "image"]
    for span, text in sorted(asked):
        size = image_size(text or "")
        if size.width is not None:
            yield {"width": size.width, "height": size.height, "position": at.pos(span)}


def _regions(note: Note, at: Locator, kind: str) -> list[dict[str, Any]]:
    return [
        {"original": region.span.of(note.text), "position": at.pos(region.span)}
        for region in note.regions
        if region.kind == kind
    ]
