"""Where folders and notes lie on the map."""

from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.report.html.layout import WIDTH, Circle, lay_out

folders = st.lists(st.lists(st.integers(0, 60), max_size=30), max_size=14)


def apart(one: Circle, other: Circle) -> float:
    return hypot(one.x - other.x, one.y - other.y)


@given(folders, st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), st.integers(1, 99))))
def test_circles_do_not_overlap_and_hold_their_dots(
    vault: list[list[int]], ties: list[tuple[int, int, int]]
) -> None:
    links = {(a, b): n for a, b, n in ties if a < len(vault) and b < len(vault)}
    made = lay_out(vault, links)
    assert made == lay_out(vault, links)
    assert made.width == WIDTH
    assert 300 <= made.height <= 920.1
    for one, other in combinations(made.folders, 2):
        assert apart(one, other) >= one.r + other.r - 0.5
    for circle, dots, notes in zip(made.folders, made.dots, vault, strict=True):
        assert len(dots) == len(notes)
        assert circle.r <= circle.x <= made.width - circle.r + 0.2
        assert circle.r <= circle.y <= made.height - circle.r + 0.2
        assert all(apart(circle, dot) + dot.r <= circle.r + 0.3 for dot in dots)


def test_hubs_are_larger_and_in_the_middle() -> None:
    made = lay_out([[0, 9, 0, 1, 0, 0]], {})
    (circle,), (dots,) = made.folders, made.dots
    away = [apart(circle, dot) for dot in dots]
    assert dots[1].r > dots[3].r > dots[0].r
    assert away[1] == min(away)


def test_linked_folders_lie_closer() -> None:
    vault = [[0] * 40, *([[0] * 10] * 9)]
    near = lay_out(vault, {(8, 9): 50}).folders
    far = lay_out(vault, {}).folders
    assert apart(near[8], near[9]) / near[0].r < apart(far[8], far[9]) / far[0].r
