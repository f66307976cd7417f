"""File cannot be read, or is not text.

## Why
What cannot be read cannot be checked, and Obsidian shows it damaged or not at all: a file without
permission, a link that leads nowhere or out of the vault, bytes that are not UTF-8. Nothing else is
said of such a file, and every other note is still checked.

## Example
The bytes of `café` in Latin-1, which are not UTF-8:

```md file="a.md" hex
63 61 66 e9 0a
```

## Use instead
The same word in UTF-8:

```md file="a.md"
café
```

## Fix safety
No fix: the meaning of damaged bytes is a guess.

## Options
None.

## Source
Obsidian reads and writes notes as UTF-8; help vault, Symbolic links and junctions.
"""

from collections.abc import Iterator

from vaultlint.check import Check, Found, Note, Severity, VaultView

_AT_MOST = {
    "unreadable": Severity.ERROR,
    "invalid-utf8": Severity.ERROR,
    "nul-byte": Severity.ERROR,
    "link-outside": Severity.WARNING,
    "link-broken": Severity.WARNING,
    "link-cycle": Severity.WARNING,
    "link-nested": Severity.WARNING,
    "link-limit": Severity.WARNING,
    "special-file": Severity.WARNING,
}


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    for problem in note.problems:
        severity = _AT_MOST.get(problem.code)
        if severity is not None:
            data = {"problem": problem.message, "hint": problem.hint or _HINT[severity]}
            yield Found(problem.span, data, severity)


_HINT = {
    Severity.ERROR: "restore the file from a copy, or save it anew as UTF-8 text",
    Severity.WARNING: "it is not seen as part of the vault; replace it by a file, or remove it",
}

CHECK = Check(
    id="unreadable-note",
    find=_find,
    message="{problem}",
    help="{hint}",
    severity=Severity.ERROR,
    reads=frozenset({"problems"}),
    files=frozenset({"note", "attachment"}),
    since="0.1",
)
