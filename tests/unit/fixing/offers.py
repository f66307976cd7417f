"""Sessions over notes in memory, and fixes that no rule would offer."""

from collections.abc import Callable, Mapping

import pytest

from tests.memory_source import MemorySource
from vaultlint.check import FAMILIES
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Diagnostic, Edit, Fix, Safety
from vaultlint.engine.session import Session
from vaultlint.fixing import plan
from vaultlint.fixing.plan import Plan, plan_fixes
from vaultlint.fixing.proposals import Proposal
from vaultlint.text import Span

Offer = Callable[[Session], list[Proposal]]


def open_session(files: Mapping[str, bytes], *select: str) -> Session:
    """Return a loaded session over ``files``, with only the rules ``select`` if there are any."""
    session = Session(MemorySource(files), ConfigRequest(select=select), jobs=1)
    session.apply()
    return session


def proposal(
    session: Session,
    rule: str,
    *edits: tuple[str, int, int, str],
    changes: frozenset[str] = FAMILIES,
    finding: Diagnostic | None = None,
    safety: Safety = Safety.SAFE,
) -> Proposal:
    """Return a fix of these edits (file, start, end, text), made from the notes as they are."""
    made = tuple(Edit(file, Span(start, end), text) for file, start, end, text in edits)
    base = {edit.note: session.note(edit.note).digest for edit in made}
    return Proposal(rule, Fix(f"fix {rule}", safety, made, base), changes, finding)


def rewriting(rule: str, file: str, old: str, new: str) -> Offer:
    """Return an offer to write ``new`` wherever ``file`` has ``old``."""

    def offer(session: Session) -> list[Proposal]:
        text = session.note(file).text
        at = text.find(old)
        if at < 0:
            return []
        return [proposal(session, rule, (file, at, at + len(old), new))]

    return offer


def plan_with(monkeypatch: pytest.MonkeyPatch, session: Session, *offers: Offer) -> Plan:
    """Return the plan that comes of ``offers`` instead of the findings' own fixes."""

    def offered(session: Session, *_: object) -> list[Proposal]:
        return [each for offer in offers for each in offer(session)]

    monkeypatch.setattr(plan, "proposals", offered)
    return plan_fixes(session, Safety.SAFE)
