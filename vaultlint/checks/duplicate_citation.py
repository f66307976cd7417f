"""Source is cited more than once.

## Why
A paper listed twice is read, tagged and updated in one place and forgotten in the other. URLs hide
it: `arxiv.org/abs/…`, `arxiv.org/pdf/…v2` and a DOI may all be the same paper.

## Example

```md file="Reading.md"
- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)
- #PAPER [Theory of lists (Doe 2021)](https://arxiv.org/pdf/2101.00001v2)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^ duplicate-citation
```

## Use instead

```md file="Reading.md"
- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)
```

## Fix safety
No fix: a person decides which line stays.

## Options
- `kinds`: judge only citations of these kinds; all, when the list is empty.
- `across_notes`: report sources that other notes cite too, as info.

The same source is the same arXiv, DOI or ISBN identifier; without one, the same title (of three
words or more), author and year.

## Source
None: a habit of good lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import (
    Advice,
    Check,
    Found,
    Note,
    Position,
    Related,
    Severity,
    VaultView,
    option,
)
from vaultlint.checks._citations import bare_text, citations, source_link
from vaultlint.checks._same_source import distinct, source_names, title_name
from vaultlint.note.model import Citation, CitedLink

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Options:
    """Where repeated sources are looked for."""

    kinds: tuple[str, ...] = option((), "only citations of these kinds")
    across_notes: bool = option(True, "report sources that other notes cite too")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each citation of a source that is cited before or elsewhere."""
    seen: dict[tuple[object, ...], CitedLink] = {}
    for citation in citations(note, vault, options.kinds):
        link = source_link(citation)
        if link is None:
            continue
        names = source_names(link)
        first = next((seen[name] for name in names if name in seen), None)
        if first is not None and not distinct(first, link):
            data = {"title": bare_text(link.text or link.url), "first": first.span.start}
            yield Found(link.text_span or link.span, data)
        elif options.across_notes and (others := _others(note, citation, link, vault)):
            named = ", ".join(others[:_MOST_NAMED])
            more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
            data = {"others": others, "named": named + more}
            message = "this source is also cited in {named}"
            yield Found(link.text_span or link.span, data, Severity.INFO, message)
        for name in names:
            seen.setdefault(name, link)


def _others(note: Note, citation: Citation, link: CitedLink, vault: VaultView) -> list[str]:
    """Return the other notes that cite the source of ``link``, in order of id."""
    found: set[str] = set()
    if link.identifier is not None:
        found.update(claim.note for claim in vault.sources(link.identifier))
    title = title_name(link.text)
    if title is not None and link.text is not None:
        kinds = {tag.name.casefold() for tag in citation.kinds}
        for claim in vault.titled(link.text):
            same_kind = any(kind.casefold() in kinds for kind in claim.kinds)
            if same_kind and title_name(claim.text) == title:
                found.add(claim.note)
    return sorted(found - {note.id})


def explain(found: Found, note: Note, _vault: VaultView, _options: Options) -> Advice:
    """Return where else the source is cited."""
    if "first" in found.data:
        line, column = note.lines.position(int(found.data["first"]))
        here = Related(note.id, Position(line, column), "is cited here before")
        return Advice("keep one of the two lines", (here,))
    others = tuple(Related(str(file), Position(1, 1), "cites it") for file in found.data["others"])
    return Advice("cite it in one note and link to that note", others[:10])


CHECK = Check(
    id="duplicate-citation",
    find=find,
    explain=explain,
    reads=frozenset({"citations"}),
    options=Options,
    severity=None,
    message="this source is cited in this note before",
    since="0.1",
)
