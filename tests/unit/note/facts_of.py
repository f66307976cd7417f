"""Facts of a text in the plain form that tests compare."""

from vaultlint.note.blocks import scan
from vaultlint.note.frame import note_frame
from vaultlint.note.model import Link, Note
from vaultlint.note.parse import parse_note
from vaultlint.text import LineIndex, Span


def note_of(text: str) -> Note:
    return parse_note("Note.md", text.encode("utf-8", "surrogateescape"))


def words(text: str, *kinds: str) -> dict[str, list[str]]:
    """Return the source text of each fact of ``kinds``."""
    note = note_of(text)
    return {kind: [fact.span.of(note.text) for fact in getattr(note, kind)] for kind in kinds}


def links(text: str) -> list[str]:
    note = note_of(text)
    return [link.span.of(note.text) for link in note.links]


def tags(text: str) -> list[str]:
    return [tag.name for tag in note_of(text).tags]


def headings(text: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in note_of(text).headings]


def block_ids(text: str) -> list[tuple[str, str]]:
    """Return (id, source of the block it names)."""
    note = note_of(text)
    return [(block.id, block.block.of(note.text)) for block in note.blocks]


def regions(text: str, kind: str) -> list[str]:
    note = note_of(text)
    return [region.span.of(note.text) for region in note.regions if region.kind == kind]


def kinds(text: str) -> list[str]:
    """Return the kinds of the top-level blocks."""
    frame = note_frame(text)
    return [block.kind for block in scan(frame, 0, len(frame.text))]


def place(note: Note, span: Span) -> dict[str, object]:
    """Return line, column and source of ``span`` as the shared vectors name them."""
    position = LineIndex(note.text).position(span.start)
    return {"line": position.line, "col": position.column, "text": span.of(note.text)}


def link_entry(note: Note, link: Link) -> dict[str, object]:
    subpath = "" if link.anchor is None else f"#{link.anchor}"
    entry = {"path": link.target, "subpath": subpath, "alias": link.alias}
    return place(note, link.span) | entry
