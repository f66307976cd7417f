"""What broken-anchor and broken-block share: the links whose subpath must be found.

Tests: tests/specs/broken-anchor.md, tests/specs/broken-block.md
"""

from collections.abc import Iterator

from vaultlint.check import Note, VaultView
from vaultlint.checks._links import judged
from vaultlint.checks._templates import has_marker
from vaultlint.note.model import Link, NoteId
from vaultlint.vault.anchors import segments
from vaultlint.vault.keys import is_markdown


def judged_anchors(note: Note, vault: VaultView) -> Iterator[tuple[Link, NoteId]]:
    """Yield each link with a subpath whose file is there, and that file.

    Only Markdown notes have headings: in ``x.pdf#page=3`` and ``x.base#View`` the subpath is
    something else. Source: Obsidian help, Embed files, Create a base.
    """
    for link in judged(note, vault):
        # In [[N#[^id]]] the first ]] cuts the footnote's label: no heading was meant.
        cut = link.anchor is not None and link.anchor.startswith("[^") and not link.markdown
        if link.anchor and not cut and not has_marker(link.anchor):
            file = vault.resolve(link).target
            if file is not None and is_markdown(file):
                yield link, file


def is_block(anchor: str) -> bool:
    """Return whether ``anchor`` names a block: its one segment starts with a caret."""
    parts = segments(anchor)
    return len(parts) == 1 and parts[0].lstrip().startswith("^")
