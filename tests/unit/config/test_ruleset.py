import pytest

from tests.unit.config.loading import complaints, load, severities
from vaultlint.check import Severity

LAYERED = """\
extends: [one.yaml, two.yaml]
rules:
  broken-link: {message: mine}
overrides:
  - {paths: ["t/**"], rules: {broken-link: off}}
  - {paths: ["t/keep/**"], rules: {broken-link: info}}
"""
PACKS = {
    "one.yaml": "rules: {broken-link: error, link-case: off}\n",
    "two.yaml": "extends: [base.yaml]\nrules: {broken-link: warning}\n",
    "base.yaml": "rules: {link-case: error, broken-link: off}\n",
}


def test_later_layers_win_and_a_pack_comes_after_those_it_extends():
    config = load(LAYERED, PACKS)
    assert severities(config, "a.md")["broken-link"] == "warning"
    assert severities(config, "a.md")["link-case"] == "error"
    assert "broken-link" not in severities(config, "t/a.md")
    assert severities(config, "t/keep/a.md")["broken-link"] == "info"
    rule = next(rule for rule in config.rules_for("a.md") if rule.id == "broken-link")
    assert (rule.message, rule.layer) == ("mine", "vaultlint.yaml")


def test_why_lists_the_layers_that_count_for_a_file():
    config = load(LAYERED, PACKS, ignore=("broken-link",))
    layers = [(layer.name, layer.decided) for layer in config.why("broken-link", "t/a.md")]
    assert layers == [
        ("default", "severity error"),
        ("one.yaml", "severity error"),
        ("base.yaml", "off"),
        ("two.yaml", "severity warning"),
        ("vaultlint.yaml", "on, message"),
        ("vaultlint.yaml overrides", "off"),
        ("command line", "off"),
    ]
    places = [layer.position for layer in config.why("broken-link", "a.md")]
    assert places[4] == (3, 3)
    with pytest.raises(KeyError):
        config.why("no-such-rule", "a.md")


def test_why_says_when_the_paths_of_the_rule_or_exclude_leave_the_file_out():
    config = load("exclude: [b.md]\nrules: {broken-link: {paths: ['c/**']}}\n")
    names = [layer.name for layer in config.why("broken-link", "b.md")]
    assert names[-2:] == ["paths of the rule", "include and exclude"]
    assert len(config.why("broken-link", "c/d.md")) == len(names) - 2


def test_paths_and_exclude_of_a_rule():
    config = load("rules: {broken-link: {paths: ['a/**'], exclude: a/x}}\n")
    files = ("a/b.md", "a/x/c.md", "b.md")
    assert ["broken-link" in severities(config, file) for file in files] == [True, False, False]


def test_equal_answers_are_identical():
    config = load("overrides: [{paths: [t], rules: {broken-link: off}}]\n")
    assert config.rules_for("a.md") is config.rules_for("b/c.md")
    assert config.rules_for("t/a.md") is not config.rules_for("a.md")
    assert [rule.id for rule in config.rules_for("a.md")] == sorted(severities(config, "a.md"))


def test_options_merge_one_by_one_and_come_as_the_check_declares_them():
    files = {"p.yaml": "rules: {unknown-term: {at_least: {A: 1}, at_most: {A: 3}}}\n"}
    text = "extends: [p.yaml]\nvocabularies: {v: {terms: [x]}}\n"
    text += "rules: {unknown-term: {at_least: {B: 2}, properties: {P: v}}}\n"
    config = load(text, files)
    options = next(rule for rule in config.rules_for("a.md") if rule.id == "unknown-term").options
    assert (options.at_least, options.at_most) == ({"B": 2}, {"A": 3})
    assert config.bindings == {"P": "v"}


def test_a_rule_of_the_users_own_starts_with_its_definition():
    text = "rules: {mine: {check: pattern, pattern: 'x', severity: info, message: m}}\n"
    config = load(text + "overrides: [{paths: [b], rules: {mine: error}}]\n")
    rule = next(rule for rule in config.rules_for("a.md") if rule.id == "mine")
    assert (rule.check.id, rule.severity, rule.message) == ("pattern", Severity.INFO, "m")
    assert severities(config, "b")["mine"] == "error"
    assert config.check_of("mine").id == "pattern"
    assert config.why("mine", "a.md")[0].name == "vaultlint.yaml"
    assert "mine" in config.rule_ids()


def test_a_rule_of_a_pack_can_be_set_up_by_name_alone():
    files = {"p.yaml": "rules: {mine: {check: pattern, pattern: 'x'}}\n"}
    assert (
        severities(load("extends: [p.yaml]\nrules: {mine: error}\n", files), "a")["mine"] == "error"
    )
    assert "mine" not in severities(load("extends: [p.yaml]\nrules: {mine: off}\n", files), "a")


def test_a_pattern_beyond_re2_is_an_error_at_its_place():
    assert complaints("rules:\n  mine:\n    check: pattern\n    pattern: 'a(?=b)'\n") == [
        "vaultlint.yaml:4:14: the pattern uses lookahead ((?=…), which RE2 does not have"
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"a.yaml": "extends: [b.yaml]\n", "b.yaml": "extends: [a.yaml]\n"},
        {"a.yaml": "extends: a.yaml\n", "b.yaml": ""},
    ],
)
def test_packs_that_extend_one_another_are_an_error(files):
    assert "packs extend one another: a.yaml" in complaints("extends: [a.yaml]\n", files)[0]


def test_a_pack_reached_twice_counts_once_where_it_is_first_needed():
    files = {
        "a.yaml": "extends: [c.yaml]\nrules: {broken-link: info}\n",
        "b.yaml": "extends: [c.yaml]\n",
        "c.yaml": "rules: {broken-link: warning}\n",
    }
    assert severities(load("extends: [a.yaml, b.yaml]\n", files), "x")["broken-link"] == "info"


def test_errors_in_a_pack_of_the_vault_name_the_pack():
    assert complaints("extends: [p.yaml]\n", {"p.yaml": "\nruels: {}\n"}) == [
        "p.yaml:2:1: unknown key 'ruels'; did you mean 'rules'?"
    ]
