"""Which findings a note asks to be left alone, and which asks are for nothing."""

from vaultlint.diagnostics import Diagnostic, Severity
from vaultlint.engine.suppress import suppress
from vaultlint.note.model import Ignore
from vaultlint.text import Position, Span

ORIGIN = Position(1, 1)


def finding(rule: str, start: int, end: int | None = None) -> Diagnostic:
    span = Span(start, start + 1 if end is None else end)
    return Diagnostic(rule, Severity.ERROR, "a.md", span, ORIGIN, ORIGIN, "", "", "")


def ignore(start: int, end: int, *rules: str) -> Ignore:
    named = tuple((rule, Span(90 + at, 91 + at)) for at, rule in enumerate(rules))
    return Ignore(named, Span(start, end), Span(90, 99))


def outcome(ignores: list[Ignore], findings: list[Diagnostic], **options: object) -> tuple:
    known = {"judged": {"r", "s"}, "blanket": True, "never": "internal-error", **options}
    return suppress(tuple(ignores), findings, **known)  # type: ignore[arg-type]


def test_a_rule_is_ignored_in_its_scope_alone() -> None:
    inside, before, after, other = (
        finding("r", 10),
        finding("r", 9),
        finding("r", 20),
        finding("s", 12),
    )
    kept, unused = outcome([ignore(10, 20, "r")], [inside, before, after, other])
    assert kept == (before, after, other)
    assert unused == ()


def test_an_empty_span_at_the_end_of_the_scope_is_inside() -> None:
    assert outcome([ignore(0, 20, "r")], [finding("r", 20, 20)]).kept == ()


def test_an_ignore_without_rules_is_for_all() -> None:
    kept, unused = outcome([ignore(0, 20)], [finding("r", 1), finding("s", 2)])
    assert (kept, unused) == ((), ())


def test_what_ignores_nothing_is_told_rule_by_rule() -> None:
    one = ignore(0, 20, "r", "s")
    assert outcome([one], [finding("r", 1)]).unused == (one._replace(rules=(one.rules[1],)),)
    assert outcome([one], []).unused == (one,)


def test_overlapping_ignores_are_all_used() -> None:
    assert outcome([ignore(0, 20, "r"), ignore(0, 99)], [finding("r", 1)]).unused == ()


def test_a_rule_that_did_not_run_is_not_judged() -> None:
    assert outcome([ignore(0, 20, "other")], []).unused == ()
    assert outcome([ignore(0, 20)], [], blanket=False).unused == ()
    assert outcome([ignore(0, 20)], []).unused == (ignore(0, 20),)


def test_a_failure_of_ours_cannot_be_ignored() -> None:
    broken = finding("internal-error", 0)
    assert outcome([ignore(0, 20)], [broken]).kept == (broken,)
