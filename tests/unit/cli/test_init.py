"""``vaultlint init``: a config that fits the vault, loads, and finds nothing wrong by itself."""

import json

import pytest
import yaml

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint.cli.init_config import scalar
from vaultlint.cli.init_survey import kind_of, survey
from vaultlint.note.parse import parse_note


def notes_with(number: int, text: str) -> dict[str, str]:
    return {f"n{index}.md": text.replace("INDEX", str(index)) for index in range(number)}


def config_of(run: Run) -> dict:
    result = run("init", "--stdout")
    assert result.exit_code == 0
    return yaml.safe_load(result.stdout)


def test_it_writes_once(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "x\n"})
    assert run("init").exit_code == 0
    assert (root / "vaultlint.yaml").read_text().startswith("# What vaultlint checks")
    (root / "vaultlint.yaml").write_text("extends: strict\n")
    assert run("init").exit_code == 2
    assert run("init", "--stdout").exit_code == 0
    assert (root / "vaultlint.yaml").read_text() == "extends: strict\n"
    assert run("init", "--force").exit_code == 0
    assert (root / "vaultlint.yaml").read_text().startswith("# What vaultlint checks")


def test_a_likely_vocabulary_becomes_a_rule(run: Run, make_vault: MakeVault) -> None:
    notes = notes_with(8, "---\nstatus: draft\nid: INDEX\n---\n")
    make_vault(notes | {f"d{index}.md": "---\nstatus: [done, yes]\n---\n" for index in range(4)})
    config = config_of(run)
    assert config["vocabularies"] == {"status": {"terms": ["done", "draft", "yes"]}}
    assert config["rules"]["unknown-term"]["properties"] == {"status": "status"}
    assert run("init").exit_code == 0
    assert run("check", "--fail-on", "info").stdout.startswith("No findings")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: same\n---\n",
        "---\nkey: value INDEX\n---\n",
        "---\nday: 2024-01-01\n---\n",
        "---\nnumber: 5\n---\n",
        '---\nlink: "[[a]]"\n---\n',
        "---\nonly: one\n---\n",
    ],
)
def test_what_is_no_vocabulary(run: Run, make_vault: MakeVault, text: str) -> None:
    make_vault(notes_with(12, text))
    assert "vocabularies" not in config_of(run)


def test_properties_and_links_are_told(run: Run, make_vault: MakeVault) -> None:
    make_vault(notes_with(3, "---\na: 1\nb: x\n---\n[[n1]] [t](n2.md)\n") | {"c.md": "[[n1]]"})
    text = run("init", "--stdout").stdout
    assert "# Links: 4 wikilinks and 3 Markdown links between notes; mostly wikilinks." in text
    assert "#   a  100 %  number" in text
    assert "#   b  100 %  text" in text


def test_citations_get_the_form_that_most_have(run: Run, make_vault: MakeVault) -> None:
    line = "- #PAPER [A title INDEX (Doe 2020)](https://arxiv.org/abs/2001.0000INDEX)\n"
    make_vault(notes_with(9, line + "- #CODE [repo INDEX](https://github.com/a/bINDEX)\n"))
    formats = config_of(run)["rules"]["citation-format"]["formats"]
    assert formats == {"CODE": "{title}", "PAPER": "{title} ({author} {year})"}
    assert run("init").exit_code == 0
    assert run("check").exit_code == 0


def test_citations_of_identified_sources_get_the_other_rules(
    run: Run, make_vault: MakeVault
) -> None:
    line = "- #PAPER [A title INDEX (Doe 2020)](https://arxiv.org/abs/2001.0000INDEX)\n"
    slip = {"slip.md": "- #paper [Other (Doe 2020)](https://arxiv.orga/abs/2002.00001 )\n"}
    make_vault(notes_with(10, line.replace("0INDEX", "1INDEX")) | slip)
    rules = config_of(run)["rules"]
    assert rules["citation-kind"]["kinds"] == ["PAPER"]
    assert rules["citation-url"]["arxiv_form"] == "abs"
    assert rules["citation-year"]["kinds"] == ["PAPER"]
    assert run("init").exit_code == 0
    report = json.loads(run("check", "--format", "json").stdout)
    found = [(each["path"], each["rule"]) for each in report["diagnostics"]]
    expected = ["citation-kind", "citation-url", "citation-url"]
    assert found == [("slip.md", rule) for rule in expected]


