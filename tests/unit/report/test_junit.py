"""JUnit XML: valid by its schema whatever a vault holds, failed where the run fails."""

from pathlib import Path
from xml.etree import ElementTree as ET

import xmlschema
from hypothesis import given

from tests.unit.report.findings import finding, listing, vile_listings, with_complaints
from vaultlint.diagnostics import Advice, Severity
from vaultlint.report.junit import suites
from vaultlint.report.listing import Listing

NOTE = "# Title\n\nSee [[Gone]] now.\n"
SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parents[2] / "data" / "junit-10.xsd"))


def loaded(listed: Listing) -> ET.Element:
    root = ET.fromstring("".join(suites(listed)).encode())
    SCHEMA.validate(root)
    return root


def test_a_suite_for_each_file_and_a_test_for_each_finding() -> None:
    found = [
        finding(NOTE, "[[Gone]]", file="a.md"),
        finding(NOTE, "now", file="a.md", severity=Severity.WARNING),
        finding(NOTE, "See", file="b.md"),
    ]
    root = loaded(listing(found, Advice("create it"), prefix="docs/"))
    assert root.attrib == {
        "name": "vaultlint",
        "tests": "3",
        "failures": "2",
        "errors": "0",
        "time": "1.500",
    }
    one, other = root
    assert (one.get("name"), one.get("tests"), one.get("failures")) == ("docs/a.md", "2", "1")
    assert (other.get("name"), other.get("tests"), other.get("failures")) == ("docs/b.md", "1", "1")
    failed, passed = one
    assert failed.attrib == {"name": "broken-link at 3:5", "classname": "docs/a.md"}
    assert failed[0].attrib == {"message": "no note is named 'Gone'", "type": "broken-link"}
    assert failed[0].text == "docs/a.md:3:5: error: no note is named 'Gone'\ncreate it"
    assert [each.tag for each in passed] == ["system-out"]


def test_tests_fail_as_the_run_does() -> None:
    warning = finding(NOTE, "now", severity=Severity.WARNING)
    assert loaded(listing([warning])).get("failures") == "0"
    assert loaded(listing([warning], least=Severity.INFO)).get("failures") == "1"
    assert loaded(listing([finding(NOTE, "now")], least=None)).get("failures") == "0"


def test_complaints_about_the_baseline_are_failed_tests() -> None:
    root = loaded(with_complaints(listing([finding(NOTE, "now")]), "<x>\x1b"))
    assert (root.get("tests"), root.get("failures")) == ("3", "3")
    messages = [failure.get("message") or "" for failure in root.iter("failure")]
    assert messages[0] == "the baseline has grown: <x>\\x1b from 3 to 4"
    assert loaded(with_complaints(listing([]))).get("tests") == "2"


def test_a_clean_run_is_a_test_that_passed() -> None:
    root = loaded(listing([]))
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert [case.attrib for case in root.iter("testcase")] == [
        {"name": "no findings", "classname": "vaultlint"}
    ]


@given(vile_listings(prefix="docs/"))
def test_any_vault_gives_a_valid_document(listed: Listing) -> None:
    root = loaded(listed)
    assert len(list(root.iter("testcase"))) == max(1, len(listed.found))
    assert len(list(root.iter("failure"))) == sum(map(listed.fails, listed.found))
