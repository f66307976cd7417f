"""The resolved configuration: which rules run on which path, with which options.

Invariant: nothing here knows YAML text or pydantic; a Config is plain data, made once by load.
What a layer says of a rule is a Setting (settings.py); a Rule is the fold of the settings that
apply to a path, made once for each combination of globs that some path matches.

Tests: tests/unit/config/test_ruleset.py
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vaultlint.check import Check
from vaultlint.config.publishing import IndexSettings
from vaultlint.config.settings import RuleSettings, Scope
from vaultlint.config.watching import WatchSettings
from vaultlint.diagnostics import Severity
from vaultlint.note.model import NoteId
from vaultlint.terms import Globs, Validator, Vocabulary
from vaultlint.text import Position, Span


class Rule(NamedTuple):
    """A check with an id, a severity and options: what users meet."""

    id: str
    check: Check
    severity: Severity
    options: Any
    message: str | None = None
    layer: str = "default"
    help: str | None = None


class ConfiguredGlob(NamedTuple):
    """One glob of the vault's config file and where it stands there (code points)."""

    glob: str
    file: NoteId
    span: Span


class UnknownRule(NamedTuple):
    """A rule id that no check and no rule of the user's own has; ``file`` names it at ``span``."""

    id: str
    file: NoteId
    span: Span
    suggestion: str | None


class Layer(NamedTuple):
    """What one layer decided about a rule: "vaultlint.yaml" at 12:3 said "severity error"."""

    name: str
    file: str | None
    position: Position | None
    decided: str


class Config:
    """The rules, schemas and vocabularies of one vault.

    ``path`` is the config file, None when the vault has none. ``inputs`` are all files of the
    vault that the config was made from, or would be if they existed. ``vocabulary_files`` maps
    each file that lists terms to the names of its vocabularies; ``bindings`` maps a property to
    the vocabulary that its values come from. ``globs`` are those of the config file, not of packs.
    """

    def __init__(
        self,
        *,
        path: NoteId | None,
        inputs: frozenset[NoteId],
        rules: Iterable[RuleSettings],
        scopes: tuple[Scope, ...],
        include: Globs,
        exclude: Globs,
        validators: tuple[tuple[int, Validator], ...],
        vocabularies: Mapping[str, Vocabulary],
        vocabulary_files: Mapping[NoteId, tuple[str, ...]],
        bindings: Mapping[str, str],
        globs: tuple[ConfiguredGlob, ...],
        unknown_rules: tuple[UnknownRule, ...],
        watch: WatchSettings = WatchSettings(),  # noqa: B008 -- a constant
        index: IndexSettings = IndexSettings(),  # noqa: B008 -- a constant
    ) -> None:
        self.path = path
        self.inputs = inputs
        self.vocabularies = vocabularies
        self.vocabulary_files = vocabulary_files
        self.bindings = bindings
        self.globs = globs
        self.unknown_rules = unknown_rules
        self.watch = watch
        self.index = index
        self._settings = {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.id)}
        self._scopes = scopes
        self._include = include
        self._exclude = exclude
        self._validators = validators
        self._by_file: dict[NoteId, frozenset[int]] = {}
        self._rules: dict[frozenset[int], tuple[Rule, ...]] = {}
        self._applying: dict[frozenset[int], tuple[Validator, ...]] = {}

    def rules_for(self, file: NoteId) -> tuple[Rule, ...]:
        """Return the rules that are on for ``file``, sorted by id. Equal answers are identical."""
        matched = self._matched(file)
        rules = self._rules.get(matched)
        if rules is None:
            rules = self._rules[matched] = tuple(self._resolve(matched))
        return rules

    def rule_ids(self) -> tuple[str, ...]:
        """Return the ids of all rules, off or on, those of the user's own too, sorted."""
        return tuple(self._settings)

    def check_of(self, rule_id: str) -> Check:
        """Return the check that the rule uses. Raises KeyError for an id that no rule has."""
        return self._settings[rule_id].check

    def checked(self, file: NoteId) -> bool:
        """Return whether ``include`` and ``exclude`` leave ``file`` to be checked."""
        return (not self._include or self._include.match(file)) and not self._exclude.match(file)

    def validators_for(self, file: NoteId) -> tuple[Validator, ...]:
        """Return the schemas that apply to ``file``. Equal answers are identical."""
        if not self._validators:
            return ()
        matched = self._matched(file)
        found = self._applying.get(matched)
        if found is None:
            applying = (one for scope, one in self._validators if scope in matched)
            found = tuple(dict.fromkeys(applying))  # a pack and the vault may name the same one
            self._applying[matched] = found
        return found

    def why(self, rule_id: str, file: NoteId) -> tuple[Layer, ...]:
        """Return what each layer decided about ``rule_id`` for ``file``; the last one won.

        Raises KeyError for an id that no rule has.
        """
        settings = self._settings[rule_id]
        default = settings.check.severity
        said = "off" if default is None else f"severity {default.label}"
        layers = [Layer("default", None, None, said)] if settings.has_default else []
        matched = self._matched(file)
        for setting in settings.applying(matched):
            decided = Layer(setting.layer, setting.file, setting.position, setting.decided)
            layers.append(decided)
        if not settings.is_on_path(matched):
            layers.append(Layer("paths of the rule", None, None, "does not apply to this path"))
        if not self.checked(file):
            layers.append(Layer("include and exclude", self.path, None, "the file is not checked"))
        return tuple(layers)

    def _matched(self, file: NoteId) -> frozenset[int]:
        """Return the numbers of the scopes that ``file`` lies in."""
        matched = self._by_file.get(file)
        if matched is None:
            covering = (number for number, scope in enumerate(self._scopes) if scope.covers(file))
            matched = self._by_file[file] = frozenset(covering)
        return matched

    def _resolve(self, matched: frozenset[int]) -> Iterable[Rule]:
        for rule_id, settings in self._settings.items():
            resolved = settings.resolve(matched)
            if resolved is not None:
                yield Rule(rule_id, settings.check, *resolved)
