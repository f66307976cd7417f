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
- `conflicting`: report citations that contradict each other too; without it they are left to
  `conflicting-citation`.

The same source is the same arXiv, DOI or ISBN identifier; else the same title: of three words or
more with author and year, of five with nothing that contradicts it. In one note, the same URL too.

## Source
None: a habit of good lists.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from vaultlint.check import Advice, Check, Found, Note, Related, Severity, VaultView, option
from vaultlint.checks._citations import citations, source_link
from vaultlint.checks._cited_elsewhere import cited_at
from vaultlint.note.model import Citation, CitedLink, NoteId
from vaultlint.terms.stated import bare_text, stated
from vaultlint.vault.answers import CitedAs
from vaultlint.vault.same_source import (
    MOST_COMPARED,
    conflicts,
    same_source,
    same_title,
    source_names,
)

_MOST_NAMED = 3
_MOST_RELATED = 10


@dataclass(frozen=True, slots=True)
class Options:
    """Where repeated sources are looked for."""

    kinds: tuple[str, ...] = option((), "only citations of these kinds")
    across_notes: bool = option(True, "report sources that other notes cite too")
    conflicting: bool = option(True, "report citations that contradict each other too")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each citation of a source that is cited before or elsewhere."""
    seen: dict[tuple[object, ...], CitedLink] = {}
    for citation in citations(note, vault, options.kinds):
        link = source_link(citation)
        if link is None:
            continue
        names = source_names(link)
        first = next(
            (seen[name] for name in names if name in seen and same_source(seen[name], link)), None
        )
        if first is not None:
            if options.conflicting or not _conflict(link, first.identifier, first.text):
                data = {
                    "title": bare_text(link.text or link.url),
                    "first": (first.text_span or first.span).start,
                }
                yield Found(link.text_span or link.span, data)
        elif options.across_notes and (others := _others(note, citation, link, vault, options)):
            named = ", ".join(others.first[:_MOST_NAMED])
            more = f" and {others.number - _MOST_NAMED} more" if others.number > _MOST_NAMED else ""
            data = {"others": others.first, "named": named + more, "text": link.text}
            message = "this source is also cited in {named}"
            source = {"source": link.identifier}
            yield Found(link.text_span or link.span, {**data, **source}, Severity.INFO, message)
        for name in names:
            seen.setdefault(name, link)


def _conflict(link: CitedLink, identifier: tuple[str, str] | None, text: str | None) -> bool:
    """Return whether conflicting-citation speaks of ``link`` and the other citation."""
    if not link.text or not text or link.identifier is None or identifier != link.identifier:
        return False
    return any(conflicts(stated(link.text), stated(text)))


class _Others(NamedTuple):
    first: list[NoteId]
    number: int


def _others(
    note: Note, citation: Citation, link: CitedLink, vault: VaultView, options: Options
) -> _Others | None:
    """Return the first other notes that cite the source of ``link``, and how many do; None if none."""
    ways: list[CitedAs] = []
    left: list[CitedAs] = []  # to conflicting-citation
    if link.identifier is not None:
        ways += vault.sources(link.identifier)
        if not options.conflicting:
            compared = ways[:MOST_COMPARED]
            left = [way for way in compared if _conflict(link, link.identifier, way.text)]
    if link.text is not None:
        kinds = {tag.name.casefold() for tag in citation.kinds}
        for way in vault.titled(link.text)[:MOST_COMPARED]:
            same_kind = any(kind.casefold() in kinds for kind in way.kinds)
            if same_kind and same_title(link.text, way.text):
                ways.append(way)
    citing = _citing(tuple(ways), tuple(left))
    at = bisect_left(citing, note.id)
    number = len(citing) - (citing[at : at + 1] == (note.id,))
    first = [file for file in citing[: _MOST_RELATED + 1] if file != note.id]
    return _Others(first[:_MOST_RELATED], number) if number else None


@lru_cache(maxsize=1 << 8)  # all notes that cite a source ask the same
def _citing(ways: tuple[CitedAs, ...], left: tuple[CitedAs, ...]) -> tuple[NoteId, ...]:
    """Return the notes that cite in one of ``ways`` but not under a text by which they are ``left``."""
    out = {(file, way.text) for way in left for file in way.notes}
    return tuple(
        sorted({file for way in ways for file in way.notes if (file, way.text) not in out})
    )


def explain(found: Found, note: Note, vault: VaultView, _options: Options) -> Advice:
    """Return where else the source is cited."""
    if "first" in found.data:
        place = note.lines.position(int(found.data["first"]))
        return Advice("keep one of the two lines", (Related(note.id, place, "cited here before"),))
    source, text = found.data["source"], found.data["text"]
    others = tuple(
        Related(file, cited_at(vault.note(file), source, text), "cited here")
        for file in map(str, found.data["others"])
    )
    return Advice("keep it in one note and link to that note", others)


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
