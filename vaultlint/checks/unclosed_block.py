"""Code, math or comment is opened and never closed, and swallows the rest of the note.

## Why
Everything after the opening mark is code, math or hidden text: headings, links and tags in it no
longer count, and nothing says so.

## Example

````md file="Notes.md"
```python
^^^^^^^^^ unclosed-block
print("hello")

## A heading that is code now
````

## Use instead

````md file="Notes.md"
```python
print("hello")
```

## A heading
````

## Fix safety
No fix: where the block should end is not written anywhere.

## Options
None. A code block in a quote or list ends with it and is not reported, and `%%` in the middle of a
line is no opening mark.

## Source
Obsidian help, Basic formatting syntax, Advanced formatting syntax; CommonMark, Fenced code blocks.
"""

from collections.abc import Iterator

from vaultlint.check import Check, Found, Note, Severity, VaultView

_BLOCKS = {
    "fence": "this code block",
    "math": "this math block",
    "comment": "this comment",
    "html-comment": "this HTML comment",
}


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    for region in note.regions:
        start, end = region.span
        if region.closed or region.kind not in _BLOCKS or note.text[end:].strip():
            continue
        lines = note.lines
        line = lines.span_of_line(lines.line_at(start))
        if note.text[line.start : start].strip():
            continue  # in a quote or on the line of a list item, with which it ends
        yield Found(region.span._replace(end=line.end), {"what": _BLOCKS[region.kind]})


CHECK = Check(
    id="unclosed-block",
    find=_find,
    reads=frozenset({"regions"}),
    severity=Severity.ERROR,
    message="{what} is never closed: the rest of the note belongs to it",
    help="close it where it should end",
    since="0.1",
)
