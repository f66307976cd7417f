"""Events as JSON follow their schema, each of them, with whatever names."""

import json
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

from tests.unit.watch.stage import Stage, of
from vaultlint.diagnostics import Advice
from vaultlint.watch import events
from vaultlint.watch.as_json import VERSION, Lines, record

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "schemas/tool/events.schema.json").read_text(encoding="utf-8")
)
ODD = "caf\udce9 \x1b[31m \u202e \n.md"
EXAMPLES = [
    events.Started(ODD, 1, "polling", "elsewhere", "why"),
    events.Findings(ODD, ()),
    events.Current(1, 2.5, 3, {"error": 1, "warning": 0, "info": 0}),
    events.FixesChanged("elsewhere", ODD),
    events.Settling((ODD, "a.md")),
    events.Fixed(ODD, ("one", "two"), "20261122-101112-abcd"),
    events.WouldFix(ODD, (), "--- a\n+++ b\n"),
    events.LeftAlone(ODD, ("one",), "why", "who"),
    events.Followed({ODD: "new.md"}, ("a.md",), "run-1"),
    events.MoveProposed({"old.md": ODD}, (ODD,), "why"),
    events.Waiting(ODD),
    events.Resumed(),
    events.ConfigRejected("vaultlint.yaml:1:1: no\nvaultlint.yaml:2:1: no"),
    events.ConfigLoaded(),
    events.Remark("so"),
    events.Stopped("terminated"),
]


def no_advice(_finding):
    return Advice()


def test_there_is_an_example_of_every_kind():
    assert {type(example) for example in EXAMPLES} == set(get_args(events.Event))


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_an_event_is_one_line_of_ascii_that_follows_the_schema(event):
    text = Lines(no_advice)(event)
    assert text.isascii()
    assert text.endswith("\n")
    assert text.count("\n") == 1
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(text))


def test_the_schema_refuses_what_it_does_not_name():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    found = record(events.Waiting("why"), no_advice)
    assert validator.is_valid(found)
    assert not validator.is_valid({**found, "surprise": 1})
    assert not validator.is_valid({**found, "event": "another"})


def test_real_findings_follow_the_schema(tmp_path):
    stage = Stage(tmp_path, {})
    told = stage.change("a.md", "---\nup: [[a]]\n---\n[[x]]\n")
    (found,) = of(events.Findings, told)
    written = json.loads(Lines(stage.session.advise)(found))
    jsonschema.Draft202012Validator(SCHEMA).validate(written)
    assert [one["rule"] for one in written["findings"]] == ["unquoted-link", "broken-link"]
    assert written["findings"][0]["fix"]["safety"] == "safe"


def test_the_first_event_names_the_version():
    assert record(EXAMPLES[0], no_advice)["version"] == VERSION


def test_advice_takes_so_long_and_no_longer_until_all_is_told(tmp_path):
    stage = Stage(tmp_path, {})
    (found,) = of(events.Findings, stage.change("a.md", "[[x]]\n[[x]]\n[[x]]\n"))
    now = [0.0]

    def advise(_finding):
        now[0] += 1
        return Advice("help")

    lines = Lines(advise, seconds=2, clock=lambda: now[0])
    helps = [one["help"] for one in json.loads(lines(found))["findings"]]
    assert helps == ["help", "help", ""]
    assert now == [2]
    lines(EXAMPLES[2])
    assert json.loads(lines(found))["findings"][0]["help"] == "help"
