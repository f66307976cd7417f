"""Citation's year does not go with the date in its arXiv id.

## Why
An arXiv id begins with the year and month in which the paper was first submitted: `2108.07258` is
of August 2021. An earlier year in the citation is a slip, or the id is that of another paper.

## Example

```md file="Reading.md"
- #PAPER [A theory of lists (Doe 2019)](https://arxiv.org/abs/2108.07258)
                                 ^^^^ citation-year
```

## Use instead

```md file="Reading.md"
- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2108.07258)
```

## Fix safety
No fix: the year or the URL may be the wrong one.

## Options
- `kinds`: judge only citations of these kinds; all, when the list is empty.
- `late`: how many years after the arXiv id a paper may be cited without an info; 0 says never.

## Source
arXiv, "Understanding the arXiv identifier". A year before it is a warning, one far after it (the
paper may have appeared in print by then) an info.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Check, Found, Note, Severity, Span, VaultView, option
from vaultlint.checks._citations import citations, source_link
from vaultlint.note.identifiers import arxiv_year
from vaultlint.terms.stated import stated

_CHECK = "check the year and the arXiv id"


@dataclass(frozen=True, slots=True)
class Options:
    """Which citations are judged, and how late a year may be."""

    kinds: tuple[str, ...] = option((), "only citations of these kinds")
    late: int = option(1, "years after the arXiv id that need no word; 0 never reports a late year")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each citation whose year is before its arXiv id, or long after it."""
    for citation in citations(note, vault, options.kinds):
        link = source_link(citation)
        if link is None or link.identifier is None or link.identifier[0] != "arxiv":
            continue
        year = stated(link.text or "").year
        if year is None or link.text_span is None:
            continue
        arxiv = link.identifier[1]
        submitted = arxiv_year(arxiv)
        at = note.text.rfind(str(year), *link.text_span)
        data = {"year": year, "submitted": submitted, "arxiv": arxiv, "do": _CHECK}
        if year < submitted:
            yield Found(Span(at, at + 4), data)
        elif options.late and year > submitted + options.late:
            data |= {"later": year - submitted, "do": f"if it is not the year of print, {_CHECK}"}
            message = "{year} is {later} years after arXiv {arxiv} was submitted, in {submitted}"
            yield Found(Span(at, at + 4), data, Severity.INFO, message)


CHECK = Check(
    id="citation-year",
    find=find,
    reads=frozenset({"citations"}),
    options=Options,
    severity=None,
    message="{year} is before arXiv {arxiv} was submitted, in {submitted}",
    help="{do}",
    since="0.1",
)
