"""A fix that would do harm is refused, and only that one."""

import pytest

from tests.unit.fixing.offers import open_session, plan_with, proposal, rewriting
from vaultlint.check import FAMILIES
from vaultlint.diagnostics import Edit
from vaultlint.fixing.forecast import Backward
from vaultlint.fixing.plan import Plan
from vaultlint.text import Span, apply_edits


def refusals(plan: Plan) -> list[tuple[tuple[str, ...], str]]:
    return [(each.rules, each.message) for each in plan.notices if each.code == "fix-refused"]


def test_a_change_that_is_not_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": b"one #two three"})
    plan = plan_with(
        monkeypatch,
        session,
        lambda s: [proposal(s, "bad", ("a.md", 4, 8, "#2"), changes=frozenset({"text"}))],
        rewriting("good", "a.md", "three", "3"),
    )
    assert plan.after == {"a.md": b"one #two 3"}
    assert refusals(plan) == [(("bad",), "it would change tags")]


def test_a_refused_fix_is_judged_again_when_the_vault_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = open_session({"a.md": b"zero", "b.md": b"two"}, "broken-anchor")
    plan = plan_with(
        monkeypatch,
        session,
        rewriting("early", "b.md", "two", "[[a#Part]]"),
        rewriting("first", "a.md", "zero", "ready"),
        rewriting("then", "a.md", "ready", "# Part"),
    )
    assert plan.after == {"a.md": b"# Part", "b.md": b"[[a#Part]]"}
    assert plan.notices == ()


def test_what_another_rule_may_do_is_no_excuse(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": b"one #two three"})

    def offers(s):
        if b"three" not in s.read("a.md"):
            return []
        return [
            proposal(s, "text", ("a.md", 4, 8, "#2"), changes=frozenset({"text"})),
            proposal(s, "tags", ("a.md", 9, 14, "#3"), changes=frozenset({"tags"})),
        ]

    plan = plan_with(monkeypatch, session, offers)
    assert plan.after == {}
    assert {rules for rules, _ in refusals(plan)} == {("text",), ("tags",)}


def test_a_new_error_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.md": b"# Old\n\n#x y", "b.md": b"---\nup: '[[a#Old]]'\n---\n"}
    session = open_session(files, "broken-anchor")
    plan = plan_with(monkeypatch, session, rewriting("rename", "a.md", "Old", "New"))
    assert plan.after == {}
    [(rules, message)] = refusals(plan)
    assert rules == ("rename",)
    assert "b.md" in message


def test_new_errors_are_found_among_many_fixes(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"n{number}.md": b"one two" for number in range(20)}
    session = open_session(files, "broken-link")
    new = {"n3.md": "[[gone]]", "n11.md": "[[lost]]"}
    offers = [rewriting(f"r-{file}", file, "two", new.get(file, "2")) for file in files]
    plan = plan_with(monkeypatch, session, *offers)
    assert len(plan.after) == 18
    assert {*refusals(plan)} == {
        (("r-n3.md",), 'it would cause an error (broken-link: no note or file is named "gone")'),
        (("r-n11.md",), 'it would cause an error (broken-link: no note or file is named "lost")'),
    }


def test_an_error_that_was_there_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": b"[[gone]] two [[lost|x y]]"}, "broken-link")
    plan = plan_with(monkeypatch, session, rewriting("text", "a.md", "two", "2"))
    assert plan.after == {"a.md": b"[[gone]] 2 [[lost|x y]]"}
    session = open_session({"a.md": b"[[gone]]"}, "broken-link")
    plan = plan_with(monkeypatch, session, rewriting("link", "a.md", "gone", "went"))
    assert plan.after == {"a.md": b"[[went]]"}, "the same error in other words"


def test_a_fix_that_leaves_its_own_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": b"[[gone]]"}, "broken-link")
    [finding] = session.diagnostics()

    def offers(s):
        if b"gone" not in s.read("a.md"):
            return []
        return [proposal(s, "broken-link", ("a.md", 2, 6, "went"), finding=finding)]

    plan = plan_with(monkeypatch, session, offers)
    assert plan.after == {}
    assert len(refusals(plan)) == 1


def test_a_config_that_would_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"vaultlint.yaml": b"rules: {broken-link: off}\n", "a.md": b""})
    plan = plan_with(
        monkeypatch, session, rewriting("config", "vaultlint.yaml", "{broken-link: off}", "[")
    )
    assert plan.after == {}
    assert "would not load" in refusals(plan)[0][1]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (("a.md", 0, 3, "one"), "it changes nothing"),
        (("a.md", 0, 99, "x"), "leaves the text"),
        (("c.png", 0, 0, "x"), "no note"),
    ],
)
def test_edits_that_make_no_sense(
    monkeypatch: pytest.MonkeyPatch, edit: tuple[str, int, int, str], reason: str
) -> None:
    session = open_session({"a.md": b"one", "c.png": b"png"})
    plan = plan_with(monkeypatch, session, lambda s: [based(s, edit)])
    assert plan.after == {}
    assert reason in refusals(plan)[0][1]


def based(session, edit):
    from vaultlint.fixing.texts import digest

    made = proposal(session, "odd", edit, changes=FAMILIES)
    base = {edit[0]: digest(session.read(edit[0]))}
    return made._replace(fix=made.fix._replace(base=base))


def test_places_are_found_again_behind_edits() -> None:
    edits = [Edit("a", Span(2, 4), "xyz"), Edit("a", Span(6, 6), "--"), Edit("a", Span(8, 9), "")]
    text = "0123456789"
    after = apply_edits(text, [(edit.span, edit.text) for edit in edits])
    assert after == "01xyz45--679"
    back = Backward(edits)
    for kept in "0145679":
        assert back.span(Span(after.index(kept), len(after))).start == text.index(kept)
    assert back.span(Span(2, 5)) == Span(2, 4)
    assert back.span(Span(3, 4)) == Span(2, 4)
    assert back.span(Span(0, len(after))) == Span(0, 10)
