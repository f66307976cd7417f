"""What the ``.gitignore`` files of a vault leave out, those in its folders included.

Invariant: as in git, the deepest file that says anything about a path decides, and nothing inside
of an ignored folder comes back (the walk does not enter it). Files above the vault's root and
git's own settings are not looked at.

Tests: tests/unit/source/test_gitignore.py
"""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultlint.note.model import NoteId

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_FILE = ".gitignore"
_MAX_BYTES = 1024 * 1024


class Ignored(NamedTuple):
    """The patterns in force in one folder: (length of the id prefix, patterns), deepest first."""

    layers: tuple[tuple[int, "GitIgnoreSpec"], ...] = ()

    def enter(self, path: str, prefix: NoteId) -> "Ignored":
        """Return the patterns in force in the folder at ``path``. Raises OSError if unreadable."""
        patterns = _patterns(f"{path}{os.sep}{_FILE}")
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


def _patterns(path: str) -> "GitIgnoreSpec | None":
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
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except GitIgnorePatternError:
            continue  # git skips what it cannot read, too
        usable.append(line)
    return GitIgnoreSpec.from_lines(usable)
