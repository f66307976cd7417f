"""Models of rules, made from the options that their checks declare.

Tests: tests/unit/config/test_models.py
"""

import dataclasses
import re
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model  # noqa: TID253 (a models module)

from vaultlint.check import Check
from vaultlint.config.build import option_types
from vaultlint.diagnostics import Severity
from vaultlint.errors import ConfigError

SWITCHES = frozenset({"off", "on", "error", "warning", "info"})
_SwitchName = Literal["off", "on", "error", "warning", "info"]
Switch = bool | _SwitchName
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLAIN: tuple[Any, ...] = (Any, type(None), str, bool, int, float)


def is_rule_id(text: str) -> bool:
    """Return whether ``text`` may name a rule of the user's own."""
    return len(text) <= 80 and _SLUG.fullmatch(text) is not None


@cache
def rule_model(check: Check) -> type[BaseModel]:
    """Return the model of the mapping that sets up a rule of ``check``."""
    fields: dict[str, Any] = {
        "severity": (Switch, Field("on", description="off, on, error, warning or info")),
        "check": (str, Field(check.id, description="the check that a rule of one's own uses")),
        "message": (str | None, Field(None, description="replaces the message of the check")),
        "help": (str | None, Field(None, description="what to do, in place of the check's advice")),
        "paths": (str | list[str], Field([], description="globs of the only files it applies to")),
        "exclude": (str | list[str], Field([], description="globs of files it does not apply to")),
    }
    own = _option_fields(check.options)
    assert not fields.keys() & own.keys(), f"{check.id} has options named like settings of rules"
    return _model(check.id, fields | own)


@cache
def _options_model(options: type) -> type[BaseModel]:
    return _model(options.__qualname__, _option_fields(options))


def _model(name: str, fields: dict[str, Any]) -> type[BaseModel]:
    settings = ConfigDict(extra="forbid", strict=True)
    model: type[BaseModel] = create_model(name, __config__=settings, **fields)
    return model


def _option_fields(options: type) -> dict[str, Any]:
    types = option_types(options)
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(options):
        doc = field.metadata.get("doc", "")
        fields[field.name] = (_judged(types[field.name]), Field(None, description=doc))
    return fields


def _judged(hint: Any) -> Any:
    """Return the type by which pydantic judges the raw data of an option of type ``hint``."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in _PLAIN or origin is Literal:
        return hint
    if origin is Annotated:
        return _judged(args[0])
    if origin in (Union, UnionType):
        return Union[tuple(_judged(arg) for arg in args)]  # noqa: UP007 (made at run time)
    if origin in (tuple, frozenset, set, list):
        return list[_judged(args[0])]  # type: ignore[misc]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, _judged(args[1])]  # type: ignore[misc]
    if hint is Severity:
        return Literal["error", "warning", "info"]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _options_model(hint)
    return Annotated[str, AfterValidator(_made_by(hint))]


def _made_by(kind: Any) -> Any:
    def judge(source: str) -> str:
        try:
            kind(source)
        except ConfigError as error:
            raise ValueError(error.message) from error
        return source

    return judge
