"""Totals are those of all findings."""

from tests.unit.report.findings import finding
from vaultlint.diagnostics import Severity
from vaultlint.report.summary import summarize


def test_totals() -> None:
    found = [
        finding("ab", "a", file="x.md", rule="r2"),
        finding("ab", "b", file="x.md", rule="r1", severity=Severity.INFO),
        finding("ab", "b", file="y.md", rule="r1", severity=Severity.INFO),
    ]
    summary = summarize(found, vault="/v", notes_checked=9, seconds=0.5)
    assert summary.total == 3
    assert summary.shown == 3
    assert summary.files == 2
    assert dict(summary.by_severity) == {"error": 1, "warning": 0, "info": 2}
    assert list(summary.by_rule.items()) == [("r1", 2), ("r2", 1)]
