"""The published shape of a JSON report, from which its JSON Schema is generated.

Invariant: no command imports this module; a test holds real output against it.

Tests: tests/test_schemas.py
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field  # noqa: TID253 -- imported by devtools only

_SeverityName = Literal["error", "warning", "info"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Place(_Model):
    """A place in a file. The text is without its byte order mark."""

    line: int = Field(ge=1, description="1-based; lines end at LF, CRLF or a lone CR")
    column: int = Field(ge=1, description="1-based, in code points")
    offset: int = Field(ge=0, description="0-based, in code points from the start of the text")


class RelatedPlace(_Model):
    """Another place that explains a finding."""

    path: str
    line: int = Field(ge=1)
    column: int = Field(ge=1)
    message: str


class FixEdit(_Model):
    """Replace the text from ``start`` to ``end`` (0-based offsets in code points) of ``path``."""

    path: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class ProposedFix(_Model):
    """Edits that belong together and repair a finding."""

    title: str
    safety: Literal["safe", "unsafe", "manual"]
    edits: list[FixEdit]


class Finding(_Model):
    """One finding of one rule. Each line but the last of the ``jsonl`` format is one of these."""

    rule: str = Field(description="the rule's id; `vaultlint explain` tells more")
    severity: _SeverityName
    path: str = Field(description="relative to the vault, with forward slashes")
    start: Place
    end: Place = Field(description="exclusive")
    message: str
    help: str = Field(description="what to do; empty when the message says it all")
    related: list[RelatedPlace]
    fingerprint: str = Field(
        pattern="^[0-9a-f]{16}$",
        description="names the finding across runs, even when lines above it move",
    )
    fix: ProposedFix | None = Field(default=None, description="absent when there is none")


class Counts(_Model):
    """How many findings there are of each severity."""

    error: int = Field(ge=0)
    warning: int = Field(ge=0)
    info: int = Field(ge=0)


class FixNotice(_Model):
    """Something about fixes that a person should know."""

    code: Literal[
        "fix-refused",
        "not-done",
        "not-changed",
        "fix-cycle",
        "fix-unfinished",
        "not-fixable",
        "not-written",
        "kept-aside",
    ]
    rules: list[str] = Field(description="the rules concerned, if any")
    path: str
    message: str


class Growth(_Model):
    """How many entries of the baseline a rule had, and has."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: int = Field(ge=0, alias="from")
    to: int = Field(ge=0)


class BaselineUse(_Model):
    """What the baseline made of the run."""

    path: str = Field(description="its file, relative to the vault")
    known: int = Field(ge=0, description="how many findings are in it, and so not listed")
    stale: int = Field(ge=0, description="how many of its entries are no longer found")
    grown: dict[str, Growth] = Field(description="by rule, with --ratchet; else empty")


class Totals(_Model):
    """Totals of the whole run, also when not every finding is listed."""

    total: int = Field(ge=0)
    shown: int = Field(ge=0, description="how many findings `diagnostics` lists")
    by_severity: Counts
    by_rule: dict[str, int] = Field(description="only rules with findings")
    files: int = Field(ge=0, description="how many files have findings")
    notes_checked: int = Field(ge=0, description="of the notes asked for; 0 when interrupted")
    duration: float = Field(ge=0, description="seconds of wall time")
    interrupted: bool
    fixed: dict[str, int] = Field(
        description="how many fixes of each rule were written; the findings are those that are left"
    )
    notices: list[FixNotice] = Field(description="what was not fixed, and why")
    baseline: BaselineUse | None = Field(description="null without a baseline")


class Report(_Model):
    """What ``vaultlint check --format json`` prints."""

    version: Literal[1] = Field(description="the version of this format")
    vault: str = Field(description="the vault's folder, absolute")
    diagnostics: list[Finding] = Field(description="sorted by path, place and rule")
    summary: Totals


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a report."""
    schema = Report.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
