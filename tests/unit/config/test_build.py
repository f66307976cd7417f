from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pytest

from tests.unit.config.loading import complaints, load
from vaultlint import checks
from vaultlint.check import Check, Severity, option
from vaultlint.config.build import build_options, vocabulary_names
from vaultlint.errors import ConfigError
from vaultlint.options import VocabularyName
from vaultlint.terms import Pattern


@dataclass(frozen=True, slots=True)
class Limits:
    vocabulary: VocabularyName = option("", "which")
    least: int = option(0, "how many")


@dataclass(frozen=True, slots=True)
class Options:
    words: tuple[str, ...] = option((), "words")
    kinds: frozenset[str] = option(frozenset, "kinds")
    mode: Literal["a", "b"] = option("a", "mode")
    level: Severity = option(Severity.INFO, "level")
    ratio: float = option(0.5, "ratio")
    most: int | None = option(None, "most")
    pattern: Pattern | None = option(None, "pattern")
    patterns: Mapping[str, Pattern] = option(dict, "patterns")
    limits: Mapping[str, VocabularyName | Limits] = option(dict, "limits")
    order: tuple[VocabularyName, ...] = option((), "order")
    required: int = option(1, "at least 1")

    def __post_init__(self):
        if self.required < 1:
            raise ConfigError("'required' must be at least 1")


@pytest.fixture
def _stub(monkeypatch):
    check = Check("stub", lambda *_: (), "m", Severity.ERROR, "0.1", options=Options)
    monkeypatch.setattr(checks, "check_ids", lambda: ("stub",))
    monkeypatch.setattr(checks, "load_check", {"stub": check}.__getitem__)


def options_of(text: str) -> Options:
    config = load(f"extends: []\nvocabularies: {{v: {{terms: [x]}}}}\nrules: {{stub: {text}}}\n")
    (rule,) = config.rules_for("a.md")
    return rule.options


@pytest.mark.usefixtures("_stub")
def test_every_kind_of_option_comes_as_declared():
    options = options_of(
        "{words: [a, b], kinds: [x, x], mode: b, level: warning, ratio: 1, most: 3, pattern: 'x+',"
        " patterns: {k: y}, limits: {P: v, Q: {vocabulary: v, least: 2}}, order: [v]}"
    )
    assert options == Options(
        words=("a", "b"), kinds=frozenset({"x"}), mode="b", level=Severity.WARNING, ratio=1.0,
        most=3, pattern=Pattern("x+"), patterns={"k": Pattern("y")},
        limits={"P": "v", "Q": Limits("v", 2)}, order=("v",),
    )  # fmt: skip
    assert isinstance(options.ratio, float)


@pytest.mark.usefixtures("_stub")
def test_properties_bound_to_vocabularies_are_the_keys_of_mappings():
    config = load(
        "extends: []\nvocabularies: {v: {terms: [x]}}\n"
        "rules: {stub: {limits: {P: v, Q/R: {vocabulary: v}}, order: [v]}}\n"
        "overrides: [{paths: [t], rules: {stub: {limits: {S: v}}}}]\n"
    )
    assert config.bindings == {"P": "v", "Q/R": "v", "S": "v"}


@pytest.mark.usefixtures("_stub")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{words: a}", "2:23: 'words' must be a list, not 'a'"),
        ("{words: [1]}", "2:24: item 1 of the list must be text, not the number 1; put it in quotes"),
        ("{mode: c}", "2:22: 'mode' must be one of 'a', 'b', not 'c'"),
        ("{level: eror}", "2:23: 'level' must be one of 'error', 'warning', 'info', not 'eror'; did you mean 'error'?"),
        ("{most: 1.5}", "2:22: 'most' must be a whole number, not the number 1.5"),
        ("{most: '1'}", "2:22: 'most' must be a whole number, not '1'"),
        ("{patterns: {k: '('}}", "2:30: the pattern is not valid in RE2 syntax: missing ): ("),
        ("{limits: {P: {vocabulry: v}}}", "2:29: unknown key 'vocabulry'; did you mean 'vocabulary'?"),
        ("{limits: {P: w}}", "2:28: there is no vocabulary 'w'"),
        ("{order: [w]}", "2:24: there is no vocabulary 'w'"),
        ("{required: 0}", "2:9: rule 'stub': 'required' must be at least 1"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_said_at_its_place(text, expected):
    assert complaints(f"extends: []\nrules: {{stub: {text}}}\n") == [f"vaultlint.yaml:{expected}"]


def test_absent_options_are_at_their_defaults():
    assert build_options(Options, {}) == Options()


def test_vocabularies_named_anywhere_in_an_option():
    found = list(vocabulary_names(tuple[VocabularyName, ...], ["a", "b"], "/o"))
    assert [(one.name, one.pointer, one.key) for one in found] == [
        ("a", "/o/0", None),
        ("b", "/o/1", None),
    ]
