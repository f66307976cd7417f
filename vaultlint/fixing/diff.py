r"""Unified diffs of notes, for people to read before anything is written.

Invariant: lines are split at LF alone, so a CRLF stays with its line and a final line without an
ending is marked as such; the text is that of the notes, not yet safe to print.

Tests: tests/unit/fixing/test_diff.py
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from vaultlint.note.model import NoteId

_Kind: TypeAlias = Literal["replace", "delete", "insert", "equal"]
_CONTEXT = 3
_NO_END = "\\ No newline at end of file\n"


def unified(
    file: NoteId, before: bytes, after: bytes, *, old: NoteId | None = None
) -> Iterator[str]:
    """Yield the lines of the diff that turns ``before`` into ``after``, each ended by LF.

    Nothing is yielded when they are equal. Bytes that are not UTF-8 are surrogate escapes. ``old``
    is the name of ``file`` before, if that was another.
    """
    if before == after:
        return
    was, now = _lines(before), _lines(after)
    yield f"--- a/{file if old is None else old}\n"
    yield f"+++ b/{file}\n"
    # Equal beginnings and ends are skipped first: they are nearly all of a note.
    skip = _common(was, now)
    tail = _common(was[skip:][::-1], now[skip:][::-1])
    for group in _Middle(was, now, skip, tail).get_grouped_opcodes(_CONTEXT):
        start, end = group[0], group[-1]
        yield f"@@ -{_range(start[1], end[2])} +{_range(start[3], end[4])} @@\n"
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                yield from _marked(" ", was[i1:i2])
                continue
            yield from _marked("-", was[i1:i2])
            yield from _marked("+", now[j1:j2])


class _Middle(SequenceMatcher[str]):
    """Compares what lies between ``skip`` equal lines at the start and ``tail`` at the end.

    Those stay equal in its answer, so that every change has the context that there is.
    """

    def __init__(self, old: list[str], new: list[str], skip: int, tail: int) -> None:
        self._ends = (skip, len(old) - tail, len(new) - tail, tail)
        super().__init__(None, old[skip : len(old) - tail], new[skip : len(new) - tail])

    def get_opcodes(self) -> list[tuple[_Kind, int, int, int, int]]:
        """Return the steps from old to new, counted in all of their lines."""
        skip, old, new, tail = self._ends
        inner = super().get_opcodes()
        steps = [(k, a + skip, b + skip, c + skip, d + skip) for k, a, b, c, d in inner]
        if skip:
            steps.insert(0, ("equal", 0, skip, 0, skip))
        if tail:
            steps.append(("equal", old, old + tail, new, new + tail))
        return steps


def _lines(data: bytes) -> list[str]:
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    ended = [line + "\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def _common(one: list[str], two: list[str]) -> int:
    """Return how many lines both begin with."""
    count = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        count += 1
    return count


def _range(start: int, end: int) -> str:
    """Return a range of lines as diffs write it. Source: POSIX diff, -U."""
    length = end - start
    if length == 1:
        return f"{start + 1}"
    return f"{start if length == 0 else start + 1},{length}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line if line.endswith("\n") else f"{mark}{line}\n"
        if not line.endswith("\n"):
            yield _NO_END
