"""Whether a property's value fits the type that a vault gives to the property.

Source: help vault, Properties ("Property types"); unknown types fit everything, and so does an
empty value, as in the app.

Tests: tests/unit/note/test_property_types.py
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATETIME = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})T(?P<hour>\d{2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


def matches_type(value: Any, type_name: str) -> bool:
    """Return whether ``value`` fits the property type ``type_name`` of ``types.json``."""
    if value is None or value in ("", []):
        return True
    test = _TESTS.get(type_name)
    return test is None or test(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    # The app shows a number in a text property as it is.
    return isinstance(value, str) or _is_number(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(item, list | dict) for item in value)


def _is_text_or_list(value: Any) -> bool:
    return isinstance(value, str) or _is_list(value)


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_datetime(value: Any) -> bool:
    match = _DATETIME.fullmatch(value) if isinstance(value, str) else None
    if match is None or not _is_date(match["date"]):
        return False
    return int(match["hour"]) < 24 and int(match["minute"]) < 60 and int(match["second"] or 0) < 60


_TESTS: dict[str, Callable[[Any], bool]] = {
    "text": _is_text,
    "multitext": _is_list,
    "number": _is_number,
    "checkbox": lambda value: isinstance(value, bool),
    "date": _is_date,
    "datetime": _is_datetime,
    "tags": _is_text_or_list,
    "aliases": _is_text_or_list,
}
