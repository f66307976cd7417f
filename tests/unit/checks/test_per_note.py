"""An answer about a note is made once, and anew for another note."""

from tests.vault_of import note
from vaultlint.checks._per_note import per_note


def test_an_answer_is_made_once_for_a_note_and_anew_for_another():
    made = []

    @per_note
    def name(one):
        made.append(one.id)
        return one.id.upper()

    first, other = note("a.md"), note("b.md")
    assert [name(each) for each in (first, first, other, other, first)] == [
        "A.MD", "A.MD", "B.MD", "B.MD", "A.MD",
    ]  # fmt: skip
    assert made == ["a.md", "b.md", "a.md"]


def test_an_equal_note_is_another():
    made = []
    count = per_note(lambda one: made.append(one) or len(made))
    assert [count(note("a.md")), count(note("a.md"))] == [1, 2]
