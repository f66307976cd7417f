"""What other citations of the same source state, to complete or compare one.

Invariant: for advice and fixes only; a fix names the digest of every note it was computed from.

Tests: tests/specs/citation-format.md
"""

import re
from collections.abc import Sequence

from vaultlint.check import Fix, Found, Note, Position, Safety, Span, VaultView
from vaultlint.checks._citations import source_link
from vaultlint.checks._edits import one_edit
from vaultlint.terms import CitationTemplate
from vaultlint.terms.stated import Stated, bare_text, stated, words
from vaultlint.vault.same_source import same_title

_MOST_ASKED = 50  # notes, each of which is read again before the fix is written
_MARKUP = re.compile(r"[\[\]|<>`]")
_COMMA = re.compile(r",(?=\s*[12]\d{3}[a-z]?\W*$)", re.ASCII)


def mended(found: Found, note: Note, vault: VaultView, template: CitationTemplate) -> Fix | None:
    """Return the fix of a citation that does not fit ``template``, None without one.

    SAFE: a comma is taken out. UNSAFE: what all other notes state of the source is filled in.
    """
    text, source = found.data.get("text"), found.data.get("source")
    if text is None or found.span.of(note.text) != text:
        return None  # a text of several lines is not read as it is written
    comma = _extra_comma(text, template)
    if comma is not None:
        place = comma.shift(found.span.start)
        return one_edit("Take out the comma", Safety.SAFE, note, place, "")
    filled = _completed(text, template, tuple(source), vault) if source else None
    if filled is None:
        return None
    title = "Complete the citation as other notes have it"
    return one_edit(title, Safety.UNSAFE, note, found.span, filled[0], *filled[1])


def _completed(
    text: str, template: CitationTemplate, source: tuple[str, str], vault: VaultView
) -> tuple[str, list[Note]] | None:
    """Return ``text`` with the author and year that all others state, and the notes that were asked.

    None when they do not all agree, contradict what ``text`` states, or are very many.
    """
    ways = [way for way in vault.sources(source) if way.text and way.text != text]
    if sum(len(way.notes) for way in ways) > _MOST_ASKED:
        return None
    stating = (template.parse(bare_text(way.text or "")) for way in ways)
    full = next((parsed for parsed in stating if parsed is not None), None)
    if full is None:
        return None
    author, year, bare = full.author or "", full.year, bare_text(text)
    everyone = [stated(text), *(stated(way.text or "") for way in ways)]
    if not all(_agrees(one, author, year) for one in everyone) or _MARKUP.search(author):
        return None
    own = everyone[0]
    if own.year is None and own.title.endswith(")"):
        return None  # what the parenthesis means is for a person to say
    filled = template.source.replace("{title}", own.title)
    filled = filled.replace("{author}", author).replace("{year}", str(year))
    if template.parse(filled) is None:
        return None
    asked = {file for way in ways for file in way.notes}
    return text.replace(bare, filled, 1), [vault.note(file) for file in sorted(asked)]


def _agrees(one: Stated, author: str, year: int | None) -> bool:
    """Return whether ``one`` states nothing else than this author and year."""
    return one.year in (None, year) and (not one.author or words(one.author) == words(author))


def _extra_comma(text: str, template: CitationTemplate) -> Span | None:
    """Return where in ``text`` the comma before its year is, if it fits ``template`` without."""
    comma = _COMMA.search(text)
    if comma is None:
        return None
    new = text[: comma.start()] + text[comma.end() :]
    return Span(*comma.span()) if template.parse(bare_text(new)) is not None else None


def cited_at(note: Note, source: Sequence[str] | None, text: str | None) -> Position:
    """Return where ``note`` cites a source, or the start of the note if it does not.

    A citation with its identifier and ``text`` comes first, then one with either.
    """
    links = [link for citation in note.citations if (link := source_link(citation)) is not None]
    same = [link for link in links if source and link.identifier == tuple(source)]
    exact = [link for link in same if link.text == text]
    titled = [] if same else [link for link in links if same_title(link.text, text)]
    for link in (*exact, *same, *titled):
        return note.lines.position((link.text_span or link.span).start)
    return Position(1, 1)
