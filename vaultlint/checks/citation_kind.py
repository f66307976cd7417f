"""Citation's kind is not one of the vault's kinds.

## Why
Lists, searches and queries ask for `#PAPER`. A line tagged `#paper` in a vault of `#PAPER`, or
`#PAPPER`, is missing from them, or found under a second name.

## Example

```yaml file="vaultlint.yaml"
rules:
  citation-kind: {kinds: [PAPER, CODE]}
```

```md file="Reading.md"
- #code [lists](https://example.org/lists)
  ^^^^^ citation-kind
- #PAPPER [A theory of lists](https://example.org/theory)
  ^^^^^^^ citation-kind
```

## Use instead

```md file="Reading.md"
- #CODE [lists](https://example.org/lists)
- #PAPER [A theory of lists](https://example.org/theory)
```

## Fix safety
SAFE: another spelling of a kind by case becomes the kind; to Obsidian both are the same tag.
UNSAFE: a near miss becomes the kind.

## Options
- `kinds`: the closed list. A kind stands for those nested in it too.

Judged are the tags of a line whose link follows them: the first must be a kind, the others are
compared by case only. A tag that looks like no kind (`#todo` beside `PAPER`, `CODE`) is none.

## Source
None: a convention of the vault, stated in its config.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Check, Fix, Found, Note, Safety, VaultView, option
from vaultlint.checks._citations import citations, source_link
from vaultlint.checks._edits import one_edit
from vaultlint.note.model import Tag
from vaultlint.terms.nearest import nearest

_MOST_NAMED = 8
_UNKNOWN = "#{kind} is not a kind of citation of this vault"


@dataclass(frozen=True, slots=True)
class Options:
    """The kinds of a vault."""

    kinds: tuple[str, ...] = option((), "the closed list of kinds")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each tag that stands for a kind and is not one of the list."""
    if not options.kinds:
        return
    by_folded = {kind.casefold(): kind for kind in options.kinds}
    for citation in citations(note, vault, ()):
        link = source_link(citation)
        last = citation.kinds[-1].span.end
        if link is None or note.text[last : link.span.start].strip(" \t:*_"):
            continue
        for number, tag in enumerate(citation.kinds):
            yield from _judge(tag, by_folded, first=number == 0)


def _judge(tag: Tag, by_folded: dict[str, str], *, first: bool) -> Iterator[Found]:
    head = tag.name.partition("/")[0]
    known = by_folded.get(tag.name.casefold()) or by_folded.get(head.casefold())
    if known is not None:
        if not tag.name.startswith(known):
            kind = known + tag.name[len(known) :]
            do = f"write #{kind}: to Obsidian both are one tag, to other tools they are two"
            data = {"kind": tag.name, "known": kind, "how": "case", "do": do}
            yield Found(tag.span, data, message="the kind #{known} is written #{kind} here")
        return
    kinds = tuple(by_folded.values())
    near = nearest(head, kinds) if first and len(head) > 3 else None
    if near is not None:
        near += tag.name[len(head) :]
        data = {"kind": tag.name, "known": near, "how": "near", "do": f"write #{near}"}
        yield Found(tag.span, data)
    elif first and head.isupper() and all(kind.isupper() for kind in kinds):
        data = {"kind": tag.name, "known": "", "how": "unknown", "do": f"use one of {_few(kinds)}"}
        yield Found(tag.span, data, message=_UNKNOWN)


def _few(kinds: tuple[str, ...]) -> str:
    more = ", ..." if len(kinds) > _MOST_NAMED else ""
    return ", ".join(f"#{kind}" for kind in kinds[:_MOST_NAMED]) + more


def repair(found: Found, note: Note, _vault: VaultView, _options: Options) -> Fix | None:
    """Return a fix that writes the kind as the list has it."""
    known = str(found.data["known"])
    if not known:
        return None
    safety = Safety.SAFE if found.data["how"] == "case" else Safety.UNSAFE
    return one_edit(f"Write #{known}", safety, note, found.span, f"#{known}")


CHECK = Check(
    id="citation-kind",
    find=find,
    repair=repair,
    reads=frozenset({"citations"}),
    options=Options,
    severity=None,
    message="#{kind} is probably #{known}",
    help="{do}",
    changes=frozenset({"tags"}),
    since="0.1",
)
