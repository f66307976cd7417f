"""What is asked of the writer, and what it answers.

Tests: tests/unit/fixing/test_write.py
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from vaultlint.note.model import NoteId

Status = Literal["written", "refused", "changed", "failed", "held-back", "given-back"]


class Replacement(NamedTuple):
    """Put ``after`` in the place of ``before``, in the note ``file``, for the sake of ``rules``."""

    file: NoteId
    before: bytes
    after: bytes
    rules: tuple[str, ...] = ()


class Move(NamedTuple):
    """Give the file or folder ``file`` the path ``new``; both are paths in the vault."""

    file: NoteId
    new: NoteId


class Outcome(NamedTuple):
    """What became of one replacement.

    ``status`` is "written"; "refused" (a precondition does not hold), "changed" (the note no longer
    is ``before``), "failed" (the system refused), "held-back" (another member of the group could
    not be written) or "given-back" (somebody saved the note at the same moment: their text stands).
    ``reason`` continues a sentence that starts with the file's name; empty for "written".
    """

    file: NoteId
    status: Status
    reason: str = ""


def failed(
    group: Sequence[Replacement], file: NoteId, status: Status, reason: str
) -> tuple[Outcome, ...]:
    """Return the outcomes of a group that ``file`` kept from being written ("": all of it)."""
    return tuple(
        Outcome(each.file, status, reason)
        if file in ("", each.file)
        else Outcome(each.file, "held-back", f"is written only with {file}")
        for each in group
    )
