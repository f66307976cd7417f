"""What the options say: which format goes to stdout, which into which file."""

from pathlib import Path

import pytest

from vaultlint.cli.report_options import Reporting, Target
from vaultlint.diagnostics import Severity
from vaultlint.errors import UsageError


@pytest.mark.parametrize(
    ("reporting", "advises"),
    [
        (Reporting(), True),
        (Reporting(quiet=True), False),
        (Reporting(statistics=True), False),
        (Reporting(max_findings=5), False),
        (Reporting("json", quiet=True), True),
        (Reporting("gitlab"), False),
        (Reporting("gitlab", ("sarif:r",)), True),
        (Reporting("markdown", ("text:t",), quiet=True), False),
    ],
)
def test_advice_about_every_finding_is_wanted_where_it_is_written(
    reporting: Reporting, advises: bool
) -> None:
    assert reporting.advises == advises


@pytest.mark.parametrize(
    ("format_", "output", "printed", "targets"),
    [
        (None, (), "text", []),
        ("sarif", (), "sarif", []),
        ("sarif", ("r.txt",), None, [("sarif", "r.txt")]),
        (None, ("r.sarif",), None, [("sarif", "r.sarif")]),
        (None, ("r.XML",), None, [("junit", "r.XML")]),
        (None, ("r",), None, [("text", "r")]),
        (None, ("sarif:r.json",), "text", [("sarif", "r.json")]),
        ("github", ("sarif:r", "junit:j.xml"), "github", [("sarif", "r"), ("junit", "j.xml")]),
        ("json", ("r.json", "text:t"), None, [("json", "r.json"), ("text", "t")]),
        (None, ("c:/r.json",), None, [("json", "c:/r.json")]),
        (None, ("./text:r",), None, [("text", "./text:r")]),
        (None, ("gitlab:a:b",), "text", [("gitlab", "a:b")]),
    ],
)
def test_formats_and_files(
    format_: str | None,
    output: tuple[str, ...],
    printed: str | None,
    targets: list[tuple[str, str]],
) -> None:
    reporting = Reporting(format_, output)
    assert reporting.printed == printed
    assert list(reporting.targets) == [Target(name, Path(path)) for name, path in targets]
    assert reporting.is_text == (printed == "text" and not output)


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("srif:r", "did you mean sarif:r?"),
        ("qqqqqq:r", "formats are text, json"),
        ("sarif:", "this names no file"),
        ("", "this names no file"),
    ],
)
def test_a_file_that_cannot_be_meant(output: str, told: str) -> None:
    with pytest.raises(UsageError, match=told.replace("?", r"\?")):
        _ = Reporting(None, (output,)).targets


def test_what_fails_and_how_much_is_listed() -> None:
    assert Reporting(fail_on="warning").least is Severity.WARNING
    assert Reporting(fail_on="never").least is None
    assert Reporting(max_findings=0).printed_limit is None
    assert Reporting(max_findings=3).printed_limit == Reporting(max_findings=3).limit == 3


def test_only_text_on_a_terminal_is_cut_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultlint.cli.report_options.on_terminal", lambda: True)
    assert Reporting().printed_limit == 200
    assert Reporting().limit is None
    assert Reporting("json").printed_limit is None
    assert Reporting(max_findings=0).printed_limit is None
