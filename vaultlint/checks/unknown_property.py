"""A property that the note's schema does not know.

## Why
A misspelled name is a property of its own: the note drops out of every view that asks for the
right one, and nothing says so.

## Example
```yaml file="vaultlint.yaml"
schemas:
  - {paths: ["books/**"], schema: book.json}
```

```json file="book.json"
{"properties": {"author": {}, "year": {}}, "additionalProperties": false}
```

```md file="books/Dune.md"
---
auhtor: Frank Herbert
^^^^^^ unknown-property => 'author'
year: 1965
---
```

## Use instead
```md file="books/Dune.md"
---
author: Frank Herbert
year: 1965
---
```

## Fix safety
A name that differs from a known one only by case: safe, because Obsidian takes both for the same
property. The most similar known name otherwise: unsafe. Neither when the note already has it. Only
shown when the schema minds the value under that name.

## Options
None. It reports where a schema says `additionalProperties: false` or `unevaluatedProperties: false`.

## Source
JSON Schema 2020-12, Core, sections 10.3.2.3 and 11.3. Release notes of Obsidian 1.4.1 for names
without regard to case.
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, NoOptions, Note, Safety, Severity, VaultView
from vaultlint.checks import _schema
from vaultlint.checks._properties import key_span, pointer, rewrite, value_at
from vaultlint.terms import SchemaViolation
from vaultlint.terms.nearest import nearest


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each property that no schema allows, at its key."""
    del options
    for violation in _schema.violations(note, vault, "unknown"):
        yield _schema.found(violation, key_span(note, violation.pointer))


def explain(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Advice:
    """Return the known name that was probably meant."""
    del options
    violation = _schema.origin(found, note, vault, "unknown")
    if violation is None or violation.suggest:
        return Advice("" if violation is None else violation.suggest or "")
    meant = _meant(violation, note)
    if meant is not None:
        return Advice(f"did you mean {meant!r}?")
    known = ", ".join(violation.candidates[:8])
    return Advice(f"known properties: {known}" if known else "remove it, or add it to the schema")


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix that renames the property, unless the right one is there too."""
    del options
    violation = _schema.origin(found, note, vault, "unknown")
    meant = None if violation is None else _meant(violation, note)
    if violation is None or meant is None:
        return None
    for other in _schema.violations(note, vault, "unknown"):
        if other.pointer == violation.pointer:
            break
        if _parent(other) == _parent(violation) and _meant(other, note) == meant:
            return None  # two properties cannot both get the name
    where = _parent(violation) + pointer(meant)
    same = meant.casefold() == violation.property.casefold()
    safety = Safety.SAFE if same else Safety.UNSAFE
    if not _schema.accepts(note, vault, where, value_at(note, violation.pointer)):
        safety = Safety.MANUAL
    return rewrite(note, found.span, meant, f"Rename to {meant!r}", safety)


def _parent(violation: SchemaViolation) -> str:
    return violation.pointer.rpartition("/")[0]


def _meant(violation: SchemaViolation, note: Note) -> str | None:
    """Return the nearest known name that the same mapping does not have yet."""
    parent = _parent(violation)
    places = note.frontmatter.places if note.frontmatter is not None else {}
    free = [name for name in violation.candidates if parent + pointer(name) not in places]
    return nearest(violation.property, free)


CHECK = Check(
    id="unknown-property",
    find=find,
    explain=explain,
    repair=repair,
    message="property {property!r} is not in the schema",
    severity=Severity.WARNING,
    reads=frozenset({"frontmatter"}),
    changes=frozenset({"links", "properties", "tags"}),
    since="0.1",
)
