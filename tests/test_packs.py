"""Packs and schemas that ship: they load, name only what exists, and do what they say."""

import json

import pytest

from tests.memory_source import MemorySource
from vaultlint.checks import check_ids
from vaultlint.config.load import ConfigRequest, load_config
from vaultlint.diagnostics import Severity
from vaultlint.resources import pack_names, read_pack, read_schema, schema_names
from vaultlint.yaml_tree import compose

LISTS = {
    "documentation/subjects.md": b"```\nComputer Science\nData Science\n```\n",
    "documentation/tags.md": b"```\nArrays\nData Types\nLists\n```\n",
    "documentation/catalog-content.md": b"## C\n\n```\n- 'learn-c'\n- 'paths/c'\n```\n",
}
ENTRY = """---
Title: 'Lists'
Description: 'Holds items in order.'
Subjects:
  - 'Computer Science'
Tags:
  - 'Arrays'
  - 'Data Types'
  - 'Lists'
CatalogContent:
  - 'learn-c'
  - 'paths/c'
---

**Lists** hold items in order.

## Syntax
"""


def findings(files, *packs):
    from vaultlint.engine.session import Session

    session = Session(MemorySource(files), ConfigRequest(packs=packs), jobs=1)
    session.apply()
    return {(one.rule, one.file) for one in session.diagnostics()}


@pytest.mark.parametrize("name", pack_names())
def test_a_pack_loads_and_names_only_rules_that_exist(name):
    config = load_config(MemorySource(LISTS), ConfigRequest(packs=(name,)))
    assert config.unknown_rules == ()
    data = compose(read_pack(name).decode()).data
    assert data["name"] == name
    assert data["description"]


@pytest.mark.parametrize("name", schema_names())
def test_a_schema_is_json_schema_and_explains_itself(name):
    from jsonschema import Draft202012Validator

    schema = json.loads(read_schema(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["description"]


def test_recommended_says_of_every_check_that_is_on_that_it_is():
    config = load_config(MemorySource({}), ConfigRequest(packs=("recommended",)))
    on = {rule.id for rule in config.rules_for("a.md") if rule.id in check_ids()}
    assert on <= set(compose(read_pack("recommended").decode()).data["rules"])


def test_strict_is_recommended_and_more():
    config = load_config(MemorySource({}), ConfigRequest(packs=("recommended",)))
    strict = load_config(MemorySource({}), ConfigRequest(packs=("strict",)))
    severities = {rule.id: rule.severity for rule in strict.rules_for("a.md")}
    for rule in config.rules_for("a.md"):
        assert severities.get(rule.id, Severity.INFO) >= rule.severity, rule.id


def test_an_entry_that_keeps_the_rules_has_no_findings():
    path = "content/c/concepts/lists/lists.md"
    # the title of a topic is that of its hub page
    topic = b"---\nTitle: 'Languages:C'\nDescription: 'C is a language.'\nCatalogContent:\n  - 'learn-c'\n  - 'paths/c'\n---\n"
    files = {**LISTS, path: ENTRY.encode(), "content/c/c.md": topic}
    assert findings(files, "codecademy-docs") == set()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Title: 'Lists'\n", "", "missing-property"),
        ("'Computer Science'", "'Computing'", "unknown-term"),
        ("'Arrays'", "'arrays'", "unknown-term"),
        ("  - 'learn-c'\n", "  - 'learn-d'\n", "unknown-catalog-content"),
        ("  - 'Arrays'\n", "", "entry-term-count"),
        ("Subjects:\n", "Subject: 'a'\nSubjects:\n", "unknown-property"),
        ("'Lists'\nD", "3\nD", "property-value"),
        ("in order.'", "in order" + " and more" * 20 + "'", "description-length"),
        ("'Holds items", '\'Holds "items"', "description-quotes"),
        ("Title: 'Lists'", "Title: 'List''s'", "title-quotes"),
        ("Title: 'Lists'", "Title: 'Arrays'", "title-mismatch"),
        ("Title: 'Lists'", "Title: 'List’s'", "title-quotes"),
        ("## Syntax", "# Syntax", "first-level-heading"),
        ("## Syntax", "## Syntax:", "heading-punctuation"),
        ("Title: 'Lists'", "Title: 'Lists", "frontmatter-syntax"),
    ],
)
def test_each_rule_of_the_documentation_pack_finds_its_case(old, new, rule):
    path = "content/c/concepts/lists/lists.md"
    assert old in ENTRY
    assert (rule, path) in findings(
        {**LISTS, path: ENTRY.replace(old, new, 1).encode()}, "codecademy-docs"
    )


@pytest.mark.parametrize("name", ["data_types", "Lists", "my lists", "moore's-law"])
def test_file_names_that_break_the_rules(name):
    path = f"content/c/concepts/lists/{name}.md"
    assert ("file-name", path) in findings({**LISTS, path: ENTRY.encode()}, "codecademy-docs")


READING = """---
title: Reading
---
- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)
- #PAPER #REVIEW [Lists, reviewed (van der Doe 2022)](https://doi.org/10.1000/182)
- #BOOK [All of lists (Doe 2020, PRESS)](https://example.org/book)
- #CODE https://example.org/code
- #THESIS/PHD [Lists at last](https://example.org/thesis)
"""


def test_a_reading_list_that_keeps_the_conventions_has_no_findings():
    assert findings({"Reading.md": READING.encode()}, "research") == set()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("title: Reading\n", "", "missing-property"),
        ("(Doe 2021)", "(2021)", "citation-format"),
        ("#BOOK", "#BOOKS", "citation-kind"),
        ("#CODE", "#code", "citation-kind"),
        ("arxiv.org", "arxiv.orga", "citation-url"),
        ("Doe 2021", "Doe 2019", "citation-year"),
        ("#CODE ", "#CODE [x](https://example.org/x ) ", "citation-url"),
        ("---\n- #PAPER", "---\n- [x](https://example.org/x )\n- #PAPER", "malformed-link"),
        ("https://doi.org/10.1000/182", "https://arxiv.org/abs/2101.00001", "conflicting-citation"),
    ],
)
def test_each_rule_of_the_research_pack_finds_its_case(old, new, rule):
    assert old in READING
    files = {"Reading.md": READING.replace(old, new, 1).encode()}
    assert (rule, "Reading.md") in findings(files, "research")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/pdf/2101.00001)", "duplicate"),
        (
            "- #PAPER [A theory of lists (Doe 2022)](https://arxiv.org/abs/2101.00001)",
            "conflicting",
        ),
    ],
)
def test_the_research_pack_reports_a_repeated_source_once(line, rule):
    files = {"Reading.md": f"{READING}{line}\n".encode()}
    found = {rule for rule, _ in findings(files, "research")} - {"citation-url"}
    assert found == {f"{rule}-citation"}
