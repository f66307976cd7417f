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
    text, last = note.text, -1
    for region in note.regions:
        if region.closed or region.kind not in _BLOCKS:
            continue
        last = len(text.rstrip()) if last < 0 else last
        start, end = region.span
        if end < last:
            continue  # it ended with the quote or the list item it stands in
        line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        if text[line:start].strip():
            continue
        stops = (text.find(mark, start) for mark in "\r\n")
        stop = min((at for at in stops if at >= 0), default=len(text))
        yield Found(region.span._replace(end=stop), {"what": _BLOCKS[region.kind]})


CHECK = Check(
    id="unclosed-block",
    find=_find,
    reads=frozenset({"regions"}),
    severity=Severity.ERROR,
    message="{what} is never closed: the rest of the note belongs to it",
    help="close it where it should end",
    since="0.1",
)
