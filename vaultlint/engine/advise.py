"""Advice: help, related places and fix of a finding, computed when somebody reads it.

Invariant: advice may look at everything; it holds for the vault as it is now, and for any in which
nothing that it read is another. Whatever goes wrong in it costs the advice of one finding, no more.

Tests: tests/unit/engine/test_advise.py
"""

from typing import NamedTuple

from vaultlint.check import Found
from vaultlint.config.ruleset import Rule
from vaultlint.diagnostics import INTERNAL_ERROR, Advice, Diagnostic
from vaultlint.engine.checker import Checker
from vaultlint.engine.jobs import FAILED
from vaultlint.engine.notes import describe
from vaultlint.engine.template import fill
from vaultlint.vault.keys import Key


class Advised(NamedTuple):
    """Advice, and the keys of all that it looked at in the vault; the config counts besides."""

    advice: Advice
    reads: frozenset[Key]


def advise(checker: Checker, diagnostic: Diagnostic) -> Advised:
    """Return what can be done about ``diagnostic``, a finding in the vault as it is now.

    Never raises: a check that fails here leaves the help of its template, and says so.
    """
    reads: set[Key] = {("text", diagnostic.file)}
    rule = _rule(checker, diagnostic)
    if rule is None:
        return Advised(Advice(fill(FAILED.help, diagnostic.data)), frozenset(reads))
    help_ = fill(rule.help or rule.check.help, diagnostic.data)
    try:
        advice = _computed(checker, diagnostic, rule, help_, reads)
    except Exception as error:  # noqa: BLE001 - the guard of the job that computes advice
        advice = Advice(f"{help_} (no further advice: {describe(error)})".lstrip())
    return Advised(advice, frozenset(reads))


def _rule(checker: Checker, diagnostic: Diagnostic) -> Rule | None:
    if diagnostic.rule == INTERNAL_ERROR:
        return None
    rules = checker.config.rules_for(diagnostic.file)
    return next((rule for rule in rules if rule.id == diagnostic.rule), None)


def _computed(
    checker: Checker, diagnostic: Diagnostic, rule: Rule, help_: str, reads: set[Key]
) -> Advice:
    explain, repair = rule.check.explain, rule.check.repair
    if explain is None and repair is None:
        return Advice(help_)
    found = Found(diagnostic.span, diagnostic.data, diagnostic.severity)
    note = checker.subject(diagnostic.file)
    view = checker.advising_view(note)
    view.reads = reads
    advice = Advice() if explain is None else explain(found, note, view, rule.options)
    fix = advice.fix
    if fix is None and repair is not None:
        fix = repair(found, note, view, rule.options)
    return Advice(help_ if rule.help else advice.help or help_, advice.related, fix)
