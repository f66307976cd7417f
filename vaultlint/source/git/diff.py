"""The differences between a commit and the index or the work tree: renames, and lines that are new.

Lines are asked for only of the files where somebody wants them, and told only of those that both
moments hold at the size of a note: a change may hold anything, and a patch of it all as much.

Invariant: attributes of the repository cannot hide a line (every file counts as text), and a name
or a line that looks like part of a patch is not taken for one: lines are counted, names quoted.

Source: git-diff-index(1), git-cat-file(1); diff-generate-patch in git's documentation.

Tests: tests/unit/source/git/test_diff.py
"""

import re
import shutil
import weakref
from collections.abc import Collection, Iterator
from tempfile import mkdtemp

from vaultlint.note.model import MAX_NOTE_BYTES, NoteId
from vaultlint.source.git.blobs import blob_id
from vaultlint.source.git.listing import Listing
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


_MOST_FILES = 50  # in one patch, for memory and the length of a command line


class Difference:
    """How the index (``cached``) or the work tree differ from ``base``; ignored files do not count.

    ``held`` lists that commit. ``changed`` are the files that are there now and differ, ``renamed``
    holds the path that each of them had in the commit, of those that were renamed.
    """

    def __init__(self, repository: Repository, base: str, held: Listing, *, cached: bool) -> None:
        self._repository = repository
        if not cached:
            folder = mkdtemp(prefix="vaultlint-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._repository = repository.unfiltered().with_untracked(folder, blob_id(b"", base))
        self._base, self._held = base, held
        within = (f"--relative={repository.prefix}",) if repository.prefix else ()
        self._arguments = (
            *(("--cached",) if cached else ()), "--find-renames", "--no-ext-diff",
            "--no-textconv", "--no-color", "--ignore-submodules", *within,
        )  # fmt: skip
        self.renamed: dict[NoteId, NoteId] = {}
        self.changed = frozenset(self._changes())
        self._lines: dict[NoteId, list[range] | None] = {}

    def _changes(self) -> Iterator[NoteId]:
        asked = "diff-index", "--name-status", "-z", "--diff-filter=d"
        fields = iter(self._repository.ask(*asked, *self._arguments, self._base, "--").split(b"\0"))
        for status in filter(None, fields):
            path = path_of(next(fields))
            if status.startswith(b"R"):
                before, path = path, path_of(next(fields))
                self.renamed[path] = before
            yield path

    def lines(self, files: Collection[NoteId]) -> dict[NoteId, list[range] | None]:
        """Return the lines that were added or changed in each of ``files``.

        They are ranges of line numbers (from 1, counted by LF). None stands for all lines: of a
        file that the commit lacks, or held at more than the size of a note.
        """
        asked = [file for file in files if file not in self._lines]
        before = {file: self.renamed.get(file, file) for file in asked}
        blobs = {file: self._held[old].blob for file, old in before.items() if old in self._held}
        sizes = self._sizes(set(blobs.values()))
        small = [file for file in blobs if 0 <= sizes.get(blobs[file], -1) <= MAX_NOTE_BYTES]
        told: dict[NoteId, list[range]] = {file: [] for file in small}
        for start in range(0, len(small), _MOST_FILES):
            some = small[start : start + _MOST_FILES]
            for file, new in self._new_lines({*some, *(before[file] for file in some)}):
                told[file].append(new)
        self._lines |= dict.fromkeys(asked) | told
        return {file: self._lines[file] for file in files}

    def _sizes(self, blobs: Collection[str]) -> dict[str, int]:
        """Return the size in bytes of each of ``blobs`` that this clone holds."""
        asked = "".join(f"{blob}\n" for blob in sorted(blobs)).encode("ascii")
        if not asked:
            return {}
        told = self._repository.ask("cat-file", "--batch-check", given=asked).split(b"\n")
        fields = [line.split() for line in told]
        return {each[0].decode("ascii"): int(each[2]) for each in fields if len(each) == 3}

    def _new_lines(self, paths: Collection[NoteId]) -> Iterator[tuple[NoteId, range]]:
        """Yield each range of new lines in one of ``paths``, with the file as it is called now."""
        patch = self._repository.ask(
            "diff-index", "--patch", "--unified=0", "--text", "--src-prefix=a/", "--dst-prefix=b/",
            *self._arguments, self._base, "--", *(self._repository.prefix + path for path in paths),
        )  # fmt: skip
        after = None
        for kind, value in _parts(patch):
            if kind == b"file":
                path = _path(value)
                after = path[2:] if path.startswith("b/") else None  # /dev/null: it is gone
            elif after is not None:
                first, count = map(int, value.split())
                if count:
                    yield after, range(first, first + count)


def _parts(patch: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what a patch says: ("file", path) and ("lines", first and count)."""
    at = 0
    while at < len(patch):
        end = patch.find(b"\n", at)
        line, at = (patch[at:end], end + 1) if end >= 0 else (patch[at:], len(patch))
        if line.startswith(b"+++ "):
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
