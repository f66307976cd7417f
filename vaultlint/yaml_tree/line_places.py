"""Where the values of the plain shape stand (see simple.py): offsets, made into spans when asked.

Of a note's fifteen values or so hardly one is ever placed, while a named span for each costs as
much as reading it.

Invariant: equal to the dict that ``compose_fully`` returns for the same text.

Tests: tests/properties/test_yaml_tree.py
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vaultlint.text import Places, Span

_MOST_DIGITS = 10
_new = tuple.__new__  # a named tuple's own constructor takes twice the time


class Line(NamedTuple):
    """One property: where its key, its value, and the items of its list start and end."""

    key: int
    start: int
    end: int
    items: Sequence[tuple[int, int]]


class LinePlaces(Mapping[str, Places]):
    """The places of ``lines``, the properties by name, in a text of ``size`` code points.

    All offsets are shifted by ``shift``.
    """

    __slots__ = ("_lines", "_shift", "_size")

    def __init__(self, lines: Mapping[str, Line], size: int, shift: int) -> None:
        self._lines = lines
        self._size = size
        self._shift = shift

    def __getitem__(self, pointer: str) -> Places:
        """Return the place at the JSON pointer. Raises KeyError."""
        shift = self._shift
        if not pointer:
            return Places(None, Span(shift, self._size + shift))
        root, _, path = pointer.partition("/")
        name, slash, number = path.partition("/")
        key, start, end, items = self._lines[name]
        if root:
            raise KeyError(pointer)
        if slash:
            index = int(number) if number.isdecimal() and len(number) < _MOST_DIGITS else len(items)
            if index >= len(items) or str(index) != number:
                raise KeyError(pointer)
            start, end = items[index]
            return _new(Places, (None, _new(Span, (start + shift, end + shift))))
        end = max(end, items[-1][1]) if items else end  # a bracket stands after them
        place = Span(start + shift, end + shift)
        return Places(Span(key + shift, key + len(name) + shift), place)

    def __iter__(self) -> Iterator[str]:
        """Yield all pointers in the order of the text, that of the whole last."""
        for name, line in self._lines.items():
            yield f"/{name}"
            for number in range(len(line.items)):
                yield f"/{name}/{number}"
        yield ""

    def __len__(self) -> int:
        """Return how many values have a place."""
        return 1 + sum(1 + len(line.items) for line in self._lines.values())
