"""What all documents of a config say of each rule, in the order in which it counts.

The order: the checks' own defaults, the rules of each pack and of vaultlint.yaml, the rules that
the command line selects, the overrides of each in the same order, and what the command line
leaves out.

Tests: tests/unit/config/test_resolve.py
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vaultlint import checks
from vaultlint.config.build import (
    NamedVocabulary,
    bound_properties,
    needed_options,
    option_types,
    vocabulary_names,
)
from vaultlint.config.document import Document, escape
from vaultlint.config.request import ConfigRequest
from vaultlint.config.ruleset import UnknownRule
from vaultlint.config.scopes import Scopes
from vaultlint.config.settings import EVERYWHERE, RuleSettings, Setting, options_of
from vaultlint.diagnostics import Severity
from vaultlint.errors import ConfigError, UsageError, VaultlintError
from vaultlint.terms import nearest

_COMMAND_LINE = "command line"


def own_rules(documents: Iterable[Document]) -> dict[str, str]:
    """Return the rules of users' own that ``documents`` define: id -> id of the check."""
    known = checks.check_ids()
    found: dict[str, str] = {}
    for document in documents:
        rules = document.data.get("rules")
        for rule_id, setting in rules.items() if isinstance(rules, dict) else ():
            check_id = setting.get("check") if isinstance(setting, dict) else None
            if rule_id not in known and check_id in known:
                found.setdefault(rule_id, check_id)
    return found


