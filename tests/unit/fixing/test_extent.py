"""A fix of a large part of a note waits for a person's word."""

import pytest

from tests.unit.fixing.offers import Offer, open_session, plan_with, proposal
from vaultlint.engine.session import Session
from vaultlint.fixing.extent import LARGE_TEXT, without_large
from vaultlint.fixing.plan import plan_one
from vaultlint.fixing.proposals import Proposal

LONG = b"word " * 200
BROKEN = b"[[gone]]\n"


def rewriting_much(count: int, *files: str) -> Offer:
    """Return the offer of a rule to rewrite so many characters at the start of ``files``."""
    done: list[str] = []

    def offer(session: Session) -> list[Proposal]:
        if done:
            return []
        done.extend(files)
        finding = session.diagnostics()[0]
        edits = [(file, 0, count, "x" * count) for file in files]
        return [proposal(session, "some-rule", *edits, finding=finding)]

    return offer


@pytest.mark.parametrize(("count", "held"), [(LARGE_TEXT, False), (202, True), (900, True)])
def test_a_large_part_is_held_back(monkeypatch: pytest.MonkeyPatch, count: int, held: bool) -> None:
    session = open_session({"a.md": BROKEN + LONG}, "broken-link")
    plan = plan_with(monkeypatch, session, rewriting_much(count, "a.md"))
    assert set(plan.after) == {"a.md"}
    left = without_large(plan)
    assert set(left.after) == set(left.before) == (set() if held else {"a.md"})
    notices = [(each.code, each.rules, each.file) for each in left.notices]
    assert notices == ([("not-written", ("some-rule",), "a.md")] if held else [])
    assert left.fixed() == ({} if held else {"some-rule": 1})


def test_a_large_note_may_have_more_fixed_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session({"a.md": BROKEN + LONG * 3}, "broken-link")
    plan = plan_with(monkeypatch, session, rewriting_much(500, "a.md"))
    assert without_large(plan) is plan


def test_what_is_written_together_is_held_back_together(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.md": BROKEN + LONG, "b.md": LONG * 9, "c.md": LONG}
    session = open_session(files, "broken-link")
    offer = rewriting_much(300, "a.md", "b.md")
    plan = plan_with(monkeypatch, session, offer, rewriting_much(100, "c.md"))
    assert set(plan.after) == {"a.md", "b.md", "c.md"}
    left = without_large(plan)
    assert set(left.after) == {"c.md"}
    assert left.groups == (("c.md",),)
    assert [each.file for each in left.notices] == ["a.md"]
    assert "30% of its text" in left.notices[0].message


def test_what_a_command_was_told_to_do_is_done() -> None:
    session = open_session({"a.md": LONG})
    plan = plan_one(session, proposal(session, "tags-rename", ("a.md", 0, 900, "x" * 900)))
    assert plan.after
    assert without_large(plan) is plan
