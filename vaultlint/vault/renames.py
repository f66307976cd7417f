"""File names as they are once files have been renamed or moved, without touching the index.

Invariant: what is handed in stays as it is; only the names concerned are built anew.

Tests: tests/unit/vault/test_renames.py
"""

from collections.abc import Iterable, Mapping

from vaultlint.note.model import NoteId
from vaultlint.vault.candidates import Candidates
from vaultlint.vault.keys import MARKDOWN, LinkRef, fold, name_of
from vaultlint.vault.resolve import readings


def renamed_names(
    by_name: Mapping[str, Candidates], renames: Mapping[NoteId, NoteId]
) -> Mapping[str, Candidates]:
    """Return ``by_name`` with every file of ``renames`` under its new path.

    Each must be there; linear in the number of names and of what is renamed.
    """
    touched: dict[str, Candidates] = {}

    def named(folded: str) -> Candidates:
        name = name_of(folded)
        if name not in touched:
            touched[name] = by_name[name].copy() if name in by_name else Candidates()
        return touched[name]

    for old in renames:
        folded = fold(old)
        named(folded).discard(folded, old)
    for new in renames.values():
        folded = fold(new)
        named(folded).add(folded, new)
    return {**by_name, **touched}


class NamesConcerned:
    """Tells which links a renaming may concern: those that look up one of its file names."""

    def __init__(self, files: Iterable[NoteId]) -> None:
        """Take the paths before and after."""
        self._names = {name_of(fold(file)) for file in files}

    def may_change(self, ref: LinkRef) -> bool:
        """Return whether what the link opens may be another file than before."""
        target, raw = ref
        return self._looks_up(target) or bool(raw and any(map(self._looks_up, readings(raw))))

    def _looks_up(self, target: str) -> bool:
        name = name_of(fold(target.strip()))
        return name in self._names or name + MARKDOWN in self._names
