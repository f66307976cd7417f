"""The list of a vocabulary has a term twice, out of order, or beside one that is nearly the same.

## Why
A long list is read by its order: a term out of place is not found, and is added again. Two terms
for one thing split the notes that a vocabulary is there to keep together. An alias or a deprecated
word is of use only if the list has the term that takes its place.

## Example
```yaml file="vaultlint.yaml"
vocabularies:
  subjects: {terms_from: {note: subjects.md}}
```

````md file="subjects.md"
```
Biology
Chemistry
Biology
```
````

## Use instead
````md file="subjects.md"
```
Biology
Chemistry
```
````

## Fix safety
UNSAFE: a line that only repeats a term is removed; which of the two stays may matter to people.
MANUAL: a line out of order is moved, which is shown only. There is no fix for the rest.

## Options
- `ordered`: the names of the vocabularies that are in alphabetical order.
- `near_duplicates`: report terms that differ only by case, spaces and signs.
- `unused`: report terms that no note uses.

Order and repeats are judged within one fenced block or list.

## Source
None: a list is yours. The order is without regard to case, with or without regard to signs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from vaultlint.check import (
    Check,
    Edit,
    Fix,
    Found,
    Note,
    Safety,
    Severity,
    Span,
    VaultView,
    option,
)
from vaultlint.checks._edits import one_edit
from vaultlint.checks._vocabulary import bare, line_of, misplaced, place_in_order
from vaultlint.options import VocabularyName
from vaultlint.terms import Term

_ORDER = "{term!r} is out of alphabetical order"
_NEAR = "{term!r} and {other!r} are nearly the same term"
_UNUSED = "no note uses {term!r}"
_DANGLING = "the config replaces {other!r} by {term!r}, which the vocabulary {name!r} does not list"

_TO_DO = {
    "repeated": "remove one of the two",
    "order": "move it to its place",
    "near": "keep one of the two, the other may become an alias",
    "unused": "use it or remove it",
    "dangling": "add the term, or correct the config",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What else than repeats is looked for."""

    ordered: tuple[VocabularyName, ...] = option(
        (), "names of the vocabularies in alphabetical order"
    )
    near_duplicates: bool = option(True, "report terms that differ by case, spaces and signs")
    unused: bool = option(False, "report terms that no note uses")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield what is wrong with the lists that this file holds, each at its term."""
    for name in vault.vocabularies():
        terms = [term for term in vault.vocabulary(name).terms if term.file == note.id]
        for _, group in groupby(terms, key=lambda term: term.group):
            yield from _in_group([*group], ordered=name in options.ordered)
        if terms and terms[0] is vault.vocabulary(name).terms[0]:
            yield from _dangling(name, vault.vocabulary(name).dangling())
        near = [*_near(terms)] if options.near_duplicates else []
        yield from near
        if options.unused:
            told = {str(found.data["term"]) for found in near}
            for term in {term.name: term for term in reversed(terms)}.values():
                if term.name not in told and not vault.term_users(name, term.name):
                    yield _found(term, "unused", _UNUSED)


def _dangling(name: str, words: list[tuple[str, str]]) -> Iterator[Found]:
    for word, term in words:
        data = {"term": term, "other": word, "case": "dangling", "do": _TO_DO["dangling"]}
        yield Found(Span(0, 0), {**data, "name": name, "about": word}, message=_DANGLING)


def _in_group(terms: list[Term], *, ordered: bool) -> Iterator[Found]:
    first: dict[str, Term] = {}
    for term in terms:
        if first.setdefault(term.name, term) is not term:
            yield _found(term, "repeated")
    for term in misplaced([*first.values()]) if ordered else ():
        yield _found(term, "order", _ORDER)


def _found(term: Term, case: str, message: str | None = None, other: str = "") -> Found:
    data = {"term": term.name, "other": other, "case": case, "do": _TO_DO[case]}
    return Found(term.span, data, message=message)


def _near(terms: list[Term]) -> Iterator[Found]:
    first: dict[str, str] = {}
    for term in terms:
        other = first.setdefault(bare(term.name), term.name)
        if other != term.name:
            yield _found(term, "near", _NEAR, other)


def repair(found: Found, note: Note, vault: VaultView, options: Options) -> Fix | None:
    """Return the fix that removes a line which only repeats a term, or moves one to its place."""
    line = line_of(note.text, found.span)
    if line is None or found.data["case"] not in ("repeated", "order"):
        return None
    if found.data["case"] == "repeated":
        return one_edit("Remove the repeated line", Safety.UNSAFE, note, line, "")
    for name in options.ordered:
        terms = [term for term in vault.vocabulary(name).terms if term.file == note.id]
        place = place_in_order(note.text, found.span, terms)
        if place is not None:
            edits = (Edit(note.id, line, ""), Edit(note.id, place, line.of(note.text)))
            return Fix("Move it to its place", Safety.MANUAL, edits, {note.id: note.digest})
    return None


CHECK = Check(
    id="vocabulary-hygiene",
    find=find,
    repair=repair,
    message="{term!r} is already in the list",
    severity=Severity.WARNING,
    files=frozenset({"vocabulary"}),
    options=Options,
    changes=frozenset({"code", "headings", "link-text", "links", "tags", "text"}),
    help="{do}",
    since="0.1",
)
