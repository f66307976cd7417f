"""The value of a property is not what its schema allows.

## Why
A number in quotes is not sorted as a number, a status outside of the list is in no view, a list
where text is expected shows as a warning in Obsidian.

## Example
```yaml file="vaultlint.yaml"
schemas:
  - {paths: ["books/**"], schema: book.json}
```

```json file="book.json"
{"properties": {"status": {"enum": ["to read", "reading", "read"]}, "year": {"type": "integer"}}}
```

```md file="books/Dune.md"
---
status: finished
        ^^^^^^^^ property-value
year: "1965"
      ^^^^^^ property-value
---
```

## Use instead
```md file="books/Dune.md"
---
status: read
year: 1965
---
```

## Fix safety
SAFE: a value that differs from an allowed one only by case or white space; a number that loses its
quotes or gets some, `true` and `false` that lose them, where the schema has that one type. UNSAFE: the
most similar allowed value, `yes` for `true`, a date in another form, a single value as a list. In a
list that has the right value already, the wrong one is taken out.

## Options
None. The schemas of `vaultlint.yaml` decide. `x-vaultlint: {severity, message, suggest}` on a
property of the schema lowers the severity, replaces the message, adds advice.

## Source
JSON Schema 2020-12, Validation, section 6 (types, enum, numbers, lengths, patterns, counts) and 7
(formats).
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, NoOptions, Note, Safety, Severity, VaultView
from vaultlint.checks import _schema
from vaultlint.checks._choices import choice, settle_choice
from vaultlint.checks._convert import converted
from vaultlint.checks._edits import one_edit
from vaultlint.checks._lists import write_item
from vaultlint.checks._properties import is_placeholder, value_span
from vaultlint.terms import SchemaViolation


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each value that a schema rejects, at the value."""
    del options
    for violation in _schema.violations(note, vault, "value"):
        span = value_span(note, violation.pointer)
        if is_placeholder(note, vault, span):
            continue
        colon = ":" if violation.problem.startswith("item ") else ""
        yield _schema.found(violation, span, problem=f"{colon} {violation.problem}")


def explain(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Advice:
    """Return the allowed value that was probably meant, or the list of them."""
    del options
    violation = _schema.origin(found, note, vault, "value")
    if violation is None or violation.suggest:
        return Advice("" if violation is None else violation.suggest or "")
    meant, _ = _meant(violation)
    if meant is not None:
        return Advice(f"did you mean {meant!r}?")
    listed = ", ".join(violation.candidates[:8])
    more = len(violation.candidates) - 8
    return Advice(f"allowed: {listed}{f', and {more} more' if more > 0 else ''}" if listed else "")


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix that writes the allowed value that was meant, or the same one in its type."""
    del options
    violation = _schema.origin(found, note, vault, "value")
    if violation is None:
        return None
    if violation.candidates:
        meant, safety = _meant(violation)
        if meant is None or not _schema.accepts(note, vault, violation.pointer, meant):
            return None
        return write_item(note, found.span, meant, safety, settle_choice(violation.candidates))
    source = found.span.of(note.text)
    new = converted(note, source, violation.actual, _schema.wanted_type(violation))
    if new is None or not _schema.accepts(note, vault, violation.pointer, new.value):
        return None
    return one_edit(f"Write {new.source}", new.safety, note, found.span, new.source)


def _meant(violation: SchemaViolation) -> tuple[str | None, Safety]:
    if not isinstance(violation.actual, str):
        return None, Safety.UNSAFE
    return choice(violation.actual, violation.candidates)


CHECK = Check(
    id="property-value",
    find=find,
    explain=explain,
    repair=repair,
    message="property {property!r}{problem}",
    severity=Severity.ERROR,
    changes=frozenset({"properties", "tags"}),
    since="0.1",
)
