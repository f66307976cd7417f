"""``vaultlint stats``: a vault in numbers.

Tests: tests/unit/cli/test_stats.py, tests/cli/stats.txt
"""

from collections.abc import Iterator
from typing import Any

import click

from vaultlint.cli.failure import CLEAN
from vaultlint.cli.index_options import stale_option
from vaultlint.cli.indexing import answered
from vaultlint.cli.options import Asked, config_options, text_or_json
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import Place, locate
from vaultlint.report.terminal import Paint, safe
from vaultlint.store.published import Published
from vaultlint.sync.export import tags
from vaultlint.view.as_json import dumps

_ORPHANS = "SELECT count(*) FROM notes WHERE path NOT IN (SELECT path FROM backlinks)"
_DEAD_ENDS = "SELECT count(*) FROM notes WHERE path NOT IN (SELECT source FROM links)"
_COUNTS = {
    "notes": "SELECT count(*) FROM notes",
    "words": "SELECT coalesce(sum(words), 0) FROM notes",
    "bytes": "SELECT coalesce(sum(size), 0) FROM notes",
    "attachments": "SELECT count(*) FROM attachments",
    "links": "SELECT count(*) FROM links",
    "unresolved": "SELECT count(*) FROM unresolved",
    "orphans": _ORPHANS,
    "dead_ends": _DEAD_ENDS,
    "headings": "SELECT count(*) FROM headings",
    "blocks": "SELECT count(*) FROM blocks",
    "aliases": "SELECT count(*) FROM aliases",
    "citations": "SELECT count(*) FROM citations",
    "sources": "SELECT count(*) FROM sources",
}
_LABELS = {
    "unresolved": "unresolved links",
    "orphans": "notes without a link to them",
    "dead_ends": "notes without a link in them",
}
_LISTS = {
    "linked": (
        "SELECT path, count(DISTINCT source) FROM backlinks GROUP BY path ORDER BY 2 DESC, 1 LIMIT ?"
    ),
    "missing": (
        "SELECT link, count(DISTINCT source) FROM unresolved GROUP BY link COLLATE NOCASE"
        " ORDER BY 2 DESC, 1 LIMIT ?"
    ),
    "properties": (
        "SELECT property, count(DISTINCT path) FROM properties GROUP BY property"
        " ORDER BY 2 DESC, 1 LIMIT ?"
    ),
    "diagnostics": (
        "SELECT rule, count(*) FROM diagnostics GROUP BY rule ORDER BY 2 DESC, 1 LIMIT ?"
    ),
}
_TITLES = {
    "linked": "Most linked",
    "missing": "Most wanted: links to nothing",
    "properties": "Properties, by notes",
    "diagnostics": "Findings, by rule",
    "tags": "Tags, by notes",
}


@click.command(name="stats")
@config_options
@click.option(
    "--top", type=click.IntRange(min=0), default=10, show_default=True, help="How long lists are."
)
@text_or_json
@stale_option
def command(*, vault: str | None, top: int, format_: str, stale: bool, **asked: Any) -> int:
    """Show the vault in numbers: notes, links, tags, properties, findings."""
    place = locate((), vault)
    stats = answered(
        place, Asked(**asked), lambda published: statistics(published, top), stale=stale
    )
    emit([dumps(stats) + "\n"] if format_ == "json" else _text(stats, place, paint()))
    return CLEAN


def statistics(published: Published, top: int) -> dict[str, Any]:
    """Return the numbers of a vault, and lists of the ``top`` most frequent things."""
    found: dict[str, Any] = {}
    for name, sql in _COUNTS.items():
        ((found[name],),) = published.select(sql)
    every = tags(published.select("SELECT tag, path FROM tags"))
    found["distinct_tags"] = len(every)
    for name, sql in _LISTS.items():
        found[name] = [{"name": row[0], "count": row[1]} for row in published.select(sql, (top,))]
    most = sorted(every, key=lambda tag: (-tag["notes"], tag["tag"]))[:top]
    found["tags"] = [{"name": tag["tag"], "count": tag["notes"]} for tag in most]
    return found


def _text(stats: dict[str, Any], place: Place, style: Paint) -> Iterator[str]:
    counts = {name: stats[name] for name in (*_COUNTS, "distinct_tags")}
    for name, count in counts.items():
        label = _LABELS.get(name, name.replace("_", " "))
        yield f"{count:>12,}  {label}\n"
    for name, title in _TITLES.items():
        if stats[name]:
            yield f"\n{style(title, bold=True)}\n"
        for each in stats[name]:
            shown = place.shown(each["name"]) if name == "linked" else each["name"]
            yield f"{each['count']:>12,}  {safe(shown)}\n"
