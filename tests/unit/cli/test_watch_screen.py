"""The screen of a watcher."""

import re

import pytest

from tests.unit.watch.stage import Stage, of
from tests.unit.watch.test_as_json import EXAMPLES
from vaultlint.cli.watch_screen import LiveScreen, Screen
from vaultlint.report.terminal import Paint
from vaultlint.report.text import TextStyle
from vaultlint.watch import events

STYLE = TextStyle(Paint(color=False), brief=True)
STARTED = events.Started("/notes", 1, "events", "on")
CURRENT = events.Current(1, 0.0, 1234, {"error": 1, "warning": 0, "info": 0})


def shown(*told, height=20):
    screen = Screen(STYLE)
    for event in told:
        screen.take(event)
    return [re.sub(r"\d\d:\d\d:\d\d", "12:00:00", line) for line in screen.lines(height)]


def findings(tmp_path, **texts):
    stage = Stage(tmp_path, {})
    told = []
    for name, text in texts.items():
        told += of(events.Findings, stage.change(f"{name}.md", text))
    return told


def test_the_screen_says_what_is_open_what_was_fixed_and_how_fresh_that_is(tmp_path):
    found = findings(tmp_path, a="[[x]]\n", b="[[y]] [[z]]\n")
    fixed = events.Fixed("c.md", ("unquoted-link",), "run-1")
    assert shown(STARTED, *found, CURRENT, events.Settling(("b.md",)), fixed) == [
        "watching /notes; settled notes are fixed",
        "1,234 notes: 1 error; current as of 12:00:00",
        "",
        'b.md:1:3  error[broken-link]  no note or file is named "y"',
        'b.md:1:9  error[broken-link]  no note or file is named "z"',
        'a.md:1:3  error[broken-link]  no note or file is named "x"',
        "",
        "to be fixed when settled: b.md",
        "",
        "12:00:00  fixed c.md [unquoted-link]; 'vaultlint undo run-1' takes it back",
    ]


def test_a_file_that_is_clean_leaves_the_screen(tmp_path):
    found = findings(tmp_path, a="[[x]]\n")
    lines = shown(STARTED, *found, CURRENT, events.Findings("a.md", ()))
    assert not any("a.md" in line for line in lines)


@pytest.mark.parametrize("height", range(1, 12))
def test_it_fits_on_the_terminal(tmp_path, height):
    found = findings(tmp_path, a="[[x]] " * 30)
    lines = shown(STARTED, *found, CURRENT, events.Resumed(), height=height)
    assert len(lines) <= height
    if height > 6:
        assert any("more; 'vaultlint check' lists them" in line for line in lines)


def test_nothing_raw_reaches_the_terminal():
    for line in shown(*EXAMPLES, height=100):
        assert line.isprintable()


def test_it_is_drawn_and_ends(capsys):
    live = LiveScreen(STYLE)
    for event in (STARTED, CURRENT, events.Stopped("interrupted")):
        assert live(event) == ""
    printed = capsys.readouterr().out
    assert "watching /notes" in printed
    assert "stopped: interrupted" in printed


def test_thousands_of_findings_are_taken_in_in_linear_time():
    screen = Screen(STYLE)
    finding = events.Findings("a.md", ())
    for number in range(100_000):
        screen.take(finding._replace(file=f"{number}.md", diagnostics=("one",)))
    for number in range(100_000):
        screen.take(finding._replace(file=f"{number}.md"))
    assert screen.lines(10)[2:] == [""]
