"""What a session knows, gathered for the page of ``vaultlint report``.

Tests: tests/unit/cli/test_report.py
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import vaultlint
from vaultlint.baseline_renames import followed
from vaultlint.cli.baselined import read_baseline
from vaultlint.cli.explain import page_of
from vaultlint.cli.failure import complain
from vaultlint.cli.place import Place
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError
from vaultlint.report.html.model import Earlier, Material
from vaultlint.report.rule_page import RulePage
from vaultlint.text import Span
from vaultlint.vault.keys import is_markdown
from vaultlint.vault.resolve import resolve_ref
from vaultlint.view.link_graph import LinkGraph, link_graph
from vaultlint.view.passage import Passage, passage
from vaultlint.view.reading_list import CitedSource, reading_list
from vaultlint.view.term_use import alike, tag_use, term_use


def gather(
    session: Session, place: Place, *, earlier: Sequence[Earlier], when: datetime, most: int
) -> Material:
    """Return what the report of ``place`` is made from; at most ``most`` findings are listed."""
    found = [each for each in session.diagnostics() if place.covers(each.file)]
    graph = link_graph(session.index)
    tags = tag_use(session.index)
    baseline = read_baseline(session)
    if baseline is not None:
        baseline = followed(baseline, session, place.root, tell=complain)
    config = session.config
    return Material(
        name=place.root.name or str(place.root),
        when=when,
        version=vaultlint.__version__,
        notes_checked=sum(1 for n in graph.notes if place.covers(n) and config.checked(n)),
        found=found,
        known=baseline.fingerprints if baseline is not None else frozenset(),
        graph=graph,
        rules=dict(_pages(session, found)),
        terms=term_use(session.index, config.vocabularies, config.bindings),
        tags=tags,
        tag_pairs=tuple(alike({used.term: used.notes for used in tags})),
        sources=_sources(session, graph),
        earlier=earlier,
        advise=session.advise,
        passage=lambda diagnostic: _passage(session, diagnostic),
        resolve=lambda file, target: resolve_ref(session.index.names, (target, ""), file).target,
        most=most,
    )


def _pages(session: Session, found: Iterable[Diagnostic]) -> Iterator[tuple[str, RulePage]]:
    """Yield each rule of ``found`` with its page; one of the vault's own is told by its message."""
    for rule, each in {each.rule: each for each in found}.items():
        page = page_of(rule, session.config)
        if page is None:
            continue  # a finding of the engine itself
        on = session.config.rules_for(each.file)
        message = next((one.message for one in on if one.id == rule), None)
        if message and page.note:
            page = page._replace(summary=message[:1].upper() + message[1:])
        yield rule, page


def _sources(session: Session, graph: LinkGraph) -> tuple[CitedSource, ...]:
    """Return what the notes cite; only notes that cite anything are read."""
    index = session.index
    citing = (
        note
        for note in graph.notes
        if any(key[0] in ("source", "title") for key in index.files[note] or ())
    )
    return reading_list(map(session.note, citing))


def _passage(session: Session, diagnostic: Diagnostic) -> Passage:
    """Return the line of a finding; of a file that is no note, or gone by now, as it was found."""
    if is_markdown(diagnostic.file):
        try:
            return passage(session.note(diagnostic.file), diagnostic.span)
        except SourceError:
            pass
    start = diagnostic.start.column - 1
    same_line = diagnostic.end.line == diagnostic.start.line
    end = diagnostic.end.column - 1 if same_line else len(diagnostic.excerpt)
    return Passage(diagnostic.excerpt, Span(start, end), Span(start, end), prose=False)
