"""The formats that a schema may ask of a text, as vaults write them.

A format that is not in the table is an annotation, as JSON Schema has it. Dates may lack the time
zone that RFC 3339 wants, because Obsidian writes them so.

Source: JSON Schema 2020-12, Validation, section 7; RFC 3339; help vault, Properties.

Tests: tests/unit/config/test_formats.py
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"(\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|z|[+-]\d\d:\d\d)?", re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,63}:(?=.)")
_UUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_NOT_IN_URI = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f]")


def _is_date(text: str) -> bool:
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    match = _TIME.fullmatch(text)
    if match is None:
        return False
    try:
        time.fromisoformat(match[1] + (match[2] or ""))
        time.fromisoformat((match[4] or "+00:00").lstrip("+-Zz") or "00:00")
    except ValueError:
        return False
    return True


def _is_date_time(text: str) -> bool:
    return len(text) > 11 and text[10] in "Tt " and _is_date(text[:10]) and _is_time(text[11:])


def _is_uri(text: str) -> bool:
    return _SCHEME.match(text) is not None and _is_uri_reference(text)


def _is_uri_reference(text: str) -> bool:
    return _NOT_IN_URI.search(text) is None


def _is_email(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    return bool(local) and "." in domain.strip(".") and not any(char.isspace() for char in text)


def _is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "time": _is_time,
    "email": _is_email,
    "uri": _is_uri,
    "uri-reference": _is_uri_reference,
    "uuid": _is_uuid,
}
