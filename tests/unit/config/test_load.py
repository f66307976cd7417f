import pickle

import pytest

from tests.memory_source import MemorySource
from tests.unit.config.loading import complaints, load, severities
from vaultlint import resources
from vaultlint.config.load import ConfigRequest, load_config
from vaultlint.errors import ConfigError, ConfigErrors, UsageError
from vaultlint.text import Span


def test_without_a_file_the_recommended_pack_counts():
    config = load()
    assert config.path is None
    assert "vaultlint.yaml" in config.inputs
    assert severities(config, "a.md")["broken-link"] == "error"


def test_a_file_without_extends_extends_the_recommended_pack():
    assert severities(load("exclude: [x.md]\n"), "a.md") == severities(load(), "a.md")


def test_extends_of_nothing_leaves_the_defaults_of_the_checks():
    from vaultlint.checks import check_ids, load_check

    expected = {id_ for id_ in check_ids() if load_check(id_).severity is not None}
    assert set(severities(load("extends: []\n"), "a.md")) == expected


def test_packs_of_the_request_replace_the_default_and_add_to_a_file():
    mine = {"my.yaml": "rules: {broken-link: off}\n"}
    assert "broken-link" not in severities(load(None, mine, packs=("my.yaml",)), "a.md")
    config = load("rules: {link-case: error, broken-link: info}\n", mine, packs=("my.yaml",))
    found = severities(config, "a.md")
    assert found["link-case"] == "error"
    assert found["broken-link"] == "info"  # the file has the last word


def test_all_shipped_packs_load_on_a_vault_that_has_what_they_ask_for():
    files = {
        f"documentation/{name}.md": "- a\n" for name in ("tags", "subjects", "catalog-content")
    }
    for name in resources.pack_names():
        config = load(None, files, packs=(name,))
        assert config.rules_for("content/a/b.md")


def test_shipped_packs_name_only_rules_that_exist():
    for name in resources.pack_names():
        mine = {"my.yaml": resources.read_pack(name).decode()}
        files = {
            f"documentation/{one}.md": "- a\n" for one in ("tags", "subjects", "catalog-content")
        }
        assert load(None, mine | files, packs=("my.yaml",)).unknown_rules == (), name


def test_several_errors_come_together_each_at_its_place():
    found = complaints("inlcude: [a]\nrules:\n  broken-link: eror\nexclude: 5\n")
    assert found == [
        "vaultlint.yaml:1:1: unknown key 'inlcude'; did you mean 'include'?",
        (
            "vaultlint.yaml:3:16: broken-link: expected one of error, info, off, on, warning, "
            "or a mapping with options; did you mean 'error'?"
        ),
        "vaultlint.yaml:4:10: 'exclude' must be text or a list, not the number 5; put it in quotes",
    ]


def test_mistakes_in_yaml_are_told_in_words_of_a_config():
    assert complaints("rules: {}\nrules: {}\n") == [
        "vaultlint.yaml:2:1: the key `rules` is already set above; keep one of them"
    ]
    assert "the key `property` is" in complaints("property: {}\nproperty: {}\n")[0]


def test_a_pack_that_is_not_there_hides_no_other_error():
    said = complaints("extends: [recomended]\nincldue: x\nrules: {broken-link: fatal}\n")
    assert sorted(line.partition(": ")[0] for line in said) == [
        "vaultlint.yaml:1:11",
        "vaultlint.yaml:2:1",
        "vaultlint.yaml:3:22",
    ]


def test_one_error_is_raised_as_itself_and_several_as_one():
    with pytest.raises(ConfigError) as one:
        load("inlcude: [a]\n")
    assert not isinstance(one.value, ConfigErrors)
    with pytest.raises(ConfigErrors) as several:
        load("inlcude: [a]\nexlcude: [b]\n")
    assert [error.position.line for error in several.value.errors] == [1, 2]


