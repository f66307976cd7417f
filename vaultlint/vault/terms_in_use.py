"""How many notes use each term of a vocabulary, kept right as notes change.

Tests: tests/unit/vault/test_terms_in_use.py, tests/properties/test_index.py
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.terms import Vocabulary
from vaultlint.vault.keys import Exports, Key

_TAGS = "tags"
_DEEPEST = 64  # levels of a nested term, as in Vocabulary


class Bindings(NamedTuple):
    """Which vocabulary each property (in any case) takes its values from."""

    properties: Mapping[str, str]
    vocabularies: Mapping[str, Vocabulary]


class TermsInUse:
    """Counts of notes by (vocabulary, term). Property ``tags`` counts tags of the body too."""

    def __init__(self, bindings: Bindings, files: Mapping[NoteId, Exports | None]) -> None:
        self._vocabularies = bindings.vocabularies
        self._bound: dict[str, str] = {
            name.lower(): vocabulary
            for name, vocabulary in bindings.properties.items()
            if vocabulary in bindings.vocabularies
        }
        self._canonical: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.counts: Counter[Key] = Counter()
        for exports in files.values():
            if exports:
                self.counts.update(self._keys(exports))

    def count(self, vocabulary: str, term: str) -> int:
        """Return how many notes use ``term`` of ``vocabulary``, in whatever spelling."""
        return self.counts["term-use", vocabulary, term]

    def replace(self, old: Exports, new: Exports) -> set[Key]:
        """Count a note's terms anew. Return the keys whose counts changed."""
        before, after = self._keys(old), self._keys(new)
        for key in before - after:
            self.counts[key] -= 1
        for key in after - before:
            self.counts[key] += 1
        return before ^ after

    def changes(self, other: "TermsInUse") -> set[Key]:
        """Return the keys whose counts differ in ``other``."""
        keys = self.counts.keys() | other.counts.keys()
        return {key for key in keys if self.counts[key] != other.counts[key]}

    def _keys(self, exports: Exports) -> set[Key]:
        return {
            ("term-use", vocabulary, self._term(vocabulary, part))
            for vocabulary, value in self._uses(exports)
            for part in self._parts(vocabulary, value)
        }

    def _parts(self, vocabulary: str, value: str) -> tuple[str, ...]:
        """Return ``value``, and what it is nested in: ``a/b`` uses ``a`` too where terms nest."""
        if "/" not in value or not self._vocabularies[vocabulary].nested:
            return (value,)
        ends = (at for at, char in enumerate(value) if char == "/")
        return (value, *(value[:end] for end in islice(ends, _DEEPEST)))

    def _uses(self, exports: Exports) -> Iterator[tuple[str, str]]:
        for key, value in exports.items():
            if key[0] == "tag" and _TAGS in self._bound:
                for spelling in value:
                    yield self._bound[_TAGS], spelling
            elif key[0] == "values":
                for name, terms in value:
                    vocabulary = self._bound.get(name.lower())
                    if vocabulary is not None:
                        for term in terms:
                            yield vocabulary, term

    def _term(self, vocabulary: str, value: str) -> str:
        """Return the listed term that ``value`` stands for, itself when it is not listed."""
        known = self._canonical[vocabulary]
        if value not in known:
            known[value] = self._vocabularies[vocabulary].match(value).canonical or value
        return known[value]
