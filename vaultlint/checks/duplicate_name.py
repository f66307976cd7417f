"""Several notes have the same name, in different folders.

## Why
A link that gives only the name opens the nearest or the shortest path, which may be another note
than the one that was meant; and a second note of a name changes how Obsidian writes every new link.

## Example

```md file="work/Ideas.md"
^0 duplicate-name
Ideas.
```

```md file="home/Ideas.md"
^0 duplicate-name
More ideas.
```

## Use instead

```md file="work/Ideas.md"
---
vaultlint: {ignore: [duplicate-name]}
---
```

```md file="home/Ideas.md"
---
vaultlint: {ignore: [duplicate-name]}
---
```

Or rename one of them. Vaults in which names repeat by design keep this rule off.

## Fix safety
No fix: renaming a note changes every link to it.

## Options
- `allowed`: names (without `.md`) that may repeat, such as `index` and `README`.

## Source
Obsidian help, Internal links; the resolution of links in the shipped app.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Advice, Check, Found, Note, Position, Related, Span, VaultView, option
from vaultlint.checks._links import without_md
from vaultlint.vault.keys import fold, name_of

_MOST_RELATED = 5


@dataclass(frozen=True, slots=True)
class Options:
    """Options of duplicate-name."""

    allowed: tuple[str, ...] = option(("index", "README"), "Names that may repeat.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    name = without_md(name_of(note.id))
    if fold(name) in {fold(allowed) for allowed in options.allowed}:
        return
    files = vault.named(name)  # all of one folded name: the note's, or that of what goes before it
    if len(files) > 1 and fold(name_of(files[0])) == fold(name_of(note.id)):
        others = [file for file in files[: _MOST_RELATED + 1] if file != note.id]
        data = {"name": name, "others": others[:_MOST_RELATED], "count": len(files)}
        yield Found(Span(0, 0), data)


def _explain(found: Found, _note: Note, _vault: VaultView, _options: Options) -> Advice:
    others = map(str, found.data["others"])
    related = tuple(Related(other, Position(1, 1), "has the same name") for other in others)
    return Advice("rename one of them, or give the folder in links to it", related)


CHECK = Check(
    id="duplicate-name",
    find=_find,
    explain=_explain,
    options=Options,
    severity=None,
    message='{count} notes are named "{name}"',
    since="0.1",
)
