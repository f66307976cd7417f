"""The plain shape that most notes have, read without a YAML parser.

One property a line, with a scalar on it or a list of scalars under it. This is a fast path, not a
second dialect: a text with anything else in it is left to libyaml, and a property test holds both
readers to the same values and places.

Tests: tests/properties/test_yaml_tree.py
"""

import re
from collections.abc import Mapping
from typing import Any

from vaultlint.text import Places
from vaultlint.yaml_tree.line_places import Line, LinePlaces
from vaultlint.yaml_tree.scalars import is_word, plain_value

# A plain scalar begins with a letter or digit, ends in no white space, and holds no `#`; a colon in
# it is followed by something else. No part can match what the part after it starts with: linear.
_LINE = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9_\-]*+(?:[ ][A-Za-z0-9_\-]++)*+):|([ ]*)-(?=[ ]))"
    r"(?:[ ]+(?:'([^'\t\r\n]*)'|"
    r'"([^"\\\t\r\n]*)"|'
    r"([A-Za-z0-9](?:[ ]*+(?:[!-\"$-9;-~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff]++|:(?=[!-9;-~])))*+)))?"
    r"[ ]*\r?(?:\n|\Z)"
)
_KEY, _INDENT, _PLAIN = 1, 2, 5


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
        begin, end = line.span(group)
        value: Any
        if group == _PLAIN:
            value = plain_value(line[_PLAIN])
        elif group > _INDENT:
            value = line[group]
            begin, end = begin - 1, end + 1
        else:
            value = None
            begin = end = end + 1  # after the colon
        name = line[_KEY]
        if name is not None:
            if name in data or is_word(name):
                return None
            last = name
            data[name] = value
            items = [] if group == _KEY else None
            lines[name] = new(Line, (at, begin, end, ()))
        elif items is None or group == _INDENT:
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
