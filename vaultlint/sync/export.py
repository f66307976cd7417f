"""The published index as JSON: one document, or one JSON object a line.

Both hold the same; ``schemas/tool/index.schema.json`` describes them. Made from the index file in
one view of it, so that a writer at the same time changes nothing in it.

Invariant: equal indexes give equal bytes: nothing of time, machine or history is in them but the
vault's folder. ASCII, one record a line, in the order of paths.

Tests: tests/unit/sync/test_export.py, tests/test_schemas.py
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from vaultlint.errors import StoreError
from vaultlint.store.published import OpenedLink, Published
from vaultlint.store.published_form import FORMAT, VERSION
from vaultlint.vault.keys import fold_tag
from vaultlint.view.as_json import dumps

Json = dict[str, Any]

_SECTIONS = ("notes", "attachments", "tags", "sources", "diagnostics")


def document(published: Published) -> Iterator[str]:
    """Yield the index as one JSON object in parts, one record a line."""
    with published.reading():
        head = ",\n".join(f'  "{key}": {dumps(value)}' for key, value in _head(published).items())
        yield "{\n" + head
        links: tuple[Json, Json] = ({}, {})
        for section in _SECTIONS:
            yield f',\n  "{section}": ['
            separator = "\n"
            for record in _records(published, section, links):
                yield f"{separator}    {dumps(record)}"
                separator = ",\n"
            yield "]" if separator == "\n" else "\n  ]"
        for name, edges in zip(("resolvedLinks", "unresolvedLinks"), links, strict=True):
            yield f',\n  "{name}": {{'
            lines = [f"\n    {dumps(source)}: {dumps(edges[source])}" for source in edges]
            yield ",".join(lines) + ("\n  }" if lines else "}")
        yield "\n}\n"


def lines(published: Published) -> Iterator[str]:
    """Yield one JSON object a line: the head, then every record under the name of what it is.

    A note's line has its resolved and unresolved links beside it.
    """
    with published.reading():
        yield dumps(_head(published)) + "\n"
        for section in _SECTIONS:
            links: tuple[Json, Json] = ({}, {})
            for record in _records(published, section, links):
                line: Json = {section[:-1]: record}
                if section == "notes":
                    path = record["path"]
                    line["resolvedLinks"] = links[0].pop(path)
                    line["unresolvedLinks"] = links[1].pop(path)
                yield dumps(line) + "\n"


def _head(published: Published) -> Json:
    return {"format": FORMAT, "version": VERSION, "vault": published.meta().get("vault", "")}


def _records(published: Published, section: str, links: tuple[Json, Json]) -> Iterator[Json]:
    """Yield the records of one section; those of notes put their links into ``links``."""
    if section == "notes":
        for path, metadata, opened in published.notes():
            resolved, unresolved = links
            resolved[path] = _counted(link.target for link in opened if link.target is not None)
            unresolved[path] = _counted(_linkpath(link) for link in opened if link.target is None)
            yield {"path": path, **with_resolved(_loaded(metadata), opened)}
    elif section == "tags":
        yield from tags(published.select("SELECT tag, path FROM tags"))
    elif section == "sources":
        yield from _sources(published)
    else:
        yield from map(_record, _rows(published, section))


def _loaded(text: str) -> Any:
    """Return what ``text`` of the index says. Raises StoreError for one that is damaged."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise StoreError(f"the index is damaged: {error}") from None


def _rows(published: Published, section: str) -> Iterator[Json]:
    columns = {
        "attachments": ("path", "kind", "size"),
        "diagnostics": (
            "path", "rule", "severity", "line", "column", "end_line", "end_column", "message",
            "fingerprint",
        ),
    }[section]  # fmt: skip
    order = "path" if section == "attachments" else "path, line, column, rule, message"
    sql = f"SELECT {', '.join(columns)} FROM {section} ORDER BY {order}"  # noqa: S608 -- constants
    return (dict(zip(columns, row, strict=True)) for row in published.select(sql))


def _record(row: Json) -> Json:
    """Return a row of a view; a finding as reports have it, with ``start`` and ``end``."""
    if "rule" not in row:
        return row
    return {
        "path": row["path"],
        "rule": row["rule"],
        "severity": row["severity"],
        "start": {"line": row["line"], "column": row["column"]},
        "end": {"line": row["end_line"], "column": row["end_column"]},
        "message": row["message"],
        "fingerprint": row["fingerprint"],
    }


def with_resolved(metadata: Json, links: Iterable[OpenedLink]) -> Json:
    """Return Obsidian's metadata of a note with ``resolved`` added to each of its links."""
    places = {key: iter(metadata.get(key, ())) for key in ("links", "embeds", "frontmatterLinks")}
    for link in links:
        section = "embeds" if link.embed else "links"
        place = next(places["frontmatterLinks" if link.kind == "property" else section])
        place["resolved"] = None
        if link.target is not None:
            found = None if link.found is None else {"type": link.found, "line": link.line}
            place["resolved"] = {"path": link.target, "anchor": found}
    return metadata


def _linkpath(link: OpenedLink) -> str:
    """Return the key of an unresolved link. Source: dumps of the app's cache."""
    return link.path.removesuffix(".md")


def _counted(names: Iterable[str]) -> Json:
    return dict(sorted(Counter(names).items()))


def tags(rows: Iterable[tuple[str, str]]) -> list[Json]:
    """Return each tag of (tag, path) with the number of notes that carry it, and of its places.

    Tags that differ in case are one, in the spelling that is most frequent.
    """
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    notes: defaultdict[str, set[str]] = defaultdict(set)
    for tag, path in rows:
        folded = fold_tag(tag)
        spellings[folded][tag] += 1
        notes[folded].add(path)
    return [
        {
            "tag": min(found, key=lambda name: (-found[name], name)),
            "notes": len(notes[folded]),
            "count": found.total(),
        }
        for folded, found in sorted(spellings.items())
    ]


def _sources(published: Published) -> Iterator[Json]:
    columns = ("key", "kind", "title", "author", "year", "doi", "arxiv", "isbn", "url")
    cited: defaultdict[str, list[Json]] = defaultdict(list)
    sql = "SELECT source, path, line, column, kinds, text, url FROM citations ORDER BY path, line, column"
    for source, path, line, column, kinds, text, url in published.select(sql):
        place = {"path": path, "line": line, "column": column}
        cited[source].append({**place, "kinds": _loaded(kinds), "text": text, "url": url})
    for row in published.select(f"SELECT {', '.join(columns)} FROM sources ORDER BY key"):  # noqa: S608
        record = dict(zip(columns, row, strict=True))
        yield {**record, "cited": cited[record["key"]]}
