"""What a report is made from, and what its page shows: plain data on both sides.

Invariant: a page is a function of ``Material`` alone: no file is read, no clock is asked.

Tests: tests/unit/report/html/test_build.py
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from vaultlint.diagnostics import Advice, Diagnostic
from vaultlint.report.html.layout import Layout
from vaultlint.report.rule_page import RulePage
from vaultlint.view.link_graph import LinkGraph
from vaultlint.view.passage import Passage
from vaultlint.view.reading_list import CitedSource
from vaultlint.view.term_use import Alike, TermUse, Used


class Counts(NamedTuple):
    """How many there are of each severity."""

    error: int = 0
    warning: int = 0
    info: int = 0

    @property
    def total(self) -> int:
        """Return the sum."""
        return self.error + self.warning + self.info

    @property
    def worst(self) -> str:
        """Return the worst severity that there is one of, "clean" without any."""
        return (
            "error"
            if self.error
            else "warning"
            if self.warning
            else "info"
            if self.info
            else "clean"
        )


class Earlier(NamedTuple):
    """A report: when, its counts, and the rule of each finding by fingerprint.

    ``rules`` is None for a report that did not list all of its findings.
    """

    when: datetime
    counts: Counts
    notes_checked: int
    rules: Mapping[str, str] | None


class Material(NamedTuple):
    """What is known of a vault. ``found`` is sorted as every report is.

    ``passage`` returns the line of a finding; ``resolve`` what a link in a file opens. ``rules``
    documents each rule with findings. ``known`` holds the fingerprints of the baseline.
    ``earlier`` is sorted by time. At most ``most`` findings are listed one by one.
    """

    name: str
    when: datetime
    version: str
    notes_checked: int
    found: Sequence[Diagnostic]
    known: frozenset[str]
    graph: LinkGraph
    rules: Mapping[str, RulePage]
    terms: Sequence[TermUse]
    tags: Sequence[Used]
    tag_pairs: Sequence[Alike]
    sources: Sequence[CitedSource]
    earlier: Sequence[Earlier]
    advise: Callable[[Diagnostic], Advice]
    passage: Callable[[Diagnostic], Passage]
    resolve: Callable[[str, str], str | None]
    most: int


class Excerpt(NamedTuple):
    """A source line in three parts, and rendered when it is Markdown text."""

    before: str
    flagged: str
    after: str
    rendered: Markup | None


class Shown(NamedTuple):
    """One finding as it is listed; ``rule`` is the place of its rule among the rules.

    ``known`` says that the baseline knows it.
    """

    rule: int
    known: bool
    severity: str
    line: int
    column: int
    message: str
    help: str
    fix: str
    related: tuple[tuple[str, str | None, str], ...]
    excerpt: Excerpt


class Entry(NamedTuple):
    """A note: ``place`` numbers it, ``label`` is its path in its folder without the ending.

    ``listed`` numbers its list of findings, None when it has none.
    """

    place: int
    file: str
    label: str
    folder: int
    counts: Counts
    inlinks: int
    outlinks: int
    listed: int | None


class Listing(NamedTuple):
    """The findings of one file. ``entry`` is None for a file that is no note."""

    number: int
    file: str
    folder: int | None
    entry: Entry | None
    counts: Counts
    findings: tuple[Shown, ...]


class RuleRow(NamedTuple):
    """One rule: its findings, in how many files, and what came and went since the last report."""

    id: str
    severity: str
    counts: Counts
    files: int
    new: int
    gone: int
    summary: str
    why: Markup


class FolderRow(NamedTuple):
    """One folder: ``worst`` counts its notes by their worst finding, ``counts`` its findings."""

    number: int
    name: str
    notes: int
    worst: Counts
    counts: Counts


class Map(NamedTuple):
    """The picture of the links. Each path is SVG path data.

    ``dots`` are (severity, width of the dots, path); ``single`` says that every link is drawn,
    ``ties`` are (path, width) for the sums of links between folders. ``labels`` are places in
    ``folders`` and ``hubs`` of entries, most important first.
    """

    layout: Layout
    dots: tuple[tuple[str, float, str], ...]
    single: bool
    links: str
    ties: tuple[tuple[str, float], ...]
    hubs: tuple[int, ...]
    pairs: tuple[tuple[str, str, int], ...]
    data: Mapping[str, object]


class Column(NamedTuple):
    """A column of a chart in percent of its width and height, with its label and number."""

    label: str
    number: int
    x: float
    width: float
    height: float
    ticked: bool


class Panel(NamedTuple):
    """A line over time: dots in percent, and the polyline in a box of 100 by 100."""

    severity: str
    points: tuple[tuple[float, float, int, str], ...]
    line: str
    highest: int


class Since(NamedTuple):
    """What changed since the last earlier report."""

    when: datetime
    new: int
    gone: int


class Page(NamedTuple):
    """Everything that the templates of a report show."""

    material: Material
    counts: Counts
    known: int
    files: int
    clean: int
    by_worst: tuple[tuple[str, int], ...]
    rules: tuple[RuleRow, ...]
    folders: tuple[FolderRow, ...]
    worst: tuple[Entry, ...]
    panels: tuple[Panel, ...]
    times: tuple[Earlier, ...]
    since: Since | None
    map: Map | None
    years: tuple[Column, ...]
    kinds: tuple[tuple[str, int], ...]
    tags_of_sources: tuple[tuple[str, int], ...]
    repeated: tuple[CitedSource, ...]
    listings: tuple[Listing, ...]
    unlisted: int
    entries: tuple[Entry, ...]
    places: Mapping[str, int]
