"""Options of a check, built from plain YAML data that has already been validated.

Tests: tests/unit/config/test_build.py
"""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from vaultlint.diagnostics import Severity
from vaultlint.options import VocabularyName

VOCABULARY_MARK = get_args(VocabularyName)[1]


@cache
def option_types(options: type) -> Mapping[str, Any]:
    """Return the types of the fields of ``options``, a dataclass, with their annotations."""
    hints = get_type_hints(options, include_extras=True)
    return {field.name: hints[field.name] for field in dataclasses.fields(options)}


def build_options(options: type, raw: Mapping[str, Any]) -> Any:
    """Return an instance of ``options`` made from ``raw``, absent fields being at their defaults.

    Raises ConfigError (or ValueError, TypeError, KeyError) for what the type does not allow.
    """
    types = option_types(options)
    return options(**{name: _convert(types[name], value) for name, value in raw.items()})


class NamedVocabulary(NamedTuple):
    """A vocabulary that an option names at ``pointer``, for ``key`` of a mapping if it is in one."""

    name: str
    pointer: str
    key: str | None


def bound_properties(options: type) -> dict[str, str | None]:
    """Return for each option the property whose values come from the vocabulary it names."""
    return {field.name: field.metadata.get("binds") for field in dataclasses.fields(options)}


def needed_options(options: type) -> list[str]:
    """Return the options without which a rule finds nothing."""
    return [field.name for field in dataclasses.fields(options) if field.metadata.get("needed")]


def vocabulary_names(
    hint: Any, value: Any, pointer: str = "", key: str | None = None
) -> Iterator[NamedVocabulary]:
    """Yield each vocabulary that the raw ``value`` of an option of type ``hint`` names."""
    if is_vocabulary(hint):
        if isinstance(value, str):
            yield NamedVocabulary(value, pointer, key)
        return
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        yield from vocabulary_names(args[0], value, pointer, key)
    elif origin in (Union, UnionType):
        fitting = next((arg for arg in args if _fits(arg, value)), NoneType)
        yield from vocabulary_names(fitting, value, pointer, key)
    elif isinstance(value, list) and args:
        for index, item in enumerate(value):
            yield from vocabulary_names(args[0], item, f"{pointer}/{index}", key)
    elif isinstance(value, dict):
        for name, item in value.items():
            inner = args[-1] if args else option_types(hint).get(name)
            own_key = (key or name) if args else key
            escaped = name.replace("~", "~0").replace("/", "~1")
            yield from vocabulary_names(inner, item, f"{pointer}/{escaped}", own_key)


def is_vocabulary(hint: Any) -> bool:
    """Return whether ``hint`` is VocabularyName."""
    return get_origin(hint) is Annotated and VOCABULARY_MARK in get_args(hint)[1:]


def _convert(hint: Any, value: Any) -> Any:  # noqa: C901 (one branch a kind of type)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _convert(args[0], value)
    if origin in (Union, UnionType):
        return _convert(next(arg for arg in args if _fits(arg, value)), value)
    if origin is tuple:
        return tuple(_convert(args[0], item) for item in value)
    if origin in (frozenset, set):
        return frozenset(_convert(args[0], item) for item in value)
    if origin is list:
        return [_convert(args[0], item) for item in value]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _convert(args[1], item) for key, item in value.items()}
    if origin is Literal or hint in (Any, NoneType, str, bool, int):
        return value
    if hint is float:
        return float(value)
    if hint is Severity:
        return Severity[value.upper()]
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return build_options(hint, value)
    return hint(value)  # Pattern, CitationTemplate: made from their source


def _fits(hint: Any, value: Any) -> bool:
    """Return whether ``value`` has the outer shape of ``hint``."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _fits(args[0], value)
    if origin in (Union, UnionType):
        return any(_fits(arg, value) for arg in args)
    if origin is Literal:
        return value in args
    if origin in (tuple, frozenset, set, list):
        return isinstance(value, list)
    if dataclasses.is_dataclass(hint) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return isinstance(value, dict)
    if hint in (str, bool):
        return isinstance(value, hint)
    if hint is NoneType:
        return value is None
    if hint in (int, float):
        return isinstance(value, (int, hint)) and not isinstance(value, bool)
    return hint is Any or isinstance(value, str)
