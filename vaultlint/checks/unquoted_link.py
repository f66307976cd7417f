"""A link in a property stands without quotes, so YAML reads a list in a list.

## Why
`up: [[A]]` is valid YAML, but no link: square brackets make lists. The graph, backlinks and
renaming do not see it, and whatever writes the properties next turns it into `- - A`.

## Example
```md file="a.md"
---
up: [[Dune]]
    ^^^^^^^^ unquoted-link
---
```

## Use instead
```md file="a.md"
---
up: "[[Dune]]"
---
```

## Fix safety
Safe: quotes are put around the link, of the kind that the note uses.

## Options
None.

## Source
The help vault, Properties: internal links in properties must be surrounded with quotes.
"""

from collections.abc import Iterator
from typing import Any

from vaultlint.check import Check, Fix, Found, NoOptions, Note, Safety, Severity, VaultView
from vaultlint.checks._properties import replace


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each value that is written ``[[...]]``, at the value."""
    del vault, options
    frontmatter = note.frontmatter
    if frontmatter is None or not frontmatter.valid:
        return
    if note.text.find("[[", frontmatter.yaml.start, frontmatter.yaml.end) < 0:
        return
    taken = -1
    for where, place in frontmatter.places.items():
        span = place.value
        if span.start < taken or not note.text.startswith("[[", span.start):
            continue
        source = span.of(note.text)
        if source.endswith("]]") and "\n" not in source and "\r" not in source:
            taken = span.end
            if _link_shaped(frontmatter.data, where):
                yield Found(span, {"link": source})


def _link_shaped(data: Any, where: str) -> bool:
    """Return whether the value at ``where`` is one list in a list, of one item or of strings."""
    value = data
    for part in where.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    if not (isinstance(value, list) and len(value) == 1 and isinstance(value[0], list)):
        return False
    inner = value[0]
    return len(inner) == 1 or (bool(inner) and all(isinstance(item, str) for item in inner))


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix that quotes the link, like the first quoted value of the note."""
    del vault, options
    link = found.span.of(note.text)
    frontmatter = note.frontmatter
    yaml = "" if frontmatter is None else frontmatter.yaml.of(note.text)
    double, single = yaml.find(': "'), yaml.find(": '")
    if single >= 0 and (double < 0 or single < double):
        quoted = "'" + link.replace("'", "''") + "'"
    else:
        quoted = '"' + link.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return replace(note, found.span, quoted, "Put the link in quotes", Safety.SAFE)


CHECK = Check(
    id="unquoted-link",
    find=find,
    repair=repair,
    message="{link} without quotes is a list in a list, not a link",
    help="put it in quotes, so that Obsidian sees a link",
    severity=Severity.ERROR,
    reads=frozenset({"frontmatter"}),
    changes=frozenset({"links", "properties"}),
    since="0.1",
)
