"""Advice is computed when it is read, and never fails."""

import pytest

from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session
from vaultlint.vault.view import VaultView


def opened(files: dict[str, bytes]) -> Session:
    session = Session(MemorySource(files), ConfigRequest(), jobs=1)
    session.apply()
    return session


def only(session: Session, rule: str) -> Diagnostic:
    (found,) = [one for one in session.diagnostics() if one.rule == rule]
    return found


def test_a_search_gives_better_help_than_the_template() -> None:
    session = opened({"a.md": b"[[Recipies]]\n", "Recipes.md": b"\n"})
    assert "Recipes.md" in session.advise(only(session, "broken-link")).help


def test_help_of_a_template_is_filled() -> None:
    session = opened({"a.md": b"caf\xe9\n"})
    assert "UTF-8" in session.advise(only(session, "unreadable-note")).help


def test_advice_that_fails_says_so_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened({"a.md": b"[[nowhere]]\n", "b.md": b"\n"})
    found = only(session, "broken-link")

    def broken(self: VaultView) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr(VaultView, "files", broken)
    advice = session.advise(found)
    assert "no further advice: ZeroDivisionError: by design" in advice.help
    assert advice.fix is None


def test_advice_for_a_finding_of_the_past_does_no_harm() -> None:
    session = opened({"a.md": b"text and [[nowhere]]\n"})
    found = only(session, "broken-link")
    session._source.base.files["a.md"] = b""
    session.apply()
    assert session.diagnostics() == ()
    session.advise(found)
    session.advise(found._replace(rule="no-such-rule", file="no such file"))
    session.advise(found._replace(rule="internal-error"))
