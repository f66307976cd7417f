"""The value of a property does not fit its type in Obsidian.

## Why
Obsidian gives each property name one type for the whole vault. A value that does not fit is shown
with a warning, cannot be edited in the properties view, and is sorted and compared as something
else in bases.

## Example
```json file=".obsidian/types.json"
{"types": {"year": "number"}}
```

```md file="a.md"
---
year: about 1965
      ^^^^^^^^^^ property-type
---
```

## Use instead
```md file="a.md"
---
year: 1965
---
```

## Fix safety
SAFE: a number, or `true` and `false`, loses the quotes that make it text. UNSAFE: `yes` and `no`
become `true` and `false`, a date such as `2024/1/31` and a time after a space get Obsidian's form,
a single value becomes a list.

## Options
None. The types are those of `.obsidian/types.json`. An empty value fits every type; `tags` and
`aliases` belong to `reserved-property-shape`.

## Source
The help vault, Properties, Property types.
"""

from collections.abc import Iterator

from vaultlint.check import Check, Fix, Found, NoOptions, Note, Severity, VaultView
from vaultlint.checks._convert import converted
from vaultlint.checks._edits import one_edit
from vaultlint.checks._properties import is_placeholder, pointer, value_span
from vaultlint.checks._reserved import RESERVED
from vaultlint.checks._unquoted import unquoted_links
from vaultlint.note.property_types import matches_type

_EXPECTED = {
    "text": "text",
    "multitext": "a list",
    "number": "a number",
    "checkbox": "true or false",
    "date": "a date such as 2024-01-31",
    "datetime": "a date and time such as 2024-01-31T10:00:00",
}

_JSON_TYPES = {
    "multitext": "array",
    "number": "number",
    "checkbox": "boolean",
    "date": "date",
    "datetime": "date-time",
}


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each property whose value does not fit, at the value.

    But for values that reserved-property-shape and unquoted-link tell of.
    """
    del options
    for name, value in note.properties.items():
        if value is None or name.lower() in RESERVED:
            continue
        kind = vault.property_type(name)
        if kind not in _EXPECTED or matches_type(value, kind):
            continue
        if kind == "multitext" and isinstance(value, str):
            continue  # one string stands for a list of one: shown as such by some versions
        span = value_span(note, pointer(name))
        told = isinstance(value, list) and any(
            span.start <= link.start and link.end <= span.end for link in unquoted_links(note)
        )
        if not told and not is_placeholder(note, vault, span):
            yield Found(span, {"property": name, "expected": _EXPECTED[kind]})


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix that writes the same value as one of the type."""
    del options
    name, source = str(found.data["property"]), found.span.of(note.text)
    kind = vault.property_type(name) or ""
    value = note.properties.get(name)
    new = converted(note, source, value, _JSON_TYPES.get(kind, ""))
    if new is None or not matches_type(new.value, kind):
        return None
    return one_edit(f"Write {new.source}", new.safety, note, found.span, new.source)


CHECK = Check(
    id="property-type",
    find=find,
    repair=repair,
    message="property {property!r} is not {expected}, its type in Obsidian",
    help="change the value, or the property's type in Obsidian",
    severity=Severity.WARNING,
    reads=frozenset({"frontmatter"}),
    changes=frozenset({"properties"}),
    since="0.1",
)
