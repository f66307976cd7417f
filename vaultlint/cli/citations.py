"""``vaultlint citations``: the bibliography of a vault, out of its reading lists.

Tests: tests/unit/cli/test_citations.py, tests/cli/citations.txt
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.indexing import bibliography
from vaultlint.cli.lists import csv_lines, json_list
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit
from vaultlint.cli.place import locate
from vaultlint.cli.report_files import check_target, write_file
from vaultlint.sync.bibtex import bibtex
from vaultlint.sync.csl import csl_items
from vaultlint.sync.sources import Source

_COLUMNS = ("key", "kind", "title", "author", "year", "doi", "arxiv", "isbn", "url")


@click.command(name="citations")
@click.argument("paths", nargs=-1)
@config_options
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only sources that are cited as KIND (PAPER, BOOK); repeatable.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["bibtex", "csl-json", "csv", "json"]),
    default="bibtex",
    show_default=True,
    help="csl-json is what Pandoc and Zotero read.",
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Write to this file instead.")
def command(
    *,
    paths: tuple[str, ...],
    vault: str | None,
    kinds: tuple[str, ...],
    format_: str,
    output: str,
    **asked: Any,
) -> int:
    """Print the sources that the vault cites, each once.

    A citation is a line that opens with a kind (#PAPER) and links to the source. Where no rule
    names the kinds, lines count whose link has an identifier, or names author and year. PATHS
    leave only the sources that are cited there.

    Exit codes: 0 there are sources, 1 there are none, 2 wrong usage or configuration.
    """
    place = locate(paths, vault)
    target = None if output == "-" else Path(output).expanduser()
    if target is not None:
        check_target(target, place.root)
    wanted = tuple(kind.lstrip("#").casefold() + "/" for kind in kinds)
    found = [
        source
        for source in bibliography(place, Asked(**asked))
        if not wanted or f"{source.kind.casefold()}/".startswith(wanted)
    ]
    parts = _FORMATS[format_](found)
    if target is not None:
        write_file(target, parts)
    else:
        emit(parts)
    return CLEAN if found else FINDINGS


def _csl_json(sources: Iterable[Source]) -> Iterator[str]:
    return json_list(csl_items(sources))


def _csv(sources: Iterable[Source]) -> Iterator[str]:
    yield from csv_lines([(*_COLUMNS, "cited")])
    for source in sources:
        places = "; ".join(f"{cited.file}:{cited.line}" for cited in source.cited)
        yield from csv_lines([(*source[: len(_COLUMNS)], places)])


def _json(sources: Iterable[Source]) -> Iterator[str]:
    return json_list(_record(source) for source in sources)


def _record(source: Source) -> dict[str, Any]:
    record: dict[str, Any] = dict(zip(_COLUMNS, source, strict=False))
    record["cited"] = [
        {
            "path": each.file,
            "line": each.line,
            "kinds": each.kinds,
            "text": each.text,
            "url": each.url,
        }
        for each in source.cited
    ]
    return record


_FORMATS = {"bibtex": bibtex, "csl-json": _csl_json, "csv": _csv, "json": _json}
