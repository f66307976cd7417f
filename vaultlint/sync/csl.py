"""Sources as CSL-JSON, which Pandoc, Zotero and citation processors read.

Source: the CSL-JSON schema (csl-data.json) of the Citation Style Language project, version 1.0.2.

Tests: tests/unit/sync/test_csl.py
"""

from collections.abc import Iterable, Iterator
from typing import Any

from vaultlint.sync.authors import authors
from vaultlint.sync.sources import Source

Json = dict[str, Any]

_TYPES = {
    "BOOK": "book",
    "CODE": "software",
    "MODEL": "software",
    "POSTER": "speech",
    "TALK": "speech",
    "THESIS": "thesis",
    "THESIS/MSC": "thesis",
    "THESIS/PHD": "thesis",
    "WHITEPAPER": "report",
}
_PAPERS = frozenset({"PAPER", "REVIEW", "ARTICLE"})


def csl_items(sources: Iterable[Source]) -> Iterator[Json]:
    """Yield an item for each of ``sources``, in their order."""
    return map(_item, sources)


def _item(source: Source) -> Json:
    item: Json = {"id": source.key, "type": _type(source), "title": source.title or source.url}
    named = authors(source.author)
    if named.names:
        item["author"] = [_name(name) for name in named.names]
        if named.others:
            item["author"].append({"literal": "others"})
    if source.year is not None:
        item["issued"] = {"date-parts": [[source.year]]}
    if source.doi is not None:
        item["DOI"] = source.doi
    if source.arxiv is not None:
        item["archive"] = "arXiv"
        item["number"] = f"arXiv:{source.arxiv}"
    if source.isbn is not None:
        item["ISBN"] = source.isbn
    item["URL"] = source.url
    if source.kind:
        item["keyword"] = source.kind
    places = dict.fromkeys(f"{cited.file}:{cited.line}" for cited in source.cited)
    item["note"] = f"Cited in {'; '.join(places)}"
    return item


def _type(source: Source) -> str:
    kind = source.kind.upper()
    if kind in _TYPES:
        return _TYPES[kind]
    if source.isbn is not None:
        return "book"
    if source.doi is not None:
        return "article-journal"
    if source.arxiv is not None:
        return "article"
    return "document" if kind in _PAPERS else "webpage"


def _name(name: str) -> Json:
    return {"family": name} if name.isalpha() else {"literal": name}
