"""Link names its file with letters of another case.

## Why
Obsidian does not mind, but a published site, GitHub and most tools on Linux do: there the link
leads nowhere.

## Example

```md file="Start.md"
See [[reading list]].
      ^^^^^^^^^^^^ link-case
```

```md file="Reading List.md"
A list.
```

## Use instead

```md file="Start.md"
See [[Reading List]].
```

## Fix safety
SAFE: the link opens the same file; only letters change their case.

## Options
None. Names that differ only in the way an accent is encoded count as equal. The case of a heading
is not looked at: no tool minds it.

## Source
Obsidian help, Internal links: links are compared without case.
"""

import unicodedata
from collections.abc import Iterator

from vaultlint.check import Check, Fix, Found, Note, Safety, VaultView
from vaultlint.checks._links import judged, without_md
from vaultlint.checks._relink import link_at, relink
from vaultlint.vault.keys import fold


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    for link in judged(note, vault):
        if not link.target:
            continue
        opened = vault.resolve(link)
        file = None if opened.ambiguous else opened.target  # which one is ambiguous-link's question
        right = None if file is None else _right(link.target, file)
        if right is not None:
            data = {"target": link.target, "file": file, "right": right, "at": link.span.start}
            yield Found(link.target_span, data)


def _right(target: str, file: str) -> str | None:
    """Return ``target`` in the case of ``file``, or None if it is so already."""
    if file.endswith(target):
        return None
    plain = target
    while plain.startswith(("./", "../", "/")):
        plain = plain.partition("/")[2]
    plain, path = unicodedata.normalize("NFC", plain), unicodedata.normalize("NFC", file)
    tails = [whole[len(whole) - len(plain) :] for whole in (path, without_md(path))]
    if not plain or plain in tails:
        return None
    for tail in tails:
        if fold(tail) == fold(plain):
            return target[: len(target) - len(plain)] + tail
    return None


def _repair(found: Found, note: Note, vault: VaultView, _options: object) -> Fix | None:
    link, right = link_at(note, found), str(found.data["right"])
    if link is None or vault.resolve_path(right).target != found.data["file"]:
        return None
    fix = relink(f'Write "{right}"', Safety.SAFE, note, link, path=right)
    if fix is None or any(fold(edit.text) != fold(edit.span.of(note.text)) for edit in fix.edits):
        return None  # written with other escapes than ours: more than the case would change
    return fix


CHECK = Check(
    id="link-case",
    find=_find,
    repair=_repair,
    reads=frozenset({"links"}),
    severity=None,
    message='"{target}" is spelled "{right}"',
    help="write it as the file does",
    since="0.1",
)
