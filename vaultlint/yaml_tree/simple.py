"""The plain shape that most notes have, read without a YAML parser.

One property a line, with a scalar on it or a list of scalars under it. This is a fast path, not a
second dialect: a text with anything else in it is left to libyaml, and a property test holds both
readers to the same values and places.

Tests: tests/properties/test_yaml_tree.py
"""

import re
from typing import Any

from vaultlint.text import Places, Span
from vaultlint.yaml_tree.scalars import is_word, plain_value

# A plain scalar begins with a letter or digit, ends in no white space, and holds no `#`; a colon in
# it is followed by something else. No part can match what the part after it starts with: linear.
_LINE = re.compile(
    r"(?:([A-Za-z](?:[ ]?[A-Za-z0-9_\-])*):|([ ]*)-(?=[ ]))"
    r"(?:[ ]+(?:'([^'\t\r\n]*)'|"
    r'"([^"\\\t\r\n]*)"|'
    r"([A-Za-z0-9](?:[ ]*(?:[!-\"$-9;-~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff]|:(?=[!-9;-~])))*)))?"
    r"[ ]*\r?(?:\n|\Z)"
)
_KEY, _INDENT, _PLAIN = 1, 2, 5


def compose_simple(  # noqa: C901  # one loop: a call for each line would cost half the time
    text: str, start: int
) -> tuple[dict[str, Any], dict[str, Places]] | None:
    """Return the values and places of ``text``, or None when it is not of the plain shape."""
    data: dict[str, Any] = {}
    places: dict[str, Places] = {}
    at = end = 0
    size = len(text)
    match = _LINE.match
    new = tuple.__new__  # a named tuple's own constructor takes twice the time
    key: Span | None = None
    pointer, indent = "", ""
    items: list[Any] | None = None  # the list under the last key, None when it cannot have one
    while at < size:
        line = match(text, at)
        if line is None:
            return None
        at = line.end()
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
            data[name] = value
            pointer = f"/{name}"
            left, right = line.span(_KEY)
            key = new(Span, (left + start, right + start))
            places[pointer] = new(Places, (key, new(Span, (begin + start, end + start))))
            items = [] if group == _KEY else None
        elif items is None or group == _INDENT:
            return None
        else:
            if not items:
                indent = line[_INDENT]
                data[pointer[1:]] = items
                first = line.end(_INDENT) + start
            elif line[_INDENT] != indent:
                return None
            place = new(Span, (begin + start, end + start))
            places[f"{pointer}/{len(items)}"] = new(Places, (None, place))
            items.append(value)
            places[pointer] = new(Places, (key, new(Span, (first, end + start))))
    if not data:
        return None
    places[""] = Places(None, Span(start, end + start))
    return data, places
