"""The plain shape that most notes have, read without a YAML parser.

One property a line, with a scalar or a list in brackets on it, or a list of scalars under it. This
is a fast path, not a second dialect: a text with anything else in it is left to libyaml, and a
property test holds both readers to the same values and places.

Tests: tests/properties/test_yaml_tree.py
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from vaultlint.text import Places
from vaultlint.yaml_tree.line_places import Line, LinePlaces
from vaultlint.yaml_tree.scalars import is_word, plain_value

# A plain scalar begins with a letter or digit, ends in no white space, and holds no `#`; a colon in
# it is followed by something else, in brackets there is none, nor anything that ends an item there.
# No part can match what the part after it starts with: linear.
_ITEM = (
    r"(?:'[^'\t\r\n]*+'|"
    r'"[^"\\\t\r\n]*+"|'
    r"[A-Za-z0-9](?:[ ]*+[-\w$-&(-+./;<=>@^`|~]++)*+)"
)
_LINE = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9_\-]*+(?:[ ][A-Za-z0-9_\-]++)*+):|([ ]*)-(?=[ ]))"
    r"(?:[ ]+(?:'([^'\t\r\n]*)'|"
    r'"([^"\\\t\r\n]*)"|'
    r"([A-Za-z0-9](?:[ ]*+(?:[!-\"$-9;-~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff]++|:(?=[!-9;-~])))*+)|"
    rf"(\[[ ]*+(?:{_ITEM}(?:[ ]*+,[ ]*+{_ITEM})*+[ ]*+)?\])))?"
    r"[ ]*\r?(?:\n|\Z)"
)
_KEY, _INDENT, _PLAIN, _LIST = 1, 2, 5, 6
_ITEMS = re.compile(_ITEM)


def compose_simple(text: str, start: int) -> tuple[dict[str, Any], Mapping[str, Places]] | None:
    """Return the values and places of ``text``, or None when it is not of the plain shape."""
    data: dict[str, Any] = {}
    lines: dict[str, Line] = {}
    at = end = 0
    size = len(text)
    match = _LINE.match
    new = tuple.__new__  # a named tuple's own constructor takes twice the time
    last, indent = "", ""
    items: list[Any] | None = None  # the list under the last key, None when it cannot have one
    places: list[tuple[int, int]] = []  # of those items
    while at < size:
        line = match(text, at)
        if line is None:
            return None
        group = line.lastindex or 0
        within: Sequence[tuple[int, int]] = ()
        if group == _PLAIN:
            begin, end = line.span(_PLAIN)
            value: Any = plain_value(line[_PLAIN])
        else:
            value, begin, end, within = _other(line, group)
        name = line[_KEY]
        if name is not None:
            if name in data or is_word(name):
                return None
            last = name
            data[name] = value
            items = [] if group == _KEY else None
            lines[name] = new(Line, (at, begin, end, within))
        elif items is None or group in (_INDENT, _LIST):
            return None
        else:
            if not items:
                indent = line[_INDENT]
                data[last] = items
                places = []
                lines[last] = new(Line, (lines[last][0], line.end(_INDENT), end, places))
            elif line[_INDENT] != indent:
                return None
            items.append(value)
            places.append((begin, end))
        at = line.end()
    return (data, LinePlaces(lines, end, start)) if data else None


def _other(line: re.Match[str], group: int) -> tuple[Any, int, int, Sequence[tuple[int, int]]]:
    """Return what is no plain scalar: its value, start and end, and the places of its items."""
    begin, end = line.span(group)
    if group <= _INDENT:
        return None, end + 1, end + 1, ()  # nothing, after the colon
    if group < _PLAIN:
        return line[group], begin - 1, end + 1, ()
    items = [*_ITEMS.finditer(line.string, begin + 1, end - 1)]
    values = [item[0][1:-1] if item[0][0] in "'\"" else plain_value(item[0]) for item in items]
    return values, begin, end, [item.span() for item in items]
