"""A tag renamed everywhere: one fix over every note, the cards of canvases, and the vocabulary.

Nested tags go with it: renaming ``a`` to ``b`` makes ``a/x`` ``b/x``. Tags are the same in any
case, as in Obsidian. Source: help vault, Tags. What vocabularies have to follow: rename_terms.py.

Invariant: all or nothing; a tag or term that cannot be written anew stops the whole of it.

Tests: tests/unit/fixing/test_rename.py
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from vaultlint.checks._lists import Settled
from vaultlint.checks._tags import NOT_TAG, retag
from vaultlint.diagnostics import Edit, Fix, Notice, Safety
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError, UsageError
from vaultlint.fixing.proposals import Proposal
from vaultlint.fixing.rename_terms import TermRenaming
from vaultlint.fixing.texts import digest, text_of
from vaultlint.note.canvas import is_canvas
from vaultlint.note.canvas_text import CanvasText, canvas_edits
from vaultlint.note.model import Note, NoteId
from vaultlint.note.parse import parse_note
from vaultlint.terms.nearest import nearest
from vaultlint.text import Span
from vaultlint.vault.keys import fold_tag, is_markdown

RULE = "tags-rename"
_IN_TAGS = frozenset({"tags", "properties"})
_IN_LISTS = frozenset({"code", "link-text", "links", "text"})


class Renaming(NamedTuple):
    """The fix that renames a tag, and what names the tag and is left to a person."""

    proposal: Proposal
    left: tuple[Notice, ...]


def rename_tag(session: Session, old: str, new: str) -> Renaming:
    """Return the fix that renames the tag ``old`` to ``new`` (with or without ``#``).

    Raises UsageError for a name that is no tag, a tag that no note has, and one that cannot be
    written anew where it stands; SourceError if a note cannot be read.
    """
    old, new = (name.removeprefix("#").strip("/") for name in (old, new))
    if not new or NOT_TAG.search(new) or new.isdigit():
        raise UsageError(f"{new!r} cannot be a tag: no spaces or signs, and not digits alone")
    renaming = _Renaming(session, old, new)
    edits = renaming.in_notes()
    if not edits:
        raise UsageError(_not_found(session, old))
    terms = TermRenaming(session, renaming.users, renaming.renamed)
    edits = _together([*edits, *renaming.in_canvases()], terms.edits())
    base = {file: digest(session.read(file)) for file in {edit.note for edit in edits}}
    fix = Fix(f"Rename #{old} to #{new}", Safety.SAFE, tuple(edits), base)
    changes = _IN_TAGS | _IN_LISTS if terms.in_notes else _IN_TAGS
    return Renaming(Proposal(RULE, fix, changes), tuple(terms.left))


def _together(tags: list[Edit], terms: list[Edit]) -> list[Edit]:
    """Return all edits, each place edited once: a list of terms may name them as tags."""
    removed = [(edit.note, edit.span) for edit in terms if not edit.text]
    tags = [
        tag
        for tag in tags
        if not any(
            note == tag.note and span.start <= tag.span.start and tag.span.end <= span.end
            for note, span in removed
        )
    ]
    ends = {(edit.note, edit.span.end) for edit in tags}
    return [*tags, *(edit for edit in terms if (edit.note, edit.span.end) not in ends)]


def _not_found(session: Session, old: str) -> str:
    used = {
        spelling
        for file, exports in session.index.files.items()
        if exports and is_markdown(file)
        for spelling in _tags_of(session.note(file))
    }
    near = nearest(old, sorted(used))
    hint = f"; did you mean #{near}?" if near else ""
    return f"no note has the tag #{old}{hint}"


def _tags_of(note: Note) -> Iterator[str]:
    return (tag.name.rstrip("/") for tag in note.tags)


class _Renaming:
    """One renaming in one vault; ``users`` are the notes that have the tag, or one nested in it."""

    def __init__(self, session: Session, old: str, new: str) -> None:
        self._session = session
        self._old = fold_tag(old)
        self._new = new
        self.users = self._users()

    def in_notes(self) -> list[Edit]:
        """Return the edits of tags; none when no note has the tag."""
        return [edit for file in self.users for edit in self._in(self._session.note(file))]

    def in_canvases(self) -> Iterator[Edit]:
        """Yield the edits of tags on the text cards of canvases."""
        for file in filter(is_canvas, self._session.index.files):
            try:
                text = text_of(self._session.read(file))
            except SourceError:
                continue
            pairs = canvas_edits(text, partial(self._on_card, file))
            yield from (Edit(file, span, new) for span, new in pairs)

    def _on_card(self, file: NoteId, card: CanvasText) -> list[tuple[Span, str]]:
        if card.key != "text" or "#" not in card.value:
            return []
        note = parse_note(file, card.value.encode("utf-8", "replace"))
        return [(edit.span, edit.text) for edit in self._in(note)]

    def renamed(self, name: str) -> str | None:
        """Return what the tag or term ``name`` (no ``#``) becomes, None if it is another one."""
        bare = name.rstrip("/")
        folded = fold_tag(bare)
        if folded == self._old:
            return self._new
        if not folded.startswith(self._old + "/"):
            return None
        depth = self._old.count("/") + 1
        return "/".join((self._new, *bare.split("/")[depth:]))

    def _users(self) -> list[NoteId]:
        nested = self._old + "/"
        return [
            file
            for file, exports in self._session.index.files.items()
            if exports
            and is_markdown(file)
            and any(
                key[0] == "tag" and (key[1] == self._old or str(key[1]).startswith(nested))
                for key in exports
            )
        ]

    def _in(self, note: Note) -> Iterator[Edit]:
        for tag in note.tags:
            new = self.renamed(tag.name)
            if new is None:
                continue
            fix = retag(note, tag.span, new, Safety.SAFE, self._settled)
            if fix is None:
                line = note.lines.position(tag.span.start).line
                raise UsageError(
                    f"{note.id}:{line}: #{tag.name} is written in a way that only a person can change; "
                    "nothing was renamed"
                )
            yield from fix.edits

    def _settled(self, name: str) -> Settled:
        new = self.renamed(name)
        return Settled(name, None) if new is None else Settled(new, Safety.SAFE)
