"""What a person reads in the log of a watcher."""

import re

import pytest

from tests.unit.watch.stage import Stage
from tests.unit.watch.test_as_json import EXAMPLES, no_advice
from vaultlint.cli.watch_view import MOST_LINES, Log
from vaultlint.report.terminal import Paint
from vaultlint.report.text import TextStyle
from vaultlint.watch import events

STYLE = TextStyle(Paint(color=False), brief=True)
CURRENT = events.Current(1, 0.0, 2, {"error": 1, "warning": 0, "info": 0})


def lines(log, *told):
    text = "".join(map(log, told))
    return [re.sub(r"^\d\d:\d\d:\d\d  ", "", line) for line in text.splitlines()]


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_every_event_is_printable(event):
    text = Log(STYLE, no_advice)(event)
    assert all(char.isprintable() or char == "\n" for char in text)


def test_the_findings_of_the_start_are_counted_the_later_ones_listed(tmp_path):
    stage = Stage(tmp_path, {})
    told = stage.change("a.md", "[[x]]\n")
    log = Log(STYLE, no_advice)
    assert lines(log, *told) == ["1 notes checked: 1 error"]
    assert lines(log, *told) == ['a.md:1:3  error[broken-link]  no note or file is named "x"']
    told = stage.change("a.md", "\n")
    assert lines(log, *told) == ["a.md  clean", "1 notes checked: no findings"]


def test_of_very_many_only_the_files_are_counted():
    log = Log(STYLE, no_advice)
    log(CURRENT)
    found = [events.Findings(f"{number}.md", ()) for number in range(MOST_LINES + 1)]
    assert lines(log, *found, CURRENT) == [
        f"the findings of {MOST_LINES + 1} files are others now; 'vaultlint check' lists them"
    ]


def test_sentences_name_what_can_be_done():
    log = Log(STYLE, no_advice)
    fixed = events.Fixed("a.md", ("unquoted-link",), "run-1")
    assert lines(log, fixed) == ["fixed a.md [unquoted-link]; 'vaultlint undo run-1' takes it back"]
    left = events.LeftAlone("a.md", (), "it is open", "Prettier")
    assert lines(log, left) == ["left alone a.md: it is open (perhaps by Prettier)"]


def test_a_dry_run_shows_the_change():
    diff = "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-\x1b[[b]]\r\n+\x1b[[c]]\r\n"
    assert lines(Log(STYLE, no_advice), events.WouldFix("a.md", ("one",), diff)) == [
        "would fix a.md [one]",
        "--- a/a.md",
        "+++ b/a.md",
        "@@ -1 +1 @@",
        "-\\x1b[[b]]",
        "+\\x1b[[c]]",
    ]


def test_what_a_person_has_to_choose_is_asked():
    choices = ("x/b.md", "c.md")
    asked = events.MoveProposed({"b.md": "x/b.md"}, ("a.md",), "several files may be it", choices)
    (line,) = lines(Log(STYLE, no_advice), asked)
    assert line.startswith("b.md to x/b.md or c.md: links in 1 note lead nowhere now (several")
    assert line.endswith("; 'vaultlint mv --pending' lets you choose")
