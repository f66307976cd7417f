"""A set of offsets made of spans equals the set of all their offsets."""

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.checks._cover import Cover, regions
from vaultlint.note.parse import parse_note
from vaultlint.text import Span

spans = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 30), st.integers(0, 8))


@given(st.lists(spans, max_size=12))
def test_it_holds_what_its_spans_hold(some: list[Span]) -> None:
    cover = Cover(some)
    held = {offset for span in some for offset in range(*span)}
    assert {offset for offset in range(-2, 45) if offset in cover} == held


def test_the_regions_of_a_note() -> None:
    note = parse_note("a.md", b"x `y` z\n\n```\nw\n```\n")
    code = regions(note, frozenset({"code"}))
    assert [char for at, char in enumerate(note.text) if at in code] == list("`y`")
