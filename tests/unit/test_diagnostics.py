"""Severities are ordered, fingerprints survive what does not matter."""

from vaultlint.diagnostics import Safety, Severity, fingerprint


def test_severity_and_safety_are_ordered() -> None:
    assert Severity.INFO < Severity.WARNING < Severity.ERROR
    assert Safety.MANUAL < Safety.UNSAFE < Safety.SAFE
    assert (Severity.ERROR.label, Safety.SAFE.label) == ("error", "safe")


def test_a_fingerprint_names_rule_path_text_and_ordinal() -> None:
    base = fingerprint("broken-link", "a.md", "[[x]]", 0)
    assert len(base) == 16
    assert base == fingerprint("broken-link", "a.md", "[[x]]", 0)
    others = {
        fingerprint("broken-embed", "a.md", "[[x]]", 0),
        fingerprint("broken-link", "b.md", "[[x]]", 0),
        fingerprint("broken-link", "a.md", "[[y]]", 0),
        fingerprint("broken-link", "a.md", "[[x]]", 1),
    }
    assert len(others | {base}) == 5


def test_a_fingerprint_takes_any_text() -> None:
    assert fingerprint("r", "bad\udcff.md", "\ud800", 0)
