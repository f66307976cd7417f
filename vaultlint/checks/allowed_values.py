"""A property holds a value that is not in your own list.

## Why
The shortest rule for a property with a few possible values; a schema or a vocabulary says more.

## Example
```yaml file="vaultlint.yaml"
rules:
  allowed-values: {property: status, values: [to read, reading, read]}
```

```md file="a.md"
---
status: Read
        ^^^^ allowed-values => 'read'
---
```

## Use instead
```md file="a.md"
---
status: read
---
```

## Fix safety
A value that differs from a listed one only by case or white space: safe. The most similar one:
unsafe. In a list that has the right value already, the wrong one is taken out.

## Options
- `property`: its name. Each item of a list is looked at.
- `values`: the values that are allowed.

## Source
None: the list is yours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Advice, Check, Fix, Found, Note, VaultView, option
from vaultlint.checks._choices import choice, settle_choice
from vaultlint.checks._lists import write_item
from vaultlint.checks._properties import is_placeholder, items, named, pointer, value_span


@dataclass(frozen=True, slots=True)
class Options:
    """One property and its possible values."""

    property: str = option("", "name of the property", needed=True)
    values: tuple[str, ...] = option((), "the values that are allowed", needed=True)


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each value that is not listed, at the value."""
    key = named(note.properties, options.property)
    if key is None:
        return
    for number, item in items(note.properties[key]):
        where = pointer(key) if number is None else pointer(key, number)
        span = value_span(note, where)
        value = item if isinstance(item, str) else span.of(note.text)
        if value not in options.values and not is_placeholder(note, vault, span):
            yield Found(span, {"property": key, "value": value})


def explain(found: Found, note: Note, vault: VaultView, options: Options) -> Advice:
    """Return the value that was probably meant, or the list."""
    del note, vault
    meant, _ = choice(str(found.data["value"]), options.values)
    if meant is not None:
        return Advice(f"did you mean {meant!r}?")
    return Advice("allowed: " + ", ".join(options.values[:8]))


def repair(found: Found, note: Note, vault: VaultView, options: Options) -> Fix | None:
    """Return the fix that writes the listed value."""
    del vault
    meant, safety = choice(str(found.data["value"]), options.values)
    if meant is None:
        return None
    return write_item(note, found.span, meant, safety, settle_choice(options.values))


CHECK = Check(
    id="allowed-values",
    find=find,
    explain=explain,
    repair=repair,
    message="property {property!r}: {value!r} is not allowed",
    severity=None,
    reads=frozenset({"frontmatter"}),
    options=Options,
    changes=frozenset({"properties", "tags"}),
    since="0.1",
)
