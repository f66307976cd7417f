"""The shape of vaultlint.yaml and of packs, judged by pydantic.

Invariant: pydantic only judges. The config is made from the YAML data itself, so data that is
known to be valid needs no pydantic. Rules are judged by models made from the checks' options.

Tests: tests/unit/config/test_models.py
"""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError  # noqa: TID253 (a models module)

from vaultlint import checks
from vaultlint.config.document import Document, escape
from vaultlint.config.models_errors import complaints
from vaultlint.config.models_rules import SWITCHES, is_rule_id, rule_model
from vaultlint.errors import VaultlintError
from vaultlint.terms import nearest

Strings = Annotated[str | list[str], Field(description="one string, or a list of them")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TermsFrom(_Model):
    """Where the terms of a vocabulary are listed: in a note or in a text file of the vault."""

    note: str | None = Field(None, description="a note: lines of its fenced blocks, or list items")
    file: str | None = Field(None, description="a text file with one term a line")
    section: str | None = Field(None, description="only what stands under this heading of the note")


class VocabularyModel(_Model):
    """A closed list of terms."""

    terms: list[str] | None = Field(None, description="the terms themselves")
    terms_from: TermsFrom | None = Field(None, description="where the terms are listed")
    aliases: dict[str, str] = Field({}, description="other word: the listed term it stands for")
    deprecated: dict[str, str | None] | list[str] = Field(
        {}, description="word no longer to be used: its replacement, or null"
    )
    nested: bool = Field(False, description="a/b is known when a is listed")


class SchemaModel(_Model):
    """A JSON Schema for the properties of some notes."""

    paths: Strings = Field(description="globs of the notes it applies to")
    exclude: Strings = Field([], description="globs of notes it does not apply to")
    schema_: str = Field(alias="schema", description="a path in the vault or a shipped schema")


class OverrideModel(_Model):
    """Other settings for some paths."""

    paths: Strings = Field(description="globs of the files concerned")
    exclude: Strings = Field([], description="globs of files not concerned")
    rules: dict[str, Any] = Field(description="rule id: setting")


class WatchModel(_Model):
    """How ``vaultlint watch`` behaves; times are in seconds."""

    fix: bool = Field(True, description="write the safe fixes of settled notes")
    pack: str = Field("safe-on-save", description="the pack that names the rules to fix")
    machine: str | None = Field(None, description="the host name of the only machine that fixes")
    settle: float = Field(10, ge=0, le=86400, description="rest before a note is fixed")
    settle_open: float = Field(120, ge=0, le=86400, description="the same while it looks open")
    quiet: float = Field(0.3, ge=0, le=60, description="rest before a file is looked at")
    scan: float = Field(600, ge=1, le=86400, description="between two looks at everything")
    poll: bool = Field(False, description="look now and then instead of listening for events")


class IndexModel(_Model):
    """What becomes of the published index."""

    export: str | None = Field(
        None, description="a .json or .jsonl file of the vault that always holds the whole index"
    )


class ConfigModel(_Model):
    """vaultlint.yaml."""

    extends: Strings = Field(["recommended"], description="packs, by name or path; later ones win")
    include: Strings = Field([], description="globs of what is checked; everything when empty")
    exclude: Strings = Field([], description="globs of what is not checked")
    schemas: list[SchemaModel] = Field([], description="schemas for the properties of notes")
    vocabularies: dict[str, VocabularyModel] = Field({}, description="closed lists of terms")
    rules: dict[str, Any] = Field({}, description="rule id: setting")
    overrides: list[OverrideModel] = Field([], description="settings by path; later ones win")
    watch: WatchModel = Field(WatchModel.model_construct(), description="how `watch` behaves")
    index: IndexModel = Field(IndexModel.model_construct(), description="the published index")


class PackModel(ConfigModel):
    """A pack: what a vaultlint.yaml holds, under a name, for others to extend."""

    name: str | None = Field(None, description="the name of the pack, that of its file")
    description: str | None = Field(None, description="for whom the pack is, in one sentence")
    extends: Strings = Field([], description="packs, by name or path; later ones win")


def validate(
    document: Document, *, pack: bool, own_rules: Mapping[str, str]
) -> list[VaultlintError]:
    """Return what is wrong with ``document``, in the order of its text.

    ``own_rules`` are the rules of users' own that it may speak of: id -> id of the check.
    Plugins, which no config may have, are not judged here.
    """
    model = PackModel if pack else ConfigModel
    data = {key: value for key, value in document.data.items() if key != "plugins"}
    errors = list(_judge(model, document, data, ""))
    for pointer, settings in rule_blocks(document.data):
        for rule_id, setting in settings.items():
            errors += _validate_rule(
                document, f"{pointer}/{escape(rule_id)}", rule_id, setting, own_rules
            )
    return sorted(errors, key=lambda error: error.position or (0, 0))


def rule_blocks(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (pointer, settings by rule id) for ``rules`` and each override of ``data``."""
    if isinstance(data.get("rules"), dict):
        yield "/rules", data["rules"]
    overrides = data.get("overrides")
    for index, override in enumerate(overrides if isinstance(overrides, list) else ()):
        if isinstance(override, dict) and isinstance(override.get("rules"), dict):
            yield f"/overrides/{index}/rules", override["rules"]


def _validate_rule(
    document: Document, pointer: str, rule_id: str, setting: Any, own_rules: Mapping[str, str]
) -> Iterator[VaultlintError]:
    check_id = own_rules.get(rule_id, rule_id)
    if not isinstance(setting, dict):
        if not isinstance(setting, bool) and setting not in tuple(SWITCHES):
            yield document.error(_switch_complaint(rule_id, setting), pointer)
        return
    named = setting.get("check", check_id)
    if named not in checks.check_ids():
        if "check" in setting:
            near = nearest(str(named), checks.check_ids())
            hint = f"; did you mean {near!r}?" if near else ""
            yield document.error(f"there is no check {named!r}{hint}", f"{pointer}/check")
        return  # an unknown rule is a finding, not an error
    if named != check_id:
        yield document.error(f"{rule_id!r} is a rule of the check {check_id!r}", f"{pointer}/check")
    elif rule_id not in checks.check_ids() and not is_rule_id(rule_id):
        message = f"{rule_id!r} cannot be a rule's id: lower-case words joined by hyphens can"
        yield document.error(message, pointer, key=True)
    else:
        model = rule_model(checks.load_check(check_id))
        yield from _judge(model, document, setting, pointer)


def _switch_complaint(rule_id: str, setting: Any) -> str:
    allowed = ", ".join(sorted(SWITCHES))
    near = nearest(setting, SWITCHES) if isinstance(setting, str) else None
    hint = f"; did you mean {near!r}?" if near else ""
    return f"{rule_id}: expected one of {allowed}, or a mapping with options{hint}"


def _judge(
    model: type[BaseModel], document: Document, data: Any, pointer: str
) -> Iterator[VaultlintError]:
    try:
        model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        for complaint in complaints(error.errors(include_url=False), data, model):
            yield document.error(
                complaint.message, pointer + complaint.pointer, key=complaint.at_key
            )
