"""``vaultlint report``: what it writes, where, and what it refuses."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint.cli.report import DEFAULT_FILE, MOST_LISTED
from vaultlint.report.html.excerpts import LONGEST
from vaultlint.report.html.picture import MOST_LINES

NOTES = {"a.md": "[[Gone]] [[b]]\n", "sub/b.md": "text\n", "sub/c.md": "[[Lost]]\n"}


@pytest.fixture(autouse=True)
def then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795339800")


def test_a_page_is_written(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("report")
    assert result.exit_code == 0
    assert result.stdout == "Wrote vaultlint-report.html.\n"
    html = (root / "vaultlint-report.html").read_text("utf-8")
    assert html.startswith("<!doctype html>")
    assert "2 findings in 2 files" in html
    assert "22 November 2026, 09:30" in html


def test_to_stdout_the_same(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(NOTES)
    target = tmp_path / "page.html"
    assert run("report", "-o", str(target)).exit_code == 0
    assert run("report", "-o", "-").stdout == target.read_text("utf-8")


def test_paths_narrow_the_findings(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    html = run("report", "sub", "-o", "-").stdout
    assert "1 finding in 1 file; 1 note of 2 is clean" in html
    assert "3 notes and 1 link between them" in html


def test_a_note_is_never_replaced(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("report", "-o", "a.md")
    assert result.exit_code == 2
    assert (root / "a.md").read_text() == NOTES["a.md"]


def test_history_of_a_folder_and_of_files(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(NOTES)
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2026-11-01.json").write_text(run("check", "--format", "json").stdout)
    (folder / "other.json").write_text("{}")
    result = run("report", "--history", str(folder), "-o", "-")
    assert result.exit_code == 0
    assert "other.json: not a report" in result.stderr
    assert "Since the report of 1 November 2026: <b>0</b> new, <b>0</b> gone." in result.stdout
    named = run("report", "--history", str(folder / "other.json"), "-o", "-")
    assert named.exit_code == 2
    assert "other.json: not a report" in named.stderr
    gone = run("report", "--history", str(folder / "gone.json"))
    assert gone.exit_code == 2
    assert "gone.json: No such file" in gone.stderr


def test_a_rule_of_the_vaults_own_is_told_by_its_message(run: Run, make_vault: MakeVault) -> None:
    config = (
        "rules:\n  no-todo: {check: pattern, on: body, pattern: TODO, message: unfinished text}\n"
    )
    make_vault({"vaultlint.yaml": config, "a.md": "TODO\n"})
    html = run("report", "-o", "-").stdout
    assert "Unfinished text" in html


def test_fewer_findings_are_listed_than_counted(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    html = run("report", "--max-findings", "1", "-o", "-").stdout
    assert "1 of 2 findings are listed one by one" in html
    assert html.count('<li class="finding') == 1
    everything = run("report", "--max-findings", "0", "-o", "-").stdout
    assert everything.count('<li class="finding') == 2


def test_the_json_report_reads_back(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(NOTES)
    old = tmp_path / "2026-11-01.json"
    report = json.loads(run("check", "--format", "json").stdout)
    report["diagnostics"][0]["fingerprint"] = "0" * 16
    old.write_text(json.dumps(report))
    html = run("report", "--history", str(old), "-o", "-").stdout
    assert "<b>1</b> new, <b>1</b> gone" in html


def test_what_the_baseline_knows_is_counted_and_told(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    assert run("baseline").exit_code == 0
    assert "The baseline knows all of them." in run("report", "-o", "-").stdout
    (root / "sub" / "c.md").write_text("[[Lost]] [[Other]]\n")
    html = run("report", "-o", "-").stdout
    assert "3 findings in 2 files" in html
    assert "The baseline knows 2 of them; <b>1</b> is new." in html
    assert html.count("data-known>") == 2


def test_the_documentation_names_the_limits_there_are() -> None:
    text = (Path(__file__).parents[3] / "docs" / "report.md").read_text("utf-8")
    for number in (MOST_LISTED, MOST_LINES, LONGEST):
        assert f"{number:,} " in text
    assert DEFAULT_FILE in text
