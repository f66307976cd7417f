"""No other note links to this note.

## Why
A note that nothing links to is only found by searching for it.

## Example

```md file="Idea.md"
^0 orphan-note
A thought that nobody will see again.
```

## Use instead

```md file="Home.md"
---
vaultlint: {ignore: [orphan-note]}
---
[[Idea]]
```

## Fix safety
No fix: where the note belongs is for a person to say.

## Options
- `roots`: globs of notes that need no link to them.

Not reported: templates, and what Obsidian's excluded files cover. A link from the note itself does
not count, a card of a canvas does.

## Source
A convention of the vault; Obsidian help, Graph view (orphans), Settings (excluded files).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Check, Found, Note, Span, VaultView, option
from vaultlint.checks._linked import may_be_opened
from vaultlint.checks._paths import Glob, is_left_out, matcher
from vaultlint.checks._templates import is_template

_ROOTS = ("index.md", "_index.md", "README.md", "Home.md")


@dataclass(frozen=True, slots=True)
class Options:
    """Options of orphan-note."""

    roots: tuple[Glob, ...] = option(_ROOTS, "Globs of notes that need no link to them.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    if matcher(options.roots).match(note.id) or is_template(note, vault):
        return
    if not may_be_opened(note.id, vault) and not is_left_out(note.id, vault):
        yield Found(Span(0, 0))


CHECK = Check(
    id="orphan-note",
    find=_find,
    options=Options,
    severity=None,
    message="no note links to this one",
    help="link to it from where it belongs",
    since="0.1",
)
