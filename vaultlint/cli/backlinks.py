"""``vaultlint backlinks``: who links to a file.

Tests: tests/unit/cli/test_backlinks.py, tests/cli/backlinks.txt
"""

from collections.abc import Iterator
from typing import Any

import click

from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.index_options import stale_option
from vaultlint.cli.indexing import answered
from vaultlint.cli.lists import json_list
from vaultlint.cli.options import Asked, config_options, text_or_json
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import Place, file_in, locate
from vaultlint.errors import UsageError
from vaultlint.report.terminal import Paint, safe
from vaultlint.store.published import Published
from vaultlint.text import without_surrogates

_COLUMNS = (
    "source",
    "line",
    "column",
    "kind",
    "embed",
    "anchor",
    "display",
    "original",
    "property",
)
_LINKS = f"SELECT {', '.join(_COLUMNS)} FROM backlinks WHERE path = ? ORDER BY source, line, column"  # noqa: S608
_IS_THERE = "SELECT 1 FROM notes WHERE path = ? UNION SELECT 1 FROM attachments WHERE path = ?"

Link = dict[str, object]


@click.command(name="backlinks")
@click.argument("note")
@config_options
@text_or_json
@stale_option
def command(*, note: str, vault: str | None, format_: str, stale: bool, **asked: Any) -> int:
    """List the links that open NOTE, a note or any other file of the vault.

    Links of the note to itself are left out; of a canvas only its file is named.

    Exit codes: 0 there are links, 1 there are none, 2 wrong usage or configuration.
    """
    place = locate((note,), vault)
    file = without_surrogates(file_in(place.root, note))
    links = answered(place, Asked(**asked), lambda published: _links(published, file), stale=stale)
    if format_ == "json":
        emit(json_list({**link, "embed": bool(link["embed"])} for link in links))
    else:
        emit(_text(links, place, paint()))
    return CLEAN if links else FINDINGS


def _links(published: Published, file: str) -> list[Link]:
    if not published.select(_IS_THERE, (file, file)):
        raise UsageError(f"{file or '.'} is not a file of the vault")
    rows = published.select(_LINKS, (file,))
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def _text(links: list[Link], place: Place, style: Paint) -> Iterator[str]:
    if not links:
        yield "Nothing links to it.\n"
    for link in links:
        source = style(safe(place.shown(str(link["source"]))), fg="blue")
        where = "" if link["line"] is None else f":{link['line']}:{link['column']}"
        in_property = f"{link['property']}: " if link["property"] else ""
        text = "" if link["original"] is None else safe(f"  {in_property}{link['original']}")
        yield f"{source}{where}{text}\n"
    if links:
        notes = len({link["source"] for link in links})
        yield f"\n{len(links)} {_plural('link', len(links))} in {notes} {_plural('file', notes)}\n"


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
