"""Link names a note by an alias, which Obsidian does not follow.

## Why
Aliases help while a link is typed: choosing one writes `[[Note|Alias]]`. A bare `[[Alias]]` opens
no note; a click creates a new one under that name.

## Example

```md file="Start.md"
Written by [[Bob]].
             ^^^ alias-as-link
```

```md file="Robert Miller.md"
---
aliases: [Bob]
---
```

## Use instead

```md file="Start.md"
Written by [[Robert Miller|Bob]].
```

## Fix safety
SAFE when exactly one note has the alias: it is the only note that can be meant, and the text that
readers see stays. UNSAFE when that note lacks the heading or block that the link names. When
several notes have the alias, they are listed and nothing is changed.

## Options
None.

## Source
Obsidian help, Aliases.
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, Note, Safety, Severity, VaultView
from vaultlint.checks._links import judged
from vaultlint.checks._relink import link_at, makes_row, path_text, relink
from vaultlint.note.model import Link


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    for link in judged(note, vault):
        if link.target and vault.resolve(link).target is None:
            notes = vault.aliased(link.target)
            if notes:
                data = {"alias": link.target, "notes": notes, "at": link.span.start}
                yield Found(link.target_span, data)


def _explain(found: Found, note: Note, vault: VaultView, _options: object) -> Advice:
    del note, vault
    notes = found.data["notes"]
    if len(notes) == 1:
        return Advice(f"link to {notes[0]} and show the alias")
    return Advice(
        f"link to the one that is meant of the notes with this alias: {', '.join(notes[:4])}"
    )


def _repair(found: Found, note: Note, vault: VaultView, _options: object) -> Fix | None:
    link, notes = link_at(note, found), found.data["notes"]
    if link is None or len(notes) != 1:
        return None
    path = path_text(notes[0], link, vault)
    if path is None:
        return None
    there = not link.anchor or vault.has_anchor(notes[0], link.anchor)
    safety = Safety.SAFE if there else Safety.UNSAFE
    alias = None if link.embed else _shown(link)
    if alias is not None and link.alias is None and makes_row(note, link.span):
        safety = Safety.MANUAL  # the bar would make a row of a table of this line
    title, other = f'Link to "{notes[0]}"', vault.note(notes[0])
    return relink(title, safety, note, link, other, path=path, alias=alias)


def _shown(link: Link) -> str:
    """Return what Obsidian shows for ``link``: its parts between ``#``, joined by ``>``."""
    parts = [link.target, *(link.anchor or "").split("#")]
    return " > ".join(part for part in parts if part)


CHECK = Check(
    id="alias-as-link",
    find=_find,
    explain=_explain,
    repair=_repair,
    reads=frozenset({"links"}),
    severity=Severity.ERROR,
    message='"{alias}" is an alias, not the name of a note',
    changes=frozenset({"link-text", "links"}),
    since="0.1",
)
