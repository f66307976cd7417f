"""No note links to or embeds this file.

## Why
Attachments stay behind when the note that showed them is deleted, and make a vault slow to sync.

## Example

```text file="old.png"
^0 unused-attachment
```

## Use instead

```md file="Trip.md"
![[old.png]]
```

## Fix safety
No fix: a file is never deleted.

## Options
- `keep`: globs of files that need no link to them.

Not reported: canvases and bases, which are opened by themselves, files of types that Obsidian does
not open, and what Obsidian's excluded files cover. Only links and embeds count, those of canvases
too: a picture that a property, HTML or a style sheet names is one for `keep`.

## Source
A convention of the vault; Obsidian help, Attachments; Settings (excluded files).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Check, Found, Note, Span, VaultView, option
from vaultlint.checks._linked import may_be_opened
from vaultlint.checks._paths import Glob, is_left_out, matcher
from vaultlint.vault.names import file_kind

_SHOWN = frozenset({"image", "audio", "video", "pdf"})


@dataclass(frozen=True, slots=True)
class Options:
    """Options of unused-attachment."""

    keep: tuple[Glob, ...] = option((), "Globs of files that need no link to them.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    if file_kind(note.id) not in _SHOWN:
        return
    if options.keep and matcher(options.keep).match(note.id):
        return
    if not may_be_opened(note.id, vault) and not is_left_out(note.id, vault):
        yield Found(Span(0, 0))


CHECK = Check(
    id="unused-attachment",
    find=_find,
    files=frozenset({"attachment"}),
    options=Options,
    severity=None,
    message="no note uses this file",
    help="embed it where it belongs, name it in `keep`, or delete it",
    since="0.1",
)
