"""Where a vault stands."""

from datetime import datetime

from tests.unit.report.findings import finding
from vaultlint.diagnostics import Severity
from vaultlint.report.html.model import Counts, Earlier
from vaultlint.report.html.standing import by_folder, by_rule, by_worst, count_by_file, since

WARNING, INFO = Severity.WARNING, Severity.INFO
FOUND = [
    finding("x", "x", file="a/1.md"),
    finding("y", "y", file="a/1.md", severity=INFO, rule="tidy"),
    finding("y", "y", file="a/2.md", severity=INFO, rule="tidy"),
    finding("z", "z", file="b/1.md", severity=WARNING, rule="odd"),
]


def test_by_rule_the_worst_come_first() -> None:
    rows = by_rule(FOUND, None, {})
    assert [(row.id, row.severity, row.counts.total, row.files) for row in rows] == [
        ("broken-link", "error", 1, 1),
        ("odd", "warning", 1, 1),
        ("tidy", "info", 2, 2),
    ]


def test_what_came_and_went() -> None:
    known = {FOUND[0].fingerprint: "broken-link", "gone1": "tidy", "gone2": "old"}
    last = Earlier(datetime(2026, 1, 1), Counts(3), 9, known)
    rows = {row.id: (row.new, row.gone) for row in by_rule(FOUND, last, {})}
    assert rows == {"broken-link": (0, 0), "odd": (1, 0), "tidy": (2, 1), "old": (0, 1)}
    assert since(FOUND, last)[1:] == (3, 2)
    assert since(FOUND, None) is None
    assert since(FOUND, last._replace(rules=None)) is None


def test_by_folder_and_by_worst() -> None:
    files = count_by_file(FOUND)
    assert files == {
        "a/1.md": Counts(1, 0, 1),
        "a/2.md": Counts(0, 0, 1),
        "b/1.md": Counts(0, 1, 0),
    }
    one, empty = by_folder(files, {"a": ["a/1.md", "a/2.md", "a/3.md"], "c": ["c/1.md"]})
    assert one[1:] == ("a", 3, Counts(1, 0, 1), Counts(1, 0, 2))
    assert empty.counts == Counts()
    assert by_worst(files.values(), 5) == (("error", 1), ("warning", 1), ("info", 1), ("clean", 2))
