"""Note is too large, or its properties are, to be read.

## Why
Obsidian reads no links, tags or headings from a note over 2 MB: it is missing in search, graph and
backlinks. Properties beyond 256 KB, 64 levels or 20,000 aliased values are not read by vaultlint:
they are a mistake or an attack, and would cost every run its time.

## Example

```md file="a.md"
---
deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
---
```

## Use instead

```md file="a.md"
---
deep: [1]
---
```

## Fix safety
No fix: where to split a note is for its author to say.

## Options
None.

## Source
Obsidian 1.6.0 release notes: Markdown files over 2 MB are not indexed. The limits of properties are
vaultlint's own, except that of aliases, which is that of the library `yaml` 2.7.0.
"""

from collections.abc import Iterator

from vaultlint.check import Check, Found, Note, Severity, VaultView

_HELP = {
    "too-large": "split the note; any link to a heading or block in it counts as right",
    "frontmatter-too-large": "move what is not a property out of them; none of them is checked",
}


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    for problem in note.problems:
        if problem.code in _HELP:
            hint = problem.hint or _HELP[problem.code]
            yield Found(problem.span, {"problem": problem.message, "hint": hint})


CHECK = Check(
    id="large-note",
    find=_find,
    message="{problem}",
    help="{hint}",
    severity=Severity.WARNING,
    reads=frozenset({"problems"}),
    since="0.1",
)