class RuleTable:
    """The settings of all rules, gathered from the documents of one config."""

    def __init__(
        self, own: Mapping[str, str], scopes: Scopes, errors: list[VaultlintError]
    ) -> None:
        self.unknown: list[UnknownRule] = []
        self._scopes = scopes
        self._errors = errors
        self._rules = {
            rule_id: RuleSettings(rule_id, checks.load_check(rule_id), has_default=True)
            for rule_id in checks.check_ids()
        }
        for rule_id, check_id in own.items():
            check = checks.load_check(check_id)
            self._rules[rule_id] = RuleSettings(rule_id, check, has_default=False)

    def gather(self, documents: Iterable[Document], request: ConfigRequest) -> list[RuleSettings]:
        """Return all rules with what ``documents`` and ``request`` say of them.

        Raises UsageError for a rule that only the command line names and that does not exist.
        """
        documents = tuple(documents)
        for document in documents:
            self._add_all(document, document.data.get("rules", {}), "/rules", EVERYWHERE)
        self._select(request)
        for document in documents:
            for index, override in enumerate(document.data.get("overrides", ())):
                pointer = f"/overrides/{index}"
                scope = self._scopes.number(document, override, pointer)
                self._add_all(document, override["rules"], f"{pointer}/rules", scope)
        self._ignore(request)
        self._ask_for_needed()
        self._set_beside()
        self._try_out()
        return list(self._rules.values())

    def bindings(self, vocabularies: Iterable[str], failed: bool) -> dict[str, str]:
        """Return the vocabulary of each property that an option binds to one.

        A vocabulary that is not configured is an error, unless some ``failed`` to load.
        """
        known = tuple(vocabularies)
        found: dict[str, str] = {}
        for document, named in self._named_vocabularies():
            if named.name in known:
                if named.key is not None:
                    found[named.key] = named.name
            elif not failed:
                near = nearest(named.name, known)
                hint = f"; did you mean {near!r}?" if near else ""
                message = f"there is no vocabulary {named.name!r}{hint}"
                self._errors.append(document.error(message, named.pointer))
        return found

    def _add_all(
        self, document: Document, rules: Mapping[str, Any], pointer: str, scope: int
    ) -> None:
        for rule_id, raw in rules.items():
            where = f"{pointer}/{escape(rule_id)}"
            if rule_id in self._rules:
                setting = self._setting(document, raw, where, scope)
                self._rules[rule_id].settings.append(setting)
            elif not document.shipped:
                suggestion = nearest(rule_id, self._rules)
                span = document.span(where, key=True)
                self.unknown.append(UnknownRule(rule_id, document.name, span, suggestion))

    def _setting(self, document: Document, raw: Any, pointer: str, scope: int) -> Setting:
        layer = document.name if scope == EVERYWHERE else f"{document.name} overrides"
        if not isinstance(raw, dict):
            return Setting(layer, document, pointer, scope, _switch(raw))
        limits = None
        if "paths" in raw or "exclude" in raw:
            limits = self._scopes.number(document, raw, pointer)
        switch = _switch(raw["severity"]) if "severity" in raw else None
        message, options = raw.get("message"), options_of(raw)
        help_ = raw.get("help")
        return Setting(layer, document, pointer, scope, switch, message, limits, options, help_)

    def _select(self, request: ConfigRequest) -> None:
        for rule_id in self._existing(request.select, "--select"):
            rule = self._rules[rule_id]
            if not rule.is_on():
                rule.settings.append(Setting(_COMMAND_LINE, None, "", EVERYWHERE, switch=True))

    def _ignore(self, request: ConfigRequest) -> None:
        chosen = set(self._existing(request.select, "--select"))
        left_out = set(self._existing(request.ignore, "--ignore"))
        for rule_id, rule in self._rules.items():
            if rule_id in left_out or (chosen and rule_id not in chosen):
                rule.settings.append(Setting(_COMMAND_LINE, None, "", EVERYWHERE, switch=False))

    def _existing(self, rule_ids: tuple[str, ...], option: str) -> tuple[str, ...]:
        unknown = []
        for rule_id in rule_ids:
            if rule_id not in self._rules:
                near = nearest(rule_id, self._rules)
                hint = f"did you mean {near!r}?" if near else "see 'vaultlint rules'"
                unknown.append(f"there is no rule {rule_id!r}; {hint}")
        if unknown:
            raise UsageError(f"{option}: {', '.join(unknown)}")
        return rule_ids

    def _ask_for_needed(self) -> None:
        """Make an error of each rule of the user's own that could find nothing."""
        for rule in self._rules.values():
            document = rule.settings[0].document if rule.settings else None
            if rule.has_default or document is None:
                continue
            given = {option for one in rule.settings for option in one.options}
            for option in needed_options(rule.check.options):
                if option not in given:
                    message = f"a rule with 'check: {rule.check.id}' needs {option!r}"
                    error = document.error(message, rule.settings[0].pointer, key=True)
                    self._errors.append(error)

    def _set_beside(self) -> None:
        """Give each rule the options that its check takes beside others that are on."""
        for rule in self._rules.values():
            for other_id, option, value in rule.check.beside:
                other = self._rules[other_id]
                if other.is_on():
                    rule.beside.append((other.limits(), {option: value}))

    def _try_out(self) -> None:
        """Make each rule's options once, so that what fits no check is an error now."""
        for rule in self._rules.values():
            scopes = {one.scope for one in rule.settings} | {EVERYWHERE}
            for scope in sorted(scopes):
                try:
                    rule.resolve(frozenset({scope, *self._limits(rule)}))
                except (ConfigError, ValueError, TypeError, KeyError, StopIteration) as error:
                    self._errors.append(_unfit(rule, scope, error))
                    break

    @staticmethod
    def _limits(rule: RuleSettings) -> Iterator[int]:
        return (one.limits for one in rule.settings if one.limits is not None)

    def _named_vocabularies(self) -> Iterator[tuple[Document, NamedVocabulary]]:
        for rule in self._rules.values():
            types = option_types(rule.check.options)
            bound = bound_properties(rule.check.options)
            for setting in rule.settings:
                for option, value in setting.options.items():
                    base = f"{setting.pointer}/{escape(option)}"
                    for named in vocabulary_names(types[option], value, base):
                        assert setting.document is not None
                        yield setting.document, named._replace(key=named.key or bound[option])


def _switch(raw: Any) -> Severity | bool:
    if isinstance(raw, bool):
        return raw
    return raw == "on" if raw in ("on", "off") else Severity[raw.upper()]


def _unfit(rule: RuleSettings, scope: int, error: Exception) -> VaultlintError:
    message = error.message if isinstance(error, ConfigError) else str(error)
    said = [one for one in rule.settings if one.scope in (EVERYWHERE, scope) and one.document]
    if not said:
        return ConfigError(f"rule {rule.id!r}: {message}")
    last = said[-1]
    assert last.document is not None
    return last.document.error(f"rule {rule.id!r}: {message}", last.pointer, key=True)
