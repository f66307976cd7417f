"""The published shape of a watcher's events, from which their JSON Schema is generated.

Invariant: no command imports this module; a test holds real output against it. A reader has to
ignore events and members that it does not know: they may be added without a new version.

Tests: tests/test_schemas.py
"""

from typing import Annotated, Any, Literal

from pydantic import (  # noqa: TID253 -- imported by devtools only
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
)

from vaultlint.report.models import Counts, Finding

_Path = Annotated[str, Field(description="relative to the vault, with forward slashes")]
_Rules = Annotated[list[str], Field(description="the rules concerned, if any")]

_Fixes = Annotated[
    Literal["on", "off", "dry-run", "elsewhere"],
    Field(description="whether settled notes are fixed; 'elsewhere': another machine does"),
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Started(_Model):
    """The first event: the vault is loaded and watched; its findings follow."""

    event: Literal["started"]
    version: Literal[1] = Field(description="the version of this protocol")
    vault: str = Field(description="the vault's folder, absolute")
    pid: int = Field(description="the process that watches")
    observing: Literal["events", "polling"] = Field(
        description="whether changes are heard of at once, or found by looking now and then"
    )
    fixes: _Fixes
    reason: str = Field(description="why fixes are not on; empty when that was asked for")


class Findings(_Model):
    """All findings of one file as it is now, in place of those told before."""

    event: Literal["findings"]
    path: _Path
    findings: list[Finding] = Field(description="empty: the file is clean, or gone")


class Current(_Model):
    """Everything that was found up to here has been told."""

    event: Literal["current"]
    sequence: int = Field(ge=1, description="counts these events")
    time: float = Field(description="when the files were looked at: seconds since the epoch")
    notes_checked: int = Field(ge=0)
    by_severity: Counts = Field(description="of the whole vault")


class FixesChanged(_Model):
    """The configuration says something else of fixes than was told before."""

    event: Literal["fixes-changed"]
    fixes: _Fixes
    reason: str = Field(description="why fixes are not on; empty when that was asked for")


class Settling(_Model):
    """The notes that will be fixed when they have settled, in place of those told before."""

    event: Literal["settling"]
    files: list[str] = Field(description="of very many only the first")


class Fixed(_Model):
    """A note was written."""

    event: Literal["fixed"]
    path: _Path
    rules: _Rules
    run: str = Field(description="`vaultlint undo RUN` takes it back")


class WouldFix(_Model):
    """A note would have been written, but for --dry-run."""

    event: Literal["would-fix"]
    path: _Path
    rules: _Rules
    diff: str = Field(description="a unified diff")


class LeftAlone(_Model):
    """A note with fixes is not written."""

    event: Literal["left-alone"]
    path: _Path
    rules: _Rules
    reason: str
    rival: str = Field(description="who may be undoing its fixes; empty when there is no sign")


class Followed(_Model):
    """Files were moved, and the links that pointed to them were written anew."""

    event: Literal["followed"]
    moves: dict[str, str] = Field(description="old path: new path")
    files: list[str] = Field(description="the notes that were written")
    run: str = Field(description="`vaultlint undo RUN` takes it back")


class MoveProposed(_Model):
    """Files were moved; `vaultlint mv --pending` would write the links to them anew."""

    event: Literal["move-proposed"]
    moves: dict[str, str] = Field(description="old path: new path")
    files: list[str] = Field(description="the notes that would be written")
    reason: str = Field(description="why that was not done unasked")
    choices: list[str] = Field(
        description="the new paths of which one, or none, is that of the one file of `moves`; empty when sure"
    )


class Waiting(_Model):
    """Nothing can be looked at for now; all that was told stays as it was."""

    event: Literal["waiting"]
    reason: str


class Resumed(_Model):
    """What was waited for is over."""

    event: Literal["resumed"]


class ConfigRejected(_Model):
    """The configuration as it is now does not load; the last good one stays in force."""

    event: Literal["config-rejected"]
    message: str = Field(description="one line an error: path:line:column: what is wrong")


class ConfigLoaded(_Model):
    """The configuration was mended, and is in force."""

    event: Literal["config-loaded"]


class Remark(_Model):
    """Something that a person should know about this watcher."""

    event: Literal["remark"]
    message: str


class Stopped(_Model):
    """The last event."""

    event: Literal["stopped"]
    reason: str


class WatchEvent(
    RootModel[
        Annotated[
            Started
            | Findings
            | Current
            | FixesChanged
            | Settling
            | Fixed
            | WouldFix
            | LeftAlone
            | Followed
            | MoveProposed
            | Waiting
            | Resumed
            | ConfigRejected
            | ConfigLoaded
            | Remark
            | Stopped,
            Field(discriminator="event"),
        ]
    ]
):
    """One line of ``vaultlint watch --format jsonl``."""


def events_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one event."""
    schema = WatchEvent.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
