"""Note holds the marks of a merge that was not finished.

## Why
Git wrote both versions into the note. What stands between the marks is there twice; in the
properties, Obsidian can no longer read any of them.

## Example

```md file="Plan.md"
<<<<<<< HEAD
^^^^^^^^^^^^ merge-conflict
We meet on Monday.
=======
We meet on Friday.
>>>>>>> laptop
```

## Use instead

```md file="Plan.md"
We meet on Friday.
```

## Fix safety
No fix: only a person knows which version is right.

## Options
None. Marks in code, as in a note about Git, are not reported, nor is a lone mark.

## Source
Git documentation, git-merge, How conflicts are presented.
"""

import re
from collections.abc import Iterator

from vaultlint.check import Check, Found, Note, Severity, Span, VaultView
from vaultlint.checks._cover import regions

_START = re.compile(r"^<{7}(?: [^\r\n]*)?(?=[\r\n]|\Z)", re.MULTILINE)
_MIDDLE = re.compile(r"[\r\n]={7}[\r\n]")
_END = re.compile(r"[\r\n]>{7}(?: [^\r\n]*)?(?=[\r\n]|\Z)")
_CODE = frozenset({"fence", "indented", "code"})


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    text = note.text
    if "<<<<<<<" not in text:
        return
    at, code = 0, regions(note, _CODE)
    while (start := _START.search(text, at)) is not None:
        middle = _MIDDLE.search(text, start.end())
        end = None if middle is None else _END.search(text, middle.end() - 1)
        if end is None:
            return
        at = end.end()
        if start.start() not in code:
            yield Found(Span(*start.span()))


CHECK = Check(
    id="merge-conflict",
    find=_find,
    severity=Severity.ERROR,
    message="a merge conflict starts here",
    help="keep what is right and remove the three marks",
    since="0.1",
)
