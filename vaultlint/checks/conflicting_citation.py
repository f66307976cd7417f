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
- `titles`: compare titles too. A title that contains the other one is the same; titles that share
  half of their words are an info.

Only sources with an arXiv, DOI or ISBN identifier are compared. In one note, the later line is
reported; between notes, both.

## Source
None: a matter of logic.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from vaultlint.check import Advice, Check, Found, Note, Related, Severity, VaultView, option
from vaultlint.checks._citations import citations, source_link
from vaultlint.checks._cited_elsewhere import cited_at
from vaultlint.note.model import NoteId
from vaultlint.terms.stated import stated
from vaultlint.vault.answers import CitedAs
from vaultlint.vault.same_source import MOST_COMPARED, conflicts, unlike


@dataclass(frozen=True, slots=True)
class Options:
    """What is compared."""

    kinds: tuple[str, ...] = option((), "only citations of these kinds")
    titles: bool = option(True, "compare titles too")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield at most one finding for a citation: how it differs from the first one that does."""
    before: dict[tuple[str, str], dict[str, NoteId]] = {}
    elsewhere: dict[tuple[str, str], dict[str, NoteId]] = {}
    for citation in citations(note, vault, options.kinds):
        link = source_link(citation)
        if link is None or link.identifier is None or not link.text or link.text_span is None:
            continue
        own = before.setdefault(link.identifier, {})
        if link.identifier not in elsewhere:
            elsewhere[link.identifier] = _others(note, vault.sources(link.identifier))
        for text, file in chain(own.items(), elsewhere[link.identifier].items()):
            if data := _difference(link.text, text, titles=options.titles):
                place = "before in this note" if file == note.id else f"in {file}"
                source = {"other": file, "source": link.identifier, "text": text}
                at_most = Severity.INFO if data["alike"] else Severity.ERROR
                yield Found(link.text_span, {**data, **source, "place": place}, at_most)
                break
        own[link.text] = note.id


def _others(note: Note, ways: Iterable[CitedAs]) -> dict[str, NoteId]:
    """Return each text under which other notes cite a source, with the first that does."""
    others: dict[str, NoteId] = {}
    for way in ways:
        file = next((file for file in way.notes[:2] if file != note.id), None)
        if way.text and file is not None:
            others[way.text] = min(file, others.get(way.text, file))
    return dict(sorted(others.items(), key=lambda other: other[1])[:MOST_COMPARED])


def _difference(text: str, other: str, *, titles: bool) -> dict[str, str | bool] | None:
    """Return what the two texts state differently, None when they agree."""
    own, their = stated(text), stated(other)
    found = {what: (here, there) for what, here, there in conflicts(own, their)}
    if not titles:
        found.pop("title", None)
    if not found:
        return None
    parts = [what for what in ("title", "author", "year") if what in found]
    here, there = (" ".join(found[what][side] for what in parts) for side in (0, 1))
    far = "title" in found and unlike(own.title, their.title)
    what = " and ".join(parts) if len(parts) < 3 else "title, author and year"
    return {"what": what, "here": here, "there": there, "alike": parts == ["title"] and not far}


def explain(found: Found, _note: Note, vault: VaultView, _options: Options) -> Advice:
    """Return which note says otherwise, and where."""
    file = str(found.data["other"])
    place = cited_at(vault.note(file), found.data["source"], str(found.data["text"]))
    advice = "look the source up and write it the same in both places"
    if str(found.data["what"]).startswith("title") and not found.data["alike"]:
        advice = "look the source up: one of the two lines may have the URL of another source"
    return Advice(advice, (Related(file, place, f'"{found.data["there"]}" here'),))


CHECK = Check(
    id="conflicting-citation",
    find=find,
    explain=explain,
    reads=frozenset({"citations"}),
    options=Options,
    severity=None,
    message='this source has the {what} "{here}" here and "{there}" {place}',
    since="0.1",
)
