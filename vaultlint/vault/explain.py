"""Why a link opens what it opens: the steps of its resolution as plain sentences.

Invariant: the resolution told here is the one that ``resolve`` gives; only the sentences are made
anew, from the same questions in the same order.

Tests: tests/unit/vault/test_explain.py, tests/properties/test_resolve.py
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.text import utf16_length
from vaultlint.vault.answers import Resolution
from vaultlint.vault.candidates import Candidates
from vaultlint.vault.keys import LinkRef, fold, folder_of, name_of
from vaultlint.vault.resolve import is_relative, join, look_up, readings, resolve, resolve_ref

_SHOWN = 5


class Explanation(NamedTuple):
    """What a link opens, and the sentences that lead there."""

    resolution: Resolution
    steps: tuple[str, ...]


def explain_resolution(
    by_name: Mapping[str, Candidates], target: str, source: NoteId, *, markdown: bool = False
) -> Explanation:
    """Return what the path ``target`` (no subpath) opens from ``source``, and why.

    With ``markdown`` it is a Markdown destination as written, percent escapes and all.
    """
    if not markdown:
        return Explanation(resolve(by_name, target, source), tuple(_steps(by_name, target, source)))
    tried: list[str] = []
    steps: list[str] = []
    for reading in readings(target):
        if reading in tried:
            continue
        if "%" in target:
            again = "Nothing found; read another way" if tried else "Percent escapes are decoded"
            steps.append(f'{again}: "{reading}".')
        tried.append(reading)
        steps += _steps(by_name, reading, source)
        if resolve(by_name, reading, source).target is not None:
            break
    ref: LinkRef = (tried[0], target if "%" in target else "")
    return Explanation(resolve_ref(by_name, ref, source), tuple(steps))


def _steps(by_name: Mapping[str, Candidates], target: str, source: NoteId) -> Iterator[str]:
    folded = fold(target.strip())
    if not folded:
        yield "The path is empty: the link opens its own note."
        return
    name = name_of(folded)
    link, candidates = look_up(by_name, folded, None)
    if link == folded:
        yield f'Files named "{name}" are looked for, in any case.'
    elif "." in name:
        yield f'No file is named "{name}"; a note "{name}.md" is looked for, in any case.'
    else:
        yield f'"{name}" has no extension, so a note "{name}.md" is looked for, in any case.'
    if candidates is None:
        yield "The vault has no such file: the link is unresolved."
        yield "Aliases, titles and folder names never resolve a link."
        return
    yield f"The vault has {_count(candidates)}: {_list(candidates.files())}."
    if "/" not in link and len(candidates) == 1:
        yield "The link names no folder and only one file has this name: that file is opened."
    elif is_relative(link):
        yield from _relative(candidates, link, source)
    else:
        yield from _by_path(candidates, link, source)


def _relative(candidates: Candidates, link: str, source: NoteId) -> Iterator[str]:
    path = join(fold(folder_of(source)), link)
    yield f'The link starts at the folder of its note, so only "{path}" will do.'
    if found := candidates.exact(path):
        yield "It is there."
        yield from _choice(found)
    else:
        yield "It is not there: the link is unresolved."


def _by_path(candidates: Candidates, link: str, source: NoteId) -> Iterator[str]:
    if found := candidates.exact(link.removeprefix("/")):
        yield "A file whose whole path is the link comes before all others."
        yield from _choice(found)
        return
    if link.startswith("/"):
        yield "A link that starts with a slash needs the exact path: it is unresolved."
        return
    ending = candidates.ending_with(link)
    if "/" in link:
        yield f'No path is exactly "{link}"; paths that end with it: {len(ending)}.'
    if not ending:
        yield "The link is unresolved."
        return
    folder = fold(folder_of(source))
    if near := candidates.near(link, folder):
        yield (
            f'Files under the folder of the note ("{folder}") come first: '
            f"{_list([file for _, file in near])}."
        )
    elif folder:
        yield f'None of them is under the folder of the note ("{folder}").'
    yield "The shortest path wins."
    yield from _choice(candidates.choose(link, folder))


def _choice(files: tuple[NoteId, ...]) -> Iterator[str]:
    if len(files) == 1:
        yield f"{files[0]} is opened."
        return
    yield f"{len(files)} files tie at {utf16_length(files[0])} characters: {_list(files)}."
    yield "Obsidian's choice between them is not determined; the first is assumed."


def _count(candidates: Candidates) -> str:
    return "one such file" if len(candidates) == 1 else f"{len(candidates)} such files"


def _list(files: Sequence[NoteId]) -> str:
    shown = ", ".join(files[:_SHOWN])
    return f"{shown} and {len(files) - _SHOWN} more" if len(files) > _SHOWN else shown
