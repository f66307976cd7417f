"""What was found out about a note, remembered for the next finding in it.

Findings are explained note by note. What looks at a whole note is made once for all of them, else
a note that holds a hundred thousand would be looked at as often.

Tests: tests/unit/checks/test_per_note.py
"""

from collections.abc import Callable
from typing import TypeVar

from vaultlint.check import Note

Made = TypeVar("Made")


def per_note(make: Callable[[Note], Made]) -> Callable[[Note], Made]:
    """Return ``make``, which is a pure function, with its answer for the last note remembered.

    Notes are told apart by identity: to compare two would take as long as to look at them.
    """
    last: list[tuple[Note, Made]] = []

    def answer(note: Note) -> Made:
        if not last or last[0][0] is not note:
            last[:] = [(note, make(note))]
        return last[0][1]

    return answer
