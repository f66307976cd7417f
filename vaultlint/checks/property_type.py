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
There is no fix.

## Options
None. The types are those of `.obsidian/types.json`. An empty value fits every type; `tags` and
`aliases` belong to `reserved-property-shape`.

## Source
The help vault, Properties, Property types.
"""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from vaultlint.check import Check, Found, NoOptions, Note, Severity, VaultView
from vaultlint.checks._properties import pointer, value_span

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[-+]\d\d:?\d\d)?)?")
_EXPECTED = {
    "text": "text",
    "multitext": "a list",
    "number": "a number",
    "checkbox": "true or false",
    "date": "a date such as 2024-01-31",
    "datetime": "a date and time such as 2024-01-31T10:00:00",
}


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each property whose value does not fit, at the value."""
    del options
    for name, value in note.properties.items():
        if value is None:
            continue
        kind = vault.property_type(name)
        if kind in _EXPECTED and not fits(value, kind):
            span = value_span(note, pointer(name))
            yield Found(span, {"property": name, "expected": _EXPECTED[kind]})


def fits(value: Any, kind: str) -> bool:
    """Return whether Obsidian takes ``value`` as a ``kind``; True for kinds that it does not have.

    A number in a text property, and a date where a date and time is asked for, are let pass.
    """
    if value is None or value == "":
        return True
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "checkbox":
        return isinstance(value, bool)
    if kind == "text":
        return not isinstance(value, list | dict)
    if kind == "multitext":
        if isinstance(value, list):
            return not any(isinstance(item, list | dict) for item in value)
        return isinstance(value, str)
    if kind in ("date", "datetime"):
        return isinstance(value, str) and _is_date(value)
    return True


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    try:
        date.fromisoformat(match[1])
        time.fromisoformat(match[2] or "00:00")
    except ValueError:
        return False
    return True


CHECK = Check(
    id="property-type",
    find=find,
    message="property {property!r} is not {expected}, its type in Obsidian",
    help="change the value, or the property's type in Obsidian",
    severity=Severity.WARNING,
    reads=frozenset({"frontmatter"}),
    since="0.1",
)
