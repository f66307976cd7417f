"""A move, made: the file or folder renamed and the links that pointed to it written anew, as one.

Invariant: all of it is done or nothing, nothing is overwritten, and ``vaultlint undo`` takes it back.

Tests: tests/unit/fixing/test_relocate.py, tests/torture/
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from vaultlint.diagnostics import Notice
from vaultlint.fixing.moves import RULE, Moved
from vaultlint.fixing.outcome import Move, Outcome, Replacement
from vaultlint.fixing.write import Run, Writer
from vaultlint.note.model import NoteId


class Relocated(NamedTuple):
    """What became of a move: whether it was ``done``, and the ``files`` whose links were rewritten.

    ``run`` names it for an undo, "" if nothing was written.
    """

    done: bool
    files: tuple[NoteId, ...]
    notices: tuple[Notice, ...]
    run: str = ""


def relocate(found: Moved, move: Move, writer: Writer, command: str) -> Relocated:
    """Make ``move``, of which ``found`` says what has to follow. Raises what ``Writer.run`` raises."""
    with writer.run(command) as run:
        outcomes = run.move(move, replacements(found))
    done = _relocated(found, outcomes, run)
    if done.done or not all(Path(writer.root, file).exists() for file in move):
        return done
    if any(each.file == move.new and each.status == "held-back" for each in outcomes):
        message = f"could not be moved back: {move.file} was made anew meanwhile"
        notice = Notice("not-written", (), move.new, message)
        return done._replace(notices=(*done.notices, notice))
    return done


def mend(found: Moved, writer: Writer, command: str) -> Relocated:
    """Write the links anew that a move which somebody else has made left behind, all or none.

    Raises what ``Writer.run`` raises.
    """
    with writer.run(command) as run:
        outcomes = run.write(replacements(found))
    return _relocated(found, outcomes, run)


def replacements(found: Moved) -> list[Replacement]:
    """Return what the writer is to be asked for, as one group."""
    return [
        Replacement(file, found.before[file], after, (RULE,)) for file, after in found.after.items()
    ]


def _relocated(found: Moved, outcomes: Sequence[Outcome], run: Run) -> Relocated:
    last = {each.file: each for each in (*outcomes, *run.late)}
    left = [each for each in last.values() if each.status != "written"]
    why = [each for each in left if each.status != "held-back"]
    notices = [Notice("not-written", (), each.file, each.reason) for each in why]
    notices += [
        Notice("kept-aside", (), kept.file, f"a text was {kept.reason} and is kept")
        for kept in (*run.recovered, *run.kept)
    ]
    done = not left
    return Relocated(
        done, tuple(found.after) if done else (), tuple(notices), run.id if done else ""
    )
