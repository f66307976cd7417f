"""Title in the properties and name of the file are not the same.

## Why
A note whose title says one thing and whose file name another is not found under one of them: links
and the file list go by the name, sites made from the vault show the title.

## Example

```yaml file="vaultlint.yaml"
rules:
  title-mismatch: warning
```

```md file="merge-sort.md"
---
title: Quick Sort
       ^^^^^^^^^^ title-mismatch
---
```

## Use instead

```md file="merge-sort.md"
---
title: Merge Sort
---
```

## Fix safety
No fix: which of the two is meant is for a person to say.

## Options
- `property`: the property that holds the title. A note without it, or with a value that is no text, is
  left alone.

Only letters and digits count, without case: `.forEach()` and `forEach`, `Moore's Law` and `moores-law`
are the same. Signs that names cannot hold may be spelled: `C++` is `cpp` too, `C#` is `c-sharp`.

## Source
A convention of the vault.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Check, Found, Note, VaultView, option
from vaultlint.checks._properties import named, pointer, value_span
from vaultlint.checks._templates import has_marker, is_template
from vaultlint.vault.keys import name_of

_SPELLED = str.maketrans({"+": "p", "#": "sharp", "&": "and"})


@dataclass(frozen=True, slots=True)
class Options:
    """Options of title-mismatch."""

    property: str = option("title", "The property that holds the title.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    key = named(note.properties, options.property)
    title = note.properties.get(key) if key is not None else None
    if key is None or not isinstance(title, str) or has_marker(title) or is_template(note, vault):
        return
    name = name_of(note.id).rpartition(".")[0]
    essence = _essence(name)
    if essence != _essence(title) and essence != _essence(title.translate(_SPELLED)):
        data = {"property": key, "title": title, "name": name}
        yield Found(value_span(note, pointer(key)), data)


def _essence(text: str) -> str:
    """Return what of ``text`` is compared: its letters and digits, without case."""
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    return "".join(filter(str.isalnum, text.casefold()))


CHECK = Check(
    id="title-mismatch",
    find=_find,
    options=Options,
    severity=None,
    message='{property} "{title}" is not the file name "{name}"',
    help="write the same in both; a file renamed in Obsidian keeps its links",
    since="0.1",
)
