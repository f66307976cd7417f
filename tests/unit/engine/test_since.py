"""What a change caused: counted by what is flagged, shown where it was added."""

import pytest

from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.engine.since import Caused, known_findings
from vaultlint.source.moments import MovingSource

OWN = "rules: {own: {check: pattern, on: body, pattern: '(?s)one.*four', message: m}}\n"


def caused(before, now, *, lines=None, renamed=None, strictly=False, rule="broken-link"):
    """Return the places (file, line) of what was caused between two vaults."""
    source = MovingSource(MemorySource({name: text.encode() for name, text in before.items()}))
    session = Session(source, ConfigRequest(select=(rule,)), jobs=1)
    session.apply()
    known = known_findings(session, renamed or {})
    source.now = MemorySource({name: text.encode() for name, text in now.items()})
    session.apply()
    found = Caused(known, lambda _: lines or {}).among(session, strictly=strictly)
    return [(each.file, each.start.line) for each in found]


GONE = "[[gone]]\n"


def test_what_was_there_is_known_wherever_it_moved():
    assert caused({"a.md": GONE}, {"a.md": "x\n" * 5 + GONE}) == []
    assert caused({"a.md": GONE}, {"a.md": GONE, "b.md": GONE}) == [("b.md", 1)]


def test_a_target_that_goes_breaks_links_in_notes_that_stay():
    before = {"a.md": "[[b]]\n", "b.md": "b\n", "c.md": GONE}
    now = {"a.md": "[[b]]\n", "c.md": GONE}
    assert caused(before, now) == [("a.md", 1)]
    assert caused(before, now, strictly=True) == []


@pytest.mark.parametrize(
    ("added", "shown"), [((1,), [1]), ((3,), [3]), ((1, 3), [1, 3]), ((), [3])]
)
def test_of_equal_ones_those_on_new_lines_are_shown(added, shown):
    count = max(1, len(added))
    before = {"a.md": GONE * (3 - count)}
    lines = {"a.md": [range(line, line + 1) for line in added]}
    assert caused(before, {"a.md": GONE * 3}, lines=lines) == [("a.md", line) for line in shown]


def test_fewer_than_before_are_none():
    assert caused({"a.md": GONE * 3}, {"a.md": GONE}, lines={"a.md": [range(1, 2)]}) == []


def test_strictly_a_finding_touches_a_new_line():
    text = "[[one]]\n[[two]]\n[[three]]\n"
    lines = {"a.md": [range(2, 3)], "b.md": None}
    now = {"a.md": text, "b.md": GONE, "c.md": GONE}
    assert len(caused({}, now, lines=lines)) == 5
    assert caused({}, now, lines=lines, strictly=True) == [("a.md", 2), ("b.md", 1)]


def test_lines_are_counted_as_git_counts_them():
    now = {"a.md": "one\rtwo\rthree\n[[gone]]\rx\n"}  # four lines to Obsidian, two to git
    assert caused({}, now, lines={"a.md": [range(2, 3)]}, strictly=True) == [("a.md", 4)]
    assert caused({}, now, lines={"a.md": [range(4, 5)]}, strictly=True) == []


@pytest.mark.parametrize(("line", "touched"), [(1, 0), (2, 1), (3, 1), (4, 1), (5, 1), (6, 0)])
def test_a_finding_of_several_lines_touches_each(line, touched):
    before = {"vaultlint.yaml": OWN}
    now = before | {"a.md": "0\none\ntwo\nthree\nfour\nfive\n"}
    lines = {"a.md": [range(line, line + 1)]}
    assert len(caused(before, now, lines=lines, strictly=True, rule="own")) == touched


def test_a_renamed_note_keeps_what_is_known_of_it():
    before = {"a.md": GONE * 2 + "[[lost]]\n", "c.md": GONE}
    now = {"b.md": "[[new]]\n" + GONE * 3, "c.md": GONE}
    lines = {"b.md": [range(1, 2), range(4, 5)]}
    assert caused(before, now, lines=lines, renamed={"b.md": "a.md"}) == [("b.md", 1), ("b.md", 4)]
    assert len(caused(before, now)) == 4


def test_what_stands_anew_at_the_path_of_a_renamed_note_is_new():
    now = {"a.md": GONE, "b.md": GONE}
    assert caused({"a.md": GONE}, now, renamed={"b.md": "a.md"}) == [("a.md", 1)]
