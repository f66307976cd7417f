"""A property that the note's schema requires is missing.

## Why
Whatever collects notes by their properties (a base, a site, a script) silently leaves out a note
without them. The schema says which ones every note of a folder has.

## Example
```yaml file="vaultlint.yaml"
schemas:
  - {paths: ["books/**"], schema: book.json}
```

```json file="book.json"
{"type": "object", "required": ["author"]}
```

```md file="books/Dune.md"
---
^^^ missing-property
year: 1965
---
```

## Use instead
```md file="books/Dune.md"
---
year: 1965
author: Frank Herbert
---
```

## Fix safety
SAFE: when the schema gives the property a `default`, that value is added, written as the note writes
its own, after the property that stands before it in the schema. There is no fix without a default, for a property inside of another one, and when the note
has the property under another spelling: only a person knows the value.

## Options
None. The schemas of `vaultlint.yaml` decide. `x-vaultlint: {severity, message, suggest}` on a
property of the schema lowers the severity, replaces the message, adds advice.

## Source
JSON Schema 2020-12, Validation, section 6.5.3 (`required`) and 6.5.4 (`dependentRequired`).
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, NoOptions, Note, Safety, Severity, VaultView
from vaultlint.checks import _schema
from vaultlint.checks._insert import insert
from vaultlint.checks._properties import key_span, opening_fence, pointer
from vaultlint.terms.nearest import nearest


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each required property that is absent, at what should hold it."""
    del options
    for violation in _schema.violations(note, vault, "missing"):
        parent = violation.pointer
        span = key_span(note, parent) if parent else opening_fence(note)
        inside = parent[1:].replace("/", ".") if parent else ""
        told = f" in {inside!r}" if inside else ""
        yield _schema.found(violation, span, inside=told, about=f"{parent}/{violation.property}")


def explain(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Advice:
    """Return what to add, and the property that is there under another spelling."""
    del options
    violation = _schema.origin(found, note, vault, "missing")
    if violation is not None and violation.suggest:
        return Advice(violation.suggest)
    name = str(found.data["property"])
    similar = nearest(name, () if violation is None else violation.candidates)
    if similar is not None:
        return Advice(f"the note has {similar!r}; the schema writes it {name!r}")
    if note.frontmatter is None:
        return Advice(f"start the note with a property block (--- lines) that has '{name}:'")
    return Advice(f"add '{name}:' between the --- lines")


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix that adds the property with the default of the schema."""
    del options
    name, violation = str(found.data["property"]), _schema.origin(found, note, vault, "missing")
    if violation is None or violation.pointer or not violation.default:
        return None
    renamed = {new for each in vault.validators() for new in each.deprecated().values()}
    if nearest(name, violation.candidates) is not None or name in renamed:
        return None  # it may be there under another name
    if not _schema.accepts(note, vault, pointer(name), violation.default[0]):
        return None
    order = next((own for each in vault.validators() if name in (own := each.order())), ())
    return insert(note, name, violation.default[0], Safety.SAFE, order)


CHECK = Check(
    id="missing-property",
    find=find,
    explain=explain,
    repair=repair,
    message="property {property!r} is missing{inside}",
    severity=Severity.ERROR,
    changes=frozenset({"links", "properties", "tags"}),
    since="0.1",
)
