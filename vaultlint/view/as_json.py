"""Values as JSON text, safe for every reader: ASCII, one line, no control character.

Invariant: whatever the value holds (broken UTF-8, numbers that JSON lacks), the text is valid JSON.

Tests: tests/unit/view/test_as_json.py
"""

import json
from math import isfinite
from typing import Any

from vaultlint.text import without_surrogates

_MOST_BITS = 1024  # the size of the largest double
_encode = json.JSONEncoder(allow_nan=False).encode


def dumps(value: Any) -> str:
    r"""Return ``value`` as one line of ASCII JSON without any control character.

    A byte that is not UTF-8 appears in its string as the text ``\xNN``; numbers that JSON lacks
    (infinities, not-a-number) or that no reader holds as null, as in JavaScript.
    """
    try:
        text = _encode(value)
    except ValueError:
        text = _encode(_clean(value))
    else:
        if "\\ud" in text:
            text = _encode(_clean(value))
    text = text.replace("\x7f", "\\u007f")
    return text.replace("##[", "#\\u0023[").replace("##vso[", "#\\u0023vso[")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, int):
        return value if value.bit_length() <= _MOST_BITS else None
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