def test_a_note_that_lists_the_terms_is_the_vocabulary(run: Run, make_vault: MakeVault) -> None:
    terms = [f"term {index}" for index in range(10)]
    listed = "".join(f"- {term}\n" for term in terms)
    notes = notes_with(10, "---\nfieldNames: [term INDEX, term 1]\n---\n")
    slip = {"slip.md": "---\nfieldNames: [trem 1]\n---\n"}
    make_vault(notes | slip | {"meta/fields.md": listed})
    config = config_of(run)
    assert config["vocabularies"] == {"field-names": {"terms_from": {"note": "meta/fields.md"}}}
    assert config["rules"]["unknown-term"]["properties"] == {"fieldNames": "field-names"}
    assert run("init").exit_code == 0
    report = json.loads(run("check", "--format", "json").stdout)
    found = [(each["path"], each["rule"]) for each in report["diagnostics"]]
    assert found == [("slip.md", "unknown-term")]


def test_a_slip_is_left_out_of_a_vocabulary(run: Run, make_vault: MakeVault) -> None:
    notes = notes_with(10, "---\nstatus: finished\n---\n") | {
        f"d{index}.md": "---\nstatus: draft\n---\n" for index in range(9)
    }
    make_vault(notes | {"slip.md": "---\nstatus: finishd\n---\n"})
    assert config_of(run)["vocabularies"] == {"status": {"terms": ["draft", "finished"]}}
    assert "# left out as slips: finishd" in run("init", "--stdout").stdout


@pytest.mark.parametrize(("tags", "off"), [("'two words', one", True), ("one, two", False)])
def test_keywords_of_another_program_are_no_tags(
    run: Run, make_vault: MakeVault, *, tags: str, off: bool
) -> None:
    make_vault(notes_with(9, f"---\nTags: [{tags}]\n---\n"))
    assert ("tag-form" in config_of(run)["rules"]) is off
    assert run("init").exit_code == 0
    assert run("check", "--fail-on", "info").stdout.startswith("No findings")


def test_notes_named_as_templates_are_left_alone(run: Run, make_vault: MakeVault) -> None:
    names = ("docs/entry-template.md", "docs/topic template.md", "css/grid-template.md")
    make_vault(dict.fromkeys(names, ""))
    assert config_of(run)["overrides"][0]["paths"] == sorted(names[:2])


def test_templates_are_left_alone(run: Run, make_vault: MakeVault) -> None:
    make_vault(
        {".obsidian/templates.json": json.dumps({"folder": "Templates/"}), "Templates/t.md": ""}
    )
    assert config_of(run)["overrides"][0]["paths"] == ["Templates/**"]


@pytest.mark.parametrize(
    "name", ["on", "a: b", "#x", "'q'", '"', "\\", "- x", "日本", "\x1b[31m", "{x}", "null", "*a"]
)
def test_hostile_names_load_again(run: Run, make_vault: MakeVault, name: str) -> None:
    key = json.dumps(name)
    make_vault(notes_with(12, f"---\n{key}: [{key}, other]\n---\n"))
    assert run("init").exit_code == 0
    result = run("check", "--fail-on", "never")
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "empty"),
        ([], "empty"),
        (True, "checkbox"),
        (1.5, "number"),
        ({"a": 1}, "map"),
        (["a"], "list"),
        ("2024-02-29", "date"),
        ("2024-01-01T10:00:00", "datetime"),
        ("2024-02-30", "text"),
        ("word", "text"),
    ],
)
def test_kinds_of_values(value: object, kind: str) -> None:
    assert kind_of(value) == kind


@pytest.mark.parametrize("text", ["plain", "a-b", "yes", "No", "1", "a b", "'", "\u2028", "x\x00"])
def test_scalars_read_back(text: str) -> None:
    expected = text if text.isprintable() else text.encode("unicode_escape").decode()
    assert yaml.safe_load(scalar(text)) in (text, expected)


def test_a_survey_counts_each_note_once() -> None:
    found = survey([parse_note("a.md", b"---\nt: [x, x]\n---\n")])
    assert (found.notes, found.with_properties) == (1, 1)
    assert found.properties[0].kinds == ("list",)
