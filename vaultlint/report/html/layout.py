"""Where each folder and each note lies on the map of a vault.

Folders are circles that do not overlap, notes are dots in the circle of their folder, those that
many notes link to in its middle. So 5,000 notes stay as readable as 50: what is drawn between
folders is the sum of their links, never a line for each.

Invariant: deterministic, without any chance and without iteration to rest: the same vault gives
the same map. No two circles overlap, no dot leaves its circle.

Tests: tests/unit/report/html/test_layout.py
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import NamedTuple

WIDTH = 1000
"""The width of the map, in its own units."""

_LEAST_HEIGHT, _MOST_HEIGHT = 300, 900
_HEAD = 20  # units above the map for the name of the topmost folder

_GOLDEN = pi * (3 - sqrt(5))
_MARGIN = 0.9  # around the dots of a folder, in widths of a dot
_GAP = 2.2  # between folders
_WIDEST = 1.5  # how many times wider than high the map wants to be
_TOUCHING = 1e-6
_LARGEST = 22.0  # units of the map between two dots, so that a small vault has no dots like plates


class Circle(NamedTuple):
    """A circle in units of the map."""

    x: float
    y: float
    r: float


class Layout(NamedTuple):
    """The map, as wide as ``WIDTH``: its size, a circle for each folder, a dot for each note of each folder."""

    width: float
    height: float
    folders: tuple[Circle, ...]
    dots: tuple[tuple[Circle, ...], ...]


def lay_out(folders: Sequence[Sequence[int]], links: Mapping[tuple[int, int], int]) -> Layout:
    """Return the map of ``folders``: for each of their notes how many notes link to it.

    ``links`` counts the links between folders by their places. Dots are in the order of the notes.
    """
    spread = [_sunflower([_size(count) for count in notes]) for notes in folders]
    radii = [max((hypot(x, y) + r for x, y, r in dots), default=0) + _MARGIN for dots in spread]
    circles = _pack(radii, _both_ways(links))
    left = min((x - r for x, _, r in circles), default=0) - _GAP
    top = min((y - r for _, y, r in circles), default=0) - _GAP
    width = max((x + r for x, _, r in circles), default=0) + _GAP - left
    height = max((y + r for _, y, r in circles), default=0) + _GAP - top
    scale = min(WIDTH / max(width, 1), _MOST_HEIGHT / max(height, 1), _LARGEST)
    whole = max(height * scale, _LEAST_HEIGHT) + _HEAD
    shift_x, shift_y = (WIDTH - width * scale) / 2, (whole + _HEAD - height * scale) / 2

    def placed(circle: Circle, x: float, y: float) -> Circle:
        x = (circle.x + x - left) * scale + shift_x
        y = (circle.y + y - top) * scale + shift_y
        return Circle(round(x, 1), round(y, 1), round(circle.r * scale, 2))

    return Layout(
        WIDTH,
        round(whole, 1),
        tuple(placed(circle, 0, 0) for circle in circles),
        tuple(
            tuple(placed(dot, circle.x, circle.y) for dot in dots)
            for dots, circle in zip(spread, circles, strict=True)
        ),
    )


def _size(inlinks: int) -> float:
    """Return the radius of a dot; a plain one has 0.32 of the distance to its neighbor."""
    return 0.32 if inlinks <= 0 else min(0.32 + 0.085 * sqrt(inlinks), 1.1)


def _sunflower(sizes: Sequence[float]) -> list[Circle]:
    """Return dots of ``sizes`` around the origin, the largest ones inside, in the order given."""
    order = sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))
    found = [Circle(0, 0, 0)] * len(sizes)
    area = 0.0
    for turn, place in enumerate(order):
        room = (2 * sizes[place] + 0.36) ** 2
        distance = sqrt((area + room / 2) / pi) if len(sizes) > 1 else 0.0
        area += room
        angle = turn * _GOLDEN
        found[place] = Circle(distance * cos(angle), distance * sin(angle), sizes[place])
    return found


def _both_ways(links: Mapping[tuple[int, int], int]) -> dict[int, dict[int, int]]:
    weights: dict[int, dict[int, int]] = {}
    for (one, other), count in links.items():
        if one != other:
            for a, b in ((one, other), (other, one)):
                towards = weights.setdefault(a, {})
                towards[b] = towards.get(b, 0) + count
    return weights


def _pack(radii: Sequence[float], weights: Mapping[int, Mapping[int, int]]) -> list[Circle]:
    """Return circles of ``radii`` that do not overlap: large ones inside, linked ones close.

    Each circle is laid against two that lie already, where that costs least.
    """
    found: dict[int, Circle] = {}
    for place in sorted(range(len(radii)), key=lambda place: (-radii[place], place)):
        r = radii[place] + _GAP / 2
        pulls = [(found[other], n) for other, n in weights.get(place, {}).items() if other in found]
        spots = [spot for spot in _spots(list(found.values()), r) if _free(spot, found.values())]
        found[place] = min(
            spots, key=lambda spot: (_cost(spot, pulls), spot), default=Circle(0, 0, r)
        )
    return [Circle(found[n].x, found[n].y, r) for n, r in enumerate(radii)]


def _cost(spot: Circle, pulls: Sequence[tuple[Circle, int]]) -> float:
    away = hypot(spot.x / _WIDEST, spot.y) + spot.r / 2
    total = sum(count for _, count in pulls)
    if not total:
        return away
    pulled = sum(hypot(spot.x - to.x, spot.y - to.y) * count for to, count in pulls)
    return away + 0.5 * pulled / total


def _free(spot: Circle, others: Collection[Circle]) -> bool:
    return all(
        hypot(spot.x - other.x, spot.y - other.y) >= spot.r + other.r - _TOUCHING
        for other in others
    )


def _spots(placed: Sequence[Circle], r: float) -> list[Circle]:
    """Return where a circle of radius ``r`` touches two of ``placed`` (beside the only one)."""
    if len(placed) == 1:
        return [Circle(placed[0].r + r, 0.0, r)]
    found = []
    for one, other in combinations(placed, 2):
        distance = hypot(other.x - one.x, other.y - one.y)
        if distance > one.r + other.r + 2 * r:
            continue
        a, b = one.r + r, other.r + r
        along = (a * a - b * b + distance * distance) / (2 * distance)
        across = sqrt(max(a * a - along * along, 0.0))
        angle = atan2(other.y - one.y, other.x - one.x)
        for side in (across, -across):
            x = one.x + along * cos(angle) - side * sin(angle)
            y = one.y + along * sin(angle) + side * cos(angle)
            found.append(Circle(x, y, r))
    return found
