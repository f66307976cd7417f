"""Notes: the facts of files, read when they are asked for and kept while there is room.

Invariant: only a cache; forgetting any of it changes no finding. Reading never raises but for a
file that cannot be read, and a parser that fails costs the facts of one note, no more.

Tests: tests/unit/engine/test_notes.py
"""

import codecs
import traceback
from collections.abc import Iterable

from vaultlint.diagnostics import INTERNAL_ERROR
from vaultlint.errors import SourceError
from vaultlint.note.canvas import canvas_note, is_canvas
from vaultlint.note.model import Note, NoteId, Problem
from vaultlint.note.parse import attachment, parse_note
from vaultlint.source import Source
from vaultlint.text import Span
from vaultlint.vault.keys import is_markdown

ROOM = 48 * 1024 * 1024
"""How many code points of text are kept (facts cost about as much again and more)."""

UNREADABLE = "unreadable"


class Notes:
    """The notes of one source."""

    def __init__(self, source: Source, *, room: int = ROOM) -> None:
        self._source = source
        self._textual: frozenset[NoteId] = frozenset()
        self._notes: dict[NoteId, Note] = {}
        self._room = room
        self._used = 0

    def serve(
        self, source: Source, textual: frozenset[NoteId], changed: Iterable[NoteId] = ()
    ) -> None:
        """Read from ``source`` from now on, where ``changed`` may differ from what was read before.

        ``textual`` are files that are no notes but whose text is wanted: config and vocabularies.
        """
        self._source = source
        self._textual = textual
        self.forget(changed)

    def get(self, file: NoteId) -> Note:
        """Return the facts of ``file``, read anew unless kept. Raises SourceError."""
        note = self._notes.get(file)
        return self.load(file) if note is None else note

    def load(self, file: NoteId) -> Note:
        """Return the facts of ``file``, read anew. Raises SourceError if it cannot be read."""
        if is_markdown(file) or is_canvas(file):
            note = _parse(file, self._source.read(file))
        elif file in self._textual:
            note = _text_of(file, self._source.read(file))
        else:
            return attachment(file)
        self._keep(note)
        return note

    def forget(self, files: Iterable[NoteId]) -> None:
        """Drop what is kept of ``files``, known or not."""
        for file in files:
            note = self._notes.pop(file, None)
            if note is not None:
                self._used -= len(note.text)

    def kept(self) -> tuple[NoteId, ...]:
        """Return the files whose facts are at hand."""
        return tuple(self._notes)

    def _keep(self, note: Note) -> None:
        self.forget((note.id,))
        self._notes[note.id] = note
        self._used += len(note.text)
        while self._used > self._room and len(self._notes) > 1:
            self.forget((next(iter(self._notes)),))


def _parse(file: NoteId, data: bytes) -> Note:
    try:
        return parse_note(file, data) if is_markdown(file) else canvas_note(file, data)
    except Exception as error:  # noqa: BLE001 - parsing is a job too, and has its guard here
        problem = Problem(INTERNAL_ERROR, Span(0, 0), describe(error))
        return Note(file, "", "", parsed=False, problems=(problem,))


def describe(error: Exception) -> str:
    """Return in a line what ``error`` says and where in our code it was raised, for a report."""
    frames = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" at {frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__}: {error}"[:500] + place


def _text_of(file: NoteId, data: bytes) -> Note:
    """Return a file that is no note, with its text but without facts."""
    bom = data.startswith(codecs.BOM_UTF8)
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    return attachment(file, data)._replace(text=text, bom=bom)


def unreadable(file: NoteId, error: SourceError) -> Note:
    """Return what stands for a file that cannot be read: no facts and the reason."""
    problem = Problem(UNREADABLE, Span(0, 0), error.message)
    return Note(file, "", "", parsed=False, problems=(problem,))


def vanished(error: SourceError) -> bool:
    """Return whether ``error`` says that the file went away after it was listed."""
    return error.gone
