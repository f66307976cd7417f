"""A property holds a term that its vocabulary does not list.

## Why
A closed list keeps one spelling for one thing. A term outside of it makes a group of its own, and
the note is missing from the one where people look.

## Example
```yaml file="vaultlint.yaml"
vocabularies:
  genres: {terms: [science fiction, crime], aliases: {sci-fi: science fiction}}
rules:
  unknown-term: {properties: {genres: genres}, at_most: {genres: 3}}
```

```md file="a.md"
---
genres: [sci-fi, crimes]
         ^^^^^^ unknown-term: an alias
                 ^^^^^^ unknown-term: not in the vocabulary
---
```

## Use instead
```md file="a.md"
---
genres: [science fiction, crime]
---
```

## Fix safety
A term that differs only by case or white space, an alias, and a deprecated term with a replacement:
safe. The most similar term: unsafe. In a list that has the right term already, the wrong one is
taken out.

## Options
- `properties`: property name to vocabulary name. A property's single string is one term.
- `at_least`, `at_most`: property name to a number of terms; in a rule of one's own if need be.

## Source
The vocabularies of `vaultlint.yaml`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from vaultlint.check import Advice, Check, Fix, Found, Note, Severity, VaultView, option
from vaultlint.checks._lists import write_item
from vaultlint.checks._properties import key_span, named, pointer
from vaultlint.checks._vocabulary import MESSAGES, advice, corrected, misfits
from vaultlint.options import VocabularyName


@dataclass(frozen=True, slots=True)
class Options:
    """Which properties hold terms of which vocabulary, and how many."""

    properties: Mapping[str, VocabularyName] = option(dict, "property name: vocabulary name")
    at_least: Mapping[str, int] = option(dict, "property name: smallest number of terms")
    at_most: Mapping[str, int] = option(dict, "property name: largest number of terms")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each term that is not in order, and for each wrong count."""
    properties = note.properties
    if not properties:
        return
    for name, vocabulary_name in options.properties.items():
        if (key := named(properties, name)) is not None:
            for problem, span in misfits(note, vault, key, vault.vocabulary(vocabulary_name)):
                yield Found(span, problem, message=MESSAGES[str(problem["kind"])])
    if options.at_least:
        yield from _counts(note, options.at_least, "least", 1)
    if options.at_most:
        yield from _counts(note, options.at_most, "most", -1)


def _counts(note: Note, limits: Mapping[str, int], word: str, sign: int) -> Iterator[Found]:
    properties = note.properties
    for name, limit in limits.items():
        key = named(properties, name)
        if key is not None:
            value = properties[key]
            count = len(value) if isinstance(value, list) else int(value is not None)
            if (limit - count) * sign > 0:
                terms = f"{count or 'no'} term{'s' * (count != 1)}"
                data = {"property": key, "count": terms, "limit": limit, "word": word}
                yield Found(key_span(note, pointer(key)), data, message=_COUNT)


_COUNT = "property {property!r} has {count}, it should have at {word} {limit}"


def explain(found: Found, note: Note, vault: VaultView, options: Options) -> Advice:
    """Return the term that was probably meant."""
    del note, options
    if "count" in found.data:
        return Advice("add a term" if found.data["word"] == "least" else "keep the best terms")
    return Advice(advice(found, vault))


def repair(found: Found, note: Note, vault: VaultView, options: Options) -> Fix | None:
    """Return the fix that writes the listed term, or takes one out that is there already."""
    del options
    counted = "count" in found.data
    return None if counted else corrected(found, vault, partial(write_item, note, found.span))


CHECK = Check(
    id="unknown-term",
    find=find,
    explain=explain,
    repair=repair,
    message=MESSAGES["unknown"],
    severity=Severity.ERROR,
    reads=frozenset({"frontmatter"}),
    options=Options,
    changes=frozenset({"properties", "tags"}),
    since="0.1",
)
