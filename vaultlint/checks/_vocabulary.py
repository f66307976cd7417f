"""What is said of a term, in a property or as a tag, and of the list that holds it.

Tests: tests/specs/unknown-term.md, tests/specs/unknown-tag.md
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from vaultlint.check import Fix, Found, Note, Safety, Span, VaultView
from vaultlint.checks._lists import Settled
from vaultlint.checks._properties import is_placeholder, texts, value_span
from vaultlint.terms import Term, Vocabulary

_LINE_END = re.compile(r"\r\n|\r|\n|\Z")

MESSAGES = {
    "form": "{term!r} is written {instead!r} in the vocabulary {vocabulary!r}",
    "alias": "{term!r} is an alias of {instead!r} in the vocabulary {vocabulary!r}",
    "deprecated": "{term!r} is deprecated in the vocabulary {vocabulary!r}",
    "unknown": "{term!r} is not in the vocabulary {vocabulary!r}",
}


def judge(term: str, vocabulary: Vocabulary) -> Mapping[str, str | None] | None:
    """Return what is wrong with ``term`` as the data of a finding, None when it is listed."""
    kind, canonical = vocabulary.match(term)
    if kind == "known":
        return None
    return {"term": term, "vocabulary": vocabulary.name, "kind": kind, "instead": canonical}


def misfits(
    note: Note, vault: VaultView, key: str, vocabulary: Vocabulary
) -> Iterator[tuple[Mapping[str, str | None], Span]]:
    """Yield data and span of each term in property ``key`` that is not in order."""
    value = note.properties.get(key)
    if vocabulary.lists(value if isinstance(value, list) else (value,)):
        return  # nearly always; nothing has to be placed then
    for term, where in texts(note, key):
        problem = judge(term, vocabulary) if term else None
        if problem is not None:
            span = value_span(note, where)
            if not is_placeholder(note, vault, span):
                yield problem, span


def advice(found: Found, vault: VaultView) -> str:
    """Return what to do about the term of ``found``."""
    new, safety = correction(found, vault)
    if new is None:
        if found.data["kind"] == "deprecated":
            return "remove it"
        return _other_term(vault.vocabulary(found.data["vocabulary"]))
    return f"use {new!r}" if safety is Safety.SAFE else f"did you mean {new!r}?"


def _other_term(vocabulary: Vocabulary) -> str:
    """Return what to do about a term that nothing listed resembles."""
    files = {term.file for term in vocabulary.terms}
    if len(files) == 1 and (file := files.pop()):
        return f"use a term of the list in {file}, or add it there"
    return "use a term of the list, or add it"


def corrected(
    found: Found,
    vault: VaultView,
    write: Callable[[str, Safety, Callable[[str], Settled]], Fix | None],
) -> Fix | None:
    """Return the fix that writes the listed term, None without one.

    ``write`` makes it of the term, how sure it is, and what each other term will read.
    """
    new, safety = correction(found, vault)
    vocabulary = vault.vocabulary(found.data["vocabulary"])
    return None if new is None else write(new, safety, settle(vocabulary))


def correction(found: Found, vault: VaultView) -> tuple[str | None, Safety]:
    """Return the listed term to write, None without one, and how sure that is.

    A term that only looks like a listed one is a guess, never safe.
    """
    if found.data["kind"] != "unknown":
        return found.data["instead"], Safety.SAFE
    vocabulary = vault.vocabulary(found.data["vocabulary"])
    return vocabulary.suggest(found.data["term"]), Safety.UNSAFE


def settle(vocabulary: Vocabulary) -> Callable[[str], Settled]:
    """Return the function that says what a term will read once it is repaired."""

    def settled(term: str) -> Settled:
        kind, canonical = vocabulary.match(term)
        if kind == "known":
            return Settled(term, None)
        if kind != "unknown":
            return Settled(canonical or term, Safety.SAFE if canonical else None)
        near = vocabulary.suggest(term)
        return Settled(near or term, Safety.UNSAFE if near else None)

    return settled


@lru_cache(maxsize=1 << 14)  # a list out of order is judged anew for each of its findings
def bare(term: str) -> str:
    """Return ``term`` without case, white space and signs; all of it when it has no letters.

    ``+`` and ``#`` stay: C, C++ and C# are three things.
    """
    folded = term.casefold()
    return "".join(char for char in folded if char.isalnum() or char in "+#") or folded


def misplaced(terms: list[Term]) -> list[Term]:
    """Return the terms to move so that ``terms`` are in alphabetical order, as few as possible.

    Signs and spaces may count or not ("A-Frame" stands before "Abacus" or after it, "Access
    Modifiers" before or after "Accessibility"). O(n log n).
    """
    orders = ([term.name.casefold() for term in terms], [bare(term.name) for term in terms])
    out = min((_unsorted(keys) for keys in orders), key=len)
    kept = sorted(set(range(len(terms))) - set(out))
    return [terms[at] for at in out if not any(_fits(keys, kept, at) for keys in orders)]


def _fits(keys: list[str], kept: list[int], at: int) -> bool:
    """Return whether the key at ``at`` stands between its nearest neighbors among ``kept``."""
    after = bisect_right(kept, at)
    low = keys[kept[after - 1]] if after else ""
    return low <= keys[at] and (after == len(kept) or keys[at] <= keys[kept[after]])


def _unsorted(keys: list[str]) -> list[int]:
    """Return the places that are not in one longest run of non-decreasing keys."""
    tails: list[str] = []
    last: list[int] = []
    before: list[int] = []
    for at, key in enumerate(keys):
        length = bisect_right(tails, key)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1] = [key]
        last[length : length + 1] = [at]
    kept: set[int] = set()
    at = last[-1] if last else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return [at for at in range(len(keys)) if at not in kept]


def line_of(text: str, span: Span) -> Span | None:
    """Return the line of ``span`` with its end, None when it holds more than a list item."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    end = _LINE_END.search(text, span.end)
    if end is None or text[start : span.start].strip(" \t-*+'\"`_[#"):
        return None
    if text[span.end : end.start()].strip(" \t*'\"`_]"):
        return None
    return Span(start, end.end())


def place_in_order(text: str, span: Span, terms: list[Term]) -> Span | None:
    """Return where the line of the term at ``span`` belongs among its group, None if unknown."""
    own = next((term for term in terms if term.span == span), None)
    if own is None:
        return None
    group = [term for term in terms if term.group == own.group]
    out = {term.span for term in misplaced(group)}
    for term in group:
        if term.span not in out and bare(term.name) > bare(own.name):
            line = line_of(text, term.span)
            return None if line is None else Span(line.start, line.start)
    return None
