"""What pydantic finds, in words for people and at the JSON pointer it is about.

Tests: tests/unit/config/test_models.py
"""

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel  # noqa: TID253 (a models module)

from vaultlint.terms import nearest

_EXPECTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "none_required": "null",
}


class Complaint(NamedTuple):
    """One thing that is wrong; ``at_key`` says that it is about the key, not the value."""

    message: str
    pointer: str
    at_key: bool


def complaints(errors: Iterable[Any], data: Any, model: type[BaseModel]) -> list[Complaint]:
    """Return one complaint for each place of ``data`` that ``errors`` of ``model`` are about.

    Where a value may have several forms, pydantic complains once a form. Those at one place are
    joined, and those about a whole are dropped when something inside of it is wrong.
    """
    by_place: dict[str, list[Any]] = {}
    for error in errors:
        by_place.setdefault(_pointer(error["loc"], data, error["type"]), []).append(error)
    places = [
        place
        for place in by_place
        if not any(other.startswith(place + "/") for other in by_place)
        or _is_about_key(by_place[place])
    ]
    return [_complaint(by_place[place], place, model) for place in places]


def _is_about_key(errors: list[Any]) -> bool:
    return errors[0]["type"] in ("extra_forbidden", "missing")


def _pointer(loc: tuple[Any, ...], data: Any, kind: str) -> str:
    """Return the pointer of ``loc``, without the names that pydantic gives to forms."""
    pointer = ""
    value = data
    for part in loc:
        if (isinstance(value, dict) and part in value) or (
            isinstance(value, list) and isinstance(part, int) and part < len(value)
        ):
            value = value[part]
        elif kind != "missing" or part != loc[-1]:
            continue
        pointer += "/" + str(part).replace("~", "~0").replace("/", "~1")
    return pointer


def _complaint(errors: list[Any], pointer: str, model: type[BaseModel]) -> Complaint:
    error = errors[0]
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    name = parts[-1] if parts else ""
    if error["type"] == "extra_forbidden":
        near = nearest(name, _known_keys(model, parts[:-1]))
        hint = f"; did you mean {near!r}?" if near else ""
        return Complaint(f"unknown key {name!r}{hint}", pointer, at_key=True)
    if error["type"] == "missing":
        return Complaint(f"the key {name!r} is missing", pointer, at_key=True)
    expected: list[str] = []
    for one in errors:
        if one["type"] == "value_error":
            return Complaint(str(one["ctx"]["error"]), pointer, at_key=False)
        expected += [word for word in _expected(one) if word not in expected]
    subject = f"item {int(name) + 1} of the list" if name.isdigit() else f"{name!r}"
    hint = _hint(error["input"], expected)
    if parts[:1] == ["vocabularies"] and len(parts) == 2 and isinstance(error["input"], list):
        hint = "; write {terms: [...]} for a list of terms"
    text = " or ".join(expected)
    return Complaint(f"{subject} must be {text}, not {_kind(error['input'])}{hint}", pointer, False)


def _expected(error: Any) -> list[str]:
    if error["type"] == "literal_error":
        return [f"one of {error['ctx']['expected'].replace(' or ', ', ')}"]
    return [_EXPECTED.get(error["type"], error["msg"])]


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"{value[:40]!r}" if len(value) <= 40 else f"{value[:40]!r}…"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a mapping"


def _hint(value: Any, expected: list[str]) -> str:
    if "text" in expected and isinstance(value, (bool, int, float)):
        return "; put it in quotes"
    if isinstance(value, str):
        lists = (text.removeprefix("one of ") for text in expected if text.startswith("one of "))
        near = nearest(value, [word.strip("' ") for text in lists for word in text.split(",")])
        if near is not None:
            return f"; did you mean {near!r}?"
    return ""


def _known_keys(model: type[BaseModel], path: list[str]) -> list[str]:
    """Return the keys that the models at ``path`` below ``model`` have."""
    kinds: list[Any] = [model]
    for part in path:
        kinds = [inner for kind in kinds for inner in _members(kind, part)]
    return [
        field.alias or name
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name, field in kind.model_fields.items()
    ]


def _members(kind: Any, part: str) -> Iterator[Any]:
    """Yield the possible types of the value under ``part`` in a value of type ``kind``."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if part == (field.alias or name):
                yield from _forms(field.annotation)
    elif get_origin(kind) in (list, dict):
        yield from _forms(get_args(kind)[-1])


def _forms(hint: Any) -> Iterator[Any]:
    if get_origin(hint) is Annotated:
        yield from _forms(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType):
        for arg in get_args(hint):
            yield from _forms(arg)
    else:
        yield hint
