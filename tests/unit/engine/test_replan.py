"""Which rules another config runs again: against running everything again."""

import pytest

from tests.memory_source import MemorySource
from vaultlint.checks import check_ids, load_check
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.replan import difference, rules_again, without
from vaultlint.engine.rows import Row
from vaultlint.engine.session import Session
from vaultlint.note.parse import parse_note
from vaultlint.vault.keys import FACTS, facts_of

NOTE = "# One #tag\n[[nowhere]] TODO\n"
CONFIG = """
rules:
  own: {check: pattern, on: body, pattern: TODO, message: to do}
"""


def row(config: str, note: str = NOTE) -> Row:
    source = MemorySource({"a.md": note.encode(), "vaultlint.yaml": config.encode()})
    session = Session(source, ConfigRequest(), jobs=1)
    session.apply()
    assert session._memo is not None
    return session._memo.rows["a.md"]


def again(before: str, after: str, note: str = NOTE) -> set[str] | None:
    """Return the rules that are run again; where it is none, see that this is right."""
    old, new = row(before, note), row(after, note)
    between = difference(old.plan, new.plan)
    assert between is not None
    rules = rules_again(old, facts_of(parse_note("a.md", note.encode())), between)
    if rules is None:
        assert without(old, between.gone, new.plan) == new
    return rules


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  broken-link: off\n", None),
        ("  broken-link: info\n", {"broken-link"}),
        ("  broken-link: {message: gone}\n", {"broken-link"}),
        ("  broken-link: {ignore: ['x/**']}\n", {"broken-link"}),
        ("  broken-embed: info\n", None),
        ("  broken-embed: {ignore: ['x/**']}\n", {"broken-embed"}),
        ("  duplicate-block-id: error\n", None),
        ("  citation-kind: {severity: error, kinds: [PAPER]}\n", None),
    ],
)
def test_what_a_rule_is_asked_for_decides(line: str, expected: set[str] | None) -> None:
    assert again(CONFIG, CONFIG + line) == expected


def test_a_rule_of_another_check_is_run_although_the_note_lacks_what_it_reads() -> None:
    other = CONFIG.replace("pattern, on: body, pattern: TODO, message: to do", "citation-kind")
    assert again(CONFIG, other) == {"own"}
    assert again(other, CONFIG) == {"own"}


def test_a_note_with_suppressions_is_always_judged_again() -> None:
    note = "[[nowhere]] %% vaultlint-ignore broken-link %%\n"
    assert again(CONFIG, CONFIG + "  broken-link: off\n", note) == set()


def test_equal_plans_ask_nothing() -> None:
    assert difference(row(CONFIG).plan, row(CONFIG + "  # a comment\n").plan) is None


def test_whatever_a_check_reads_is_a_kind_of_facts() -> None:
    for check_id in check_ids():
        assert load_check(check_id).reads <= FACTS.keys()
