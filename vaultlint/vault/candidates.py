"""The files that share one file name, and which of them a link means.

Invariant: an answer costs O(log n) plus the files it must compare, and each distinct question is
answered once until the candidates change; a vault with an ``index.md`` in every folder stays linear.

Source: Obsidian's getFirstLinkpathDest, as observed in the running app.

Tests: tests/unit/vault/test_candidates.py
"""

from bisect import bisect_left, insort

from vaultlint.note.model import NoteId
from vaultlint.text import utf16_length

_HIGH = "\U0010ffff"  # sorts after every character that follows a prefix
_Entry = tuple[str, NoteId]  # (folded path, path)


class Candidates:
    """All files of one folded file name, sorted by folded path."""

    __slots__ = ("_chosen", "_files", "_nearest", "_reversed", "entries")

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self._forget()

    def _forget(self) -> None:
        self._files: tuple[NoteId, ...] | None = None
        self._reversed: list[tuple[str, _Entry]] | None = None
        self._chosen: dict[tuple[str, str], tuple[NoteId, ...]] = {}
        self._nearest: dict[str, tuple[NoteId, ...]] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def copy(self) -> "Candidates":
        """Return the same candidates, to be changed for themselves."""
        other = Candidates()
        other.entries = [*self.entries]
        return other

    def add(self, folded: str, file: NoteId) -> None:
        """Add ``file``, which is not among the candidates yet."""
        insort(self.entries, (folded, file))
        self._forget()

    def discard(self, folded: str, file: NoteId) -> None:
        """Remove ``file``, which is among the candidates."""
        del self.entries[bisect_left(self.entries, (folded, file))]
        self._forget()

    def files(self) -> tuple[NoteId, ...]:
        """Return the candidates in order of id."""
        if self._files is None:
            self._files = tuple(sorted(file for _, file in self.entries))
        return self._files

    def exact(self, path: str) -> tuple[NoteId, ...]:
        """Return the files whose folded path is ``path``: several if they differ only in case."""
        at = bisect_left(self.entries, (path,))
        found = []
        while at < len(self.entries) and self.entries[at][0] == path:
            found.append(self.entries[at][1])
            at += 1
        return tuple(found)

    def choose(self, link: str, folder: str) -> tuple[NoteId, ...]:
        """Return the files that tie for ``link`` seen from ``folder`` (both folded), best first.

        Files whose path ends with the link count; those whose path starts with the folder come
        first, then the shorter path. Both are plain string tests, as in Obsidian.
        """
        question = (link, folder)
        if (known := self._chosen.get(question)) is None:
            near = self.near(link, folder)
            known = self._chosen[question] = shortest(near) if near else self._far(link)
        return known

    def near(self, link: str, folder: str) -> list[_Entry]:
        """Return the candidates that end with ``link`` and start with ``folder``."""
        if not folder:
            return []  # everything is near the root: all rank alike, as if nothing were
        low = bisect_left(self.entries, (folder,))
        high = bisect_left(self.entries, (folder + _HIGH,))
        if low == high:
            return []
        ending = self.ending_with(link)
        if len(ending) < high - low:
            return [entry for entry in ending if entry[0].startswith(folder)]
        return [entry for entry in self.entries[low:high] if entry[0].endswith(link)]

    def ending_with(self, link: str) -> list[_Entry]:
        """Return the candidates whose folded path ends with ``link``."""
        if "/" not in link:
            return self.entries  # a bare link is the file name itself
        if self._reversed is None:
            self._reversed = sorted((entry[0][::-1], entry) for entry in self.entries)
        key = link[::-1]
        low = bisect_left(self._reversed, (key,))
        high = bisect_left(self._reversed, (key + _HIGH,))
        return [entry for _, entry in self._reversed[low:high]]

    def _far(self, link: str) -> tuple[NoteId, ...]:
        if (known := self._nearest.get(link)) is None:
            known = self._nearest[link] = shortest(self.ending_with(link))
        return known


def shortest(entries: list[_Entry]) -> tuple[NoteId, ...]:
    """Return the files of shortest path (UTF-16 units), those of equal length by id."""
    if not entries:
        return ()
    lengths = [utf16_length(file) for _, file in entries]
    least = min(lengths)
    pairs = zip(lengths, entries, strict=True)
    return tuple(sorted(file for length, (_, file) in pairs if length == least))
