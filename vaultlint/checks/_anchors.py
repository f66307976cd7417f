"""What broken-anchor and broken-block look at: links whose subpath must be found, and headings.

Tests: tests/specs/broken-anchor.md, tests/specs/broken-block.md
"""

import re
from collections.abc import Iterator

from vaultlint.check import Note, VaultView
from vaultlint.checks._links import judged
from vaultlint.checks._per_note import per_note
from vaultlint.checks._templates import has_marker
from vaultlint.note.model import Link, NoteId
from vaultlint.terms.nearest import Words
from vaultlint.vault.anchors import fold_heading, segments
from vaultlint.vault.keys import is_markdown

_NOT_IN_SLUGS = re.compile(r"[^\w -]")
_CONTAINED = re.compile(
    r"^[ \t]*(?:[>*+-]|\d{1,9}[.)])[>*+ \t\d.)-]*#{1,6}[ \t]+(\S[^\r\n]*)", re.MULTILINE
)


def judged_anchors(note: Note, vault: VaultView) -> Iterator[tuple[Link, NoteId]]:
    """Yield each link with a subpath whose file is there, and that file.

    Only Markdown notes have headings: in ``x.pdf#page=3`` and ``x.base#View`` the subpath is
    something else. Source: Obsidian help, Embed files, Create a base.
    """
    for link in judged(note, vault):
        # In [[N#[^id]]] the first ]] cuts the footnote's label: no heading was meant.
        cut = link.anchor is not None and link.anchor.startswith("[^") and not link.markdown
        if link.anchor and not cut and not has_marker(link.anchor):
            opened = vault.resolve(link)
            file = opened.target
            if file is None or not is_markdown(file):
                continue
            # Where it is open which file is meant, one that has the anchor will do.
            if not opened.ambiguous or not any(
                vault.has_anchor(each, link.anchor) for each in opened.candidates
            ):
                yield link, file


def is_block(anchor: str) -> bool:
    """Return whether ``anchor`` names a block: its one segment starts with a caret."""
    parts = segments(anchor)
    return len(parts) == 1 and parts[0].lstrip().startswith("^")


def _slug(heading: str) -> str:
    """Return ``heading`` as sites write it in URLs, without its punctuation."""
    return _NOT_IN_SLUGS.sub("", heading.lower()).replace(" ", "-")


class Headings:
    """The headings of a note, arranged for all the links that miss one."""

    def __init__(self, note: Note) -> None:
        headings = [heading.text for heading in note.headings]
        self._slugs = {_slug(heading): heading for heading in reversed(headings)}
        for heading in reversed(headings):
            self._slugs[fold_heading(heading).replace("-", " ")] = heading
        self._words = Words(headings)
        self.contained = {fold_heading(match[1]) for match in _CONTAINED.finditer(note.text)}

    def nearest(self, wanted: str) -> str | None:
        """Return the heading that was probably meant, as the note writes it."""
        spaced = fold_heading(wanted.replace("-", " "))
        same = self._slugs.get(spaced) or self._slugs.get(_slug(wanted))
        return self._words.nearest(wanted) if same is None else same


headings_of = per_note(Headings)
