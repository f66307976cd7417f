"""Link points to a note or file that is not in the vault.

## Why
Obsidian shows such a link faded; a click creates an empty note instead of opening the one that was
meant. Links break when notes are renamed, moved or deleted outside of Obsidian.

## Example

```md file="Reading.md"
See [[Atomic habit]].
      ^^^^^^^^^^^^ broken-link
```

```md file="Atomic habits.md"
A note.
```

## Use instead

```md file="Reading.md"
See [[Atomic habits]].
```

## Fix safety
UNSAFE when exactly one file of that name lies in another folder, or one name is clearly nearest:
it is likely, but not certain, that it was meant. The link is written as Obsidian's settings say, its
display text and subpath stay; when that file lacks the subpath, the fix is only shown. SAFE when a
wikilink is percent-encoded (`[[My%20Note]]`) and the decoded name exists.

## Options
- `ignore`: globs of link targets that are never reported, for notes that are yet to be written.
- `encoded_names`: report percent-encoded wikilinks whose decoded name exists, as info.

Not reported: links in code, math, HTML and HTML comments, in template folders, with a template's
variable in them, links written through a reference definition, URLs (see `malformed-link`), and
links that name a note by its alias (see `alias-as-link`). Links in `%%` comments count.

## Source
Obsidian help, Internal links; the resolution of links in the shipped app.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Advice, Check, Fix, Found, Note, Safety, Severity, VaultView, option
from vaultlint.checks._links import at_most, unopened
from vaultlint.checks._paths import Glob
from vaultlint.checks._relink import link_at, relink
from vaultlint.checks._suggest import relinked, suggestion
from vaultlint.note.model import Link
from vaultlint.note.obsidian import decode_uri_component


@dataclass(frozen=True, slots=True)
class Options:
    """Options of broken-link."""

    ignore: tuple[Glob, ...] = option((), "Globs of link targets that are never reported.")
    encoded_names: bool = option(True, "Report percent-encoded wikilinks that would work decoded.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    for link in unopened(note, vault, options.ignore):
        if link.embed:
            continue
        data = {"target": link.target, "at": link.span.start}
        if _decoded(link, vault) is not None:
            if not options.encoded_names:
                continue
            message = 'a wikilink is not percent-decoded: "{target}" is not the name of a file'
            yield Found(link.target_span, data, Severity.INFO, message)
        else:
            yield Found(link.target_span, data, at_most(link))


def _decoded(link: Link, vault: VaultView) -> str | None:
    if link.markdown or "%" not in link.target:
        return None
    name = decode_uri_component(link.target)
    return name if name != link.target and vault.resolve_path(name).target else None


def _explain(found: Found, note: Note, vault: VaultView, _options: Options) -> Advice:
    if (link := link_at(note, found)) is None:
        return Advice()
    name = _decoded(link, vault)
    return Advice(suggestion(link, note, vault).help if name is None else f'write "{name}"')


def _repair(found: Found, note: Note, vault: VaultView, _options: Options) -> Fix | None:
    if (link := link_at(note, found)) is None:
        return None
    if (name := _decoded(link, vault)) is None:
        return relinked(link, note, vault, "Link to")
    file = vault.resolve_path(name).target or ""
    there = not link.anchor or vault.has_anchor(file, link.anchor)
    safety = Safety.SAFE if there else Safety.UNSAFE
    return relink(f'Write "{name}"', safety, note, link, path=name)


CHECK = Check(
    id="broken-link",
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
