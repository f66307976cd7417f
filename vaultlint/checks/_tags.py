"""Tags as text: what cannot stand in one, where one was meant, and how it is usually written.

Invariant: only text that the vault uses as a tag elsewhere counts as one that was meant.

Tests: tests/specs/tag-form.md
"""

import re
from collections.abc import Iterator

from vaultlint.check import Fix, Note, Safety, Span, VaultView
from vaultlint.checks._properties import replace, requote, texts, value_span

NOT_TAG = re.compile(r"[\s\ufeff\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]")
"""One character that ends a tag. Source: the help vault, Tags; tags read back from the app."""

_NEAR = re.compile(r"(?<=[(\",])(?<!=\")#([^\W\d_][\w/-]*)")


def bad_tags(note: Note) -> Iterator[tuple[str, str, Span]]:
    """Yield each string of the ``tags`` property that is no tag, why not (a character), where."""
    for key in note.properties:
        if key.lower() == "tags":
            for text, where in texts(note, key):
                bad = NOT_TAG.search(text.strip().removeprefix("#"))
                if bad and "," not in text:
                    yield text, bad[0], value_span(note, where)


def near_tags(note: Note) -> Iterator[tuple[str, Span]]:
    """Yield name and span (``#`` included) of each ``#name`` in plain text that is no tag.

    It follows a bracket, a quotation mark or a comma; code, math, HTML and links are
    passed over.
    """
    start = 0 if note.frontmatter is None else note.frontmatter.span.end
    matches = [*_NEAR.finditer(note.text, start)]
    if not matches:
        return
    closed = sorted(_closed(note))
    tagged = {tag.span.start for tag in note.tags}
    end = passed = 0
    for match in matches:
        at = match.start()
        while passed < len(closed) and closed[passed].start <= at:
            end = max(end, closed[passed].end)
            passed += 1
        if at >= end and at not in tagged and at + 1 not in tagged:
            yield match[1], Span(at, match.end())


def _closed(note: Note) -> Iterator[Span]:
    for region in note.regions:
        if region.kind not in ("highlight", "comment"):
            yield region.span
    yield from (link.span for link in note.links)
    yield from (url.span for url in note.urls)


def retag(note: Note, span: Span, name: str, safety: Safety) -> Fix | None:
    """Return the fix that makes the tag at ``span`` read ``name``, None if it cannot be written.

    ``span`` may or may not cover the ``#`` and, in properties, the quotes; they stay.
    """
    source = span.of(note.text)
    new: str | None = "#" + name if source.startswith("#") else name
    if source.startswith(("'", '"')):
        new = requote(source, "#" + name if source[1:2] == "#" else name)
    if new is None or NOT_TAG.search(name):
        return None
    return replace(note, span, new, f"Write #{name}", safety)


def usual_spelling(name: str, vault: VaultView, vocabulary: str, majority: bool) -> str | None:
    """Return the spelling of ``vocabulary``, or of most notes, when it is not that of ``name``."""
    if vocabulary:
        kind, canonical = vault.vocabulary(vocabulary).match(name)
        return canonical if kind == "form" else None
    if not majority:
        return None
    spellings = vault.tag_spellings(name)
    best = max(spellings, key=lambda one: (spellings[one], one == name), default=name)
    return best if best != name and spellings[best] > spellings.get(name, 0) else None
