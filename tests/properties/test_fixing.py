"""Whatever the vault: fixes come to rest, and change nothing but what they are for.

The vaults are those of tests/vault_grammar.py, so a failure names its seed. VAULTLINT_DOCUMENTS
sets how many notes are tried in all; the long form is 100,000.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any

import pytest

from tests.memory_source import MemorySource
from tests.vault_grammar import vault
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Edit, Fix, Safety, Severity
from vaultlint.engine.session import Session
from vaultlint.errors import UsageError
from vaultlint.fixing.guard import Guard
from vaultlint.fixing.plan import Plan, plan_fixes, plan_one
from vaultlint.fixing.proposals import Proposal, proposals
from vaultlint.fixing.rename import rename_tag
from vaultlint.fixing.texts import digest
from vaultlint.note.parse import parse_note

NOTES = 30
SEEDS = max(1, int(os.environ.get("VAULTLINT_DOCUMENTS", "120")) // NOTES // 2)
CASES = [(seed, safety) for seed in range(SEEDS) for safety in (Safety.SAFE, Safety.UNSAFE)]

# Of the scope of the module: the tests of one vault run one after another, and share its fixing.
vaults = pytest.mark.parametrize(("seed", "least"), CASES, scope="module")


class Fixed:
    """One vault before and after its fixes, each as a session from scratch."""

    def __init__(self, seed: int, least: Safety) -> None:
        self.files = vault(Random(seed), NOTES)
        self.before = opened(self.files)
        self.plan: Plan = plan_fixes(self.before, least)
        self.after_files = {**self.files, **self.plan.after}
        self.after = opened(self.after_files)
        self.again = plan_fixes(self.after, least)


def opened(files: Mapping[str, bytes]) -> Session:
    session = Session(MemorySource(files), ConfigRequest(), jobs=1)
    session.apply()
    assert not session.failed
    return session


@lru_cache(maxsize=2)
def fixed(seed: int, least: Safety) -> Fixed:
    return Fixed(seed, least)


def notes(files: Iterable[str]) -> list[str]:
    return [file for file in files if file.endswith(".md")]


@vaults
def test_fixes_come_to_rest_and_fixing_again_changes_nothing(seed: int, least: Safety) -> None:
    case = fixed(seed, least)
    assert case.plan.after, "a vault in which nothing is fixed proves nothing"
    codes = {notice.code for notice in case.plan.notices}
    assert codes <= {"fix-refused", "not-fixable"}, case.plan.notices
    assert case.again.after == {}


@vaults
def test_every_link_that_opened_something_still_opens_it(seed: int, least: Safety) -> None:
    case = fixed(seed, least)
    for file in notes(case.files):
        lost = opens(case.before, file) - opens(case.after, file)
        assert not lost, (file, case.files[file], case.after_files[file])


def opens(session: Session, file: str) -> Counter[tuple[str, str]]:
    """Return what the links of ``file`` open, subpaths included, asked of the view."""
    note, view = session.note(file), session.view(file)
    found: Counter[tuple[str, str]] = Counter()
    for link in note.links:
        target = view.resolve(link).target
        if target is not None and (not link.anchor or view.has_anchor(target, link.anchor)):
            found[target, (link.anchor or "").lower()] += 1
    return found


@vaults
def test_no_rule_finds_more_errors_than_before(seed: int, least: Safety) -> None:
    case = fixed(seed, least)
    assert not errors(case.after) - errors(case.before)


def errors(session: Session) -> Counter[tuple[str, str]]:
    return Counter(
        (each.file, each.rule) for each in session.diagnostics() if each.severity is Severity.ERROR
    )


@vaults
def test_bytes_outside_of_the_edits_are_identical(seed: int, least: Safety) -> None:
    case = fixed(seed, least)
    compared = 0
    for file, after in case.plan.after.items():
        taken = [each for each in case.plan.taken if file in each.files]
        old = digest(case.files[file])
        if all(each.fix.base[file] == old for each in taken):  # all of one pass
            assert spliced(case.files[file], file, taken) == after
            compared += 1
        assert after.startswith(b"\xef\xbb\xbf") == case.files[file].startswith(b"\xef\xbb\xbf")
    assert compared


def spliced(data: bytes, file: str, taken: list[Proposal]) -> bytes:
    """Return ``data`` with the edits made byte by byte, from the last to the first."""
    bom = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    text = data[bom:].decode()
    edits = [edit for each in taken for edit in each.fix.edits if edit.note == file]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        start = bom + len(text[: edit.span.start].encode())
        end = bom + len(text[: edit.span.end].encode())
        data = data[:start] + edit.text.encode() + data[end:]
    return data


@vaults
def test_what_no_taken_rule_is_for_stays(seed: int, least: Safety) -> None:
    case = fixed(seed, least)
    for file, after in case.plan.after.items():
        if not file.endswith(".md"):
            continue
        changes = frozenset[str]().union(
            *(each.changes for each in case.plan.taken if file in each.files)
        )
        one, two = parse_note(file, case.files[file]), parse_note(file, after)
        for family, before, now in (
            ("tags", [tag.name for tag in one.tags], [tag.name for tag in two.tags]),
            ("blocks", [each.id for each in one.blocks], [each.id for each in two.blocks]),
            ("footnotes", [each.id for each in one.footnotes], [each.id for each in two.footnotes]),
            ("tasks", [each.status for each in one.tasks], [each.status for each in two.tasks]),
            ("urls", [each.url for each in one.urls], [each.url for each in two.urls]),
            ("properties", [*one.properties], [*two.properties]),
        ):
            if family not in changes:
                assert before == now, (family, file, case.files[file], after)


@vaults
def test_files_that_cannot_be_edited_are_never_touched(seed: int, least: Safety) -> None:
    case = fixed(seed, least)
    for file in case.plan.after:
        case.files[file].decode()
        assert b"\0" not in case.files[file]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_renamed_tag_is_gone_and_comes_back(seed: int) -> None:
    files = {
        file: data
        for file, data in vault(Random(seed), NOTES).items()
        if file != "vaultlint.yaml" and is_text(data)
    }
    there = renamed(files, "tide", "fresh/new-1")
    names = {
        tag.name.lower() for file in notes(there) for tag in parse_note(file, there[file]).tags
    }
    assert "fresh/new-1" in names
    assert "tide" not in names
    back = renamed(there, "fresh/new-1", "tide")
    for file, data in back.items():
        assert data.lower() == files[file].lower()


def is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def renamed(files: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    """Return ``files`` with the tag renamed, without those in which only a person could do it."""
    files = dict(files)
    for _ in range(NOTES):
        session = opened(files)
        try:
            plan = plan_one(session, rename_tag(session, old, new).proposal)
        except UsageError as error:
            files.pop(error.message.partition(":")[0])
            continue
        assert not plan.notices, plan.notices
        return {**files, **plan.after}
    raise AssertionError("no vault is left")


def sabotage(session: Session, *asked: Any) -> Iterator[Proposal]:
    """Yield the fixes of the findings, and some that do harm and declare nothing."""
    yield from proposals(session, *asked)
    for file in notes(session.index.files):
        note = session.note(file)
        spans = [link.target_span for link in note.links if session.view(file).resolve(link).target]
        spans += [tag.span for tag in note.tags if "harm" not in tag.name]
        for span in (one for one in spans[:2] if one.of(note.text) not in ("", "harm")):
            text = "#harm" if span.of(note.text).startswith("#") else "harm"
            fix = Fix("Do harm", Safety.SAFE, (Edit(file, span, text),), {file: note.digest})
            yield Proposal("saboteur", fix, frozenset())


def careless(guard: Guard, chosen: list[Proposal]) -> tuple[list[Proposal], dict[str, bytes]]:
    """Stand for the guard's judgment: everything is let through."""
    return chosen, guard._texts_of(chosen)


HARMED = (
    test_every_link_that_opened_something_still_opens_it,
    test_no_rule_finds_more_errors_than_before,
    test_what_no_taken_rule_is_for_stays,
)


@pytest.mark.parametrize("check", HARMED)
@pytest.mark.parametrize("guarded", [True, False])
def test_harm_is_kept_off_and_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch, check: Callable[[int, Safety], None], guarded: bool
) -> None:
    """A harness that passes a careless fixer proves nothing."""
    monkeypatch.setattr("vaultlint.fixing.plan.proposals", sabotage)
    monkeypatch.setitem(globals(), "fixed", Fixed)
    if guarded:
        check(3, Safety.SAFE)
        return
    monkeypatch.setattr(Guard, "admitted", careless)
    with pytest.raises(AssertionError):
        check(3, Safety.SAFE)
