"""Suppression, told from the definition: each ignore against each finding."""

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.diagnostics import Diagnostic, Severity
from vaultlint.engine.suppress import suppress
from vaultlint.note.model import Ignore
from vaultlint.text import Position, Span

RULES = ("r", "s", "unjudged", "never")
ORIGIN = Position(1, 1)
SPANS = st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda at: Span(at[0], sum(at)))
IGNORES = st.builds(
    lambda rules, scope: Ignore(tuple((rule, Span(0, 1)) for rule in rules), scope, Span(0, 9)),
    st.lists(st.sampled_from(RULES), max_size=3),
    SPANS,
)
FINDINGS = st.builds(
    lambda rule, span: Diagnostic(rule, Severity.ERROR, "a.md", span, ORIGIN, ORIGIN, "", "", ""),
    st.sampled_from(RULES),
    SPANS,
)


def hits(ignore: Ignore, finding: Diagnostic, rule: str | None) -> bool:
    (start, end), scope = finding.span, ignore.scope
    inside = scope.start <= start < scope.end or start == end == scope.end
    return inside and finding.rule != "never" and rule in (None, finding.rule)


@given(st.lists(IGNORES, max_size=5), st.lists(FINDINGS, max_size=6), st.booleans())
def test_each_ignore_against_each_finding(
    ignores: list[Ignore], findings: list[Diagnostic], blanket: bool
) -> None:
    judged = {"r", "s", "never"}
    outcome = suppress(tuple(ignores), findings, judged=judged, blanket=blanket, never="never")
    assert list(outcome.kept) == [
        finding
        for finding in findings
        if not any(
            hits(ignore, finding, rule)
            for ignore in ignores
            for rule in [rule for rule, _ in ignore.rules] or [None]
        )
    ]
    unused = []
    for ignore in ignores:
        vain = tuple(
            (rule, span)
            for rule, span in ignore.rules
            if rule in judged and not any(hits(ignore, each, rule) for each in findings)
        )
        idle = (
            not ignore.rules and blanket and not any(hits(ignore, each, None) for each in findings)
        )
        if vain or idle:
            unused.append(ignore._replace(rules=vain))
    assert list(outcome.unused) == unused
