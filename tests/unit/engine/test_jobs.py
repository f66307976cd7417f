"""One rule over one file, behind the one guard."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest

from vaultlint.check import Check, Found, Note, VaultView
from vaultlint.config.ruleset import Rule
from vaultlint.diagnostics import Severity
from vaultlint.engine.jobs import rerun, run
from vaultlint.engine.plan import Plan, plan_for
from vaultlint.note.parse import parse_note
from vaultlint.text import Span
from vaultlint.vault.index import VaultIndex

NOTE = parse_note("a.md", b"---\nvaultlint: {ignore: [one, two]}\n---\n[[b]] text\n")


class Nothing:
    """A configuration without anything in it."""

    vocabularies: ClassVar[dict] = {}
    bindings: ClassVar[dict] = {}


def view(note: Note) -> VaultView:
    return VaultView(VaultIndex(), note, Nothing(), lambda file: NOTE)  # type: ignore[arg-type]


def rule(id_: str, find: Callable[..., Any], **fields: Any) -> Rule:
    check = Check(id_, find, "{id}", Severity.ERROR, "0.1", **fields)
    return Rule(id_, check, Severity.ERROR, None)


def plan(*rules: Rule) -> Plan:
    return plan_for(rules, frozenset({"note"}), blanket=True)


def finding(id_: str) -> Callable[..., Iterator[Found]]:
    def find(note: Note, vault: VaultView, options: Any) -> Iterator[Found]:
        vault.exists(f"{id_}.md")
        yield Found(Span(0, 3), {"id": id_})

    return find


def failing(*_: Any) -> Iterator[Found]:
    yield Found(Span(0, 3), {"id": "failing"})
    raise ZeroDivisionError("by design")


PLAIN = NOTE._replace(ignores=())


@pytest.mark.parametrize("broken", [failing, lambda *_: None, lambda *_: ["no finding"]])
def test_a_check_that_raises_is_a_finding_and_the_others_go_on(broken: Any) -> None:
    row = run(PLAIN, view(PLAIN), plan(rule("bad", broken), rule("good", finding("good"))))
    assert [one.rule for one in row.diagnostics] == ["good", "internal-error"] or [
        one.rule for one in row.diagnostics
    ] == ["internal-error", "good"]
    (failed,) = row.found["bad"]
    assert failed.message.startswith("bad failed here: ")
    assert row.keys == {"good": (("path", "good.md"),)}


def test_what_a_failed_check_read_is_recorded_so_that_it_runs_again() -> None:
    def reads_then_fails(note: Note, vault: VaultView, options: Any) -> list[Found]:
        vault.exists("x.md")
        raise KeyError("x")

    row = run(PLAIN, view(PLAIN), plan(rule("bad", reads_then_fails)))
    assert row.keys == {"bad": (("path", "x.md"),)}


def test_a_check_is_skipped_without_the_facts_it_reads() -> None:
    by_links = rule("one", finding("one"), reads=frozenset({"links", "tags"}))
    by_tags = rule("two", finding("two"), reads=frozenset({"tags", "callouts"}))
    row = run(PLAIN, view(PLAIN), plan(by_links, by_tags))
    assert set(row.found) == {"one"}


def test_a_check_runs_on_its_kinds_of_file() -> None:
    on_config = rule("one", finding("one"), files=frozenset({"config"}))
    assert plan(on_config).jobs == ()
    assert len(plan_for((on_config,), frozenset({"config", "note"}), blanket=True).jobs) == 1


def test_only_the_named_rules_run_again() -> None:
    counts = dict.fromkeys("abc", 0)

    def counting(id_: str) -> Callable[..., Iterator[Found]]:
        def find(note: Note, vault: VaultView, options: Any) -> Iterator[Found]:
            counts[id_] += 1
            yield from finding(id_)(note, vault, options)

        return find

    three = [rule(id_, counting(id_)) for id_ in "abc"]
    row = run(PLAIN, view(PLAIN), plan(*three))
    again = rerun(PLAIN, view(PLAIN), plan(*three), row, {"b"})
    assert again == row
    assert counts == {"a": 1, "b": 2, "c": 1}
    fewer = rerun(PLAIN, view(PLAIN), plan(*three[:2]), row, set())
    assert (set(fewer.found), set(fewer.keys)) == ({"a", "b"}, {"a", "b"})


def unused(note: Note, vault: VaultView, options: Any) -> Iterator[Found]:
    for ignore in note.ignores:
        for id_, span in ignore.rules:
            yield Found(span, {"id": f"{id_} is unused"})


def test_the_last_rules_see_what_was_ignored_in_vain() -> None:
    last = rule("unused", unused, last=True)
    quiet = rule("two", lambda *_: ())
    row = run(NOTE, view(NOTE), plan(rule("one", finding("one")), quiet, last))
    assert [one.message for one in row.diagnostics] == ["two is unused"]
    assert [one.message for one in row.found["one"]] == ["one"]


def test_findings_come_in_the_order_of_the_text() -> None:
    def backwards(*_: Any) -> list[Found]:
        return [Found(Span(at, at + 1), {"id": str(at)}) for at in (9, 5, 0)]

    row = run(PLAIN, view(PLAIN), plan(rule("z", backwards), rule("a", backwards)))
    assert [(one.message, one.rule) for one in row.diagnostics] == [
        ("0", "a"), ("0", "z"), ("5", "a"), ("5", "z"), ("9", "a"), ("9", "z")
    ]  # fmt: skip
