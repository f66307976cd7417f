"""Fixes to a fixed point, and what happens when there is none."""

import pytest

from tests.memory_source import MemorySource
from tests.unit.fixing.offers import open_session, plan_with, proposal, rewriting
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Safety
from vaultlint.engine.session import Session
from vaultlint.fixing.plan import plan_fixes, plan_one

SPACED = b"[x]( https://a.example ) and [y]( https://b.example )\n"
RIGHT = b"[x](https://a.example) and [y](https://b.example)\n"


def test_everything_is_fixed_and_the_session_ends_as_it_began() -> None:
    session = open_session({"a.md": SPACED, "b.md": b"fine", "c.md": SPACED}, "malformed-link")
    before = session.diagnostics()
    plan = plan_fixes(session, Safety.SAFE)
    assert plan.before == {"a.md": SPACED, "c.md": SPACED}
    assert plan.after == {"a.md": RIGHT, "c.md": RIGHT}
    assert plan.groups == (("a.md",), ("c.md",))
    assert plan.rules("a.md") == ("malformed-link",)
    assert plan.fixed() == {"malformed-link": 8}
    assert plan.fixed(without=["c.md"]) == {"malformed-link": 4}
    assert plan.notices == ()
    assert session.diagnostics() == before
    assert session.read("a.md") == SPACED


def test_fixing_what_is_fixed_changes_nothing() -> None:
    session = open_session({"a.md": RIGHT}, "malformed-link")
    plan = plan_fixes(session, Safety.UNSAFE)
    assert (plan.after, plan.groups, plan.taken) == ({}, (), ())


def test_only_what_is_covered_is_fixed() -> None:
    session = open_session({"a.md": SPACED, "c.md": SPACED}, "malformed-link")
    plan = plan_fixes(session, Safety.SAFE, lambda file: file == "c.md")
    assert [*plan.after] == ["c.md"]


def test_bom_and_line_ends_stay() -> None:
    data = b"\xef\xbb\xbf---\r\na: b\r\n---\r\n" + SPACED.replace(b"\n", b"\r\n") + b"\r\rend"
    session = open_session({"a.md": data}, "malformed-link")
    after = plan_fixes(session, Safety.SAFE).after["a.md"]
    assert after == data.replace(b"( ", b"(").replace(b" )", b")")


def test_what_touches_comes_in_a_later_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": b"ab"})
    plan = plan_with(
        monkeypatch,
        session,
        rewriting("one", "a.md", "a", "x"),
        rewriting("two", "a.md", "b", "y"),
        rewriting("three", "a.md", "xy", "done"),
    )
    assert plan.after == {"a.md": b"done"}
    assert plan.fixed() == {"one": 1, "two": 1, "three": 1}


def test_rules_that_undo_each_other_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": b"a", "b.md": b"a"})
    plan = plan_with(
        monkeypatch,
        session,
        rewriting("one", "a.md", "a", "b"),
        rewriting("two", "a.md", "b", "c"),
        rewriting("three", "a.md", "c", "b"),
        rewriting("other", "b.md", "a", "b"),
    )
    assert plan.after == {"b.md": b"b"}
    assert plan.fixed() == {"other": 1}
    [notice] = plan.notices
    assert (notice.code, notice.file) == ("fix-cycle", "a.md")
    assert notice.rules == ("one", "three", "two")
    assert session.read("a.md") == b"a"


def test_a_note_that_never_comes_to_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": b"a", "b.md": b"a"})
    plan = plan_with(
        monkeypatch,
        session,
        rewriting("grow", "a.md", "a", "ba"),
        rewriting("other", "b.md", "a", "b"),
    )
    assert plan.after == {"b.md": b"b"}
    [notice] = plan.notices
    assert (notice.code, notice.rules) == ("fix-unfinished", ("grow",))


def test_notes_that_share_a_fix_are_one_group_and_go_back_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def both(s: Session):
        if s.read("b.md") != b"a":
            return []
        return [proposal(s, "both", ("a.md", 0, 1, "b"), ("b.md", 0, 1, "b"))]

    files = {"a.md": b"a", "b.md": b"a", "c.md": b"a"}
    alone = rewriting("alone", "c.md", "a", "b")
    plan = plan_with(monkeypatch, open_session(files), both, alone)
    assert plan.groups == (("a.md", "b.md"), ("c.md",))
    cycle = rewriting("back", "a.md", "b", "a")
    plan = plan_with(monkeypatch, open_session(files), both, alone, cycle)
    assert plan.after == {"c.md": b"b"}
    assert plan.groups == (("c.md",),)
    assert plan.fixed() == {"alone": 1}


def test_a_fix_made_from_other_bytes_is_not_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    source = MemorySource({"a.md": SPACED, "b.md": SPACED})
    session = Session(source, ConfigRequest(select=("malformed-link",)), jobs=1)
    session.apply()
    source.files["a.md"] = b"saved meanwhile " + SPACED
    plan = plan_fixes(session, Safety.SAFE)
    assert [*plan.after] == ["b.md"]
    assert [(notice.code, notice.file) for notice in plan.notices] == [("not-fixable", "a.md")]


def test_a_fix_must_say_what_it_was_made_from(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": b"a"})

    def baseless(s: Session):
        made = proposal(s, "bad", ("a.md", 0, 1, "b"))
        return [made._replace(fix=made.fix._replace(base={}))]

    plan = plan_with(monkeypatch, session, baseless)
    assert (plan.after, plan.notices[0].code) == ({}, "fix-refused")


@pytest.mark.parametrize(
    ("name", "data", "beside", "reason"),
    [
        ("a.md", SPACED + b"\xff", "z.md", "not valid UTF-8"),
        ("a.md", SPACED + b"\0", "z.md", "NUL"),
        ("a.md", SPACED, "a.sync-conflict-20240101-101010-ABCDEFG.md", "has a conflict copy"),
        ("a.sync-conflict-20240101-101010-ABCDEFG.md", SPACED, "z.md", "is a conflict copy"),
    ],
)
def test_files_that_are_left_alone(name: str, data: bytes, beside: str, reason: str) -> None:
    session = open_session({name: data, beside: b""}, "malformed-link")
    plan = plan_fixes(session, Safety.UNSAFE)
    assert plan.after == {}
    [notice] = plan.notices
    assert (notice.code, notice.file) == ("not-fixable", name)
    assert reason in notice.message


def test_one_fix_of_a_command() -> None:
    session = open_session({"a.md": b"a", "b.md": b"a"})
    fix = proposal(session, "both", ("a.md", 0, 1, "b"), ("b.md", 0, 1, "b"))
    assert plan_one(session, fix).groups == (("a.md", "b.md"),)
    refused = plan_one(session, fix._replace(changes=frozenset()))
    assert (refused.after, refused.notices[0].code) == ({}, "not-done")
