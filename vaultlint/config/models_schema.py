"""The JSON Schema of vaultlint.yaml, for editors: the same models that judge a config.

Invariant: made from the models and the checks' options alone, so it names every rule and option.
Looser than the judgment itself where JSON Schema cannot say it (globs, patterns, templates).

Tests: tests/test_schemas.py
"""

from typing import Any, Literal

from pydantic import BaseModel  # noqa: TID253 (a models module)
from pydantic.json_schema import models_json_schema  # noqa: TID253 (a models module)

from vaultlint.checks import check_ids, load_check
from vaultlint.checks._docs import check_doc
from vaultlint.config.models import ConfigModel
from vaultlint.config.models_rules import SWITCHES, rule_model

_RULES = "Rules"
_SWITCH = "Switch"
_OWN_RULE = "OwnRule"


def config_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of vaultlint.yaml."""
    checks = [load_check(check_id) for check_id in check_ids()]
    models: list[type[BaseModel]] = [rule_model(check) for check in checks]
    inputs: list[tuple[type[BaseModel], Literal["validation"]]] = [(ConfigModel, "validation")]
    inputs += [(model, "validation") for model in models]
    refs, made = models_json_schema(
        inputs,
        by_alias=True,
        ref_template="#/$defs/{model}",
    )
    definitions = _without_empty_defaults(made["$defs"])
    root = refs[(ConfigModel, "validation")]["$ref"].rpartition("/")[2]
    config = definitions.pop(root)
    settings = {}
    for check, model in zip(checks, models, strict=True):
        of_model = refs[(model, "validation")]
        summary = check_doc(check.id).summary
        settings[check.id] = {"description": summary, "anyOf": [_ref(_SWITCH), of_model]}
    definitions |= _rule_definitions(settings)
    config["properties"]["rules"] = _ref(_RULES)
    definitions["OverrideModel"]["properties"]["rules"] = _ref(_RULES)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **config,
        "title": "vaultlint.yaml",
        "$defs": dict(sorted(definitions.items())),
    }


def _rule_definitions(settings: dict[str, Any]) -> dict[str, Any]:
    return {
        _SWITCH: {
            "description": "off, on (the rule's own severity), or a severity",
            "anyOf": [{"type": "boolean"}, {"enum": sorted(SWITCHES)}],
        },
        _OWN_RULE: {
            "description": "a rule of one's own: a check with a severity and options",
            "type": "object",
            "properties": {"check": {"enum": list(check_ids())}},
        },
        _RULES: {
            "description": "rule id: setting",
            "type": "object",
            "properties": settings,
            "additionalProperties": {"anyOf": [_ref(_SWITCH), _ref(_OWN_RULE)]},
        },
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _without_empty_defaults(schema: Any) -> Any:
    """Return ``schema`` without ``default: null``, which stands for the check's own default."""
    if isinstance(schema, dict):
        return {
            key: _without_empty_defaults(value)
            for key, value in schema.items()
            if not (key == "default" and value is None)
        }
    if isinstance(schema, list):
        return [_without_empty_defaults(item) for item in schema]
    return schema
