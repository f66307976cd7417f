"""What a listing says of a link that it leaves out: one wording for folders and for git.

Tests: tests/unit/source/test_hostile_folder.py, tests/unit/source/git/test_links.py
"""

from vaultlint.note.model import NoteId
from vaultlint.source import SourceProblem

MAX_LINKED_FILES = 100_000
"""So many files are listed through links to folders; further links are left out."""

_LINKS = {
    "outside": ("link-outside", "is a link that leads out of the vault"),
    "broken": ("link-broken", "is a link to a file that does not exist"),
    "circle": ("link-cycle", "is a link that leads back to itself"),
    "ancestor": ("link-cycle", "is a link to a folder that it stands in"),
    "nested": ("link-nested", "is a link inside of a linked folder"),
    "limit": ("link-limit", "is not followed: links list too many files"),
}


def link_problem(file: NoteId, reason: str) -> SourceProblem:
    """Return the problem of the link ``file``; ``reason`` is a key of the table above."""
    return SourceProblem(file, *_LINKS[reason])
