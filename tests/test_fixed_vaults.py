"""Fixing the two real vaults: every link still opens what it did, and one run is enough."""

from collections import Counter

import pytest

from tests.shared_data import SHARED, needs_vaults
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Safety, Severity
from vaultlint.engine.session import Change, Session
from vaultlint.fixing.moves import files_below, moved
from vaultlint.fixing.plan import plan_fixes
from vaultlint.source.folder import FolderSource


def opens(session: Session) -> Counter[tuple[str, str, str]]:
    """Return (note, file, subpath) of each link that opens something, asked of the view."""
    found: Counter[tuple[str, str, str]] = Counter()
    for file in session.index.files:
        if not file.endswith(".md"):
            continue
        view = session.view(file)
        for link in session.note(file).links:
            target = view.resolve(link).target
            if target is not None and (not link.anchor or view.has_anchor(target, link.anchor)):
                found[file, target, (link.anchor or "").lower()] += 1
    return found


def errors(session: Session) -> Counter[tuple[str, str]]:
    found = (each for each in session.diagnostics() if each.severity is Severity.ERROR)
    return Counter((each.file, each.rule) for each in found)


@needs_vaults
@pytest.mark.parametrize(
    ("name", "pack", "notes"),
    [("digitalgarden", "research", 50), ("codecademy-docs", "codecademy-docs", 100)],
)
def test_a_real_vault(name: str, pack: str, notes: int) -> None:
    session = Session(FolderSource(SHARED / "vaults" / name), ConfigRequest(packs=(pack,)))
    session.apply()
    plan = plan_fixes(session, Safety.UNSAFE)
    assert len(plan.after) >= notes
    assert plan.notices == ()
    links, before = opens(session), errors(session)
    session.apply(Change(file, data) for file, data in plan.after.items())
    assert not links - opens(session)
    assert not errors(session) - before
    assert plan_fixes(session, Safety.UNSAFE).after == {}


@needs_vaults
@pytest.mark.parametrize(
    ("name", "renames"),
    [
        ("digitalgarden", {"most linked": "moved here/renamed.md"}),
        ("digitalgarden", {"content": "moved/garden"}),
    ],
)
def test_a_move_in_a_real_vault(name: str, renames: dict[str, str]) -> None:
    session = Session(
        FolderSource(SHARED / "vaults" / name), ConfigRequest(select=("broken-link",))
    )
    session.apply()
    [(old, new)] = renames.items()
    if old == "most linked":
        old = max(session.index.files, key=lambda file: len(session.index.inlinks(file)))
        assert len(session.index.inlinks(old)) > 10
        renames = {old: new}
    else:
        renames = files_below(session, old, new)
    found = moved(session, renames)
    assert found.complete
    before = opens(session)
    texts = {new: session.read(old) for old, new in renames.items()} | dict(found.after)
    session.apply(
        [
            *(Change(file, deleted=True) for file in renames),
            *(Change(*each) for each in texts.items()),
        ]
    )
    assert opens(session) == Counter(
        {
            (renames.get(file, file), renames.get(target, target), anchor): count
            for (file, target, anchor), count in before.items()
        }
    )
