"""What the ``.gitignore`` files of a vault leave out, those in its folders included.

Invariant: as in git, the deepest file that says anything about a path decides, and nothing inside
of an ignored folder comes back (the walk does not enter it). Files above the vault's root and
git's own settings are not looked at.

Tests: tests/unit/source/test_gitignore.py
"""

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.source.real import RealPath, below

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Two ways to write the same pattern at any length. Source: git's gitignore(5).
_LEVELS = re.compile(r"(?<![^/!])(?:\*\*/){2,}")
_STARS = re.compile(r"(?<!\\)\*{3,}")

_MOST_WILDCARDS = 10_000
"""Patterns after so many stars are not looked at: a set of them takes memory and time to compile."""

_FILE = ".gitignore"
_MAX_BYTES = 1024 * 1024


class Ignored(NamedTuple):
    """The patterns in force in one folder: (length of the id prefix, patterns), deepest first."""

    layers: tuple[tuple[int, "GitIgnoreSpec"], ...] = ()

    def enter(self, path: RealPath, prefix: NoteId) -> "Ignored":
        """Return the patterns in force in the folder at ``path``. Raises OSError if unreadable."""
        patterns = _patterns(below(path, _FILE))
        return self if patterns is None else Ignored(((len(prefix), patterns), *self.layers))

    def match(self, file: NoteId, *, is_folder: bool) -> bool:
        """Return whether ``file`` is ignored, its folder not being ignored."""
        for length, patterns in self.layers:
            decided = patterns.check_file(_valid(file[length:]) + "/" * is_folder).include
            if decided is not None:
                return decided
        return False


def _valid(path: str) -> str:
    """Return ``path`` with U+FFFD for each byte that is not UTF-8, as in patterns that are read."""
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _patterns(path: RealPath) -> "GitIgnoreSpec | None":
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_size > _MAX_BYTES:
        return None
    lines = Path(path).read_text(encoding="utf-8", errors="replace").split("\n")
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore import GitIgnorePatternError

    usable = []
    wildcards = 0
    for line in lines:
        short = _STARS.sub("*", _LEVELS.sub("**/", line))
        wildcards += short.count("*")
        if wildcards > _MOST_WILDCARDS:
            break
        try:
            GitIgnoreSpec.from_lines([short], backend="simple")
        except GitIgnorePatternError:
            continue  # git skips what it cannot read, too
        usable.append(short)
    return _compiled(usable)


def _compiled(lines: list[str]) -> "GitIgnoreSpec":
    """Return ``lines`` as one set on RE2, without those at the end that are too much for it."""
    from pathspec import GitIgnoreSpec

    while lines:
        try:
            return GitIgnoreSpec.from_lines(lines, backend="re2")
        except Exception:  # noqa: BLE001 -- a set too large for RE2, in an error of its own
            lines = lines[: len(lines) // 2]
    return GitIgnoreSpec.from_lines([], backend="simple")
