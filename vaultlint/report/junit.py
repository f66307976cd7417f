"""Findings as JUnit XML, for test reports: a suite for each file, a test for each finding.

Invariant: valid XML whatever the vault holds; a finding is a failed test exactly when it makes the
run fail, so that the report and the exit code agree.

Source: the schema junit-10.xsd of Jenkins' xUnit plugin; XML 1.0, section 2.2 (Char).

Tests: tests/unit/report/test_junit.py
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from vaultlint.diagnostics import Diagnostic
from vaultlint.report.listing import PROGRAM, Listing
from vaultlint.report.terminal import safe

_ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\ufffe": "\ufffd",
        "\uffff": "\ufffd",
    }
)


def suites(listing: Listing) -> Iterator[str]:
    """Yield the document in parts. A clean run is one test that passed."""
    failed = sum(map(listing.fails, listing.found)) + len(listing.complaints)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield _open(
        "testsuites",
        {
            "name": PROGRAM,
            "tests": max(1, len(listing.found) + len(listing.complaints)),
            "failures": failed,
            "errors": 0,
            "time": f"{listing.summary.seconds:.3f}",
        },
    )
    if listing.complaints:
        yield from _complaints(listing)
    elif not listing.found:
        yield _open("testsuite", {"name": PROGRAM, "tests": 1, "failures": 0, "errors": 0})
        yield _open("testcase", {"name": "no findings", "classname": PROGRAM}, empty=True)
        yield "</testsuite>\n"
    for file, group in groupby(listing.found, key=lambda each: each.file):
        yield from _suite(safe(listing.path(file)), list(group), listing)
    yield "</testsuites>\n"


def _complaints(listing: Listing) -> Iterator[str]:
    count = len(listing.complaints)
    yield _open("testsuite", {"name": PROGRAM, "tests": count, "failures": count, "errors": 0})
    for number, (path, complaint) in enumerate(listing.complaints, 1):
        yield _open("testcase", {"name": f"baseline {number}", "classname": safe(path)})
        told = {"message": safe(complaint), "type": "baseline"}
        yield f"{_open('failure', told).rstrip()}{_escaped(safe(complaint))}</failure>\n"
        yield "</testcase>\n"
    yield "</testsuite>\n"


def _suite(path: str, found: Sequence[Diagnostic], listing: Listing) -> Iterator[str]:
    failures = sum(map(listing.fails, found))
    counts = {"tests": len(found), "failures": failures, "errors": 0}
    yield _open("testsuite", {"name": path, **counts})
    for diagnostic in found:
        yield from _case(diagnostic, path, listing)
    yield "</testsuite>\n"


def _case(diagnostic: Diagnostic, path: str, listing: Listing) -> Iterator[str]:
    place = f"{diagnostic.start.line}:{diagnostic.start.column}"
    yield _open("testcase", {"name": f"{diagnostic.rule} at {place}", "classname": path})
    help_ = safe(listing.advise(diagnostic).help)
    head = f"{path}:{place}: {diagnostic.severity.label}: {safe(diagnostic.message)}"
    text = _escaped(f"{head}\n{help_}" if help_ else head)
    if listing.fails(diagnostic):
        told = {"message": safe(diagnostic.message), "type": diagnostic.rule}
        yield f"{_open('failure', told).rstrip()}{text}</failure>\n"
    else:
        yield f"<system-out>{text}</system-out>\n"
    yield "</testcase>\n"


def _open(name: str, attributes: Mapping[str, object], *, empty: bool = False) -> str:
    told = "".join(f' {key}="{_escaped(str(value))}"' for key, value in attributes.items())
    return f"<{name}{told}{'/' if empty else ''}>\n"


def _escaped(text: str) -> str:
    """Return printable ``text`` for an attribute or an element; what XML lacks as U+FFFD."""
    return text.translate(_ESCAPES)
