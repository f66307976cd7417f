"""Annotations on GitHub: escaped as the runner requires, capped, and nobody else's commands."""

import re

import pytest
from hypothesis import given

from tests.unit.report.findings import finding, listing, vile_listings, with_complaints
from vaultlint.diagnostics import Advice, Severity
from vaultlint.errors import ConfigError, ConfigErrors, UsageError
from vaultlint.report.github import MOST, annotations, command, failures
from vaultlint.report.listing import Listing
from vaultlint.report.terminal import safe
from vaultlint.text import Position

NOTE = "# Title\n\nSee [[Gone]] now.\n"
COMMAND = re.compile(r"::(error|warning|notice|group|endgroup)(?: ([^:]*))?::(.*)")


def lines_of(listed: Listing) -> list[str]:
    text = "".join(annotations(listed))
    assert text.endswith("\n")
    return text.split("\n")[:-1]


def commands(lines: list[str]) -> list[str]:
    return [found[1] for line in lines if (found := COMMAND.fullmatch(line))]


def many(**counts: int) -> list:
    return [
        finding(NOTE, "[[Gone]]", severity=Severity[label.upper()], file=f"{label}{number}.md")
        for label, count in counts.items()
        for number in range(count)
    ]


def test_an_annotation_names_its_place_in_the_repository() -> None:
    listed = listing([finding(NOTE, "[[Gone]]")], Advice("create it"), prefix="docs/")
    assert lines_of(listed) == [
        "::error title=vaultlint (broken-link),file=docs/note.md,line=3,endLine=3,col=5,endColumn=13::no note is named 'Gone'%0Acreate it",
        "Found 1 error in 1 file, 4 notes checked.",
    ]


def test_columns_of_several_lines_are_left_out() -> None:
    (first, _) = lines_of(listing([finding(NOTE, "Title\n\nSee")]))
    assert "line=1,endLine=3::" in first


@pytest.mark.parametrize(
    ("severity", "kind"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_a_severity_is_a_kind_of_annotation(severity: Severity, kind: str) -> None:
    assert commands(lines_of(listing([finding(NOTE, "now", severity=severity)]))) == [kind]


def test_a_clean_run_says_so() -> None:
    assert lines_of(listing([])) == ["No findings, 4 notes checked."]


def test_data_and_properties_are_escaped_as_the_runner_undoes_it() -> None:
    escaped = command("error", "100% a:b,c\r\n::x", {"file": "a:b,c%0A\n"})
    assert escaped == "::error file=a%3Ab%2Cc%250A%0A::100%25 a:b,c%0D%0A::x\n"


def test_as_many_as_a_step_may_show_and_no_more() -> None:
    lines = lines_of(listing(many(info=MOST, warning=MOST, error=MOST)))
    kinds = commands(lines)
    assert kinds == ["error"] * MOST + ["warning"] * MOST + ["notice"] * MOST


def test_what_goes_beyond_is_in_the_log_and_a_notice_says_so() -> None:
    lines = lines_of(listing(many(info=MOST, warning=3, error=MOST + 2)))
    kinds = commands(lines)
    worst = ["error"] * MOST + ["warning"] * 3 + ["notice"] * (MOST - 1)
    assert kinds == [*worst, "group", "endgroup", "notice"]
    group = lines.index("::group::3 findings without an annotation")
    assert lines[group + 1].startswith("info9.md:3:5  info[broken-link]")
    assert lines[group + 2].startswith("error10.md:3:5  error[broken-link]")
    assert lines[-2].startswith("::notice title=vaultlint::Found 12 errors, 3 warnings, 10 info in")
    assert lines[-2].endswith("22 findings shown here, 3 more in the log of the step")


def test_an_error_that_ends_a_run_is_shown_where_it_is() -> None:
    wrong = ConfigError("no: such\x1b", path="vaultlint.yaml", position=Position(2, 3))
    other = UsageError("what is asked for cannot be done")
    assert list(failures(wrong, "docs/")) == [
        "::error title=vaultlint,file=docs/vaultlint.yaml,line=2,col=3::no: such\\x1b\n"
    ]
    assert list(failures(ConfigErrors((wrong, other)), ""))[1:] == list(failures(other, "docs/"))
    outside = ConfigError("no", path="/etc/other.yaml")
    assert list(failures(outside, "docs/")) == ["::error title=vaultlint::no\n"]


def test_complaints_about_the_baseline_are_errors() -> None:
    one, other, *_ = lines_of(with_complaints(listing([], prefix="docs/"), "x\n\x1b::"))
    place = "::error title=vaultlint,file=docs/vaultlint-baseline.json::"
    assert one == f"{place}the baseline has grown: x\\x0a\\x1b:: from 3 to 4"
    assert other.startswith(f"{place}the baseline holds what is fixed")


def undone(text: str) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


@given(vile_listings(prefix="docs/"))
def test_only_we_give_commands(listed: Listing) -> None:
    lines = lines_of(listed)
    for line in lines:
        assert safe(line) == line
        assert "##[" not in line
        if line.lstrip().startswith("::"):
            found = COMMAND.fullmatch(line)
            assert found is not None
            pairs = [pair.partition("=") for pair in (found[2] or "").split(",")]
            keys = [key for key, _, _ in pairs if key]
            assert set(keys) <= {"title", "file", "line", "endLine", "col", "endColumn"}
            assert len(keys) == len(set(keys))
            values = {key: undone(value) for key, _, value in pairs}
            assert values["file"].startswith("docs/")
    assert len(commands(lines)) == len(listed.found)
