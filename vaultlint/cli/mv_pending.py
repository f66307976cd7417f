"""``vaultlint mv --pending``: links that a move made elsewhere has broken, mended when a person says so.

Tests: tests/unit/cli/test_mv_pending.py
"""

import shlex
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.fix_options import Fixing
from vaultlint.cli.fixing import tell, writer_of
from vaultlint.cli.output import emit
from vaultlint.cli.place import Place, file_in
from vaultlint.engine.session import Change, Session
from vaultlint.errors import UsageError
from vaultlint.fixing.moves import Moved, moved
from vaultlint.fixing.pending import PendingMove, read_pending, write_pending
from vaultlint.fixing.relocate import mend
from vaultlint.note.model import NoteId
from vaultlint.paths import vault_paths
from vaultlint.report.terminal import safe
from vaultlint.vault.keys import MARKDOWN, is_markdown

Show = Callable[[Moved], Iterator[str]]


def mend_pending(session: Session, place: Place, fixing: Fixing, show: Show) -> int:
    """Mend the links of all moves of which nothing is to be chosen; return the exit code."""
    state = vault_paths(place.root).state
    pending = sorted(read_pending(state), key=lambda each: bool(each.choices))
    left = done = 0
    for each in pending:
        standing = each.standing(session.index.files)
        if standing is not None and standing.choices:
            emit(described(standing))
            left += 1
        elif standing is not None and not _mend(session, standing, place, fixing, show):
            left += 1
        else:
            done += standing is not None
            if not (fixing.diff or fixing.withheld):
                _drop(state, each)
    if not (left or done):
        emit(["No move is pending.\n"])
    return FINDINGS if left or (done and fixing.withheld) else CLEAN


def mend_chosen(
    session: Session, place: Place, fixing: Fixing, show: Show, pair: tuple[str, str]
) -> int:
    """Mend the links to what is gone, a file or a folder, so that they open what is there.

    Returns the exit code. Raises UsageError if the old path is not gone, or the new one not there.
    """
    old, new = (file_in(place.root, each, must_exist=False) for each in pair)
    renames = _renames(session.index.files, old, new)
    if not _mend(session, PendingMove(renames, 0.0), place, fixing, show):
        return FINDINGS
    if not (fixing.diff or fixing.withheld):
        _keep(vault_paths(place.root).state, lambda each: each.without(renames.keys()))
    return FINDINGS if fixing.withheld else CLEAN


def _renames(files: Collection[NoteId], old: NoteId, new: NoteId) -> dict[NoteId, NoteId]:
    if old in files:
        raise UsageError(f"{old} is there: to move it, leave out --pending")
    if new + MARKDOWN in files and new not in files:
        new += MARKDOWN
    if new in files:
        named = is_markdown(new) and not is_markdown(old)
        return {old + MARKDOWN * named: new}
    below = {old + each[len(new) :]: each for each in files if each.startswith(f"{new}/")}
    renames = {before: after for before, after in below.items() if before not in files}
    if not renames:
        raise UsageError(f"there is no {new} in the vault to which the links could lead")
    return renames


def forget(place: Place, old: str | None) -> int:
    """Forget the pending moves of ``old`` (None: all of them) and leave the links; return the code.

    Raises UsageError if no move of that file is pending.
    """
    state = vault_paths(place.root).state
    pending = read_pending(state)
    if old is None:
        write_pending(state, ())
        emit([f"Forgot {len(pending)} pending move{'s' * (len(pending) != 1)}.\n"])
        return CLEAN
    file = file_in(place.root, old, must_exist=False)
    if not any(file in each.renames for each in pending):
        raise UsageError(f"no move of {file} is pending")
    _keep(state, lambda each: each.without((file,)))
    emit([f"Forgot the move of {safe(file)}.\n"])
    return CLEAN


def moved_on(place: Place, renames: dict[NoteId, NoteId]) -> None:
    """Let pending moves that led to one of ``renames`` lead to where that is now."""
    _keep(vault_paths(place.root).state, lambda each: each.after(renames))


def described(pending: PendingMove) -> Iterator[str]:
    """Yield lines that say what is pending, and for a choice how it is made."""
    why = f" ({safe(pending.reason)})" if pending.reason else ""
    if not pending.choices:
        yield f"moved: {safe(pending.summary)}{why}\n"
        return
    [old] = pending.renames
    yield f"perhaps moved: {safe(old)}{why}; choose with\n"
    for choice in pending.choices:
        yield f"  vaultlint mv --pending {_quoted(old)} {_quoted(choice)}\n"
    yield f"  vaultlint mv --pending --forget {_quoted(old)}\n"


def _mend(session: Session, pending: PendingMove, place: Place, fixing: Fixing, show: Show) -> bool:
    """Return whether the links follow now, or could be shown."""
    found = moved(session, pending.renames, performed=True)
    tell(found.notices)
    if fixing.diff or fixing.withheld:
        emit(show(found))
        return found.complete
    if not found.complete:
        return False
    if not found.after:
        emit([f"No link has to follow {safe(pending.summary)}.\n"])
        return True
    done = mend(found, writer_of(place, fixing), f"mv --pending {pending.summary}")
    tell(done.notices)
    if done.done:
        session.apply(Change(file) for file in done.files)
        count = len(done.files)
        files = f"{count} {'file' if count == 1 else 'files'}"
        emit([f"Mended the links to {safe(pending.summary)} in {files}.\n"])
    return done.done


def _drop(state: Path, pending: PendingMove) -> None:
    _keep(state, lambda each: None if each == pending else each)


def _keep(state: Path, change: Callable[[PendingMove], PendingMove | None]) -> None:
    """Write down what ``change`` makes of the pending moves; a watcher may have added some."""
    pending = read_pending(state)
    left = [change(each) for each in pending]
    if left != [*pending]:
        write_pending(state, filter(None, left))


def _quoted(file: NoteId) -> str:
    """Return ``file`` as a shell takes it."""
    return safe(shlex.quote(file))
