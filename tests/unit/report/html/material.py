"""What a report is made from, made by hand or from notes in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.memory_source import MemorySource
from tests.unit.report.findings import finding, no_advice
from vaultlint.cli.place import Place
from vaultlint.cli.report_material import gather
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.report.html.model import Material
from vaultlint.text import Span
from vaultlint.view.link_graph import LinkGraph
from vaultlint.view.passage import Passage

WHEN = datetime(2026, 11, 22, 9, 30)


def material(**known: Any) -> Material:
    """Return material with nothing but what is given."""
    nothing: dict[str, Any] = {
        "name": "garden",
        "when": WHEN,
        "version": "0",
        "notes_checked": 0,
        "found": (),
        "known": frozenset(),
        "graph": LinkGraph((), ()),
        "rules": {},
        "terms": (),
        "tags": (),
        "tag_pairs": (),
        "sources": (),
        "earlier": (),
        "advise": no_advice,
        "passage": lambda each: Passage(each.excerpt, Span(0, 0), Span(0, 0), prose=False),
        "resolve": lambda _file, _target: None,
        "most": 100,
    }
    return Material(**{**nothing, **known})


def gathered(tmp_path: Any, files: Mapping[str, str], **known: Any) -> Material:
    """Return what is gathered of a vault of ``files``."""
    source = MemorySource({name: text.encode() for name, text in files.items()})
    session = Session(source, ConfigRequest(), jobs=1)
    session.apply()
    made = gather(session, Place(tmp_path / "garden"), earlier=(), when=WHEN, most=100)
    return made._replace(**known)


__all__ = ["WHEN", "finding", "gathered", "material"]
