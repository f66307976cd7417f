"""The JSON report is ASCII, valid and complete for any vault."""

import json
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.report.findings import finding, no_advice
from vaultlint.diagnostics import Advice, Edit, Fix, Related, Safety
from vaultlint.report.json_ import document, dumps, lines
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


@pytest.mark.parametrize(
    ("value", "loaded"),
    [
        ("\udcff.md", "\\xff.md"),
        ("🦊", "🦊"),
        ({"\udcff": ["\ud800"]}, {"\\xff": ["\\ud800"]}),
        ([inf, -inf, nan, 1.5], [None, None, None, 1.5]),
        ("\x7f\x9b\x1b##[x", "\x7f\x9b\x1b##[x"),
        (True, True),
    ],
)
def test_values_that_json_lacks(value: object, loaded: object) -> None:
    assert json.loads(dumps(value)) == loaded


def test_a_number_that_no_reader_holds_is_null() -> None:
    assert dumps([10**5000, 7]) == "[null, 7]"


@given(st.recursive(st.text(st.characters(codec=None)) | st.floats() | st.integers(), st.lists))
def test_output_is_printable_ascii(value: object) -> None:
    text = dumps(value)
    assert text.isascii()
    assert text.isprintable()
    json.loads(text)
