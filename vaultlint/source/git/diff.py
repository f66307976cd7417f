"""The differences between a commit and the index or the work tree: renames, and lines that are new.

Invariant: attributes of the repository cannot hide a line (every file counts as text), and a name
or a line that looks like part of a patch is not taken for one: lines are counted, names quoted.

Source: git-diff-index(1); diff-generate-patch in git's documentation.

Tests: tests/unit/source/git/test_diff.py
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.source.git.repository import Repository, path_of

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\([0-7]{3}|["\\abfnrtv])')
_LETTERS = {
    b"a": b"\a",
    b"b": b"\b",
    b"f": b"\f",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"v": b"\v",
}


class Difference(NamedTuple):
    """What differs from the commit in each file that is there.

    ``lines`` holds, by file, ranges of line numbers (from 1, counted by LF) that were added or
    changed; ``renamed`` the path that a file had in the commit.
    """

    lines: dict[NoteId, tuple[range, ...]]
    renamed: dict[NoteId, NoteId]


def difference(repository: Repository, base: str, *, cached: bool) -> Difference:
    """Return how the index (``cached``) or the tracked files of the work tree differ from ``base``."""
    if not cached:
        repository = repository.unfiltered()
    within = (f"--relative={repository.prefix}",) if repository.prefix else ()
    patch = repository.ask(
        "diff-index", *(("--cached",) if cached else ()), "--patch", "--unified=0", "--text",
        "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules",
        "--src-prefix=a/", "--dst-prefix=b/", *within, base, "--",
    )  # fmt: skip
    lines: dict[NoteId, tuple[range, ...]] = {}
    renamed: dict[NoteId, NoteId] = {}
    before = after = None
    for kind, value in _parts(patch):
        if kind == b"from":
            before = _path(value)
        elif kind == b"to":
            renamed[_path(value)] = before or ""
        elif kind == b"file":
            path = _path(value)
            after = path[2:] if path.startswith("b/") else None  # /dev/null: it is gone
        elif after is not None:
            first, count = map(int, value.split())
            if count:
                lines[after] = (*lines.get(after, ()), range(first, first + count))
    return Difference(lines, renamed)


def _parts(patch: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what a patch says: ("from"|"to"|"file", path) and ("lines", first and count)."""
    at = 0
    while at < len(patch):
        end = patch.find(b"\n", at)
        line, at = (patch[at:end], end + 1) if end >= 0 else (patch[at:], len(patch))
        if line.startswith(b"rename from "):
            yield b"from", line[12:]
        elif line.startswith(b"rename to "):
            yield b"to", line[10:]
        elif line.startswith(b"+++ "):
            yield b"file", line[4:]
        elif hunk := _HUNK.match(line):
            removed, first, added = hunk.groups(default=b"1")
            yield b"lines", first + b" " + added
            at = _after(patch, at, int(removed) + int(added))


def _after(patch: bytes, at: int, lines: int) -> int:
    """Return the offset after so many lines of a hunk, those not counted that tell of no LF."""
    while lines and at < len(patch):
        lines -= not patch.startswith(b"\\", at)
        end = patch.find(b"\n", at)
        at = end + 1 if end >= 0 else len(patch)
    return at


def _path(name: bytes) -> NoteId:
    """Return a path as it is; git puts one with special characters in quotes."""
    name = name.removesuffix(b"\t")  # after a path with spaces
    if name.startswith(b'"') and name.endswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return path_of(name)


def _unescaped(escape: re.Match[bytes]) -> bytes:
    char = escape[1]
    return bytes((int(char, 8) & 0xFF,)) if char.isdigit() else _LETTERS.get(char, char)
