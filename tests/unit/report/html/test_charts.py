"""Columns and lines."""

from datetime import datetime

from vaultlint.report.html.charts import panels, year_columns
from vaultlint.report.html.model import Counts, Earlier


def test_years_without_sources_are_columns_too() -> None:
    columns = year_columns([2019, 2021, 2021])
    assert [(each.label, each.number, each.height) for each in columns] == [
        ("2019", 1, 50.0),
        ("2020", 0, 0.0),
        ("2021", 2, 100.0),
    ]
    assert columns[-1].x + columns[-1].width <= 100


def test_what_is_long_ago_is_one_column() -> None:
    columns = year_columns([1901, 1950, 2020])
    assert (columns[0].label, columns[0].number, len(columns)) == ("<1991", 2, 31)
    assert sum(each.number for each in columns) == 3


def test_nothing_has_no_columns() -> None:
    assert year_columns([]) == ()


def test_lines_over_time_start_at_zero() -> None:
    days = [
        Earlier(datetime(2026, 1, 1), Counts(4, 0, 1), 9, None),
        Earlier(datetime(2026, 1, 2), Counts(8, 0, 1), 9, None),
        Earlier(datetime(2026, 1, 5), Counts(2, 0, 1), 9, None),
    ]
    errors, warnings, _ = panels(days)
    assert errors.points == (
        (0.0, 50.0, 4, "2026-01-01"),
        (25.0, 0.0, 8, "2026-01-02"),
        (100.0, 75.0, 2, "2026-01-05"),
    )
    assert errors.highest == 8
    assert [y for _, y, _, _ in warnings.points] == [100.0] * 3
    assert panels(days[:1]) == ()


def test_reports_of_one_moment_share_a_place() -> None:
    same = Earlier(datetime(2026, 1, 1), Counts(1, 0, 0), 9, None)
    assert [x for x, *_ in panels([same, same])[0].points] == [50.0, 50.0]
