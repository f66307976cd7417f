"""Notes: the facts of files, read when they are asked for and kept while there is room.

Invariant: only a cache; forgetting any of it changes no finding. Reading never raises but for a
file that cannot be read, and a parser that fails costs the facts of one note, no more.

Tests: tests/unit/engine/test_notes.py
"""

import codecs
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from vaultlint.diagnostics import INTERNAL_ERROR
from vaultlint.errors import SourceError
from vaultlint.note.canvas import canvas_note, is_canvas
from vaultlint.note.model import Note, NoteId, Problem
from vaultlint.note.packed import pack_note, unpack_note
from vaultlint.note.parse import attachment, parse_note
from vaultlint.source import Source
from vaultlint.text import Span
from vaultlint.vault.keys import is_markdown

ROOM = 12 * 1024 * 1024
"""How many code points of text are kept (facts take eight times as many bytes again)."""

UNREADABLE = "unreadable"


class Notes:
    """The notes of one source."""

    def __init__(self, source: Source, *, room: int = ROOM) -> None:
        self._source = source
        self._textual: frozenset[NoteId] = frozenset()
        self._notes: dict[NoteId, Note] = {}
        self._packed: dict[NoteId, bytes] = {}
        self._packing = False
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
            data = self._source.read(file)
            packed = self._packed.pop(file, None)
            known = None if packed is None else unpack_note(packed, data)
            note = _parse(file, data) if known is None else known
        elif file in self._textual:
            note = _text_of(file, self._source.read(file))
        else:
            return attachment(file)
        self._keep(note)
        return note

    def forget(self, files: Iterable[NoteId]) -> None:
        """Drop what is kept of ``files``, known or not."""
        for file in files:
            self._drop(file)
            self._packed.pop(file, None)

    @contextmanager
    def packing(self) -> Iterator[None]:
        """Pack notes for which there is no room, within the block: each will be asked for again."""
        self._packing = True
        try:
            yield
        finally:
            self._packing = False

    def forget_packed(self) -> None:
        """Drop what was packed and not asked for again."""
        self._packed = {}

    def kept(self) -> tuple[NoteId, ...]:
        """Return the files whose facts are at hand."""
        return tuple(self._notes)

    def _keep(self, note: Note) -> None:
        self._drop(note.id)
        self._notes[note.id] = note
        self._used += len(note.text)
        while self._used > self._room and len(self._notes) > 1:
            oldest = self._notes[next(iter(self._notes))]
            self._drop(oldest.id)
            if self._packing and oldest.parsed and is_markdown(oldest.id):
                self._packed[oldest.id] = pack_note(oldest)

    def _drop(self, file: NoteId) -> None:
        note = self._notes.pop(file, None)
        if note is not None:
            self._used -= len(note.text)


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
