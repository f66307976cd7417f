"""Which notes list the terms of a property, such as ``meta/tags.md`` those of ``tags``.

Invariant: a note counts only if it lists nearly all that is in use, weighed by how often it is.

Tests: tests/unit/cli/test_init_lists.py
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from vaultlint.config.term_lists import terms_of_note
from vaultlint.note.model import NoteId

FEWEST_TERMS = 5
COVERED = 0.75
"""The share of all uses that a list has to cover."""
_LOOKED_FOR = 8
"""So many of the most frequent terms are looked for before a note is read as a list."""


def listing_notes(
    in_use: Mapping[str, Counter[str]], texts: Iterable[tuple[NoteId, str]]
) -> dict[str, NoteId]:
    """Return, for each property of ``in_use`` that has one, the note that lists its terms best.

    ``in_use`` holds the number of notes that use each term; ``texts`` all notes with their text.
    """
    frequent = {
        name: [term for term, _ in terms.most_common(_LOOKED_FOR)]
        for name, terms in in_use.items()
        if len(terms) >= FEWEST_TERMS
    }
    best: dict[str, tuple[float, int, NoteId]] = {}
    for file, text in texts:
        names = [name for name, terms in frequent.items() if _mentions(text, terms)]
        listed = {term.name for term in terms_of_note(text) or ()} if names else set()
        for name in names:
            covered = sum(uses for term, uses in in_use[name].items() if term in listed)
            share = covered / in_use[name].total()
            if share >= COVERED:
                best[name] = max(best.get(name, (0, 0, "")), (share, -len(listed), file))
    return {name: file for name, (_, _, file) in best.items()}


def _mentions(text: str, terms: list[str]) -> bool:
    missing = 0
    for term in terms:
        missing += term not in text
        if 2 * missing > len(terms):
            return False
    return True
