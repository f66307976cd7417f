"""``vaultlint init``: a config that fits the vault, loads, and finds nothing wrong by itself."""

import json

import pytest
import yaml

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint.cli.init_config import scalar
from vaultlint.cli.init_survey import kind_of, survey, template_of
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


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Attention (Vaswani 2017)", "{title} ({author} {year})"),
        ("Attention (Vaswani et al., 2017)", "{title} ({author} {year})"),
        ("Attention (2017)", "{title} ({year})"),
        ("Attention (second edition)", "{title}"),
        ("Attention", "{title}"),
        (None, "{title}"),
        ("(" * 5000, "{title}"),
    ],
)
def test_templates_of_citations(text: str | None, template: str) -> None:
    assert template_of(text) == template


@pytest.mark.parametrize("text", ["plain", "a-b", "yes", "No", "1", "a b", "'", "\u2028", "x\x00"])
def test_scalars_read_back(text: str) -> None:
    expected = text if text.isprintable() else text.encode("unicode_escape").decode()
    assert yaml.safe_load(scalar(text)) in (text, expected)


def test_a_survey_counts_each_note_once() -> None:
    found = survey([parse_note("a.md", b"---\nt: [x, x]\n---\n")])
    assert (found.notes, found.with_properties) == (1, 1)
    assert found.properties[0].kinds == ("list",)
