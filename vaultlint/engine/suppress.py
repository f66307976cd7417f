"""Suppression: which findings a note asks to be left alone, and which asks were for nothing.

Invariant: a pure function of the note's ignores and its findings. Findings are named before they
are suppressed, so a suppression never changes the fingerprint of another finding.

Tests: tests/unit/engine/test_suppress.py
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from vaultlint.diagnostics import Diagnostic
from vaultlint.note.model import Ignore


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
    kept: list[Diagnostic] = []
    used: set[tuple[int, str]] = set()
    for diagnostic in diagnostics:
        hits = [] if diagnostic.rule == never else _hits(ignores, diagnostic)
        used.update((at, diagnostic.rule) for at in hits)
        if not hits:
            kept.append(diagnostic)
    unused = (
        narrowed
        for at, ignore in enumerate(ignores)
        if (narrowed := _unused(at, ignore, used, judged, blanket=blanket)) is not None
    )
    return Outcome(tuple(kept), tuple(unused))


def _hits(ignores: tuple[Ignore, ...], diagnostic: Diagnostic) -> list[int]:
    start, end = diagnostic.span
    return [
        at
        for at, ignore in enumerate(ignores)
        if (
            ignore.scope.start <= start < ignore.scope.end
            or (start == end == ignore.scope.end)  # an empty span may stand at the very end
        )
        and (not ignore.rules or any(rule == diagnostic.rule for rule, _ in ignore.rules))
    ]


def _unused(
    at: int, ignore: Ignore, used: set[tuple[int, str]], judged: Collection[str], *, blanket: bool
) -> Ignore | None:
    if not ignore.rules:
        hit = any(where == at for where, _ in used)
        return None if hit or not blanket else ignore
    rules = tuple(
        (rule, span) for rule, span in ignore.rules if rule in judged and (at, rule) not in used
    )
    return ignore._replace(rules=rules) if rules else None
