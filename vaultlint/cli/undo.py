"""``vaultlint undo``: take back what a run has written.

Tests: tests/unit/cli/test_undo.py
"""

import time
from collections.abc import Iterator

import click

from vaultlint.cli.diffs import printable
from vaultlint.cli.failure import CLEAN, FINDINGS, complain
from vaultlint.cli.fix_options import without_exchange_option
from vaultlint.cli.options import vault_option
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import locate
from vaultlint.fixing.diff import unified
from vaultlint.fixing.history import Entry, History
from vaultlint.fixing.undo import Edited, Undone, undo
from vaultlint.fixing.write import Writer
from vaultlint.paths import vault_paths
from vaultlint.report.terminal import safe


@click.command(name="undo")
@click.argument("run", required=False)
@vault_option
@click.option("--list", "list_", is_flag=True, help="List the runs that can be undone; undo none.")
@click.option("--force", is_flag=True, help="Restore notes that were edited since, too.")
@click.option(
    "--grace",
    type=click.FloatRange(0, 60),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a replaced text is watched for late saves.",
)
@without_exchange_option
def command(
    *,
    run: str | None,
    vault: str | None,
    list_: bool,
    force: bool,
    grace: float,
    without_exchange: bool,
) -> int:
    """Give notes the exact text that they had before RUN (without one: the last that wrote).

    A note that was edited since is shown and left alone. The exit code is 0 when every note of the
    run has its old text, else 1. Undoing is a run too, and can be undone by its id.
    """
    place = locate((), vault)
    state = vault_paths(place.root).state
    writer = Writer(place.root, state, grace=grace, without_exchange=without_exchange)
    if list_:
        emit(_listed(writer.history()))
        return CLEAN
    found = undo(writer, run, force=force)
    emit(_text(found))
    for each in (*filter(None, [found.moved]), *found.outcomes):
        if each.status not in ("written", "held-back"):
            complain(f"{each.file} {each.reason}; it was left alone")
    for file in found.missing:
        moving = writer.history().moved_by(file)
        hint = f"; undo run {moving.id} first, which moved it" if moving is not None else ""
        complain(f"{file} is no longer there, and is not brought back{hint}")
    for file in found.lost:
        complain(f"{file}: its old text is missing or damaged in the journal; it was left alone")
    for kept in found.kept:
        complain(f"{kept.file}: a text was {kept.reason} and is kept; see 'vaultlint recovered'")
    return CLEAN if found.complete else FINDINGS


def when(seconds: float) -> str:
    """Return a time as people read it, in the local time zone."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def _listed(history: History) -> Iterator[str]:
    style = paint()
    entries = [entry for entry in reversed(history.entries) if entry.did_something]
    if not entries:
        yield "No run has changed a note.\n"
    for entry in entries:
        undone = "  (undone)" if history.is_undone(entry) else ""
        yield f"{style(entry.id, bold=True)}  {_summary(entry)}{undone}\n"


def _summary(entry: Entry) -> str:
    return f"{when(entry.time)}  {_notes(len(entry.changes))}  {safe(entry.command)}"


def _notes(count: int) -> str:
    return "1 note" if count == 1 else f"{count} notes"


def _text(found: Undone) -> Iterator[str]:
    for edited in found.edited:
        yield from _difference(edited)
    entry = found.entry
    done = len(found.restored) + len(found.same)
    if entry.moves and found.moved_back:
        yield from (f"Moved {safe(move.new)} back to {safe(move.file)}.\n" for move in entry.moves)
    elif entry.moves:
        yield "Nothing was moved back, and no link was changed.\n"
    if entry.changes:
        yield f"Restored {done} of {_notes(len(entry.changes))} of run {entry.id}.\n"
    if found.edited:
        left = len(found.edited)
        yield (
            f"{_notes(left)} edited since {'was' if left == 1 else 'were'} left alone; --force "
            "restores the old text all the same, and keeps the new one in the journal.\n"
        )


def _difference(edited: Edited) -> Iterator[str]:
    """Yield the two diffs that lead from the old text over the fixed one to that of now."""
    style = paint()
    yield style(f"{safe(edited.file)}: what the run changed", bold=True) + "\n"
    yield from printable(unified(edited.file, edited.before, edited.after), style)
    yield style(f"{safe(edited.file)}: what was edited since", bold=True) + "\n"
    yield from printable(unified(edited.file, edited.after, edited.now), style)
