r"""File has a name that links cannot hold, or that some systems refuse.

## Why
`#`, `^`, `|` and brackets cut a link in two, so no link to such a note works, not even one that
Obsidian writes. Other names break when the vault is synced: Windows refuses `?` and names such as
`CON`, Android refuses `*`.

## Example

```md file="C# notes.md"
^0 file-name
A note.
```

## Use instead

```md file="C# notes.md"
---
vaultlint: {ignore: [file-name]}
---
```

Better still, rename the note in Obsidian, which follows its links: `C Sharp notes.md`.

## Fix safety
No fix: renaming a file changes every link to it.

## Options
- `portable`: report names that Windows or Android refuses, and `%%`.
- `untitled`: report the names that Obsidian gives to new notes (`Untitled 1`).
- `max_bytes`: the longest file name, in UTF-8 bytes; most file systems stop at 255.
- `pattern`: RE2 pattern that the name without its extension must match as a whole.
- `folder_pattern`: the same for each folder of the path.

## Source
Obsidian help, Internal links (invalid characters), Create a note; file name rules of Windows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse

from vaultlint.check import Check, Found, Note, Severity, Span, VaultView, option
from vaultlint.terms.pattern import Pattern
from vaultlint.vault.keys import folder_of, name_of
from vaultlint.vault.names import is_android_safe, is_link_safe, is_untitled, is_windows_safe

_CUTS_LINKS = ("#", "^", "[", "]", "|", ":", "\\", "%%")
_CONTROL = "a control character"
_REFUSED = '\\:*?"<>|'


@dataclass(frozen=True, slots=True)
class Options:
    """Options of file-name."""

    portable: bool = option(False, "Report names that Windows or Android refuses.")
    untitled: bool = option(False, "Report the names that Obsidian gives to new notes.")
    max_bytes: int = option(255, "The longest file name, in UTF-8 bytes.")
    pattern: Pattern | None = option(None, "RE2 pattern for the name without its extension.")
    folder_pattern: Pattern | None = option(None, "RE2 pattern for the name of each folder.")


def _find(note: Note, _vault: VaultView, options: Options) -> Iterator[Found]:
    for problem in _problems(note.id, options):
        yield Found(Span(0, 0), {"name": name_of(note.id), "problem": problem})


def _problems(path: str, options: Options) -> Iterator[str]:
    name, folders = name_of(path), folder_of(path).split("/") if "/" in path else []
    if not is_link_safe(path):
        what = next((f'"{char}"' for char in _CUTS_LINKS if char in path), _CONTROL)
        yield f"{what} in a name cuts links to it"
    if len(name.encode("utf-8", "surrogateescape")) > options.max_bytes:
        yield f"the name is longer than {options.max_bytes} bytes"
    if options.untitled and is_untitled(name):
        yield f'"{name}" is the name of a new note'
    if options.portable:
        yield from _not_portable((*folders, name))
    if options.pattern is not None and not options.pattern.fullmatch(stem := _stem(name)):
        yield f'"{stem}" does not fit the pattern of file names {options.pattern.source}'
    if (pattern := options.folder_pattern) is not None:
        for folder in filterfalse(pattern.fullmatch, folders):
            yield f'"{folder}" does not fit the pattern of folder names {pattern.source}'


@lru_cache(maxsize=2048)  # the same folders come with every note in them
def _is_portable(part: str) -> bool:
    return is_windows_safe(part) and is_android_safe(part)


def _not_portable(parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        if _is_portable(part):
            continue
        if (char := next((char for char in _REFUSED if char in part), None)) is not None:
            yield f'"{char}" is refused by Windows or Android'
        elif any(char < " " for char in part):
            yield f"{_CONTROL} is refused by Windows or Android"
        elif part.endswith((" ", ".")):
            yield f'Windows drops the end of "{part}"'
        else:
            yield f'"{part}" is the name of a device on Windows'


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


CHECK = Check(
    id="file-name",
    find=_find,
    files=frozenset({"note", "attachment"}),
    options=Options,
    severity=Severity.WARNING,
    message="{problem}",
    help="rename the file in Obsidian, which follows the links to it",
    since="0.1",
)
