"""SARIF: valid by the standard's schema, with fingerprints, rule pages, URIs and fixes."""

import json
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import jsonschema
from hypothesis import given

from tests.unit.report.findings import finding, listing, vile_listings, with_complaints
from vaultlint.diagnostics import Advice, Edit, Fix, Notice, Related, Safety, Severity
from vaultlint.options import NoOptions
from vaultlint.report.listing import Listing
from vaultlint.report.rule_page import RulePage
from vaultlint.report.sarif import Tool, log
from vaultlint.report.terminal import safe
from vaultlint.text import Position, Span

NOTE = "# Title\n\nSee [[Gone]] now.\n"
PAGE = RulePage(
    "broken-link", "Link is broken", {"Why": "It leads nowhere."}, "error", "0.1", True, NoOptions
)
TOOL = Tool("1.2.3", "file:///repository/", lambda rule: PAGE if rule == PAGE.id else None)
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "data" / "sarif-2.1.0.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def run_of(listed: Listing) -> dict:
    text = "".join(log(listed, TOOL))
    assert text.isascii()
    loaded = json.loads(text)
    VALIDATOR.validate(loaded)
    (run,) = loaded["runs"]
    return run


def test_a_finding_and_its_rule() -> None:
    found = finding(NOTE, "[[Gone]]")
    run = run_of(listing([found], Advice("create it"), prefix="docs/my vault/", exit_code=1))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("vaultlint", "1.2.3")
    (rule,) = driver["rules"]
    assert rule["id"] == "broken-link"
    assert rule["shortDescription"] == {"text": "Link is broken."}
    assert rule["fullDescription"] == {"text": "It leads nowhere."}
    assert rule["help"]["markdown"].startswith("# broken-link\n")
    assert "It leads nowhere." in rule["help"]["text"]
    assert run["results"] == [
        {
            "ruleId": "broken-link",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "no note is named 'Gone'\ncreate it"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {
                            "uri": "docs/my%20vault/note.md",
                            "uriBaseId": "%SRCROOT%",
                        },
                        "region": {
                            "startLine": 3,
                            "startColumn": 5,
                            "endLine": 3,
                            "endColumn": 13,
                            "snippet": {"text": "[[Gone]]"},
                        },
                    }
                }
            ],
            "partialFingerprints": {
                "vaultlint/v1": found.fingerprint,
                "primaryLocationLineHash": f"{found.fingerprint}:1",
            },
        }
    ]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///repository/"}}
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (True, 1)


def test_a_clean_run() -> None:
    run = run_of(listing([]))
    assert run["results"] == run["tool"]["driver"]["rules"] == []


def test_a_run_that_failed_says_so() -> None:
    for code in (3, 130):
        assert run_of(listing([], exit_code=code))["invocations"][0]["executionSuccessful"] is False


def test_each_rule_is_described_once_with_its_worst_level() -> None:
    found = [
        finding(NOTE, "See", rule="a", severity=Severity.INFO),
        finding(NOTE, "now", rule="b", severity=Severity.WARNING),
        finding(NOTE, "Title", rule="a", severity=Severity.WARNING),
    ]
    run = run_of(listing(found))
    levels = [
        (rule["id"], rule["defaultConfiguration"]["level"])
        for rule in run["tool"]["driver"]["rules"]
    ]
    assert levels == [("a", "warning"), ("b", "warning")]
    text = {"text": "Reported by vaultlint of its own work, not by a rule."}
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"] == rule["fullDescription"] == rule["help"] == text
    assert [each["ruleIndex"] for each in run["results"]] == [0, 1, 0]
    assert [each["level"] for each in run["results"]] == ["note", "warning", "warning"]


def test_related_places_fixes_and_notices() -> None:
    fix = Fix("rename", Safety.UNSAFE, (Edit("a.md", Span(13, 21), "[[Gate]]"),), {})
    advice = Advice("", (Related("b c.md", Position(1, 2), "there"),), fix)
    listed = listing([finding(NOTE, "[[Gone]]")], advice)
    notice = Notice("not-written", ("broken-link",), "a.md", "it is open")
    run = run_of(listed._replace(summary=listed.summary._replace(notices=(notice,))))
    (result,) = run["results"]
    (related,) = result["relatedLocations"]
    assert related["message"] == {"text": "there"}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "b%20c.md"
    assert result["fixes"] == [
        {
            "description": {"text": "rename (unsafe)"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "a.md", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {"charOffset": 13, "charLength": 8},
                            "insertedContent": {"text": "[[Gate]]"},
                        }
                    ],
                }
            ],
        }
    ]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (told["descriptor"]["id"], told["level"]) == ("not-written", "warning")


def test_complaints_about_the_baseline_are_notifications() -> None:
    (invocation,) = run_of(with_complaints(listing([], exit_code=1)))["invocations"]
    told = invocation["toolExecutionNotifications"]
    assert [each["level"] for each in told] == ["error", "error"]
    assert told[0]["message"]["text"] == "the baseline has grown: broken-link from 3 to 4"


def test_a_name_is_a_relative_uri() -> None:
    for name in ("a:b.md", "ü.md", "100%.md", "a#b?c.md", "\udcff.md"):
        run = run_of(listing([finding(NOTE, "now", file=name)]))
        place = run["results"][0]["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        parts = urlsplit(uri)
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        assert unquote_to_bytes(uri).decode("utf-8", "surrogateescape").endswith(name)


def test_a_message_makes_no_link() -> None:
    run = run_of(listing([finding(NOTE, "now", message="see [here](https://evil.example) \\")]))
    assert run["results"][0]["message"]["text"] == "see \\[here\\](https://evil.example) \\\\"
    run = run_of(listing([finding(NOTE, "now", message="see [[here]]")]))
    assert run["results"][0]["message"]["text"] == "see [[here]]"


@given(vile_listings(prefix="docs/"))
def test_any_vault_gives_a_valid_log(listed: Listing) -> None:
    run = run_of(listed)
    assert len(run["results"]) == len(listed.found)
    for result in run["results"]:
        text = result["message"]["text"].replace("\n", "")
        assert safe(text) == text
        assert "](" not in text.replace("\\](", "")
