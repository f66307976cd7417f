"""What a note says, family by family, in a form that a harmless edit leaves as it is.

Invariant: two notes with equal facts mean the same to Obsidian and to a reader, up to white space;
no fact belongs to two families, so a repair declares exactly what it is for. The families are those
of ``check.FAMILIES``.

Tests: tests/unit/fixing/test_equivalence.py
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from vaultlint.note.model import Link, Note
from vaultlint.text import Span
from vaultlint.vault.anchors import Outline, find, fold_heading, outline, segments
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import link_ref
from vaultlint.vault.resolve import resolve_ref

Facts = dict[str, tuple[Any, ...]]
"""Family -> its facts in the order of the text."""

_LINK = re.compile(r"!?\[\[.*\]\]|!?\[.*\]\(.*\)", re.DOTALL)
_REGIONS = {
    "code": ("code", "fence", "indented"),
    "math": ("math",),
    "html": ("html", "html-comment"),
}
_OPAQUE = frozenset({*chain(*_REGIONS.values()), "comment"})


class Opened(NamedTuple):
    """What a link opens: a file, and in it a subpath that was found (None without, or if not)."""

    file: str
    subpath: tuple[str, ...] | None


def opened(link: Link, note: Note, index: VaultIndex) -> Opened | None:
    """Return what ``link`` of ``note`` opens in the vault of ``index``, or None."""
    target = resolve_ref(index.names, link_ref(link), note.id).target
    if target is None:
        return None
    if not link.anchor:
        return Opened(target, ())
    there = outline(note) if target == note.id else index.outline(target)
    return Opened(target, folded(link.anchor) if finds(there, link.anchor) else None)


def finds(there: Outline | None, anchor: str) -> bool:
    """Return whether ``anchor`` names something in the outline ``there``."""
    return find(there, anchor) is not None


def folded(anchor: str) -> tuple[str, ...]:
    """Return the parts of a subpath as they are compared."""
    return tuple(map(fold_heading, segments(anchor)))


def facts_of(note: Note, index: VaultIndex) -> Facts:
    """Return all facts of ``note``, a Markdown note that was parsed."""
    text = note.text
    facts: Facts = {
        "blocks": tuple(block.id for block in note.blocks),
        "callouts": tuple((callout.type, callout.fold) for callout in note.callouts),
        "citations": tuple(_cited(note)),
        "comments": tuple(_comments(note)),
        "fields": tuple(_fields(note)),
        "footnotes": tuple((mark.id, mark.definition) for mark in note.footnotes),
        "headings": tuple(_headings(note)),
        "link-text": tuple(_link_texts(note)),
        "links": tuple(_links(note, index)),
        "properties": tuple(_properties(note)),
        "tags": tuple((tag.name, bool(tag.key)) for tag in note.tags),
        "tasks": tuple(task.status for task in note.tasks),
        "text": tuple(_prose(note)),
        "urls": tuple((url.kind, url.url) for url in note.urls),
    }
    for family, kinds in _REGIONS.items():
        regions = (region for region in note.regions if region.kind in kinds)
        facts[family] = tuple((region.kind, region.span.of(text)) for region in regions)
    return facts


def words(text: str) -> str:
    """Return ``text`` with all white space alike."""
    return " ".join(text.split())


def _cited(note: Note) -> Iterator[tuple[str, str]]:
    for citation in note.citations:
        for link in citation.links:
            if link.identifier is not None:
                yield link.identifier


def _comments(note: Note) -> Iterator[Any]:
    inner = [*_links_and_tags(note)]  # those in comments count
    for region in note.regions:
        if region.kind == "comment":
            yield words(_without(note.text, region.span, inner))
    for ignore in note.ignores:
        yield tuple(rule for rule, _ in ignore.rules)


def _fields(note: Note) -> Iterator[tuple[str, str]]:
    inner = [*_links_and_tags(note)] if note.fields else []
    for field in note.fields:
        yield field.key, words(_without(note.text, field.span, inner))


def _headings(note: Note) -> Iterator[tuple[int, str]]:
    inner = [*_links_and_tags(note)]
    for heading in note.headings:
        yield heading.level, words(_without(note.text, heading.text_span, inner))


def _link_texts(note: Note) -> Iterator[str]:
    texts = [(link.span, link.alias) for link in note.links]
    texts += [(url.span, url.text) for url in note.urls]
    for _, text in sorted(texts, key=lambda pair: pair[0]):
        if text is not None:
            yield words(text)


def _links(note: Note, index: VaultIndex) -> Iterator[tuple[Any, ...]]:
    for link in note.links:
        found = opened(link, note, index)
        where: tuple[Any, ...] = (link.target, link.anchor)
        if found is not None:
            where = found if found.subpath is not None else (found.file, link.anchor)
        yield (link.kind == "property", link.embed, *where)


def _properties(note: Note) -> Iterator[tuple[str, str]]:
    front = note.frontmatter
    if front is None:
        return
    yield "", str(front.valid)
    for name, value in (front.data or {}).items():
        yield name, repr(_plain(value, tags=name.lower() == "tags"))


def _plain(value: Any, *, tags: bool) -> Any:
    """Return ``value`` without what the families of tags and links say of it."""
    if isinstance(value, str):
        if tags and "," not in value and not any(map(str.isspace, value)):
            return "#"
        return "[[]]" if _LINK.fullmatch(value) else value
    if isinstance(value, list):
        plain = [_plain(item, tags=tags) for item in value]
        # How many tags a list has is said by the tags.
        return [item for item in plain if item != "#"] if tags else plain
    if isinstance(value, dict):
        return {key: _plain(item, tags=False) for key, item in value.items()}
    return value


def _links_and_tags(note: Note) -> Iterator[Span]:
    yield from (link.span for link in note.links if link.kind != "property")
    yield from (url.span for url in note.urls)
    yield from (near.span for near in note.near_links)
    yield from (tag.span for tag in note.tags if not tag.key)


def _prose(note: Note) -> Iterator[str]:
    start = note.frontmatter.span.end if note.frontmatter else 0
    body = Span(start, len(note.text))
    other: list[Span] = [*_links_and_tags(note)]
    for family in (note.blocks, note.callouts, note.footnotes, note.headings, note.tasks):
        other += [fact.span for fact in family]
    other += [region.span for region in note.regions if region.kind in _OPAQUE]
    # A comment is nothing, not even a gap between words.
    comments = {region.span for region in note.regions if region.kind == "comment"}
    yield from _without(note.text, body, other, comments).split()


def _without(
    text: str, span: Span, spans: Iterable[Span], unseen: Collection[Span] = frozenset()
) -> str:
    """Return ``span`` of ``text`` with a space in the place of each of ``spans``, but the unseen."""
    parts: list[str] = []
    at = span.start
    for each in sorted(spans):
        if each.end <= at or each.start >= span.end:
            continue
        parts += (text[at : max(at, each.start)], "" if each in unseen else " ")
        at = each.end
    parts.append(text[at : span.end])
    return "".join(parts)
