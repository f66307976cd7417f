"""An index made of names or of notes, for tests of the vault."""

from collections.abc import Iterable

from vaultlint.note.model import Citation, CitedLink, Link, Note, Tag
from vaultlint.text import Span
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import exports

NOWHERE = Span(0, 0)


def listing(*files: str) -> VaultIndex:
    """Return an index that knows ``files`` by name alone."""
    index = VaultIndex()
    index.add(files)
    return index


def index_of(notes: Iterable[Note]) -> VaultIndex:
    """Return an index of ``notes``."""
    index = VaultIndex()
    for note in notes:
        index.put(note.id, exports(note))
    return index


def wiki(target: str, anchor: str | None = None) -> Link:
    """Return the fact of a wikilink to ``target``."""
    return Link("wiki", False, NOWHERE, target, NOWHERE, anchor, None, None, None, target, False)


def inline(raw: str, target: str | None = None) -> Link:
    """Return the fact of a Markdown link to the destination ``raw``, decoded as ``target``."""
    path, _, anchor = raw.partition("#")
    decoded = path if target is None else target
    return Link(
        "inline", False, NOWHERE, decoded, NOWHERE, anchor or None, None, None, None, raw, True
    )


def cited(kinds: str, text: str | None, identifier: tuple[str, str] | None) -> Citation:
    """Return the fact of a citation of these ``kinds`` with one link of that ``text``."""
    link = CitedLink(text, NOWHERE, "https://example.org", NOWHERE, NOWHERE, identifier)
    return Citation(tuple(Tag(kind, NOWHERE) for kind in kinds.split()), (link,), NOWHERE)


def note(file: str, **facts: object) -> Note:
    """Return a note with these facts and no text."""
    return Note(file, "", "0", **facts)