@pytest.mark.parametrize(
    ("config", "start"),
    [
        ("rules: [\n", "vaultlint.yaml:"),
        ("- a\n", "vaultlint.yaml:1:1: the file must hold keys and values"),
        ("rules: {a: 1}\nrules: {b: 1}\n", "vaultlint.yaml:2:1: "),
        ("extends: [recomended]\n", "vaultlint.yaml:1:11: there is no pack 'recomended'; did you"),
        ("extends: [my/pack.yaml]\n", "vaultlint.yaml:1:11: the pack 'my/pack.yaml' is not in the"),
        ("extends: ../x.yaml\n", "vaultlint.yaml:1:10: the path '../x.yaml' leaves the vault"),
        ("extends: /etc/x.yaml\n", "vaultlint.yaml:1:10: the path '/etc/x.yaml' must be relative"),
        ("extends: [1]\n", "vaultlint.yaml:1:11: item 1 of the list must be text, not the number"),
        ("include: ['../**']\n", "vaultlint.yaml:1:11: the glob '../**' leaves the vault"),
        ("include: ['/a']\n", "vaultlint.yaml:1:11: the glob '/a' is absolute"),
        ("plugins: [evil]\n", "vaultlint.yaml:1:1: a config never runs code"),
        ("overrides:\n  - paths: ['a/**']\n", "vaultlint.yaml:2:5: the key 'rules' is missing"),
        ("rules: {broken-link: {severty: error}}\n", "vaultlint.yaml:1:23: unknown key 'severty'"),
        ("rules: {broken-link: {severity: bad}}\n", "vaultlint.yaml:1:33: 'severity' must be"),
        ("rules: {broken-link: {check: pattern}}\n", "vaultlint.yaml:1:30: 'broken-link' is a rule"),
        ("rules: {mine: {check: patern}}\n", "vaultlint.yaml:1:23: there is no check 'patern'; did"),
        ("rules: {mine: {check: pattern}}\n", "vaultlint.yaml:1:9: a rule with 'check: pattern' needs"),
        ("rules: {mine: {check: allowed-values, property: a}}\n",
         "vaultlint.yaml:1:9: a rule with 'check: allowed-values' needs 'values'"),
        ("rules: {mine: {check: pattern, pattern: a, on: bdy}}\n",
         "vaultlint.yaml:1:48: 'bdy' is no place to look at; did you mean 'body'?"),
        ("vocabularies: {tags: [a]}\n",
         "vaultlint.yaml:1:22: 'tags' must be a mapping, not a list; write {terms: [...]} for"),
        ("rules: {My Rule: {check: pattern}}\n", "vaultlint.yaml:1:9: 'My Rule' cannot be a rule's"),
        ("rules: {broken-link: }\n", "vaultlint.yaml:1:22: broken-link: expected one of"),
        ("rules: {unknown-term: {properties: {A: tgas}}}\nvocabularies: {tags: {terms: [a]}}\n",
         "vaultlint.yaml:1:40: there is no vocabulary 'tgas'; did you mean 'tags'?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(config, start):
    found = complaints(config)
    assert len(found) == 1, found
    assert found[0].startswith(start), found[0]


def test_what_a_rule_needs_may_come_from_an_override():
    config = "rules: {mine: {check: pattern}}\noverrides: [{paths: [a/**], rules: {mine: {pattern: x}}}]\n"
    assert load(config, {"a/b.md": ""}).rules_for("a/b.md")


def test_a_byte_order_mark_and_crlf_change_no_position():
    config = "﻿extends: []\r\nrules:\r\n  x: {check: nope}\r\n"
    assert complaints(config)[0].startswith("vaultlint.yaml:3:14: there is no check 'nope'")


def test_bytes_that_are_not_utf8():
    source = MemorySource({"vaultlint.yaml": b"rules:\n  a: \xff\n"})
    with pytest.raises(ConfigError, match="not valid UTF-8") as caught:
        load_config(source)
    assert caught.value.position.line == 2


def test_an_empty_file_is_no_error():
    assert load("").path == "vaultlint.yaml"
    assert load("rules:\ninclude:\n").rule_ids()


def test_off_and_on_are_words_and_truth_values_do_too():
    for off in ("off", "false"):
        assert "broken-link" not in severities(load(f"rules: {{broken-link: {off}}}\n"), "a.md")
    for on in ("on", "true"):
        found = severities(load(f"rules: {{broken-link: {on}, orphan-note: {on}}}\n"), "a.md")
        assert found["broken-link"] == "error"
        assert "orphan-note" in found


def test_an_unknown_rule_is_no_error_but_known_with_its_place():
    config = load(
        "extends: []\nrules:\n  broken-lnk: error\noverrides:\n  - {paths: [a], rules: {zzzz: off}}\n"
    )
    first, second = config.unknown_rules
    assert (first.id, first.file, first.suggestion) == (
        "broken-lnk",
        "vaultlint.yaml",
        "broken-link",
    )
    assert first.span == Span(21, 31)
    assert (second.id, second.suggestion) == ("zzzz", None)


def test_globs_of_the_file_are_known_with_their_places_and_those_of_packs_are_not():
    files = {"my.yaml": "exclude: [from-pack]\n"}
    text = "extends: my.yaml\ninclude: 'a/**'\noverrides:\n  - {paths: [b, c], rules: {}}\n"
    globs = load(text, files).globs
    assert [glob.glob for glob in globs] == ["a/**", "b", "c"]
    assert [glob.span.of(text) for glob in globs] == ["'a/**'", "b", "c"]


def test_include_is_replaced_and_exclude_adds_up():
    files = {"my.yaml": "include: [a/**]\nexclude: [a/x/**]\n"}
    config = load("extends: [my.yaml]\nexclude: [a/y.md]\n", files)
    checked = [file for file in ("a/b.md", "a/x/b.md", "a/y.md", "b.md") if config.checked(file)]
    assert checked == ["a/b.md"]
    config = load("extends: [my.yaml]\ninclude: [b.md]\n", files)
    assert config.checked("b.md")
    assert not config.checked("a/b.md")


def test_select_and_ignore():
    config = load("rules: {orphan-note: off}\n", select=("orphan-note", "broken-link"))
    assert set(severities(config, "a.md")) == {"orphan-note", "broken-link"}
    config = load(None, ignore=("broken-link",))
    assert "broken-link" not in severities(config, "a.md")
    assert len(config.rules_for("a.md")) > 1
    with pytest.raises(UsageError, match="--select: there is no rule 'broken-lnk'; did you mean"):
        load(None, select=("broken-lnk",))


def test_overrides_hold_for_a_selected_rule():
    text = "overrides: [{paths: [t/**], rules: {broken-link: off}}]\n"
    config = load(text, select=("broken-link",))
    assert severities(config, "t/a.md") == {}
    assert severities(config, "a.md") == {"broken-link": "error"}


def test_a_config_file_of_another_name_and_from_elsewhere(tmp_path):
    config = load(
        "rules: {broken-link: off}\n", {"other.yaml": "extends: []\n"}, config="other.yaml"
    )
    assert config.path == "other.yaml"
    assert "broken-link" in severities(config, "a.md")
    outside = tmp_path / "outside.yaml"
    outside.write_text("rules: {broken-link: info}\n")
    config = load(None, config=outside)
    assert config.path is None
    assert severities(config, "a.md")["broken-link"] == "info"
    with pytest.raises(UsageError, match=r"did you mean 'other.yaml'"):
        load(None, {"other.yaml": ""}, config="othre.yaml")
    with pytest.raises(UsageError, match="the config file"):
        load(None, config=tmp_path / "none.yaml")
    with pytest.raises(UsageError, match="there is no pack 'stict'; did you mean 'strict'"):
        load(None, packs=("stict",))


def test_inputs_are_all_files_that_were_asked_for():
    files = {"p.yaml": "", "s.json": '{"$ref": "t.json"}', "t.json": "{}", "n.md": "- a\n"}
    text = (
        "extends: [p.yaml]\nschemas: [{paths: ['**'], schema: s.json}]\n"
        "vocabularies: {v: {terms_from: {note: n}}}\n"
    )
    inputs = load(text, files).inputs
    assert {"vaultlint.yaml", "p.yaml", "s.json", "t.json", "n.md"} <= inputs
    assert {".obsidian/app.json", ".obsidian/types.json"} <= inputs


def test_a_config_can_be_pickled_for_another_process():
    text = (
        "schemas: [{paths: ['**'], schema: s.json}]\nvocabularies: {v: {terms: [a, b], nested: true}}\n"
        "rules: {mine: {check: pattern, pattern: 'x+'}}\noverrides: [{paths: [b], rules: {mine: off}}]\n"
    )
    config = load(text, {"s.json": '{"required": ["a"]}'})
    config.rules_for("a.md")
    copy = pickle.loads(pickle.dumps(config))
    assert copy.rules_for("b") == config.rules_for("b")
    assert [one.violations({}) for one in copy.validators_for("a.md")] == [
        one.violations({}) for one in config.validators_for("a.md")
    ]
    assert copy.vocabularies["v"].match("a/b").kind == "known"


def test_a_known_valid_config_needs_no_models(tmp_path, monkeypatch):
    text, files = (
        "rules: {broken-link: info}\n",
        {"vaultlint.yaml": b"rules: {broken-link: info}\n"},
    )
    request = ConfigRequest(cache=tmp_path / "cache")
    first = load_config(MemorySource(files), request)
    monkeypatch.setattr("vaultlint.config.models.validate", lambda *_, **__: pytest.fail("judged"))
    again = load_config(MemorySource(files), request)
    assert again.rules_for("a.md") == first.rules_for("a.md")
    assert text.encode() == files["vaultlint.yaml"]


@pytest.mark.parametrize("mark", [b"", b"\xff", b"[]", b'{"valid": 5}', b"[" * 100_000])
def test_a_broken_mark_is_ignored_and_replaced(tmp_path, mark):
    (tmp_path / "valid-config.json").write_bytes(mark)
    source = MemorySource({"vaultlint.yaml": b"rules: {broken-link: nope}\n"})
    with pytest.raises(ConfigError):
        load_config(source, ConfigRequest(cache=tmp_path))
    good = MemorySource({"vaultlint.yaml": b"rules: {broken-link: info}\n"})
    load_config(good, ConfigRequest(cache=tmp_path))
    assert b"valid" in (tmp_path / "valid-config.json").read_bytes()


def test_an_invalid_config_is_never_remembered(tmp_path):
    source = MemorySource({"vaultlint.yaml": b"inlcude: [a]\n"})
    for _ in range(2):
        with pytest.raises(ConfigError):
            load_config(source, ConfigRequest(cache=tmp_path))


def test_a_cache_that_cannot_be_written_changes_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    source = MemorySource({"vaultlint.yaml": b"exclude: [a]\n"})
    config = load_config(source, ConfigRequest(cache=tmp_path / "file" / "cache"))
    assert not config.checked("a")
