"""Bytes to Note: the one door through which text becomes facts.

Invariant: pure and total. Whatever the bytes, a Note comes back; what could not be understood is
one of its problems. Codes: "too-large", "invalid-utf8", "nul-byte", and those of the properties.
No CommonMark parser is asked: Obsidian's grammar is not CommonMark's (see blocks.py).

Tests: tests/unit/note/test_parse.py, tests/properties/test_note.py
"""

from hashlib import blake2b

from vaultlint.note.blocks import scan
from vaultlint.note.citations import read_citations
from vaultlint.note.facts import Facts
from vaultlint.note.frame import note_frame
from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.note.model import MAX_NOTE_BYTES, Note, NoteId, Problem
from vaultlint.note.reader import BlockReader
from vaultlint.note.suppressions import WORD, read_suppressions
from vaultlint.text import Span

_BOM = b"\xef\xbb\xbf"


def attachment(file: NoteId, data: bytes | None = None) -> Note:
    """Return the Note of a file that is no Markdown note: no facts, and its text only from ``data``.

    A config or a list of terms is such a file whose text is wanted.
    """
    if data is None:
        return Note(file, "", _digest(b""), parsed=False)
    bom = data.startswith(_BOM)
    text, _ = _decoded(data[3:] if bom else data)
    return Note(file, text, _digest(data), bom=bom, parsed=False)


def parse_note(file: NoteId, data: bytes) -> Note:
    """Return the facts of the Markdown note ``file`` with content ``data``. Never raises.

    Over 2 MB nothing is read, as in Obsidian. Source: release notes 1.6.0.
    """
    digest = _digest(data)
    if len(data) > MAX_NOTE_BYTES:
        message = (
            f"the note has {len(data):,} bytes; Obsidian reads no links, tags or headings from "
            f"notes over {MAX_NOTE_BYTES:,} bytes"
        )
        problem = Problem("too-large", Span(0, 0), message)
        return Note(file, "", digest, parsed=False, problems=(problem,))
    bom = data.startswith(_BOM)
    text, problems = _decoded(data[3:] if bom else data)
    properties = read_frontmatter(text)
    facts = Facts()
    frame = note_frame(text)
    reader = BlockReader(facts, frame.text)
    blocks = scan(frame, frame.local(properties.body), len(frame.text))
    reader.read(blocks)
    if facts.references and facts.definitions:
        reader.references()
    ignores = read_suppressions(text, facts.regions, blocks) if WORD in text else []
    return Note(
        file,
        text,
        digest,
        bom,
        parsed=True,
        frontmatter=properties.frontmatter,
        headings=tuple(facts.headings),
        blocks=tuple(facts.blocks),
        links=(*properties.links, *facts.links),
        urls=tuple(facts.urls),
        near_links=tuple(facts.near_links),
        tags=(*properties.tags, *facts.tags),
        aliases=properties.aliases,
        citations=read_citations(text, facts.tags, facts.links, facts.urls),
        footnotes=tuple(facts.footnotes),
        callouts=tuple(facts.callouts),
        fields=tuple(facts.fields),
        tasks=tuple(facts.tasks),
        regions=tuple(facts.regions),
        ignores=(*properties.ignores, *ignores),
        problems=(*problems, *properties.problems),
    )


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _decoded(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text, and problems at the first byte that is no UTF-8 and the first NUL."""
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "surrogateescape")
        at = len(data[: error.start].decode("utf-8"))
        message = f"byte 0x{data[error.start]:02x} is not valid UTF-8"
        problems.append(Problem("invalid-utf8", Span(at, at + 1), message))
    at = text.find("\0")
    if at != -1:
        message = "a NUL byte: this is not a text file, or it was damaged"
        problems.append(Problem("nul-byte", Span(at, at + 1), message))
    return text, tuple(problems)
