"""Embed shows a note or file that is not in the vault.

## Why
Where the image, the note or the recording should stand, readers see a box that says that the file
could not be found.

## Example

```md file="Trip.md"
![[harbor.png|300]]
   ^^^^^^^^^^ broken-embed
```

```text file="images/harbour.png"
```

## Use instead

```md file="Trip.md"
![[harbour.png|300]]
```

## Fix safety
UNSAFE when exactly one file of that name lies in another folder, or one name is clearly nearest. The
size stays, and the subpath; when that file lacks the subpath, the fix is only shown.

## Options
- `ignore`: globs of embedded files that are never reported.

Not reported: images from the web, embeds in code, math and HTML, in template folders, or with a
template's variable in them.

## Source
Obsidian help, Embed files.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Advice, Check, Fix, Found, Note, Severity, VaultView, option
from vaultlint.checks._links import unopened
from vaultlint.checks._paths import Glob
from vaultlint.checks._relink import link_at
from vaultlint.checks._suggest import relinked, suggestion


@dataclass(frozen=True, slots=True)
class Options:
    """Options of broken-embed."""

    ignore: tuple[Glob, ...] = option((), "Globs of embedded files that are never reported.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    for link in unopened(note, vault, options.ignore):
        if link.embed:
            yield Found(link.target_span, {"target": link.target, "at": link.span.start})


def _explain(found: Found, note: Note, vault: VaultView, _options: Options) -> Advice:
    link = link_at(note, found)
    return Advice() if link is None else Advice(suggestion(link, note, vault).help)


def _repair(found: Found, note: Note, vault: VaultView, _options: Options) -> Fix | None:
    link = link_at(note, found)
    return None if link is None else relinked(link, note, vault, "Embed")


CHECK = Check(
    id="broken-embed",
    find=_find,
    explain=_explain,
    repair=_repair,
    reads=frozenset({"links"}),
    options=Options,
    severity=Severity.ERROR,
    message='no note or file is named "{target}"',
    changes=frozenset({"links"}),
    since="0.1",
)
