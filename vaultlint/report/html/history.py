"""Earlier reports, read back from what ``vaultlint check --format json`` wrote.

Invariant: a report is believed only as far as it has the shape of one; anything else is a
ValueError with a few words, never a surprise later.

Tests: tests/unit/report/html/test_history.py
"""

import json
import re
from datetime import datetime
from typing import Any

from vaultlint.report.html.model import Counts, Earlier

_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T_ -]+(\d\d)[-:.h]?(\d\d))?(?!\d)")


def earlier(text: str | bytes, when: datetime) -> Earlier:
    """Return the report that ``text`` is, made at ``when``. Raises ValueError if it is none."""
    try:
        report = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    summary = report.get("summary") if isinstance(report, dict) else None
    if not isinstance(summary, dict):
        raise ValueError("not a report of 'vaultlint check --format json'")  # noqa: TRY004 -- of the text
    if report.get("version") != 1:
        raise ValueError("a report of another version of the format")
    if _parks(summary):
        raise ValueError("a report without what its baseline knows; make it with --no-baseline")
    severities = summary.get("by_severity")
    severities = severities if isinstance(severities, dict) else {}
    counts = Counts(*(_number(severities.get(name)) for name in Counts._fields))
    rules = _rules(report.get("diagnostics"))
    whole = rules if len(rules) == counts.total else None
    return Earlier(when, counts, _number(summary.get("notes_checked")), whole)


def date_in(name: str) -> datetime | None:
    """Return the date, with its time if there is one, in a file name such as 2026-11-22.json."""
    for match in _DATE.finditer(name):
        year, month, day, hour, minute = (int(part or 0) for part in match.groups())
        try:
            return datetime(year, month, day, hour, minute)  # noqa: DTZ001 -- of the place it was made
        except ValueError:
            continue
    return None


def _parks(summary: dict[str, Any]) -> bool:
    """Return whether a baseline kept findings out of a report."""
    baseline = summary.get("baseline")
    return isinstance(baseline, dict) and baseline.get("known") != 0


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("a report without its totals")
    return value


def _rules(found: Any) -> dict[str, str]:
    """Return the rule of each finding by fingerprint."""
    rules: dict[str, str] = {}
    for each in found if isinstance(found, list) else ():
        rule = each.get("rule") if isinstance(each, dict) else None
        name = each.get("fingerprint") if isinstance(each, dict) else None
        if isinstance(rule, str) and isinstance(name, str):
            rules[name] = rule
    return rules
