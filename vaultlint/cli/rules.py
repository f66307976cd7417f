"""``vaultlint rules``: every rule of a vault, and where it is on.

Tests: tests/unit/cli/test_rules.py
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import click

from vaultlint.checks._docs import check_doc
from vaultlint.cli.failure import CLEAN
from vaultlint.cli.opening import open_config
from vaultlint.cli.options import Asked, config_options, text_or_json
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import locate
from vaultlint.config.ruleset import Config, Rule
from vaultlint.diagnostics import Severity
from vaultlint.note.model import NoteId
from vaultlint.report.terminal import Paint, safe
from vaultlint.view.as_json import dumps


class RuleState(NamedTuple):
    """One rule: ``severity`` is its highest on any path, None when it is off on all of them."""

    id: str
    check: str
    severity: Severity | None
    everywhere: bool
    summary: str


@click.command(name="rules")
@config_options
@text_or_json
def command(*, vault: str | None, format_: str, **asked: Any) -> int:
    """List all rules, and which are on in this vault."""
    place = locate((), vault)
    source, config = open_config(place, Asked(**asked))
    states = list(rule_states(config, source.list()))
    emit([_json(states)] if format_ == "json" else _table(states, paint()))
    return CLEAN


def rule_states(config: Config, files: Iterable[NoteId]) -> Iterator[RuleState]:
    """Yield the state of each rule of ``config`` over ``files``, sorted by id."""
    sets: dict[int, tuple[Rule, ...]] = {}
    for file in (*files, "note.md"):  # an empty vault has rules too
        rules = config.rules_for(file)
        sets[id(rules)] = rules
    found: dict[str, list[Severity]] = {}
    messages: dict[str, str] = {}
    for rules in sets.values():
        for rule in rules:
            found.setdefault(rule.id, []).append(rule.severity)
            if rule.message is not None:
                messages[rule.id] = rule.message
    for rule_id in config.rule_ids():
        check = config.check_of(rule_id)
        severities = found.get(rule_id, [])
        if rule_id == check.id:
            summary = check_doc(check.id).summary
        else:
            summary = messages.get(rule_id, f"made with the check {check.id}")
        yield RuleState(
            rule_id,
            check.id,
            max(severities, default=None),
            len(severities) == len(sets),
            summary,
        )


def _table(states: list[RuleState], style: Paint) -> Iterator[str]:
    width = max((len(state.id) for state in states), default=0)
    for state in states:
        name = safe(state.id)
        label = state.severity.label if state.severity else "off"
        if state.severity and not state.everywhere:
            label += "*"
        shown = f"{label:<8}"
        if state.severity:
            shown = style.severity(state.severity, shown)
        yield f"{name:<{width}}  {shown}  {safe(state.summary)}\n"
    if any(state.severity and not state.everywhere for state in states):
        yield "\n* on some paths only; 'vaultlint config --why RULE NOTE' tells what decided\n"


def _json(states: list[RuleState]) -> str:
    rows = [
        {
            "id": state.id,
            "check": state.check,
            "severity": state.severity.label if state.severity else None,
            "everywhere": state.everywhere,
            "summary": state.summary,
        }
        for state in states
    ]
    return "[\n" + ",\n".join(map(dumps, rows)) + "\n]\n"
