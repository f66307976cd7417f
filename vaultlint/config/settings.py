"""What the layers say of one rule, folded into severity, options and words for a path.

Invariant: later settings win, key by key; options merge one by one. Naming a rule turns it on:
only ``off`` (or ``false``) turns it off.

Tests: tests/unit/config/test_settings.py
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from vaultlint.check import Check
from vaultlint.config.build import build_options
from vaultlint.config.document import Document
from vaultlint.diagnostics import Severity
from vaultlint.terms import Globs
from vaultlint.text import Position

EVERYWHERE = -1
_OWN_KEYS = frozenset({"severity", "check", "message", "help", "paths", "exclude"})


class Scope(NamedTuple):
    """Some paths: those that match ``paths`` (all when empty) and not ``exclude``."""

    paths: Globs
    exclude: Globs

    def covers(self, file: str) -> bool:
        """Return whether ``file`` is one of these paths."""
        return (not self.paths or self.paths.match(file)) and not self.exclude.match(file)


class Setting(NamedTuple):
    """What one layer says of a rule, where ``scope`` (a number, or EVERYWHERE) covers the file.

    ``switch``: a Severity; True for on at the severity it has anyway; False for off; None when the
    layer names no severity, which leaves the rule on. ``limits`` is the number of the Scope that
    the layer restricts the rule to, None when it says nothing of paths.
    """

    layer: str
    document: Document | None
    pointer: str
    scope: int
    switch: Severity | bool | None
    message: str | None = None
    limits: int | None = None
    options: Mapping[str, Any] = {}
    help: str | None = None

    @property
    def file(self) -> str | None:
        """Return the file in which the layer says so, None for the command line."""
        return None if self.document is None else self.document.name

    @property
    def position(self) -> Position | None:
        """Return where in its file the layer says so."""
        if self.document is None:
            return None
        return self.document.position(self.pointer, key=True)

    @property
    def decided(self) -> str:
        """Return in a few words what this setting does."""
        if self.switch is False:
            return "off"
        severity = self.switch if isinstance(self.switch, Severity) else None
        parts = ["on" if severity is None else f"severity {severity.label}"]
        parts += ["message"] * (self.message is not None)
        parts += ["help"] * (self.help is not None)
        parts += ["paths"] * (self.limits is not None)
        parts += [f"option {name}" for name in self.options]
        return ", ".join(parts)


class Resolved(NamedTuple):
    """A rule as it stands for a path, in the order of the last fields of Rule."""

    severity: Severity
    options: Any
    message: str | None
    layer: str
    help: str | None = None


class RuleSettings:
    """All that is said of one rule, in the order of the layers.

    ``has_default`` is False for a rule of the user's own, which starts with its first setting.
    ``beside`` holds options for a scope that come before all settings: other rules are on there.
    """

    def __init__(self, rule_id: str, check: Check, *, has_default: bool) -> None:
        self.id = rule_id
        self.check = check
        self.has_default = has_default
        self.settings: list[Setting] = []
        self.beside: list[tuple[int, Mapping[str, Any]]] = []
        self._resolved: dict[tuple[tuple[int, ...], ...], Resolved | None] = {}

    def applying(self, matched: frozenset[int]) -> Iterator[Setting]:
        """Yield the settings that apply to a path in the scopes ``matched``, the last one winning."""
        return (one for one in self.settings if one.scope == EVERYWHERE or one.scope in matched)

    def is_on_path(self, matched: frozenset[int]) -> bool:
        """Return whether the paths of the rule itself include a path in the scopes ``matched``."""
        limits = self.limits(matched)
        return limits == EVERYWHERE or limits in matched

    def limits(self, matched: frozenset[int] = frozenset()) -> int:
        """Return the scope of the rule's own paths, as told to a path in the scopes ``matched``."""
        limits = EVERYWHERE
        for setting in self.applying(matched):
            if setting.limits is not None:
                limits = setting.limits
        return limits

    def is_on(self) -> bool:
        """Return whether the settings that hold everywhere leave the rule on."""
        everywhere = [one for one in self.settings if one.scope == EVERYWHERE]
        return self._severity(everywhere) is not None

    def resolve(self, matched: frozenset[int]) -> Resolved | None:
        """Return the rule for a path in the scopes ``matched``; None when it is off there."""
        if not self.is_on_path(matched):
            return None
        applying = tuple(
            number
            for number, one in enumerate(self.settings)
            if one.scope == EVERYWHERE or one.scope in matched
        )
        beside = tuple(
            number
            for number, (scope, _) in enumerate(self.beside)
            if scope == EVERYWHERE or scope in matched
        )
        if (applying, beside) not in self._resolved:
            settings = [self.settings[number] for number in applying]
            given = [self.beside[number][1] for number in beside]
            self._resolved[applying, beside] = self._fold(settings, given)
        return self._resolved[applying, beside]

    def _fold(self, settings: list[Setting], beside: list[Mapping[str, Any]]) -> Resolved | None:
        severity = self._severity(settings)
        if severity is None:
            return None
        options: dict[str, Any] = {}
        for given in beside:
            options |= given
        message: str | None = None
        help_: str | None = None
        for setting in settings:
            message = message if setting.message is None else setting.message
            help_ = help_ if setting.help is None else setting.help
            options |= setting.options
        layer = settings[-1].layer if settings else "default"
        built = build_options(self.check.options, options)
        return Resolved(severity, built, message, layer, help_)

    def _severity(self, settings: list[Setting]) -> Severity | None:
        severity = self.check.severity if self.has_default else None
        usual = self.check.severity or Severity.WARNING
        for setting in settings:
            if setting.switch is False:
                severity = None
            elif isinstance(setting.switch, Severity):
                severity = usual = setting.switch
            else:
                severity = severity or usual
        return severity


def options_of(setting: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of the check among the keys of a rule's mapping."""
    return {key: value for key, value in setting.items() if key not in _OWN_KEYS}
