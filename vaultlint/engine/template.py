"""Messages: a template of a check, a rule or a schema, filled with what was found.

Invariant: filling never raises and never looks into a value (``{x.y}`` and ``{x[0]}`` are plain
text), whoever wrote the template; control characters stay as they are, for report to escape.

Tests: tests/unit/engine/test_template.py
"""

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Any, NamedTuple


class _Part(NamedTuple):
    """Literal text, then a field with its conversion; ``field`` is None after the last text."""

    text: str
    field: str | None
    conversion: str | None
    source: str


def fill(template: str, data: Mapping[str, Any]) -> str:
    """Return ``template`` with ``{name}`` and ``{name!r}`` replaced by the values of ``data``.

    A list reads "a, b", None reads "nothing". A field that ``data`` lacks, or a template that is
    not a valid one, stays as written.
    """
    if "{" not in template and "}" not in template:
        return template
    pieces: list[str] = []
    for part in _compiled(template):
        pieces.append(part.text)
        if part.field is None:
            continue
        if part.field in data:
            pieces.append(_shown(data[part.field], part.conversion))
        else:
            pieces.append(part.source)
    return "".join(pieces)


@lru_cache(maxsize=1024)
def _compiled(template: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    try:
        for text, name, spec, conversion in Formatter().parse(template):
            source = "{" + (name or "") + (f"!{conversion}" if conversion else "")
            source += (f":{spec}" if spec else "") + "}"
            parts.append(_Part(text, name, conversion, source))
    except ValueError:
        return (_Part(template, None, None, ""),)
    return tuple(parts)


def _shown(value: Any, conversion: str | None) -> str:
    if conversion in {"r", "a"}:
        return repr(value) if conversion == "r" else ascii(value)
    if isinstance(value, str):
        return value
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(_shown(item, None) for item in value)
    return str(value)
