"""``vaultlint mv``: rename or move a note, an attachment or a folder, and every link to it.

Tests: tests/unit/cli/test_mv.py, tests/cli/mv.txt
"""

from collections.abc import Iterator
from typing import Any

import click

from vaultlint.cli import mv_pending
from vaultlint.cli.diffs import printable
from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.fix_options import Fixing, write_options
from vaultlint.cli.fixing import tell, writer_of
from vaultlint.cli.opening import open_session
from vaultlint.cli.option_group import take
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import Place, file_in, locate
from vaultlint.engine.session import Session
from vaultlint.errors import UsageError
from vaultlint.fixing.diff import unified
from vaultlint.fixing.moves import Moved, files_below, moved
from vaultlint.fixing.outcome import Move
from vaultlint.fixing.relocate import relocate
from vaultlint.note.model import NoteId
from vaultlint.report.terminal import safe
from vaultlint.source import is_hidden
from vaultlint.terms.nearest import nearest
from vaultlint.vault.keys import fold, is_markdown, name_of


@click.command(name="mv")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--pending", is_flag=True, help="Mend the links that moves seen by watch broke.")
@click.option(
    "--forget", is_flag=True, help="With --pending: leave the links, and do not ask again."
)
@config_options
@write_options
def command(
    *,
    old: str | None,
    new: str | None,
    pending: bool,
    forget: bool,
    vault: str | None,
    **asked: Any,
) -> int:
    """Move the note, attachment or folder OLD to NEW, and rewrite every link that pointed to it.

    NEW is a path, or a folder that is there: then OLD keeps its name in it. A note may be named
    without .md. Links keep their kind, display text and subpath; paths are written in the vault's
    link format. Nothing is overwritten; `vaultlint undo` takes all of it back.

    `vaultlint watch` mends links only after a move that it is sure of; what it proposes otherwise
    is shown by --pending --diff and done by --pending. With OLD and NEW, --pending mends the links
    to OLD, which somebody has moved to NEW.

    Exit codes: 0 moved (or shown), 1 something was not moved or is left to choose, 2 wrong usage or
    configuration.
    """
    if pending and forget and new is None:
        return mv_pending.forget(locate((), vault), old)
    if forget or (old is None) != (new is None) or (old is None and not pending):
        raise UsageError("mv takes OLD and NEW, --pending, or both; --pending --forget takes OLD")
    fixing = take(Fixing, asked)
    place = locate((), vault)
    session = open_session(place, Asked(**asked))
    session.apply()
    if old is None or new is None:
        return mv_pending.mend_pending(session, place, fixing, _shown)
    if pending:
        return mv_pending.mend_chosen(session, place, fixing, _shown, (old, new))
    move = _move(session, place, old, new)
    found = moved(session, _renames(session, move))
    if fixing.diff or fixing.withheld:
        emit(_shown(found))
        tell(found.notices)
        return CLEAN if found.complete and not fixing.withheld else FINDINGS
    if not found.complete:
        tell(found.notices)
        raise UsageError("nothing was moved: not every link could follow")
    return _carry_out(found, move, place, fixing)


def _carry_out(found: Moved, move: Move, place: Place, fixing: Fixing) -> int:
    writer = writer_of(place, fixing)
    done = relocate(found, move, writer, f"mv {move.file} {move.new}")
    tell((*found.notices, *done.notices))
    if not done.done:
        return FINDINGS
    mv_pending.moved_on(place, dict(found.renames))
    count = len(done.files)
    links = f" and rewrote its links in {count} {'file' if count == 1 else 'files'}" * bool(count)
    emit(
        [f"Moved {safe(move.file)} to {safe(move.new)}{links}; `vaultlint undo` takes that back.\n"]
    )
    return CLEAN


def _move(session: Session, place: Place, old: str, new: str) -> Move:
    """Return what is to be moved where. Raises UsageError."""
    files = session.index.files
    file = file_in(place.root, old, must_exist=False)
    if file + ".md" in files and file not in files and not (place.root / file).is_dir():
        file += ".md"
    folder = file not in files
    if folder and not any(each.startswith(f"{file}/") for each in files):
        near = nearest(file, files)
        hint = f"; did you mean {near!r}?" if near else ""
        raise UsageError(f"{old}: there is no such file or folder in the vault{hint}")
    target = file_in(place.root, new, must_exist=False)
    if new.endswith("/") or (target != file and (not target or (place.root / target).is_dir())):
        target = f"{target}/{name_of(file)}".lstrip("/")
    elif not folder and is_markdown(file) and not is_markdown(target):
        target += ".md"
    if target == file:
        raise UsageError(f"{old} is there already")
    if is_hidden(target):
        raise UsageError(f"{new}: a name that begins with a dot is hidden from Obsidian")
    taken = fold(target)
    for each in files:
        same = fold(each)
        if (same == taken or same.startswith(f"{taken}/")) and fold(file) != taken:
            raise UsageError(f"{target} is there already; nothing is overwritten")
    return Move(file, target)


def _renames(session: Session, move: Move) -> dict[NoteId, NoteId]:
    if move.file in session.index.files:
        return {move.file: move.new}
    return files_below(session, move.file, move.new)


def _shown(found: Moved) -> Iterator[str]:
    style = paint()
    back = {new: old for old, new in found.renames.items()}
    for old, new in found.renames.items():
        yield style(f"rename from {safe(old)}", bold=True) + "\n"
        yield style(f"rename to {safe(new)}", bold=True) + "\n"
    for file, after in found.after.items():
        lines = unified(file, found.before[file], after, old=back.get(file, file))
        yield from printable(lines, style)
