"""Findings as GitLab's Code Quality report, which it shows in merge requests.

Invariant: every fingerprint of a report is its own, also when several vaults of one repository are
reported; paths are relative to the root of the repository.

Source: GitLab Docs, Code Quality, Code Quality report format.

Tests: tests/unit/report/test_gitlab.py
"""

import hashlib
from collections.abc import Iterator

from vaultlint.diagnostics import Diagnostic, Severity
from vaultlint.report.listing import PROGRAM, Listing
from vaultlint.report.terminal import safe
from vaultlint.view.as_json import dumps

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def code_quality(listing: Listing) -> Iterator[str]:
    """Yield a JSON array in parts, one finding a line."""
    separator = "[\n"
    for diagnostic in listing.found:
        yield separator + dumps(_issue(diagnostic, listing))
        separator = ",\n"
    yield "\n]\n" if listing.found else "[]\n"


def _issue(diagnostic: Diagnostic, listing: Listing) -> dict[str, object]:
    return {
        "description": safe(diagnostic.message),
        "check_name": f"{PROGRAM}/{diagnostic.rule}",
        "fingerprint": _fingerprint(diagnostic, listing.prefix),
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": listing.path(diagnostic.file),
            "lines": {"begin": diagnostic.start.line, "end": diagnostic.end.line},
        },
    }


def _fingerprint(diagnostic: Diagnostic, prefix: str) -> str:
    """Return a name of the finding in the repository, where two vaults may hold equal notes."""
    if not prefix:
        return diagnostic.fingerprint
    seed = f"{prefix}\0{diagnostic.fingerprint}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(seed, digest_size=8).hexdigest()
