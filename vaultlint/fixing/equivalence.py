"""The equivalence check: a fix changes what its rule declares, and nothing else.

Every fix passes here before anything is written, always. Beside the declared families three things
hold for any fix: a link that opened something still opens it, a subpath that others use is still
there, and nothing becomes unreadable.

Tests: tests/unit/fixing/test_equivalence.py, tests/properties/test_fixing.py
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from vaultlint.errors import SourceError
from vaultlint.fixing.facts import Facts, Opened, facts_of, finds, opened
from vaultlint.fixing.texts import text_of
from vaultlint.note.canvas_text import CanvasText, canvas_texts
from vaultlint.note.model import Note, NoteId
from vaultlint.note.parse import parse_note
from vaultlint.vault.anchors import outline
from vaultlint.vault.index import VaultIndex

_NAMES = {
    "blocks": "block ids",
    "callouts": "callouts",
    "citations": "which sources are cited",
    "code": "code",
    "comments": "comments",
    "fields": "inline fields",
    "footnotes": "footnotes",
    "headings": "headings",
    "html": "HTML",
    "link-text": "the text of links",
    "links": "links",
    "math": "math",
    "properties": "properties",
    "tags": "tags",
    "tasks": "tasks",
    "text": "text",
    "urls": "external links",
}


def deviation(
    before: Note,
    after: Note,
    allowed: Collection[str],
    index: VaultIndex,
    load: Callable[[NoteId], Note],
) -> str:
    """Return in words what ``after`` changes beside the families in ``allowed``, "" if nothing.

    ``index`` is that of the vault with ``before`` in it; ``load`` returns other notes' facts, and
    may raise SourceError.
    """
    old, new = facts_of(before, index), facts_of(after, index)
    for family, name in _NAMES.items():
        if family not in allowed and not _same(family, old, new):
            return f"it would change {name}"
    return (
        _lost_link(before, after, index)
        or _unreadable(before, after)
        or lost_anchor(before, after, index, load)
    )


def canvas_deviation(
    file: NoteId, before: bytes, after: bytes, judge: Callable[[Note, Note], str]
) -> str:
    """Return the same for a canvas: ``judge`` does for each of its cards, as a note before and after."""
    old, new = (list(canvas_texts(text_of(data))) for data in (before, after))
    if not old or [card.key for card in old] != [card.key for card in new]:
        return "it would change the cards of the canvas"
    for one, two in zip(old, new, strict=True):
        if one.value == two.value:
            continue
        if one.key != "text":
            return "it would change what a card shows"
        found = judge(_card_note(file, one), _card_note(file, two))
        if found:
            return found
    return ""


def _card_note(file: NoteId, card: CanvasText) -> Note:
    return parse_note(file, card.value.encode("utf-8", "replace"))


def _same(family: str, old: Facts, new: Facts) -> bool:
    if family != "citations":
        return old[family] == new[family]
    # More may be recognized than before: that is what mending a URL is for.
    after = iter(new[family])
    return all(source in after for source in old[family])


def _lost_link(before: Note, after: Note, index: VaultIndex) -> str:
    old, new = Counter(_opened(before, index)), Counter(_opened(after, index))
    # A link whose subpath is not there is broken: a repair may lead it elsewhere.
    for each in sorted((each for each in old if each.subpath is not None), key=str):
        if new[each] < old[each]:
            return f"a link would no longer open {each.file}"
    return ""


def _opened(note: Note, index: VaultIndex) -> Iterator[Opened]:
    for link in note.links:
        found = opened(link, note, index)
        if found is not None:
            yield found


def _unreadable(before: Note, after: Note) -> str:
    old = Counter(problem.code for problem in before.problems)
    new = Counter(problem.code for problem in after.problems)
    for code in sorted(new - old):
        return f"the note would have a new problem ({code})"
    return ""


def lost_anchor(
    before: Note, after: Note, index: VaultIndex, load: Callable[[NoteId], Note]
) -> str:
    """Return in words which note's link into ``before`` would lose its heading or block, "" if none."""
    old, new = outline(before), outline(after)
    if old == new:
        return ""
    for file in sorted(index.inlinks(before.id)):
        try:
            other = load(file)
        except SourceError:
            continue
        for link in other.links:
            if not link.anchor or finds(new, link.anchor) or not finds(old, link.anchor):
                continue
            found = opened(link, other, index)
            if found is not None and found.file == before.id:
                return f"a link of {file} to #{link.anchor} would be broken"
    return ""
