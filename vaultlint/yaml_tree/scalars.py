"""The YAML 1.2 core schema: what a scalar means.

Source: YAML 1.2.2 section 10.3.2; the npm library ``yaml`` 2.7.0, which Obsidian ships.

Invariant: no scalar raises. Numbers are what JavaScript would hold: an integer beyond 2**53 is a
float, a float without fraction is an int.

Tests: tests/unit/yaml_tree/test_scalars.py
"""

import math
import re
from typing import Any

_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{
        sign + word: value
        for sign, value in (("", math.inf), ("+", math.inf), ("-", -math.inf))
        for word in (".inf", ".Inf", ".INF")
    },
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_NUMBER = re.compile(
    r"0o(?P<octal>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)|(?P<int>[-+]?[0-9]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+[eE][-+]?[0-9]+))",
    re.ASCII,
)
_SAFE_INTEGER = 2**53
_MOST_DIGITS = 400  # more digits than any finite double has before its point

CORE = "tag:yaml.org,2002:"


def plain_value(text: str) -> Any:
    """Return what the unquoted scalar ``text`` means: None, bool, int, float, or the text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-.":
        return text
    match = _NUMBER.fullmatch(text)
    return text if match is None else _number(match)


def is_word(text: str) -> bool:
    """Return whether ``text`` is a word of the schema, such as ``null`` or ``True``."""
    return text in _WORDS


def tagged_value(tag: str, text: str) -> Any:
    """Return what ``text`` means under an explicit ``tag``; the text where the two do not fit."""
    if not tag.startswith(CORE):
        return text
    name = tag[len(CORE) :]
    value = plain_value(text)
    if name == "null":
        return None if value is None else text
    if name == "bool":
        return value if isinstance(value, bool) else text
    if name in ("int", "float"):
        match = _NUMBER.fullmatch(text)
        is_float = (match is not None and match.lastgroup == "float") or isinstance(value, float)
        fits = (match is not None or isinstance(value, float)) and is_float == (name == "float")
        return value if fits else text
    return text


def _number(match: re.Match[str]) -> int | float:
    kind = match.lastgroup
    if kind == "float":
        value = float(match.group())
        return int(value) if value.is_integer() and abs(value) < _SAFE_INTEGER else value
    digits = match.group(kind or 0)
    base = {"octal": 8, "hex": 16}.get(kind or "", 10)
    if len(digits.lstrip("+-0")) > _MOST_DIGITS:
        return -math.inf if digits.startswith("-") else math.inf
    whole = int(digits.lstrip("+-0") or "0", base)
    if digits.startswith("-"):
        whole = -whole
    if abs(whole) <= _SAFE_INTEGER:
        return whole
    try:
        return float(whole)
    except OverflowError:
        return -math.inf if whole < 0 else math.inf


def key_text(value: Any) -> str:
    """Return the property name that a key with ``value`` becomes in JavaScript."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float_text(value)
    return _flow_text(value)


def _float_text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    text = repr(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return text
    power = int(exponent)
    if power > 0 and power < 21:
        return str(int(value))
    return f"{mantissa.removesuffix('.0')}e{'+' if power > 0 else '-'}{abs(power)}"


def _flow_text(value: Any) -> str:
    if isinstance(value, list):
        return f"[ {', '.join(map(_flow_text, value))} ]" if value else "[]"
    if isinstance(value, dict):
        pairs = (_pair_text(name, child) for name, child in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    return "null" if value is None else key_text(value)


def _pair_text(name: str, value: Any) -> str:
    if value is not None:
        return f"{name}: {_flow_text(value)}"
    return f"? {name}" if name.startswith(("{", "[")) else name
