"""Numbers as places in a drawing: columns and lines. The templates draw them as SVG.

Invariant: every chart starts at zero and every length is in proportion to its number.

Tests: tests/unit/report/html/test_charts.py
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from vaultlint.report.html.model import Column, Counts, Earlier, Panel

_MOST_YEARS = 30


def year_columns(years: Iterable[int]) -> tuple[Column, ...]:
    """Return a column for each year from first to last, empty ones too.

    What lies more than 30 years before the last is one column in front.
    """
    counts = Counter(years)
    if not counts:
        return ()
    last = max(counts)
    first = max(min(counts), last - _MOST_YEARS + 1)
    old = sum(number for year, number in counts.items() if year < first)
    named = [(f"<{first}", old)] if old else []
    named += [(str(year), counts[year]) for year in range(first, last + 1)]
    highest = max(number for _, number in named)
    step = 100 / len(named)
    every = 1 if len(named) <= 12 else 5
    return tuple(
        Column(
            label,
            number,
            round(place * step, 3),
            round(step * 0.72, 3),
            round(100 * number / highest, 2),
            _is_ticked(label, place, every),
        )
        for place, (label, number) in enumerate(named)
    )


def _is_ticked(label: str, place: int, every: int) -> bool:
    """Return whether a column says its label: the first one of several years, then some."""
    if not label.isdigit():
        return True
    return int(label) % every == 0 and (place != 1 or every == 1)


def panels(times: Sequence[Earlier]) -> tuple[Panel, ...]:
    """Return a line over time for each severity; none for fewer than two reports."""
    if len(times) < 2:
        return ()
    return tuple(_panel(label, times) for label in Counts._fields)


def _panel(severity: str, times: Sequence[Earlier]) -> Panel:
    numbers = [int(getattr(each.counts, severity)) for each in times]
    highest = max(*numbers, 1)
    begin, end = times[0].when, times[-1].when
    points = tuple(
        (
            _percent(each.when, begin, end),
            round(100 - 100 * number / highest, 2),
            number,
            _day(each),
        )
        for each, number in zip(times, numbers, strict=True)
    )
    return Panel(severity, points, " ".join(f"{x},{y}" for x, y, _, _ in points), max(numbers))


def _percent(when: datetime, begin: datetime, end: datetime) -> float:
    whole = (end - begin).total_seconds()
    return round(100 * (when - begin).total_seconds() / whole, 2) if whole else 50.0


def _day(report: Earlier) -> str:
    return report.when.strftime("%Y-%m-%d")
