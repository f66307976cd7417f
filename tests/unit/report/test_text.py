"""The text report, byte for byte."""

import re

import pytest

from tests.unit.report.findings import finding, no_advice
from vaultlint.diagnostics import Advice, Fix, Related, Safety, Severity
from vaultlint.report.summary import Parked, summarize
from vaultlint.report.terminal import Paint
from vaultlint.report.text import TextStyle, closing, findings, fixed, statistics
from vaultlint.text import Position

PLAIN = TextStyle(Paint(color=False))
NOTE = "# Title\n\nSee [[Gone]] now.\n"


def test_a_finding_with_help_and_a_related_place() -> None:
    def advise(_: object) -> Advice:
        related = (Related("other.md", Position(7, 2), "the note of that name"),)
        return Advice(help="did you mean [[Gate]]?", related=related)

    assert "".join(findings([finding(NOTE, "[[Gone]]")], advise, PLAIN)) == (
        "note.md:3:5  error[broken-link]  no note is named 'Gone'\n"
        "   3 | See [[Gone]] now.\n"
        "     |     ^^^^^^^^\n"
        "     = help: did you mean [[Gate]]?\n"
        "     = see: other.md:7:2  the note of that name\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("safety", "how"),
    [
        (Safety.SAFE, "--fix"),
        (Safety.UNSAFE, "--fix --unsafe-fixes"),
        (Safety.MANUAL, "by hand"),
    ],
)
def test_a_fix_is_named_with_what_it_takes(safety: Safety, how: str) -> None:
    advice = Advice(fix=Fix("Write \x1b[[Gate]]", safety, (), {}))
    text = "".join(findings([finding(NOTE, "[[Gone]]")], lambda _: advice, PLAIN))
    assert f"     = fix: Write \\x1b[[Gate]] ({how})\n" in text


def test_what_was_fixed_is_counted_by_rule() -> None:
    assert fixed({"a-rule": 2, "b-rule": 10, "c-rule": 2}, 3, PLAIN) == (
        "Fixed 14 findings in 3 files; `vaultlint undo` takes that back.\n"
        "10  b-rule\n 2  a-rule\n 2  c-rule\n\n"
    )
    assert fixed({"a-rule": 1}, 1, PLAIN).startswith("Fixed 1 finding in 1 file;")
    assert fixed({}, 0, PLAIN) == ""


def test_a_finding_over_lines_is_marked_to_the_end_of_its_first() -> None:
    text = "".join(findings([finding("a\n```x\nb\nc", "```x\nb")], no_advice, PLAIN))
    assert "   2 | ```x\n     | ^^^^\n" in text


def test_a_finding_without_a_source_line_has_no_excerpt() -> None:
    assert "".join(findings([finding("", "", message="m")], no_advice, PLAIN)) == (
        "note.md:1:1  error[broken-link]  m\n\n"
    )


def test_brief_and_prefix() -> None:
    style = PLAIN._replace(brief=True, prefix="vault/")
    assert "".join(findings([finding(NOTE, "[[Gone]]")], no_advice, style)) == (
        "vault/note.md:3:5  error[broken-link]  no note is named 'Gone'\n"
    )


def test_paths_from_inside_of_the_vault() -> None:
    style = PLAIN._replace(brief=True, here="sub/deep")
    found = [finding(NOTE, "[[Gone]]", file=file) for file in ("a.md", "sub/deep/b.md")]
    lines = "".join(findings(found, no_advice, style)).split("\n")
    assert [line.partition(":")[0] for line in lines[:2]] == ["../../a.md", "b.md"]


def test_hostile_names_and_text_stay_on_their_line() -> None:
    hostile = "x\n::error::\x1b[2J\u202e.md"
    found = finding("\x1b[31m[[Gone]]\u2028", "[[Gone]]", file=hostile, message=hostile)
    advice = Advice(help=hostile, related=(Related(hostile, Position(1, 1), hostile),))
    text = "".join(findings([found], lambda _: advice, PLAIN))
    assert re.fullmatch(r"[\x20-\x7e\n]*", text)
    assert not any(line.startswith("::") for line in text.split("\n"))
    assert len(text.split("\n")) == 7


def test_color_marks_the_severity() -> None:
    style = TextStyle(Paint(color=True))
    text = "".join(findings([finding(NOTE, "[[Gone]]")], no_advice, style))
    assert "\x1b[31m\x1b[1merror[broken-link]\x1b[0m" in text


def totals(*severities: Severity, shown: int | None = None, interrupted: bool = False) -> str:
    found = [finding(NOTE, "[[Gone]]", severity=severity) for severity in severities]
    summary = summarize(found, vault="/v", notes_checked=4, seconds=1.5, interrupted=interrupted)
    return closing(summary._replace(shown=len(found) if shown is None else shown), PLAIN)


def test_closing_lines() -> None:
    error, warning, info = Severity.ERROR, Severity.WARNING, Severity.INFO
    assert totals() == "No findings, 4 notes checked.\n"
    assert totals(error) == "Found 1 error in 1 file, 4 notes checked.\n"
    assert totals(info, info, warning, error, error) == (
        "Found 2 errors, 1 warning, 2 info in 1 file, 4 notes checked.\n"
    )
    assert totals(error, error, shown=1).startswith(
        "The first 1 of 2 findings are shown; --max-findings 0 shows all.\n"
    )
    assert totals(interrupted=True).startswith("Interrupted")


def test_statistics_count_rules_by_severity_the_most_frequent_first() -> None:
    found = [
        finding(NOTE, "now", rule="b", severity=Severity.INFO),
        finding(NOTE, "See", rule="b", severity=Severity.WARNING),
        finding(NOTE, "Gone", rule="b", severity=Severity.WARNING),
        finding(NOTE, "Title", rule="a"),
        finding(NOTE, "Title", rule="c"),
    ]
    assert (
        statistics(found, PLAIN) == "2  warning  b\n1  error    a\n1  info     b\n1  error    c\n\n"
    )
    assert statistics([], PLAIN) == ""


def test_what_the_baseline_made_of_it() -> None:
    def told(known: int, stale: int) -> list[str]:
        summary = summarize([], vault="/v", notes_checked=4, seconds=1.5)
        parked = Parked("baseline.json", known, stale)
        return closing(summary._replace(parked=parked), PLAIN).splitlines()[1:]

    prune = "'vaultlint baseline --prune' drops what is."
    assert told(0, 0) == []
    assert told(1, 0) == ["1 known finding is in baseline.json, and not shown."]
    assert told(2, 1)[1:] == [f"1 of its entries is fixed; {prune}"]
    assert told(0, 3) == [f"3 of the entries of baseline.json are fixed; {prune}"]
