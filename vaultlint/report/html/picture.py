"""The picture of a vault's links: the map of its folders and notes as SVG path data.

Invariant: up to some links each is a line; beyond, only the sums between folders are drawn, and
those of a note when a reader points at it. So the picture never becomes a tangle.

Tests: tests/unit/report/html/test_picture.py
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import hypot, sqrt

from vaultlint.report.html.layout import Circle, lay_out
from vaultlint.report.html.model import Counts, Map
from vaultlint.view.link_graph import LinkGraph, between, hubs

MOST_LINES = 1200
"""So many links are all drawn."""

_MOST_TIES = 80
_WIDEST_TIE = 8
_LEAST_TIE = 0.06  # of the heaviest: what is lighter is only listed
_MOST_HUBS = 24
_MOST_PAIRS = 15
_BEND = 0.12  # how far a line leaves the straight one, in parts of its length


def picture(
    graph: LinkGraph, folders: Mapping[str, Sequence[str]], files: Mapping[str, Counts]
) -> Map:
    """Return the map of ``graph``; ``files`` holds the counts of each note with findings."""
    places = {note: place for place, note in enumerate(graph.notes)}
    linked = hubs(graph)
    names = list(folders)
    ties = between(graph, folders)
    layout = lay_out(
        [[linked[places[note]] for note in notes] for notes in folders.values()],
        {(names.index(a), names.index(b)): n for (a, b), n in ties.items()},
    )
    dots = [Circle(0, 0, 0)] * len(graph.notes)
    for notes, held in zip(folders.values(), layout.dots, strict=True):
        for note, dot in zip(notes, held, strict=True):
            dots[places[note]] = dot
    order = sorted(range(len(dots)), key=lambda place: (-linked[place], place))
    single = len(graph.links) <= MOST_LINES
    circles = dict(zip(names, layout.folders, strict=True))
    apart = sorted((-n, a, b) for (a, b), n in ties.items() if a != b)
    return Map(
        layout=layout,
        dots=_dots(dots, [files.get(note, Counts()).worst for note in graph.notes]),
        single=single,
        links="".join(_line(dots[a], dots[b]) for a, b in graph.links) if single else "",
        ties=() if single else _ties(ties, circles),
        hubs=tuple(place for place in order[:_MOST_HUBS] if linked[place] > 1),
        pairs=tuple((a, b, -n) for n, a, b in apart[:_MOST_PAIRS]),
        data={
            "x": [dot.x for dot in dots],
            "y": [dot.y for dot in dots],
            "r": [dot.r for dot in dots],
            "links": [place for link in graph.links for place in link],
        },
    )


def _dots(dots: Sequence[Circle], worst: Sequence[str]) -> tuple[tuple[str, float, str], ...]:
    """Return one path for all dots of a kind: points without length, as wide as the dot."""
    paths: defaultdict[tuple[str, float], list[str]] = defaultdict(list)
    for dot, severity in zip(dots, worst, strict=True):
        paths[severity, round(2 * dot.r, 1)].append(f"M{dot.x:g} {dot.y:g}h0")
    order = ("clean", "info", "warning", "error")
    kinds = sorted(paths, key=lambda kind: (order.index(kind[0]), kind[1]))
    return tuple((severity, width, "".join(paths[severity, width])) for severity, width in kinds)


def _line(one: Circle, other: Circle) -> str:
    """Return a slightly bent line, so that links there and back do not cover each other."""
    x = (one.x + other.x) / 2 + (other.y - one.y) * _BEND
    y = (one.y + other.y) / 2 - (other.x - one.x) * _BEND
    return f"M{one.x:g} {one.y:g}Q{x:.1f} {y:.1f} {other.x:g} {other.y:g}"


def _ties(
    ties: Mapping[tuple[str, str], int], circles: Mapping[str, Circle]
) -> tuple[tuple[str, float], ...]:
    """Return a line between each two linked folders, from rim to rim, the heaviest last."""
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (a, b), count in ties.items():
        if a != b:
            sums[min(a, b), max(a, b)] += count
    heaviest = sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:_MOST_TIES]
    most = heaviest[0][1] if heaviest else 1
    return tuple(
        (
            _line(*_rims(circles[a], circles[b])),
            round(max(_WIDEST_TIE * sqrt(count / most), 0.6), 1),
        )
        for (a, b), count in reversed(heaviest)
        if count >= _LEAST_TIE * most
    )


def _rims(one: Circle, other: Circle) -> tuple[Circle, Circle]:
    x, y = other.x - one.x, other.y - one.y
    length = hypot(x, y) or 1.0
    x, y = x / length, y / length
    return (
        Circle(round(one.x + x * one.r, 1), round(one.y + y * one.r, 1), 0),
        Circle(round(other.x - x * other.r, 1), round(other.y - y * other.r, 1), 0),
    )
