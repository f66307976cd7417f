"""Link points to a heading that its note does not have.

## Why
Obsidian opens the note at its top, and an embed of the section shows nothing of it. Headings are
renamed more often than notes, and Obsidian follows only renames made with its own command.

## Example

```md file="Plan.md"
See [[Report#Result]].
             ^^^^^^ broken-anchor
```

```md file="Report.md"
## Results
```

## Use instead

```md file="Plan.md"
See [[Report#Results]].
```

## Fix safety
UNSAFE: the heading that is most like the one named. A GitHub-style `#see-also` for `## See also`
is found this way too. Of a path of headings only the last is replaced.

## Options
None. A heading inside a quote, a callout or a list item is not in Obsidian's outline: a link to it
is broken, and the help says so. Not checked: files that have no headings (PDF, bases, images) and
notes that are too large to be read.

## Source
Obsidian help, Link to a heading in a note; comparison of headings in the shipped app.
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, Note, Safety, Severity, VaultView
from vaultlint.checks._anchors import headings_of, is_block, judged_anchors
from vaultlint.checks._links import at_most
from vaultlint.checks._relink import link_at, relink
from vaultlint.vault.anchors import fold_heading, strip_heading_for_link


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    for link, file in judged_anchors(note, vault):
        anchor, span = link.anchor, link.anchor_span
        if anchor is None or span is None or is_block(anchor) or vault.has_anchor(file, anchor):
            continue
        data = {"file": file, "anchor": anchor, "at": link.span.start}
        yield Found(span, data, at_most(link), _HERE if file == note.id else None)


_HERE = 'this note has no heading "{anchor}"'


def _heading(found: Found, vault: VaultView) -> str | None:
    """Return the heading that was probably meant, as the note writes it."""
    wanted = str(found.data["anchor"]).rpartition("#")[2]
    return headings_of(vault.note(str(found.data["file"]))).nearest(wanted)


def _explain(found: Found, note: Note, vault: VaultView, _options: object) -> Advice:
    del note
    wanted = fold_heading(str(found.data["anchor"]).rpartition("#")[2])
    target = vault.note(str(found.data["file"]))
    if wanted in headings_of(target).contained:
        return Advice(
            "a heading inside a quote, callout or list is not in Obsidian's outline and cannot "
            "be linked: move it out, or link to a block id"
        )
    heading = _heading(found, vault)
    if heading is None:
        instead = "to a heading it has" if target.headings else "add the heading: it has none"
        return Advice(f"link to the note, or {instead}")
    return Advice(f'did you mean "#{heading}"?')


def _repair(found: Found, note: Note, vault: VaultView, _options: object) -> Fix | None:
    link, heading = link_at(note, found), _heading(found, vault)
    if link is None or not heading:
        return None
    file, above = str(found.data["file"]), str(found.data["anchor"]).rpartition("#")[0]
    anchor = strip_heading_for_link(heading)
    anchor = f"{above}#{anchor}" if above and anchor else anchor
    if not anchor or not vault.has_anchor(file, anchor):
        return None
    title, target = f'Link to "#{heading}"', vault.note(file)
    return relink(title, Safety.UNSAFE, note, link, target, anchor=anchor)


CHECK = Check(
    id="broken-anchor",
    find=_find,
    explain=_explain,
    repair=_repair,
    reads=frozenset({"links"}),
    severity=Severity.ERROR,
    message='{file} has no heading "{anchor}"',
    changes=frozenset({"links"}),
    since="0.1",
)
