"""Note still has a variable that a template should have filled in.

## Why
`{{date}}` and `<% tp.file.title %>` are replaced when a note is made from a template. Left over, the
template was copied by hand or its plugin was off, and the note lacks what should stand there.

## Example

```md file="Daily/2024-05-01.md"
# {{title}}
  ^^^^^^^^^ leftover-template
```

## Use instead

```md file="Daily/2024-05-01.md"
# 2024-05-01
```

## Fix safety
No fix: the value is not known.

## Options
- `variables`: the names in double braces that count; others may belong to another language.

Not reported: notes in the template folder that Obsidian's settings name (without settings, folders
called `templates`), and variables in code, math and links: `[[{{title}}]]` is how notes about
templates write them.

## Source
Obsidian help, Templates; documentation of Templater.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Check, Found, Note, Severity, Span, VaultView, option
from vaultlint.checks._cover import Cover, regions
from vaultlint.checks._templates import has_marker, is_template

_VARIABLE = re.compile(r"\{\{([A-Za-z][\w-]{0,40})(?::[^{}\r\n]{0,100})?\}\}")
_TEMPLATER = re.compile(r"<%[-_*+~]?\s{0,20}(?:await\s{1,20})?tp\.[^%\r\n]{0,500}%>")
_CODE = frozenset({"code", "fence", "indented", "math", "html-comment"})


@dataclass(frozen=True, slots=True)
class Options:
    """Options of leftover-template."""

    variables: tuple[str, ...] = option(
        ("title", "date", "time"), "The names in double braces that count."
    )


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    text = note.text
    if not note.parsed or not has_marker(text) or is_template(note, vault):
        return
    code = regions(note, _CODE)
    links = Cover(link.span for link in note.links)
    spans = [
        Span(*match.span()) for match in _VARIABLE.finditer(text) if match[1] in options.variables
    ]
    spans += [Span(*match.span()) for match in _TEMPLATER.finditer(text)]
    for span in spans:
        if span.start not in code and span.start not in links:
            yield Found(span, {"variable": span.of(text)})


CHECK = Check(
    id="leftover-template",
    find=_find,
    options=Options,
    severity=Severity.WARNING,
    message="{variable} was not filled in",
    help="write what it stands for, or move the note to the template folder",
    since="0.1",
)
