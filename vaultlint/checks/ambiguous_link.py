"""Link fits several files equally well, and Obsidian's choice is not defined.

## Why
Two files of one name, in folders whose paths are equally long: which of them opens depends on the
order in which Obsidian met them, and may differ between two devices.

## Example

```md file="Start.md"
See [[Notes]].
      ^^^^^ ambiguous-link
```

```md file="one/Notes.md"
First.
```

```md file="two/Notes.md"
Second.
```

## Use instead

```md file="Start.md"
See [[one/Notes]].
```

## Fix safety
MANUAL: only a person knows which file was meant; the first is shown as an example.

## Options
None. A link that Obsidian decides by its rules (the file in the same folder, the shorter path) is
not reported.

## Source
Obsidian help, Internal links; the resolution of links in the shipped app.
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, Note, Safety, Severity, VaultView
from vaultlint.checks._links import judged, without_md
from vaultlint.checks._relink import link_at, relink

_MOST_NAMED = 4


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    for link in judged(note, vault):
        if not link.target:
            continue
        resolution = vault.resolve(link)
        if resolution.ambiguous:
            data = {
                "target": link.target,
                "files": resolution.candidates[:_MOST_NAMED],
                "count": len(resolution.candidates),
                "at": link.span.start,
            }
            yield Found(link.target_span, data)


def _explain(found: Found, note: Note, vault: VaultView, _options: object) -> Advice:
    del note, vault
    files = ", ".join(found.data["files"])
    return Advice(f"name the folder too; it may be {files}")


def _repair(found: Found, note: Note, vault: VaultView, _options: object) -> Fix | None:
    del vault
    link = link_at(note, found)
    if link is None:
        return None
    path = str(found.data["files"][0])
    keep = link.markdown or link.target.lower().endswith(".md")
    text = path if keep else without_md(path)
    return relink(f'Link to "{path}"', Safety.MANUAL, note, link, path=text)


CHECK = Check(
    id="ambiguous-link",
    find=_find,
    explain=_explain,
    repair=_repair,
    reads=frozenset({"links"}),
    severity=Severity.WARNING,
    message='{count} files fit "{target}" equally well',
    changes=frozenset({"links"}),
    since="0.1",
)
