"""Hints: what an observer says may have changed. A hint is never believed, only looked into.

Invariant: pure functions of names. A file that is ignored here is still found by the next scan, so
a name that is ignored wrongly costs time, never a finding.

Tests: tests/unit/watch/test_hints.py
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.source import is_hidden

# What editors and sync services write beside a note for a moment. Source: strace of Vim, GNU sed
# and Syncthing; the manuals of Emacs and of Syncthing (~syncthing~ on Windows).
_PASSING = re.compile(r"4913|.*~|#.*#|.*\.sw[a-p]|.*\.tmp|sed[A-Za-z0-9]{6}|~syncthing~.*")


class Hint(NamedTuple):
    """``file`` (a folder too) may have changed; ``moved_to`` is where it may have gone.

    RESCAN, without a file: anything may have changed.
    """

    file: NoteId
    moved_to: NoteId | None = None


RESCAN = Hint("")


def is_passing(file: NoteId) -> bool:
    """Return whether the name is one that a program gives to a file that will soon be gone."""
    return _PASSING.fullmatch(file.rpartition("/")[2]) is not None


def concerns(file: NoteId, inputs: Collection[NoteId]) -> bool:
    """Return whether a change of ``file`` is worth a look: visible, or one of ``inputs``."""
    return file in inputs or not (is_hidden(file) or is_passing(file))
