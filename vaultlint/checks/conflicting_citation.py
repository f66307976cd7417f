"""Source is cited with another title, author or year elsewhere.

## Why
Two notes that disagree on the year of a paper cannot both be right, and a search for one of the
titles finds only one of the notes.

## Example

```md file="Lists.md"
- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ conflicting-citation
```

```md file="Theories.md"
- #PAPER [A theory of lists (Doe 2020)](https://arxiv.org/abs/2101.00001)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ conflicting-citation
```

## Use instead

```md file="Theories.md"
- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)
```

## Fix safety
No fix: a person knows, or looks up, which note is right.

## Options
- `kinds`: judge only citations of these kinds; all, when the list is empty.
- `titles`: compare titles too, as info. A title that contains the other one is the same.

Only sources with an arXiv, DOI or ISBN identifier are compared.

## Source
None: a matter of logic.
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
from vaultlint.checks._citations import citations, source_link, stated
from vaultlint.checks._same_source import conflicts


@dataclass(frozen=True, slots=True)
class Options:
    """What is compared."""

    kinds: tuple[str, ...] = option((), "only citations of these kinds")
    titles: bool = option(True, "compare titles too")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield at most one finding for each of year, author and title of a citation."""
    for citation in citations(note, vault, options.kinds):
        link = source_link(citation)
        if link is None or link.identifier is None or not link.text or link.text_span is None:
            continue
        own = stated(link.text)
        told: set[str] = set()
        for claim in vault.sources(link.identifier):
            if not claim.text or claim.text == link.text:
                continue
            for what, here, there in conflicts(own, stated(claim.text)):
                if what in told or (what == "title" and not options.titles):
                    continue
                told.add(what)
                place = "elsewhere in this note" if claim.note == note.id else f"in {claim.note}"
                data = {"what": what, "here": here, "there": there, "place": place}
                at_most = Severity.INFO if what == "title" else Severity.ERROR
                yield Found(link.text_span, {**data, "other": claim.note}, at_most)


def explain(found: Found, _note: Note, _vault: VaultView, _options: Options) -> Advice:
    """Return which note says otherwise."""
    other = Related(str(found.data["other"]), Position(1, 1), f"says {found.data['there']}")
    return Advice("look up the source and write the same in both places", (other,))


CHECK = Check(
    id="conflicting-citation",
    find=find,
    explain=explain,
    reads=frozenset({"citations"}),
    options=Options,
    severity=None,
    message='the {what} of this source is "{here}" here and "{there}" {place}',
    since="0.1",
)
