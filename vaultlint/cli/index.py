"""``vaultlint index``: what vaultlint knows of a vault, published for other programs.

Tests: tests/unit/cli/test_index.py, tests/cli/index.txt
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.index_options import stale_option
from vaultlint.cli.indexing import (
    FULL_TEXT,
    NOTHING_ASKED,
    Indexed,
    asked_index,
    checked_session,
    current_index,
    exported_file,
    index_as_it_is,
    index_file,
    keep_export,
    publisher,
)
from vaultlint.cli.options import Asked, config_options, text_or_json, vault_option
from vaultlint.cli.output import emit
from vaultlint.cli.place import Place, locate
from vaultlint.cli.report_files import check_target, write_file
from vaultlint.errors import UsageError
from vaultlint.report.terminal import safe
from vaultlint.store.published import Published
from vaultlint.store.published_form import VIEWS
from vaultlint.sync.export import document, lines
from vaultlint.sync.publish import Changes
from vaultlint.view.as_json import dumps

_SHOWN = 10


@click.group(name="index", invoke_without_command=True)
@config_options
@text_or_json
@click.pass_context
def command(ctx: click.Context, /, *, vault: str | None, format_: str, **asked: Any) -> int:
    """Bring the published index up to date and say what changed.

    The index is a SQLite file with read-only views, and JSON on request: docs/index.md. It lies in
    the user's cache folder, never in the vault. Its findings are those of the configuration that
    was asked for last.

    Exit codes: 0 up to date, 2 wrong usage or configuration, 3 an error inside vaultlint.
    """
    if ctx.invoked_subcommand is not None:
        if format_ != "text":
            raise UsageError(f"--format stands behind the command: index {ctx.invoked_subcommand}")
        ctx.obj = vault, Asked(**asked)
        return CLEAN
    place = locate((), vault)
    with current_index(place, Asked(**asked)) as indexed:
        return _tell(indexed, place, format_)


@command.command(name="rebuild")
@config_options
@text_or_json
def rebuild(*, vault: str | None, format_: str, **options: Any) -> int:
    """Make the index anew.

    Every note is read again. Programs that read the index see the old one until it is done.
    """
    place, asked = _place(vault), _asked(options)
    with current_index(place, asked, fresh=True) as indexed:
        return _tell(indexed, place, format_)


@command.command(name="status")
@config_options
@text_or_json
def status(*, vault: str | None, format_: str, **options: Any) -> int:
    """Say what the index holds, and if it is out of date.

    Nothing is written.

    Exit codes: 0 up to date, 1 out of date, 2 there is no index.
    """
    place = _place(vault)
    with index_as_it_is(place) as published:
        session = checked_session(place, _asked(options))
        pending = publisher(session, published, place).pending()
        counts = _counts(published)
        size = published.path.stat().st_size
    if format_ == "json":
        told = {"path": str(index_file(place)), "bytes": size, "current": not pending.any}
        emit([dumps({**told, "rows": counts, "changes": _changes(pending)}) + "\n"])
    else:
        emit([f"{safe(str(index_file(place)))}  {size:,} bytes\n"])
        emit(f"  {name:<12} {count:>9,}\n" for name, count in counts.items())
        emit(_told(pending, "Out of date.") if pending.any else ["Up to date.\n"])
    return FINDINGS if pending.any else CLEAN


@command.command(name="path")
@vault_option
@click.option("--full-text", is_flag=True, help="The file of the full-text search instead.")
def path(*, vault: str | None, full_text: bool) -> int:
    """Print where the index lies.

    Whether it is there or not.
    """
    place = _place(vault)
    emit([f"{index_file(place, FULL_TEXT) if full_text else index_file(place)}\n"])
    return CLEAN


@command.command(name="export")
@config_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="One document, or one object a line.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="Write to this file, as a whole or not at all.",
)
@stale_option
def export(*, vault: str | None, format_: str, output: str, stale: bool, **options: Any) -> int:
    """Print the whole index as JSON.

    Its shape: docs/index.md and schemas/tool/index.schema.json.
    """
    place = _place(vault)
    target = None if output == "-" else Path(output).expanduser()
    if target is not None:
        check_target(target, place.root)
    with asked_index(place, _asked(options), stale=stale) as published:
        parts = lines(published) if format_ == "jsonl" else document(published)
        if target is None:
            return CLEAN if emit(parts) else FINDINGS
        write_file(target, parts)
    return CLEAN


def _place(vault: str | None) -> Place:
    """Return the vault that the command names, or the group before it."""
    named: str | None = click.get_current_context().obj[0]
    return locate((), vault or named)


def _asked(options: dict[str, Any]) -> Asked:
    """Return the configuration that the command asks for, or the group before it."""
    asked, before = Asked(**options), click.get_current_context().obj[1]
    return before if asked == NOTHING_ASKED else asked


def _tell(indexed: Indexed, place: Place, format_: str) -> int:
    exported = keep_export(indexed, place)
    if format_ == "json":
        emit([dumps(_changes(indexed.changes)) + "\n"])
    elif indexed.changes.any:
        notes = sum(
            kind == "note" for (kind,) in indexed.published.select("SELECT kind FROM _file")
        )
        emit(_told(indexed.changes, f"Indexed {_plural(notes, 'note')}."))
    else:
        emit(["The index is up to date.\n"])
    if exported and format_ == "text":
        emit([f"Wrote {safe(place.shown(str(exported_file(indexed.published))))}.\n"])
    return CLEAN


def _told(changes: Changes, head: str) -> Iterator[str]:
    yield f"{head}\n"
    for name, files in _listed(changes):
        if files:
            shown = "".join(f"    {safe(file)}\n" for file in files[:_SHOWN])
            more = f"    and {len(files) - _SHOWN:,} more\n" if len(files) > _SHOWN else ""
            yield f"  {name}: {len(files):,}\n" + ("" if len(files) > 2 * _SHOWN else shown + more)
    if changes.bibliography:
        yield "  the bibliography changed\n"


def _listed(changes: Changes) -> Iterator[tuple[str, Sequence[str]]]:
    yield "added", changes.added
    yield "changed", changes.changed
    yield "removed", changes.removed
    yield "links lead elsewhere", changes.relinked
    yield "findings differ", changes.findings


def _changes(changes: Changes) -> dict[str, object]:
    return changes._asdict()


def _counts(published: Published) -> dict[str, int]:
    counted = {}
    for view in VIEWS:
        if view != "meta":
            ((counted[view],),) = published.select(f"SELECT count(*) FROM {view}")  # noqa: S608
    return counted


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
