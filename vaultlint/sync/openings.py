"""What the links of the published index open: the part of a file's rows that other files decide.

Invariant: asked through a VaultView, which records the keys of each answer, so that a changed key
leads to exactly the files whose rows may differ. What is found in a note is named by its place in
the outline, not by its line, so that prose edits elsewhere change no row.

Tests: tests/unit/sync/test_publish.py, tests/properties/test_published.py
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.store.published import LinkRow, PublishedFile
from vaultlint.vault.anchors import place_of
from vaultlint.vault.view import VaultView


class Opening(NamedTuple):
    """What a link opens: a file, the type of what its subpath finds there, and the place's name."""

    target: NoteId | None
    found: str | None = None
    place: str | None = None


def opening(view: VaultView, link: LinkRow) -> Opening:
    """Return what ``link`` opens, from the note of ``view``."""
    target = view.resolve_ref((link.path, link.raw)).target
    if target is None or not link.anchor:
        return Opening(target)
    found = view.found_at(target, link.anchor)
    if found is None:
        return Opening(target)
    return Opening(target, found.type, place_of(found, link.anchor))


def reopened(
    view: VaultView, links: Iterable[LinkRow], files: Mapping[NoteId, PublishedFile]
) -> list[LinkRow]:
    """Return those of the ``links`` of one file that open something else now, with what they open."""
    known: dict[tuple[str, str, str | None], Opening] = {}
    changed = []
    for link in links:
        question = (link.path, link.raw, link.anchor)
        found = known.get(question)
        if found is None:
            found = known[question] = opening(view, link)
        target = None if found.target is None else files[found.target].id
        if link.opened != (target, found.found, found.place):
            changed.append(link._replace(opened=(target, found.found, found.place)))
    return changed
