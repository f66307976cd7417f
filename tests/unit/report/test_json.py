"""The JSON report is ASCII, valid and complete for any vault."""

import json

from tests.unit.report.findings import finding, no_advice
from vaultlint.diagnostics import Advice, Edit, Fix, Related, Safety
from vaultlint.report.json_ import document, lines
from vaultlint.report.summary import summarize
from vaultlint.text import Position, Span

NOTE = "# Title\n\nSee [[Gone]] now.\n"
FOUND = [finding(NOTE, "[[Gone]]"), finding(NOTE, "now")]
SUMMARY = summarize(FOUND, vault="/v", notes_checked=4, seconds=1.23456)


def test_a_document() -> None:
    loaded = json.loads("".join(document(FOUND, no_advice, SUMMARY)))
    assert list(loaded) == ["version", "vault", "diagnostics", "summary"]
    assert loaded["diagnostics"][0] == {
        "rule": "broken-link",
        "severity": "error",
        "path": "note.md",
        "start": {"line": 3, "column": 5, "offset": 13},
        "end": {"line": 3, "column": 13, "offset": 21},
        "message": "no note is named 'Gone'",
        "help": "",
        "related": [],
        "fingerprint": FOUND[0].fingerprint,
    }
    assert loaded["summary"] == {
        "total": 2,
        "shown": 2,
        "by_severity": {"error": 2, "warning": 0, "info": 0},
        "by_rule": {"broken-link": 2},
        "files": 1,
        "notes_checked": 4,
        "duration": 1.235,
        "interrupted": False,
        "fixed": {},
        "notices": [],
        "baseline": None,
    }


def test_an_empty_document() -> None:
    summary = summarize([], vault="/v", notes_checked=0, seconds=0)
    loaded = json.loads("".join(document([], no_advice, summary)))
    assert loaded["diagnostics"] == []


def test_lines_end_with_the_summary() -> None:
    loaded = [json.loads(line) for line in lines(FOUND, no_advice, SUMMARY)]
    assert [next(iter(item)) for item in loaded] == ["rule", "rule", "version"]
    assert loaded[-1]["summary"]["total"] == 2


def test_advice_is_part_of_a_finding() -> None:
    fix = Fix("rename", Safety.UNSAFE, (Edit("note.md", Span(13, 21), "[[Gate]]"),), {})
    related = (Related("other.md", Position(1, 2), "there"),)
    advice = Advice("did you mean Gate?", related, fix)
    loaded = json.loads(next(lines(FOUND, lambda _: advice, SUMMARY)))
    assert loaded["help"] == "did you mean Gate?"
    assert loaded["related"] == [{"path": "other.md", "line": 1, "column": 2, "message": "there"}]
    assert loaded["fix"] == {
        "title": "rename",
        "safety": "unsafe",
        "edits": [{"path": "note.md", "start": 13, "end": 21, "text": "[[Gate]]"}],
    }
