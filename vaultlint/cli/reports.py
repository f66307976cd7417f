"""Writing what a run found: each format to its file, one to stdout.

Invariant: formats are imported when they are asked for; advice about a finding is computed once,
however many formats show it.

Tests: tests/unit/cli/test_reports.py
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vaultlint.cli.output import emit, text_style
from vaultlint.cli.place import Place
from vaultlint.cli.report_files import check_target, write_file
from vaultlint.cli.report_options import Reporting
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session
from vaultlint.errors import VaultlintError
from vaultlint.report import text
from vaultlint.report.listing import Listing, remembered
from vaultlint.report.summary import Summary
from vaultlint.report.terminal import Paint
from vaultlint.report.text import TextStyle


class Outcome(NamedTuple):
    """What a run found in ``place``, and the exit code that it will end with."""

    found: Sequence[Diagnostic]
    summary: Summary
    exit_code: int


def write_reports(session: Session, place: Place, reporting: Reporting, outcome: Outcome) -> None:
    """Write every report that is asked for. Raises UsageError for a file that cannot be written."""
    reports = _Reports(session, place, reporting, outcome)
    for target in reporting.targets:
        check_target(target.path, place.root, session.config.inputs)
        style = TextStyle(Paint(color=False), place.prefix, here=place.here, brief=reporting.quiet)
        write_file(target.path, reports.parts(target.format, reporting.limit, style))
    if reporting.printed is not None:
        style = text_style(prefix=place.prefix, here=place.here, brief=reporting.quiet)
        parts = reports.parts(reporting.printed, reporting.printed_limit, style)
        emit(parts, commands=reporting.printed == "github")


def annotate(error: VaultlintError, place: Place, reporting: Reporting) -> None:
    """Show an error that ends the run where the findings would have been shown, on GitHub."""
    if reporting.printed == "github":
        from vaultlint.cli.repository import prefix_of, repository_of
        from vaultlint.report.github import failures

        prefix = prefix_of(place.root, repository_of(place.root))
        emit(failures(error, prefix), commands=True)


class _Reports:
    """The reports of one run."""

    def __init__(
        self, session: Session, place: Place, reporting: Reporting, outcome: Outcome
    ) -> None:
        self._session = session
        self._place = place
        self._reporting = reporting
        self._outcome = outcome
        self._advise = remembered(session.advise) if reporting.output else session.advise

    def parts(self, format_: str, limit: int | None, style: TextStyle) -> Iterable[str]:
        """Return the report in ``format_`` of the first ``limit`` findings."""
        found = self._outcome.found if limit is None else self._outcome.found[:limit]
        summary = self._outcome.summary._replace(shown=len(found))
        if format_ == "text":
            return self._text(found, summary, style)
        if format_ in ("json", "jsonl"):
            from vaultlint.report import json_

            write = json_.document if format_ == "json" else json_.lines
            return write(found, self._advise, summary)
        return self._for_code_hosts(format_, found, summary)

    def _text(
        self, found: Sequence[Diagnostic], summary: Summary, style: TextStyle
    ) -> Iterator[str]:
        if summary.fixed and not style.brief:
            yield text.fixed(summary.fixed, summary.fixed_files, style)
        if self._reporting.statistics:
            yield text.statistics(self._outcome.found, style)
            summary = summary._replace(shown=summary.total)
        else:
            yield from text.findings(found, self._advise, style)
        if not style.brief:
            yield text.closing(summary, style)

    def _for_code_hosts(
        self, format_: str, found: Sequence[Diagnostic], summary: Summary
    ) -> Iterator[str]:
        from vaultlint.cli.repository import prefix_of, repository_of

        repository = repository_of(self._place.root)
        prefix = prefix_of(self._place.root, repository)
        code, least = self._outcome.exit_code, self._reporting.least
        listing = Listing(found, self._advise, summary, prefix, least, code)
        if format_ == "github":
            from vaultlint.report.github import annotations as write
        elif format_ == "gitlab":
            from vaultlint.report.gitlab import code_quality as write
        elif format_ == "junit":
            from vaultlint.report.junit import suites as write
        elif format_ == "markdown":
            from vaultlint.report.markdown import summary as write
        else:
            return self._sarif(listing, repository.as_uri())
        return write(listing)

    def _sarif(self, listing: Listing, root: str) -> Iterator[str]:
        from vaultlint import __version__
        from vaultlint.cli.explain import page_of
        from vaultlint.report.sarif import Tool, log

        config = self._session.config
        return log(listing, Tool(__version__, f"{root}/", lambda rule: page_of(rule, config)))
