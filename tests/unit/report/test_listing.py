"""What formats are given: paths of the repository, and advice that is computed once."""

from tests.unit.report.findings import finding, listing, with_complaints
from vaultlint.diagnostics import Advice, Diagnostic, Severity
from vaultlint.report.listing import remembered


def test_paths_are_those_of_the_repository() -> None:
    assert listing([]).path("a.md") == "a.md"
    assert listing([], prefix="docs/vault/").path("a.md") == "docs/vault/a.md"


def test_a_baseline_that_must_only_get_smaller_complains() -> None:
    assert listing([]).complaints == ()
    told = with_complaints(listing([], prefix="docs/"))
    assert told.complaints == (
        ("docs/vaultlint-baseline.json", "the baseline has grown: broken-link from 3 to 4"),
        (
            "docs/vaultlint-baseline.json",
            "the baseline holds what is fixed (2): 'vaultlint baseline --prune' drops it",
        ),
    )
    parked = told.summary.parked
    assert parked is not None
    assert parked._replace(ratchet=False).complaints == ()


def test_what_makes_a_run_fail() -> None:
    warning = finding("ab", "a", severity=Severity.WARNING)
    assert not listing([]).fails(warning)
    assert listing([], least=Severity.WARNING).fails(warning)
    assert not listing([], least=None).fails(finding("ab", "a"))


def test_advice_is_asked_for_once() -> None:
    asked: list[Diagnostic] = []

    def advise(diagnostic: Diagnostic) -> Advice:
        asked.append(diagnostic)
        return Advice(diagnostic.message)

    once = remembered(advise)
    one, other = finding("ab", "a", message="one"), finding("ab", "b", message="other")
    assert [once(each).help for each in (one, other, one)] == ["one", "other", "one"]
    assert asked == [one, other]
