"""Which notes link to which, and the folders that a vault of any shape falls into.

Invariant: a function of the index alone, in the order of the notes' ids; a note that links to
another several times links to it once. Attachments and links to nothing are no part of it.

Tests: tests/unit/view/test_link_graph.py
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import folder_of, is_markdown

_FEWEST = 3
"""How many notes a folder needs to stand for itself."""


class LinkGraph(NamedTuple):
    """The notes of a vault, sorted, and its links as pairs of places in ``notes``, sorted."""

    notes: tuple[NoteId, ...]
    links: tuple[tuple[int, int], ...]


def link_graph(index: VaultIndex) -> LinkGraph:
    """Return the graph of ``index``. O(notes + links)."""
    notes = tuple(sorted(file for file in index.files if is_markdown(file)))
    places = {file: place for place, file in enumerate(notes)}
    links = [
        (places[source], target)
        for target, file in enumerate(notes)
        for source in index.inlinks(file)
        if source in places
    ]
    return LinkGraph(notes, tuple(sorted(links)))


def communities(notes: Iterable[NoteId], most: int = 60) -> dict[str, list[NoteId]]:
    """Return at most ``most`` folders, sorted, and the notes that each of them stands for.

    The largest folder gives way to the folders in it for as long as it holds more than an eighth
    of the vault; folders of one or two notes stay with the folder around them. Every note belongs
    to exactly one folder: the nearest one upward.
    """
    notes = sorted(notes)
    found: dict[str, list[NoteId]] = {"": notes} if notes else {}
    whole: set[str] = set()
    while len(whole) < len(found):
        largest = max(found.keys() - whole, key=lambda folder: (len(found[folder]), folder))
        if 8 * len(found[largest]) <= len(notes):
            break
        parts = _parts(largest, found[largest])
        if parts and len(found) + len(parts) - 1 <= most:
            del found[largest]
            found.update(parts)
            if largest in parts:
                whole.add(largest)
        else:
            whole.add(largest)
    return dict(sorted(found.items()))


def _parts(folder: str, notes: list[NoteId]) -> dict[str, list[NoteId]]:
    """Return the folders in ``folder`` with their notes, and it with what is left; {} if only it."""
    start = len(folder) + 1 if folder else 0
    parts: dict[str, list[NoteId]] = {}
    for note in notes:
        slash = note.find("/", start)
        parts.setdefault(note[:slash] if slash > 0 else folder, []).append(note)
    small = [part for part, held in parts.items() if len(held) < _FEWEST and part != folder]
    if len(small) == len(parts) - (folder in parts):
        return {}
    left = [note for part in small for note in parts.pop(part)]
    if left:
        parts[folder] = sorted([*parts.get(folder, ()), *left])
    return parts


def hubs(graph: LinkGraph) -> list[int]:
    """Return for each note how many notes link to it."""
    counts = [0] * len(graph.notes)
    for _, target in graph.links:
        counts[target] += 1
    return counts


def between(
    graph: LinkGraph, folders: Mapping[str, Sequence[NoteId]]
) -> dict[tuple[str, str], int]:
    """Return how many links lead from each folder to each other one, and within it."""
    home = {note: folder for folder, held in folders.items() for note in held}
    counts: dict[tuple[str, str], int] = {}
    for source, target in graph.links:
        pair = (home[graph.notes[source]], home[graph.notes[target]])
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def out_of(folder: str, note: NoteId) -> str:
    """Return the path of ``note`` as seen from ``folder``, which it lies in."""
    return note[len(folder) + 1 :] if folder and folder_of(note).startswith(folder) else note
