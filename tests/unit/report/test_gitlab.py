"""GitLab's Code Quality report: an array of findings with fingerprints of their own."""

import json

from hypothesis import given

from tests.unit.report.findings import finding, listing, vile_listings
from vaultlint.diagnostics import Severity
from vaultlint.report.gitlab import code_quality
from vaultlint.report.listing import Listing
from vaultlint.report.terminal import safe

NOTE = "# Title\n\nSee [[Gone]] now.\n"


def loaded(listed: Listing) -> list[dict]:
    return json.loads("".join(code_quality(listed)))


def test_a_finding() -> None:
    found = finding(NOTE, "[[Gone]]")
    assert loaded(listing([found])) == [
        {
            "description": "no note is named 'Gone'",
            "check_name": "vaultlint/broken-link",
            "fingerprint": found.fingerprint,
            "severity": "major",
            "location": {"path": "note.md", "lines": {"begin": 3, "end": 3}},
        }
    ]


def test_severities() -> None:
    found = [finding(NOTE, "now", severity=severity) for severity in Severity]
    assert [each["severity"] for each in loaded(listing(found))] == ["info", "minor", "major"]


def test_nothing_is_an_empty_array() -> None:
    assert loaded(listing([])) == []


def test_equal_notes_of_two_vaults_are_told_apart() -> None:
    found = [finding(NOTE, "[[Gone]]")]
    named = [
        (each["location"]["path"], each["fingerprint"])
        for prefix in ("", "a/", "b/")
        for each in loaded(listing(found, prefix=prefix))
    ]
    assert [path for path, _ in named] == ["note.md", "a/note.md", "b/note.md"]
    assert len({name for _, name in named}) == 3


@given(vile_listings(prefix="docs/"))
def test_any_vault_gives_a_valid_report(listed: Listing) -> None:
    text = "".join(code_quality(listed))
    assert text.isascii()
    issues = json.loads(text)
    assert len({each["fingerprint"] for each in issues}) == len(issues) == len(listed.found)
    for each in issues:
        assert safe(each["description"]) == each["description"]
        assert each["location"]["path"].startswith("docs/")
