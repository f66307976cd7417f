"""Suppression: which findings a note asks to be left alone, and which asks are for nothing.

Invariant: a pure function of the note's ignores and its findings. Findings are named before they
are suppressed, so a suppression never changes the fingerprint of another finding. Many ignores over
many findings take no more than sorting both.

Tests: tests/unit/engine/test_suppress.py, tests/properties/test_suppress.py
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import accumulate
from typing import NamedTuple

from vaultlint.diagnostics import Diagnostic
from vaultlint.note.model import Ignore
from vaultlint.text import Span

_EVERY = ""  # stands for every rule


class Outcome(NamedTuple):
    """The findings that stay, and the ignores (narrowed to their unused rules) that did nothing."""

    kept: tuple[Diagnostic, ...]
    unused: tuple[Ignore, ...]


def suppress(
    ignores: tuple[Ignore, ...],
    diagnostics: Iterable[Diagnostic],
    *,
    judged: Collection[str],
    blanket: bool,
    never: str,
) -> Outcome:
    """Return what ``ignores`` leaves of ``diagnostics``.

    Only rules in ``judged`` (those that ran on this file) can be ignored in vain, and an ignore of
    every rule only if ``blanket`` (nothing was left out on the command line). Findings of the rule
    ``never`` cannot be suppressed.
    """
    diagnostics = tuple(diagnostics)
    scopes = _scopes(ignores)
    places = _places(each for each in diagnostics if each.rule != never)

    def kept(diagnostic: Diagnostic) -> bool:
        if diagnostic.rule == never:
            return True
        over = (scopes[rule] for rule in (diagnostic.rule, _EVERY) if rule in scopes)
        return not any(each.cover(diagnostic.span) for each in over)

    def used(rule: str, scope: Span) -> bool:
        return rule in places and places[rule].any_in(scope)

    unused: list[Ignore] = []
    for ignore in ignores:
        rules = tuple(
            (rule, span)
            for rule, span in ignore.rules
            if rule in judged and not used(rule, ignore.scope)
        )
        if rules or (not ignore.rules and blanket and not used(_EVERY, ignore.scope)):
            unused.append(ignore._replace(rules=rules))
    return Outcome(tuple(filter(kept, diagnostics)), tuple(unused))


class _Scopes:
    """Scopes of ignores. One covers what starts in it, and an empty span at its very end too."""

    def __init__(self, scopes: list[Span]) -> None:
        scopes.sort()
        self._starts = [scope.start for scope in scopes]
        self._reach = list(accumulate((scope.end for scope in scopes), max))
        self._ends = {scope.end for scope in scopes}

    def cover(self, span: Span) -> bool:
        """Return whether any scope covers ``span``."""
        at = bisect_right(self._starts, span.start) - 1
        inside = at >= 0 and self._reach[at] > span.start
        return inside or (span.start == span.end and span.end in self._ends)


class _Places:
    """Spans of findings."""

    def __init__(self, spans: list[Span]) -> None:
        self._starts = sorted(span.start for span in spans)
        self._empty = {span.start for span in spans if span.start == span.end}

    def any_in(self, scope: Span) -> bool:
        """Return whether ``scope`` covers any of the spans."""
        at = bisect_left(self._starts, scope.start)
        inside = at < len(self._starts) and self._starts[at] < scope.end
        return inside or scope.end in self._empty


def _scopes(ignores: Iterable[Ignore]) -> dict[str, _Scopes]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for ignore in ignores:
        for rule in {rule for rule, _ in ignore.rules} or {_EVERY}:
            found[rule].append(ignore.scope)
    return {rule: _Scopes(spans) for rule, spans in found.items()}


def _places(diagnostics: Iterable[Diagnostic]) -> dict[str, _Places]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for diagnostic in diagnostics:
        found[diagnostic.rule].append(diagnostic.span)
        found[_EVERY].append(diagnostic.span)
    return {rule: _Places(spans) for rule, spans in found.items()}
