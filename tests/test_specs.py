"""One runner for all checks: specs, docstring examples, and that every check has both.

The format of a spec is explained in tests/specs/README.md.
"""

import dataclasses
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.memory_source import MemorySource
from tests.spec_format import Expected, Scenario, files_of, scenarios
from vaultlint.check import FAMILIES
from vaultlint.checks import check_ids, load_check
from vaultlint.checks._docs import SECTIONS, check_doc
from vaultlint.diagnostics import Diagnostic, Fix, Safety, Severity
from vaultlint.fixing.plan import plan_fixes
from vaultlint.text import apply_edits

SPECS = Path(__file__).parent / "specs"
CONFIG = "vaultlint.yaml"


@cache
def specs() -> dict[str, list[Scenario] | AssertionError]:
    """Return the scenarios of each spec, or what is wrong with the spec itself."""
    found: dict[str, list[Scenario] | AssertionError] = {}
    for path in sorted(SPECS.glob("*.md")):
        if path.stem != "README":
            try:
                found[path.stem] = scenarios(path.read_bytes().decode())
            except AssertionError as error:
                found[path.stem] = error
    return found


def cases() -> list[Any]:
    return [
        pytest.param(stem, scenario, id=f"{stem}:{scenario.title}")
        for stem, found in specs().items()
        if isinstance(found, list)
        for scenario in found
    ]


@pytest.mark.parametrize("stem", specs())
def test_the_spec_can_be_read(stem: str) -> None:
    assert isinstance(specs()[stem], list), specs()[stem]


def open_session(files: Mapping[str, bytes], rules: set[str]) -> Any:
    """Return a session over ``files``; without a config among them, every check is switched on."""
    from vaultlint.config.load import ConfigRequest
    from vaultlint.engine.session import Session

    select = () if CONFIG in files else tuple(sorted({*check_ids(), *rules}))
    session = Session(MemorySource(files), ConfigRequest(select=select), jobs=1)
    session.apply()
    assert not session.failed, "a check raised"
    return session


def rules_in_question(stem: str, scenario: Scenario) -> set[str]:
    from vaultlint.yaml_tree import compose

    rules = {stem, *(item.rule for item in scenario.expected)}
    config = scenario.files.get(CONFIG)
    if config is not None:
        data = compose(config.decode()).data
        set_there = data.get("rules") if isinstance(data, dict) else None
        rules |= set(set_there) if isinstance(set_there, dict) else set()
    return rules


def fits(expected: Expected, found: Diagnostic, session: Any) -> bool:
    if (expected.file, expected.rule, expected.start) != (found.file, found.rule, found.span.start):
        return False
    if expected.end is None:
        if found.end.line <= found.start.line:
            return False
    elif expected.end != found.span.end:
        return False
    if expected.severity is not None and found.severity is not Severity[expected.severity.upper()]:
        return False
    if expected.message is not None and expected.message not in found.message:
        return False
    return expected.help is None or expected.help in session.advise(found).help


def shown(found: Diagnostic, session: Any) -> str:
    advice = session.advise(found)
    return (
        f"{found.file}:{found.start.line}:{found.start.column} [{found.span.start}-"
        f"{found.span.end}] {found.rule}({found.severity.label}): {found.message} => {advice.help}"
    )


def compare(expected: tuple[Expected, ...], found: list[Diagnostic], session: Any) -> None:
    left = list(found)
    missing = []
    for item in expected:
        match = next((one for one in left if fits(item, one, session)), None)
        if match is None:
            missing.append(item)
        else:
            left.remove(match)
    problems = [f"not found: {item}" for item in missing]
    problems += [f"not expected: {shown(one, session)}" for one in left]
    assert not problems, "\n" + "\n".join(problems)


def fix_files(
    files: dict[str, bytes], session: Any, found: list[Diagnostic], safety: Safety
) -> dict[str, bytes]:
    """Apply every fix of at least ``safety`` that overlaps no earlier one."""
    fixes: list[Fix] = []
    for diagnostic in found:
        fix = session.advise(diagnostic).fix
        if fix is None or fix.safety < safety:
            continue
        for edit in fix.edits:
            assert fix.base.get(edit.note) == session.note(edit.note).digest, fix
        taken = [edit for other in fixes for edit in other.edits]
        if not any(_clash(edit, other) for edit in fix.edits for other in taken):
            fixes.append(fix)
    fixed = dict(files)
    for name in {edit.note for fix in fixes for edit in fix.edits}:
        note = session.note(name)
        edits = [(e.span, e.text) for fix in fixes for e in fix.edits if e.note == name]
        text = apply_edits(note.text, edits).encode("utf-8", "surrogateescape")
        fixed[name] = b"\xef\xbb\xbf" + text if note.bom else text
    return fixed


def _clash(one: Any, other: Any) -> bool:
    return one.note == other.note and (
        one.span == other.span
        or (one.span.start < other.span.end and other.span.start < one.span.end)
    )


