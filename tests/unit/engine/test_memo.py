"""Rows, and who has to look again when a key changes."""

from vaultlint.engine.memo import Memo, Row
from vaultlint.engine.plan import plan_for

PLAN = plan_for((), frozenset({"note"}), blanket=True)
A, B = ("name", "a.md"), ("name", "b.md")


def row(**keys: set) -> Row:
    return Row(PLAN, {}, {rule: frozenset(each) for rule, each in keys.items()}, ())


def test_the_readers_of_a_key_are_found_and_forgotten() -> None:
    memo = Memo()
    memo.put("x.md", row(r={A, B}, s={A}))
    memo.put("y.md", row(r={B}))
    assert memo.readers([A]) == {"x.md": {"r", "s"}}
    assert memo.readers([B, ("name", "c.md")]) == {"x.md": {"r"}, "y.md": {"r"}}
    memo.put("x.md", row(s={B}))
    memo.remove("y.md")
    memo.remove("never.md")
    assert memo.readers([A]) == {}
    assert memo.readers([A, B]) == {"x.md": {"s"}}


def test_what_is_done_on_trial_is_undone() -> None:
    memo, same = Memo(), Memo()
    for each in (memo, same):
        each.put("x.md", row(r={A}))
        each.put("y.md", row(r={A, B}))
    memo.readers([])
    with memo.rolled_back():
        memo.put("x.md", row(r={B}))
        memo.put("x.md", row(r={B}, s={A}))
        memo.remove("y.md")
        memo.put("new.md", row(r={A}))
        assert memo.readers([A]) == {"x.md": {"s"}, "new.md": {"r"}}
    assert memo == same
    assert memo.readers([A, B]) == same.readers([A, B])
