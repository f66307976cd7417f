"""Earlier reports, read back."""

import json
from datetime import datetime

import pytest

from tests.unit.report.findings import finding, no_advice
from vaultlint.report.html.history import date_in, earlier
from vaultlint.report.html.model import Counts
from vaultlint.report.json_ import document
from vaultlint.report.summary import summarize

WHEN = datetime(2026, 11, 1)


def test_what_check_wrote_is_read_back() -> None:
    found = [finding("a [[Gone]]", "[[Gone]]"), finding("a [[Lost]]", "[[Lost]]", rule="other")]
    summary = summarize(found, vault="/v", notes_checked=7, seconds=1)
    text = "".join(document(found, no_advice, summary))
    read = earlier(text, WHEN)
    assert read.counts == Counts(error=2)
    assert read.notes_checked == 7
    assert read.rules == {found[0].fingerprint: "broken-link", found[1].fingerprint: "other"}
    part = summary._replace(shown=1)
    assert earlier("".join(document(found[:1], no_advice, part)), WHEN).rules is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        "[]",
        '"x"',
        "{}",
        '{"version": 1, "summary": 3}',
        '{"version": 2, "summary": {}}',
        '{"version": 1, "summary": {"notes_checked": 1}}',
        '{"version": 1, "summary": {"notes_checked": -1, "by_severity": {"error": 1, "warning": 1, "info": 1}}}',
        b"\xff",
    ],
)
def test_what_is_no_report_is_told(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"not|version|totals"):
        earlier(text, WHEN)


def test_what_a_baseline_kept_out_is_no_whole_report() -> None:
    report = {
        "version": 1,
        "summary": {
            "notes_checked": 1,
            "by_severity": {"error": 0, "warning": 0, "info": 0},
            "baseline": {"path": "b.json", "known": 3, "stale": 0, "grown": []},
        },
        "diagnostics": [],
    }
    with pytest.raises(ValueError, match="--no-baseline"):
        earlier(json.dumps(report), WHEN)
    report["summary"]["baseline"]["known"] = 0
    assert earlier(json.dumps(report), WHEN).rules == {}


def test_strange_findings_are_not_counted() -> None:
    report = {
        "version": 1,
        "summary": {"notes_checked": 1, "by_severity": {"error": 1, "warning": 0, "info": 0}},
        "diagnostics": [3, {"rule": 4, "fingerprint": "x"}, {"rule": "a"}],
    }
    assert earlier(json.dumps(report), WHEN).rules is None


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("2026-11-22", datetime(2026, 11, 22)),
        ("report-20261122", datetime(2026, 11, 22)),
        ("vault_2026-11-22T14-05", datetime(2026, 11, 22, 14, 5)),
        ("2026-99-22 then 2025-01-02", datetime(2025, 1, 2)),
        ("latest", None),
        ("0000-00-00", None),
    ],
)
def test_dates_in_names(name: str, when: datetime | None) -> None:
    assert date_in(name) == when
