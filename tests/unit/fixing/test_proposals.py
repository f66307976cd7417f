"""Which fixes are taken, and in which order."""

import random

import pytest

from tests.unit.fixing.offers import open_session, proposal
from vaultlint.diagnostics import Safety
from vaultlint.fixing.proposals import fitting, proposals

SESSION = open_session({"a.md": b"0123456789", "b.md": b"0123456789"})


def fix(rule: str, *edits: tuple[str, int, int, str], safety: Safety = Safety.SAFE):
    return proposal(SESSION, rule, *edits, safety=safety)


def test_one_that_touches_another_waits_whole() -> None:
    first = fix("one", ("a.md", 0, 3, "x"))
    both = fix("two", ("a.md", 2, 4, "x"), ("b.md", 0, 1, "x"))
    other = fix("three", ("b.md", 0, 1, "y"))
    assert fitting([other, both, first]) == [first, other]


@pytest.mark.parametrize("span", [(3, 4), (3, 3), (0, 0), (1, 2), (2, 5)])
def test_neighbors_touch(span: tuple[int, int]) -> None:
    first = fix("one", ("a.md", 0, 3, "x"))
    assert len(fitting([first, fix("two", ("a.md", *span, "y"))])) == 1


def test_apart_in_one_note_or_at_one_place_of_two() -> None:
    fixes = [
        fix("one", ("a.md", 0, 1, "x")),
        fix("two", ("a.md", 2, 2, "x")),
        fix("three", ("a.md", 4, 6, "x"), ("a.md", 8, 9, "x")),
        fix("four", ("b.md", 0, 1, "x")),
    ]
    assert fitting(fixes) == fixes


def test_the_order_offered_does_not_matter_and_the_safe_come_first() -> None:
    fixes = [
        fix("b", ("a.md", 0, 2, "x"), safety=Safety.UNSAFE),
        fix("c", ("a.md", 1, 3, "x")),
        fix("a", ("a.md", 2, 3, "x")),
        fix("a", ("b.md", 2, 3, "x"), safety=Safety.UNSAFE),
    ]
    expected = [fixes[1], fixes[3]]
    for seed in range(10):
        random.Random(seed).shuffle(fixes)
        assert fitting(fixes) == expected


def offered(files: dict[str, bytes], least: Safety, *only: str) -> list[tuple[str, Safety]]:
    session = open_session(files, "malformed-link", "broken-link", "ambiguous-link")
    covers = (lambda file: file in only) if only else (lambda _: True)
    return [(each.rule, each.fix.safety) for each in proposals(session, least, covers)]


def test_safety_and_place_decide_what_is_offered() -> None:
    files = {
        "a.md": b"[x]( https://a.example ) [[sub/deep]]",
        "b.md": b"[x]( https://a.example )",
        "other/deep.md": b"",
    }
    safe, unsafe = ("malformed-link", Safety.SAFE), ("broken-link", Safety.UNSAFE)
    assert {*offered(files, Safety.SAFE)} == {safe}
    assert {*offered(files, Safety.UNSAFE)} == {safe, unsafe}
    assert len(offered(files, Safety.SAFE)) == 2 * len(offered(files, Safety.SAFE, "b.md"))
