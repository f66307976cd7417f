"""How much the journal keeps."""

from pathlib import Path

import pytest

from vaultlint.fixing import retention
from vaultlint.fixing.journal import Journal, digest
from vaultlint.fixing.retention import trim

DAY = 24 * 60 * 60
NOW = 1000 * DAY


def filled(tmp_path: Path, **ages: float) -> Journal:
    """Return a journal with one run for each name, so many days old, each with a text."""
    journal = Journal(tmp_path)
    for run, age in ages.items():
        journal.keep([run.encode(), b"shared"])
        member = {
            "file": "A.md",
            "path": "A.md",
            "temporary": ".t",
            "before": digest(run.encode()),
            "after": digest(b"shared"),
            "rules": [],
        }
        journal.append(
            [
                {"record": "run", "run": run, "time": NOW - age * DAY},
                {"record": "intent", "run": run, "group": 1, "members": [member]},
                {"record": "done", "run": run, "group": 1, "files": {"A.md": "written"}},
            ],
            durable=False,
        )
    return journal


@pytest.fixture(autouse=True)
def age_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the few runs of a test be too old."""
    monkeypatch.setattr(retention, "LATEST", 0)


def runs(journal: Journal) -> list[str]:
    return [record["run"] for record in journal.records() if record["record"] == "run"]


def test_runs_older_than_a_month_are_forgotten_with_their_texts(tmp_path: Path) -> None:
    journal = filled(tmp_path, old=31, young=29)
    trim(journal, "/v", NOW)
    assert runs(journal) == ["young"]
    assert not journal.has(digest(b"old"))
    assert journal.has(digest(b"young"))
    assert journal.has(digest(b"shared"))


def test_a_large_journal_forgets_the_oldest_but_nothing_of_the_last_week(
    tmp_path: Path, monkeypatch
) -> None:
    journal = filled(tmp_path, a=20, b=10, c=6, d=1)
    monkeypatch.setattr(retention, "MAX_SIZE", 0)
    trim(journal, "/v", NOW)
    assert runs(journal) == ["c", "d"]


def test_no_more_is_forgotten_than_the_size_asks_for(tmp_path: Path, monkeypatch) -> None:
    journal = filled(tmp_path, a=20, b=10)
    monkeypatch.setattr(retention, "MAX_SIZE", journal.size() - 1)
    trim(journal, "/v", NOW)
    assert runs(journal) == ["b"]


def test_a_run_that_a_crash_left_open_is_kept(tmp_path: Path) -> None:
    journal = filled(tmp_path, old=40)
    journal.append(
        [
            {"record": "run", "run": "open", "time": NOW - 50 * DAY},
            {"record": "intent", "run": "open", "group": 1, "members": []},
        ],
        durable=False,
    )
    trim(journal, "/v", NOW)
    assert runs(journal) == ["open"]


def test_a_text_that_was_kept_aside_goes_with_its_run(tmp_path: Path) -> None:
    journal = filled(tmp_path, old=31, young=3)
    journal.keep([b"typed"])
    kept = {"file": "A.md", "digest": digest(b"typed"), "reason": "", "time": 0}
    journal.append([{"record": "kept", "run": "young", **kept}], durable=False)
    trim(journal, "/v", NOW)
    assert journal.has(digest(b"typed"))


def test_a_clock_that_jumps_ahead_costs_nothing_of_the_latest_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = filled(tmp_path, a=4, b=3, c=2, d=1)
    monkeypatch.setattr(retention, "LATEST", 3)
    trim(journal, "/v", NOW + 365 * DAY)
    assert runs(journal) == ["b", "c", "d"]
    monkeypatch.setattr(retention, "MAX_SIZE", journal.size() - 1)
    trim(journal, "/v", NOW + 365 * DAY)
    assert runs(journal) == ["c", "d"]
