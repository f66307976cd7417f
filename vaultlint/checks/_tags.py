"""Tags as text: what cannot stand in one, where one was meant, and how it is usually written.

Invariant: only text that the vault uses as a tag elsewhere counts as one that was meant.

Tests: tests/specs/tag-form.md
"""

import re
from collections.abc import Callable, Iterator

from vaultlint.check import Fix, Note, Safety, Span, VaultView
from vaultlint.checks._edits import one_edit
from vaultlint.checks._lists import Settled, write_item
from vaultlint.checks._properties import innermost, texts, value_at, value_span
from vaultlint.checks._vocabulary import settle

NOT_TAG = re.compile(r"[\s\ufeff\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]")
"""One character that ends a tag. Source: the help vault, Tags; tags read back from the app."""

# It begins with its one fixed character: looking for that is many times faster than looking back.
_NEAR = re.compile(r"#(?<=[(\",]#)(?<!=\"#)([^\W\d_][\w/-]*)")


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


def retag(
    note: Note, span: Span, name: str, safety: Safety, settle: Callable[[str], Settled]
) -> Fix | None:
    """Return the fix that makes the tag at ``span`` read ``name``, None if it cannot be written.

    A ``#`` before it stays. ``settle`` says what each other tag of a list will read, without
    ``#``: a tag that the list has already is taken out.
    """
    if NOT_TAG.search(name):
        return None
    where = innermost(note, span)
    if where is None:
        new = "#" + name if span.of(note.text).startswith("#") else name
        return one_edit(f"Write #{name}", safety, note, span, new)
    mark = "#" if str(value_at(note, where)).startswith("#") else ""

    def marked(text: str) -> Settled:
        other = settle(text.removeprefix("#").rstrip("/"))
        return other._replace(text=mark + other.text)

    return write_item(note, span, mark + name, safety, marked)


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


def settle_spelling(
    vault: VaultView, vocabulary: str, *, majority: bool
) -> Callable[[str], Settled]:
    """Return the function that says what a tag will read in its usual spelling."""
    if vocabulary:
        return settle(vault.vocabulary(vocabulary))

    def settled(name: str) -> Settled:
        usual = usual_spelling(name, vault, "", majority)
        return Settled(name if usual is None else usual, None if usual is None else Safety.UNSAFE)

    return settled
