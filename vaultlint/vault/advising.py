"""The vault as advice sees it: a VaultView that records what it is asked for advice, too.

Advice may look at everything. What it looked at is recorded more coarsely than what findings follow
from: it is kept for as long as nothing of that changes, and worked out again otherwise.

Invariant: while none of the keys in ``reads`` changes, the same questions get the same answers.

Tests: tests/unit/vault/test_advising.py, tests/properties/test_restarts.py
"""

from collections.abc import Iterable

from vaultlint.note.model import Note, NoteId
from vaultlint.vault.keys import ANYTHING, FILES, OUTLINES
from vaultlint.vault.link_text import LinkStyle
from vaultlint.vault.view import VaultView


class AdvisingView(VaultView):
    """A view whose every answer is recorded."""

    __slots__ = ()

    def note(self, file: NoteId) -> Note:
        """Return the facts of another file. Raises SourceError if it cannot be read."""
        self.reads.add(("text", file))
        return super().note(file)

    def files(self) -> Iterable[NoteId]:
        """Return the ids of all files of the vault."""
        self.reads.add(FILES)
        return super().files()

    def notes_with_block(self, block_id: str) -> tuple[NoteId, ...]:
        """Return the notes in which a block has ``block_id``, as in VaultView."""
        self.reads.add(OUTLINES)
        return super().notes_with_block(block_id)

    def link_text(self, target: NoteId, style: LinkStyle) -> str:
        """Return a link from the view's own note that opens ``target``, as in VaultView."""
        self.reads.update((FILES, ("setting", "newLinkFormat")))
        return super().link_text(target, style)

    def linktext(self, target: NoteId, *, markdown: bool = False) -> str:
        """Return the path of such a link, as in VaultView."""
        self.reads.update((FILES, ("setting", "newLinkFormat")))
        return super().linktext(target, markdown=markdown)

    # An index follows these only for rules that have asked.

    def inlinks(self, file: NoteId) -> frozenset[NoteId]:
        """Return the files whose links or embeds resolve to ``file``, as in VaultView."""
        self.reads.add(ANYTHING)
        return super().inlinks(file)

    def matches(self, glob: str) -> bool:
        """Return whether any file of the vault matches ``glob``, as in VaultView."""
        self.reads.add(ANYTHING)
        return super().matches(glob)

    def term_users(self, vocabulary: str, term: str) -> int:
        """Return how many notes use ``term``, as in VaultView."""
        self.reads.add(ANYTHING)
        return super().term_users(vocabulary, term)
