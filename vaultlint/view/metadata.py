"""A note in the shape of Obsidian's ``CachedMetadata``, which plugin authors know.

Invariant: names, nesting and positions are Obsidian's; a list that would be empty is absent, as in
the app. What the app does not have is ``resolved`` on links, and everything under the key
``vaultlint``. Bytes that are not UTF-8 appear as U+FFFD, as the app reads them.

Source: the Obsidian API (CachedMetadata and the types it names), dumps of the app's cache.

Tests: tests/unit/view/test_metadata.py, tests/unit/view/test_vectors.py
"""

import re
from typing import Any

from vaultlint.note.model import Link, Note
from vaultlint.vault.view import VaultView
from vaultlint.view.extras import extras
from vaultlint.view.outline import Outline
from vaultlint.view.utf16 import Locator

Json = dict[str, Any]

_SURROGATE = re.compile("[\ud800-\udfff]")


def cached_metadata(note: Note, view: VaultView | None = None) -> Json:
    """Return ``note`` as JSON-like data: ``path``, then Obsidian's keys, then ``vaultlint``.

    With ``view`` (the vault as the note sees it) each link, embed and property link carries
    ``resolved``: None, or the path it opens and the place that its subpath finds.
    """
    shape = _Shape(note, view)
    found = {
        "links": shape.links(embed=False),
        "embeds": shape.links(embed=True),
        "tags": shape.tags(),
        "headings": shape.headings(),
        "footnotes": shape.footnotes(),
        "footnoteRefs": shape.footnote_refs(),
        "referenceLinks": shape.outline.reference_links(),
        "sections": shape.outline.sections(),
        "listItems": shape.outline.list_items(),
        **shape.frontmatter(),
        "frontmatterLinks": shape.property_links(),
        "blocks": shape.blocks(),
        "vaultlint": extras(note, shape.at, shape.outline),
    }
    metadata = {"path": note.id, **{key: value for key, value in found.items() if value}}
    cleaned: Json = readable(metadata) if _may_have_surrogates(note) else metadata
    return cleaned


def _may_have_surrogates(note: Note) -> bool:
    """Return whether a value may hold a byte that is not UTF-8, or an escape in YAML that is none."""
    if note.text.isascii():
        return False
    escapes = note.frontmatter is not None and "\\" in note.frontmatter.yaml.of(note.text)
    return escapes or _SURROGATE.search(note.text) is not None


class _Shape:
    """One note on its way into Obsidian's shape."""

    def __init__(self, note: Note, view: VaultView | None) -> None:
        self.note = note
        self.view = view
        self.at = Locator(note.text)
        self.outline = Outline(note, self.at)

    def links(self, *, embed: bool) -> list[Json]:
        return [
            {
                "link": link_of(link),
                "original": link.span.of(self.note.text),
                "displayText": display_text(link),
                "position": self.at.pos(link.span),
                **self._resolved(link),
            }
            for link in self.note.links
            if link.embed == embed and link.kind in ("wiki", "inline")
        ]

    def property_links(self) -> list[Json]:
        return [
            {
                "key": link.key,
                "link": link_of(link),
                "original": _value_at(self.note, link),
                "displayText": display_text(link),
                **self._resolved(link),
            }
            for link in self.note.links
            if link.kind == "property"
        ]

    def _resolved(self, link: Link) -> Json:
        if self.view is None:
            return {}
        target = self.view.resolve(link).target
        if target is None:
            return {"resolved": None}
        anchor = self.view.anchor(target, link.anchor) if link.anchor else None
        found = {"type": anchor.type, "line": anchor.line} if anchor else None
        return {"resolved": {"path": target, "anchor": found}}

    def tags(self) -> list[Json]:
        return [
            {"tag": f"#{tag.name}", "position": self.at.pos(tag.span)}
            for tag in self.note.tags
            if not tag.key
        ]

    def headings(self) -> list[Json]:
        return [
            {"heading": each.text, "level": each.level, "position": self.at.pos(each.span)}
            for each in self.note.headings
        ]

    def footnotes(self) -> list[Json]:
        bodies = {span.start: span for _, span, _ in self.outline.definitions()}
        return [
            {"id": each.id, "position": self.at.pos(bodies.get(each.span.start, each.span))}
            for each in self.note.footnotes
            if each.definition
        ]

    def footnote_refs(self) -> list[Json]:
        return [
            {"id": each.id, "position": self.at.pos(each.span)}
            for each in self.note.footnotes
            if not each.definition
        ]

    def frontmatter(self) -> Json:
        found = self.note.frontmatter
        if found is None or found.data is None:
            return {}
        return {"frontmatter": found.data, "frontmatterPosition": self.at.pos(found.span)}

    def blocks(self) -> Json:
        return {
            block.id.lower(): {"id": block.id, "position": self.at.pos(block.block)}
            for block in self.note.blocks
        }


def link_of(link: Link) -> str:
    """Return ``link`` as Obsidian caches it: path and subpath, percent escapes decoded."""
    if not link.markdown:
        return link.raw.replace("\u00a0", " ").strip()
    return link.target if link.anchor is None else f"{link.target}#{link.anchor}"


def display_text(link: Link) -> str:
    """Return the text that stands for ``link``: its alias, else path and headings with `` > ``."""
    if link.alias is not None:
        return link.alias
    return " > ".join(part for part in link_of(link).split("#") if part)


def _value_at(note: Note, link: Link) -> str:
    """Return the value of a property link; YAML may spell it differently than it reads."""
    original = link.span.of(note.text)
    value: Any = note.properties
    for part in link.key.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return original
    return value if isinstance(value, str) else original


def readable(value: Any) -> Any:
    """Return ``value`` with each byte that is not UTF-8 as the replacement character."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {readable(key): readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [readable(item) for item in value]
    return value
