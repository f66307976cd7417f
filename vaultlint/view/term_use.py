"""How the terms of a vocabulary are used in a vault, and which of them look alike.

Invariant: a function of the index and the vocabularies; counts are of notes, in whatever spelling
the vocabulary takes for the term. A suggestion is for people.

Tests: tests/unit/view/test_term_use.py
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from vaultlint.terms import Vocabulary, nearest
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import fold_tag
from vaultlint.vault.terms_in_use import Bindings, TermsInUse

_MOST_SEARCHED = 300
_MOST_ALIKE = 6


class Used(NamedTuple):
    """A term and how many notes use it; for one that is not listed the listed one it may mean."""

    term: str
    notes: int
    suggestion: str | None = None


class Alike(NamedTuple):
    """Two terms in use that may be one; the first is used by more notes."""

    term: str
    notes: int
    other: str
    other_notes: int


class TermUse(NamedTuple):
    """The use of one vocabulary. What is used is sorted by number of notes, most first.

    ``deprecated`` terms are in use although the vocabulary tells not to; ``unused`` ones are
    listed, in the order of the list. ``alike`` leaves out what the vocabulary lists both of, and
    what a suggestion says already.
    """

    vocabulary: str
    properties: tuple[str, ...]
    listed: int
    used: tuple[Used, ...]
    unlisted: tuple[Used, ...]
    deprecated: tuple[Used, ...]
    unused: tuple[str, ...]
    alike: tuple[Alike, ...]


def term_use(
    index: VaultIndex, vocabularies: Mapping[str, Vocabulary], bindings: Mapping[str, str]
) -> tuple[TermUse, ...]:
    """Return the use of each vocabulary that a property is bound to, sorted by name."""
    counts = TermsInUse(Bindings(bindings, vocabularies), index.files).counts
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (_, vocabulary, term), notes in counts.items():
        found[vocabulary][term] = notes
    bound = sorted(set(bindings.values()) & vocabularies.keys())
    return tuple(
        _use(vocabularies[name], found[name], [key for key, to in bindings.items() if to == name])
        for name in bound
    )


def _use(vocabulary: Vocabulary, counts: Mapping[str, int], properties: list[str]) -> TermUse:
    groups: dict[str, list[Used]] = {"known": [], "unknown": [], "deprecated": []}
    for term, notes in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        kind = vocabulary.match(term).kind
        suggestion = vocabulary.suggest(term) if kind == "unknown" else None
        groups[kind if kind in groups else "known"].append(Used(term, notes, suggestion))
    listed = dict.fromkeys(term.name for term in vocabulary.terms)
    told = {(used.suggestion, used.term) for used in groups["unknown"]}
    pairs = (
        pair
        for pair in alike({**dict.fromkeys(listed, 0), **counts})
        if not (pair.term in listed and pair.other in listed)
        and not {(pair.term, pair.other), (pair.other, pair.term)} & told
    )
    return TermUse(
        vocabulary.name,
        tuple(sorted(properties)),
        len(listed),
        tuple(groups["known"]),
        tuple(groups["unknown"]),
        tuple(groups["deprecated"]),
        tuple(term for term in listed if term not in counts),
        tuple(pairs),
    )


def tag_use(index: VaultIndex) -> tuple[Used, ...]:
    """Return each tag in its most frequent spelling with the number of notes that carry it."""
    notes: Counter[str] = Counter()
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for exports in index.files.values():
        for key, value in (exports or {}).items():
            if key[0] == "tag":
                notes[key[1]] += 1
                spellings[key[1]].update(value)
    named = (
        Used(min(found, key=lambda name: (-found[name], name)).rstrip("/"), notes[tag])
        for tag, found in spellings.items()
    )
    return tuple(sorted(named, key=lambda used: (-used.notes, fold_tag(used.term), used.term)))


def alike(counts: Mapping[str, int]) -> Iterator[Alike]:
    """Yield pairs of terms in ``counts`` (term to notes) that are probably one, most used first.

    Terms that differ in case, signs or a plural ending; and of the rarest terms those that are one
    slip away from a more frequent one. Linear, but for that search, which is bounded.
    """
    order = sorted(counts, key=lambda term: (-counts[term], term))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for term in order:
        groups[_bare(term)].append(term)
    pairs = {pair for group in groups.values() for pair in combinations(group[:_MOST_ALIKE], 2)}
    for term in order[-_MOST_SEARCHED:]:
        frequent = (other for other in order if counts[other] > counts[term] > 0)
        near = nearest(term, frequent)
        if near is not None:
            pairs.add((near, term))
    for one, other in sorted(pairs, key=lambda pair: (-counts[pair[1]], -counts[pair[0]], pair)):
        yield Alike(one, counts[one], other, counts[other])


def _bare(term: str) -> str:
    """Return ``term`` without case, signs and a plural ending; + and # tell languages apart."""
    folded = term.casefold()
    letters = "".join(char for char in folded if char.isalnum() or char in "+#/") or folded
    return letters.removesuffix("s") if len(letters) > 3 else letters
