"""Fixes that come back undone, and the budget."""

from vaultlint.watch.rivals import MOST, MOST_IN_ALL, REMEMBERED, SPAN, Rivals


def test_a_text_that_was_replaced_is_recognized():
    rivals = Rivals()
    rivals.wrote("a.md", "old", 0)
    assert not rivals.seen("a.md", "new")
    assert not rivals.seen("b.md", "old")
    assert not rivals.is_left_alone("a.md")
    assert rivals.seen("a.md", "old")
    assert rivals.is_left_alone("a.md")
    assert not rivals.is_left_alone("b.md")


def test_only_the_last_texts_are_remembered():
    rivals = Rivals()
    for number in range(REMEMBERED + 1):
        rivals.wrote("a.md", str(number), 0)
    assert not rivals.seen("a.md", "0")
    assert rivals.seen("a.md", "1")


def test_a_note_is_written_a_few_times_only_within_a_span():
    rivals = Rivals()
    for number in range(MOST):
        assert rivals.over_budget(["a.md"], number) == ""
        rivals.wrote("a.md", str(number), number)
    assert "times within" in rivals.over_budget(["a.md", "b.md"], MOST)
    assert rivals.over_budget(["b.md"], MOST) == ""
    assert rivals.over_budget(["a.md"], SPAN + MOST) == ""


def test_all_notes_together_have_a_budget_too():
    rivals = Rivals()
    for number in range(MOST_IN_ALL):
        rivals.wrote(f"{number}.md", "", number)
    assert "within the hour" in rivals.over_budget(["new.md"], 300)
    assert rivals.over_budget(["new.md"], 3600) == ""
