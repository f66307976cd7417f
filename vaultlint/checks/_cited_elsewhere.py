"""What other citations of the same source state, to complete or compare one.

Invariant: for advice and fixes only; a fix names the digest of every note it was computed from.

Tests: tests/specs/citation-format.md
"""

import re
from collections.abc import Sequence

from vaultlint.check import Note, Position, VaultView
from vaultlint.checks._citations import bare_text, source_link, stated, words
from vaultlint.checks._same_source import same_title
from vaultlint.terms import CitationTemplate

_COMMA = re.compile(r",(?=\s*[12]\d{3}[a-z]?\W*$)", re.ASCII)


def completed(
    text: str, template: CitationTemplate, source: tuple[str, str], vault: VaultView
) -> tuple[str, list[Note]] | None:
    """Return ``text`` with the author and year that all others state, and the notes that do.

    None when they do not agree, or contradict what ``text`` states.
    """
    own = stated(text)
    claims = [
        (claim.note, parsed)
        for claim in vault.sources(source)
        if (parsed := template.parse(bare_text(claim.text or ""))) is not None
    ]
    if len({(*words(parsed.author or ""), parsed.year) for _, parsed in claims}) != 1:
        return None
    author, year = claims[0][1].author or "", claims[0][1].year
    if own.year not in (None, year) or (own.author and words(own.author) != words(author)):
        return None
    if own.year is None and own.title.endswith(")"):
        return None  # what the parenthesis means is for a person to say
    filled = template.source.replace("{title}", own.title)
    filled = filled.replace("{author}", author).replace("{year}", str(year))
    if template.parse(filled) is None:
        return None
    return filled, [vault.note(file) for file in dict.fromkeys(file for file, _ in claims)]


def without_comma(text: str, template: CitationTemplate) -> str | None:
    """Return ``text`` without the comma before its year, if it fits ``template`` then."""
    new = _COMMA.sub("", text)
    return new if new != text and template.parse(bare_text(new)) is not None else None


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
