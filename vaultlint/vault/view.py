"""VaultView: the only door through which a rule asks about anything but its own note.

Invariant: every answer that may depend on another file is recorded as the keys that were read,
misses included, so the engine re-runs exactly the rules whose answers may have changed. The
methods under "Unrecorded" serve advice (did-you-mean, related places), which is never stored.

Tests: tests/unit/vault/test_view.py
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vaultlint.note.model import Link, Note, NoteId
from vaultlint.terms import Validator, Vocabulary
from vaultlint.text import Span


class Resolution(NamedTuple):
    """What a link opens: ``target`` is a file or None; ``candidates`` are all that tie for it."""

    target: NoteId | None
    candidates: tuple[NoteId, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Return whether Obsidian's choice is not determined (a tie of equal rank)."""
        return len(self.candidates) > 1


class Anchor(NamedTuple):
    """What a subpath finds: type is "heading", "block" or "footnote"; line is 0-based."""

    type: str
    line: int


class SourceClaim(NamedTuple):
    """One citation of one identified source, as its note states it."""

    note: NoteId
    kinds: tuple[str, ...]
    text: str | None


class VaultView:
    """The vault as one (note, rule) sees it."""

    # Recorded: resolution
    def resolve(self, link: Link) -> Resolution:
        """Return what ``link`` of the view's own note opens."""
        raise NotImplementedError

    def resolve_path(self, target: str) -> Resolution:
        """Return what a wikilink to ``target`` (no subpath) in the view's own note would open."""
        raise NotImplementedError

    def anchor(self, file: NoteId, anchor: str) -> Anchor | None:
        """Return what the subpath ``anchor`` (without ``#``) finds in ``file``, or None."""
        raise NotImplementedError

    def has_anchor(self, file: NoteId, anchor: str) -> bool:
        """Return whether ``anchor`` is there; True for files that have no anchors or were not parsed."""
        raise NotImplementedError

    # Recorded: who claims what
    def aliased(self, name: str) -> tuple[NoteId, ...]:
        """Return the notes that declare the alias ``name`` (folded), in order of id."""
        raise NotImplementedError

    def named(self, name: str) -> tuple[NoteId, ...]:
        """Return the files that a bare link ``name`` could mean (folded), in order of id."""
        raise NotImplementedError

    def sources(self, identifier: tuple[str, str]) -> tuple[SourceClaim, ...]:
        """Return every citation of ``identifier`` in the vault, in order of note, then of text."""
        raise NotImplementedError

    def titled(self, title: str) -> tuple[SourceClaim, ...]:
        """Return every citation whose normalized text equals that of ``title``."""
        raise NotImplementedError

    def tag_spellings(self, tag: str) -> Mapping[str, int]:
        """Return each spelling of ``tag`` (folded) in the vault with the number of notes."""
        raise NotImplementedError

    def inlinks(self, file: NoteId) -> frozenset[NoteId]:
        """Return the files whose links or embeds resolve to ``file`` (itself excluded)."""
        raise NotImplementedError

    def exists(self, path: NoteId) -> bool:
        """Return whether exactly ``path`` is a file of the vault."""
        raise NotImplementedError

    def matches(self, glob: str) -> bool:
        """Return whether any file of the vault matches ``glob``."""
        raise NotImplementedError

    def term_users(self, vocabulary: str, term: str) -> int:
        """Return how many notes use ``term`` in a property bound to ``vocabulary``."""
        raise NotImplementedError

    # Recorded: settings and configured objects
    def setting(self, name: str) -> Any:
        """Return an Obsidian setting of ``.obsidian/app.json``, or its default."""
        raise NotImplementedError

    def property_type(self, name: str) -> str | None:
        """Return the type that ``.obsidian/types.json`` gives to a property, or None."""
        raise NotImplementedError

    def vocabulary(self, name: str) -> Vocabulary:
        """Return the configured vocabulary ``name``. Raises KeyError for a name not configured."""
        raise NotImplementedError

    def vocabularies(self) -> tuple[str, ...]:
        """Return the names of all configured vocabularies."""
        raise NotImplementedError

    def validators(self) -> tuple[Validator, ...]:
        """Return the compiled schemas that apply to the view's own note."""
        raise NotImplementedError

    # Unrecorded: for advice only
    def note(self, file: NoteId) -> Note:
        """Return the facts of another file. Raises SourceError if it cannot be read."""
        raise NotImplementedError

    def files(self) -> Iterable[NoteId]:
        """Return the ids of all files of the vault."""
        raise NotImplementedError

    def position(self, file: NoteId, span: Span) -> tuple[int, int]:
        """Return the 1-based line and column of ``span.start`` in ``file``."""
        raise NotImplementedError
