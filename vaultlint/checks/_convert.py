"""A property's value in another type, when it stays the same value.

Invariant: SAFE only when what is written is the one way to write this value in the wanted type:
digits stay digits, text gains or loses its quotes. Anything that is read in a certain way first
(a date with slashes, `yes`) is UNSAFE.

Tests: tests/unit/checks/test_convert.py
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from vaultlint.check import Note, Safety
from vaultlint.checks._properties import quoted, requote

_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14})", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,9})\.\d{0,4}[1-9]", re.ASCII)
_SCALAR = re.compile(r"[-+.\w]+", re.ASCII)
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_DATETIME = re.compile(r"(\d{4}-\d{2}-\d{2}) +(\d{2}:\d{2}(?::\d{2})?)", re.ASCII)
_CHECKED = {"true": "true", "yes": "true", "on": "true"}
_UNCHECKED = {"false": "false", "no": "false", "off": "false"}


class Converted(NamedTuple):
    """The source to write, the value it is read as, and how sure it is that it means the same."""

    source: str
    value: Any
    safety: Safety


def converted(note: Note, source: str, value: Any, wanted: str) -> Converted | None:
    """Return ``value``, written ``source`` in the properties, as a value of the type ``wanted``.

    ``wanted`` is "integer", "number", "boolean", "string", "date", "date-time" or "array". None
    when the value would not stay the same, or cannot be edited.
    """
    convert = _CONVERSIONS.get(wanted)
    if convert is None or value is None or requote(source, "") is None:
        return None
    return convert(note, source, value)


def _to_integer(_note: Note, _source: str, value: Any) -> Converted | None:
    fits = isinstance(value, str) and _INTEGER.fullmatch(value) and value != "-0"
    return Converted(value, int(value), Safety.SAFE) if fits else None


def _to_number(note: Note, source: str, value: Any) -> Converted | None:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Converted(value, float(value), Safety.SAFE)
    return _to_integer(note, source, value)


def _to_boolean(_note: Note, _source: str, value: Any) -> Converted | None:
    if not isinstance(value, str):
        return None
    word = value.lower()
    new = _CHECKED.get(word) or _UNCHECKED.get(word)
    if new is None:
        return None
    return Converted(new, new == "true", Safety.SAFE if value == new else Safety.UNSAFE)


def _to_text(note: Note, source: str, value: Any) -> Converted | None:
    if not isinstance(value, int | float) or not _SCALAR.fullmatch(source):
        return None
    return Converted(quoted(note, source), source, Safety.SAFE)


def _to_date(_note: Note, source: str, value: Any) -> Converted | None:
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        date = dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None
    return _unsure(source, date)


def _to_datetime(_note: Note, source: str, value: Any) -> Converted | None:
    match = _DATETIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        dt.datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        return None
    return _unsure(source, f"{match[1]}T{match[2]}")


def _unsure(source: str, text: str) -> Converted:
    """Return ``text`` in the quotes of ``source``; dates need none."""
    quote = source[0] if source[0] in {'"', "'"} else ""
    return Converted(f"{quote}{text}{quote}", text, Safety.UNSAFE)


def _to_list(_note: Note, source: str, value: Any) -> Converted | None:
    if isinstance(value, list | dict):
        return None
    item = requote(source, value) if isinstance(value, str) else source
    return None if item is None else Converted(f"[{item}]", [value], Safety.UNSAFE)


_CONVERSIONS: Mapping[str, Callable[[Note, str, Any], Converted | None]] = {
    "integer": _to_integer,
    "number": _to_number,
    "boolean": _to_boolean,
    "string": _to_text,
    "date": _to_date,
    "date-time": _to_datetime,
    "array": _to_list,
}
