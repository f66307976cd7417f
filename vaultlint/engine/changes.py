"""Changes: what is said to have happened, made into what there is to look at.

Invariant: a pure question to the source; nothing is decided by what a change claims except which
files to look at. Whether a file really changed is decided by its bytes.

Tests: tests/unit/engine/test_changes.py
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, Source, SourceProblem, is_hidden
from vaultlint.source.overlay import OverlaySource
from vaultlint.vault.keys import has_facts


class Change(NamedTuple):
    """Something happened to ``file``: created, edited or, with ``deleted``, removed.

    With ``content`` these bytes stand for the file, whatever the source says, until another change
    to it comes without (an editor's buffer). Without, the source is read. A folder may be named
    too: all that was or is below it is looked at.
    """

    file: NoteId
    content: bytes | None = None
    deleted: bool = False


class Survey(NamedTuple):
    """The vault as its source lists it now, and what has to be looked at.

    ``touched`` are listed files that may have changed, ``removed`` those no longer there,
    ``hidden`` files that are not part of the vault but may be inputs of its config. ``complete``
    says that the source was listed, so that hidden files may have changed unseen.
    """

    source: OverlaySource
    entries: Mapping[NoteId, Entry]
    touched: frozenset[NoteId]
    removed: frozenset[NoteId]
    hidden: frozenset[NoteId]
    problems: tuple[SourceProblem, ...]
    complete: bool


def survey_all(source: OverlaySource, known: Mapping[NoteId, Entry]) -> Survey:
    """Return what differs, by stamp, between the source and what is ``known``.

    Raises SourceError if the source cannot be listed.
    """
    entries = source.list()
    touched = frozenset(
        file for file, entry in entries.items() if known.get(file) != entry or not entry.stamp
    )
    removed = frozenset(known.keys() - entries.keys())
    return Survey(source, entries, touched, removed, frozenset(), source.problems(), complete=True)


def survey(
    source: OverlaySource,
    known: Mapping[NoteId, Entry],
    problems: tuple[SourceProblem, ...],
    changes: Iterable[Change],
) -> Survey:
    """Return what ``changes`` ask to look at, listing the source only when a file may be new.

    Raises SourceError if the source cannot be listed.
    """
    last = last_of(changes)
    overlay = overlaid(source, last)
    files = frozenset(last)
    hidden = frozenset(filter(is_hidden, files))
    visible = files - hidden
    if any(_needs_listing(overlay, known, file) for file in visible):
        listed = survey_all(overlay, known)
        touched = listed.touched | {file for file in visible if file in listed.entries}
        return listed._replace(touched=touched, hidden=hidden)
    entries = dict(known)
    gone = frozenset(file for file, change in last.items() if change.deleted)
    removed = {file for file in visible & gone if entries.pop(file, None) is not None}
    for file in visible - gone:
        text = overlay.texts.get(file)
        entry = entries[file] if text is None else Entry(file, len(text), "")
        entries[file] = entry._replace(stamp="")  # unknown until the next listing
    touched = frozenset(visible & entries.keys())
    if len(entries) > len(known) - len(removed):  # files that only the overlay has
        entries = dict(sorted(entries.items()))
    return Survey(overlay, entries, touched, frozenset(removed), hidden, problems, complete=False)


def _needs_listing(overlay: OverlaySource, known: Mapping[NoteId, Entry], file: NoteId) -> bool:
    """Return whether only a listing can tell what became of ``file``.

    That is so for a new file, for a folder, and for an attachment, which nobody reads: its size.
    """
    if overlay.texts.get(file) is not None:
        return False
    return file not in known or not has_facts(file)


def last_of(changes: Iterable[Change]) -> dict[NoteId, Change]:
    """Return the last change of each file."""
    return {change.file.strip("/"): change for change in changes}


def overlaid(source: OverlaySource, changes: Mapping[NoteId, Change]) -> OverlaySource:
    """Return ``source`` with what ``changes`` say of the bytes of their files."""
    texts: dict[NoteId, bytes | None] = dict(source.texts)
    for file, change in changes.items():
        texts.pop(file, None)
        if change.content is not None and not change.deleted:
            texts[file] = change.content
        elif change.deleted and _has(source.base, file):
            texts[file] = None
    return OverlaySource(source.base, texts)


def _has(source: Source, file: NoteId) -> bool:
    try:
        source.read(file)
    except SourceError:
        return False
    return True