@pytest.mark.parametrize(("stem", "scenario"), cases())
def test_spec(stem: str, scenario: Scenario) -> None:
    rules = rules_in_question(stem, scenario)
    files = dict(scenario.files)
    session = open_session(files, rules)
    found = [one for one in session.diagnostics() if one.rule in rules]
    compare(scenario.expected, found, session)
    for safety in sorted({item.safety for item in scenario.fixed}):
        wanted = {item.file: item.data for item in scenario.fixed if item.safety == safety}
        fixed = fix_until_still(files, rules, Safety[safety.upper()])
        for name, data in wanted.items():
            assert fixed[name].decode() == data.decode()
        changed = {name for name, data in fixed.items() if data != files[name]}
        assert changed <= set(wanted)


@pytest.mark.parametrize(("stem", "scenario"), [case for case in cases() if case.values[1].fixed])
def test_the_fixes_of_a_spec_change_only_what_their_checks_declare(
    stem: str, scenario: Scenario
) -> None:
    rules = rules_in_question(stem, scenario)
    files = dict(scenario.files)
    for safety in sorted({item.safety for item in scenario.fixed}):
        least = Safety[safety.upper()]
        plan = plan_fixes(open_session(files, rules), least, rules=rules)
        refused = [notice for notice in plan.notices if "cause an error" not in notice.message]
        assert not refused
        if not plan.notices:  # what is nowhere in a spec may well be refused as a broken link
            assert {**files, **plan.after} == fix_until_still(files, rules, least)


def fix_until_still(files: dict[str, bytes], rules: set[str], safety: Safety) -> dict[str, bytes]:
    """Apply fixes as often as it takes: twice more often than needed changes nothing."""
    for _ in range(10):
        session = open_session(files, rules)
        found = [one for one in session.diagnostics() if one.rule in rules]
        fixed = fix_files(files, session, found, safety)
        if fixed == files:
            return fixed
        files = fixed
    raise AssertionError("the fixes never come to rest")


@pytest.mark.parametrize("check_id", check_ids())
def test_every_check_has_a_spec_that_finds_and_that_stays_quiet(check_id: str) -> None:
    found = specs().get(check_id)
    assert isinstance(found, list), f"tests/specs/{check_id}.md is missing or cannot be read"
    finding = [s for s in found if any(item.rule == check_id for item in s.expected)]
    quiet = [s for s in found if not any(item.rule == check_id for item in s.expected)]
    assert finding, "no scenario finds anything"
    assert len(quiet) >= 2, "at least two scenarios show where the check stays quiet"
    texts = [data.decode("utf-8", "replace") for s in found for data in s.files.values()]
    names = [name for s in found for name in s.files]
    assert not all(text.isascii() for text in (*texts, *names)), "no scenario has Unicode"
    if load_check(check_id).repair is not None:
        assert any(s.fixed for s in found), "the check repairs, but no scenario shows it"


@pytest.mark.parametrize("check_id", check_ids())
def test_every_check_is_documented(check_id: str) -> None:
    doc = check_doc(check_id)
    assert doc.summary
    assert tuple(doc.sections) == SECTIONS
    assert all(doc.sections.values())


@pytest.mark.parametrize("check_id", check_ids())
def test_the_examples_of_a_check_behave_as_it_says(check_id: str) -> None:
    doc = check_doc(check_id)
    wrong = files_of(doc.sections["Example"])
    right = files_of(doc.sections["Use instead"])
    assert wrong.files, "the example has no file"
    session = open_session(wrong.files, {check_id})
    found = [one for one in session.diagnostics() if one.rule == check_id]
    assert found, "the example has no finding"
    if wrong.expected:
        compare(wrong.expected, found, session)
    better = open_session({**wrong.files, **right.files}, {check_id})
    left = [shown(one, better) for one in better.diagnostics() if one.rule == check_id]
    assert right.files, "nothing is shown to use instead"
    assert not left


@pytest.mark.parametrize("check_id", check_ids())
def test_a_check_declares_names_that_exist(check_id: str) -> None:
    from vaultlint.note.model import Note

    check = load_check(check_id)
    assert check.reads <= set(Note._fields)
    assert check.files <= {"note", "attachment", "vocabulary", "config"}
    json.dumps(check.message)


@pytest.mark.parametrize("check_id", check_ids())
def test_the_docs_of_a_check_agree_with_its_code(check_id: str) -> None:
    check, doc = load_check(check_id), check_doc(check_id)
    for field in dataclasses.fields(check.options):
        assert f"`{field.name}`" in doc.sections["Options"]
    if check.repair is None:
        assert "no fix" in doc.sections["Fix safety"].lower()


def test_every_spec_is_named_for_a_check() -> None:
    assert set(specs()) <= set(check_ids())


@pytest.mark.parametrize("check_id", check_ids())
def test_a_check_declares_what_its_repair_may_change(check_id: str) -> None:
    check = load_check(check_id)
    assert check.changes <= FAMILIES
    assert check.repair is not None or not check.changes
