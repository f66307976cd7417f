"""Obsidian's settings, whatever stands in their files."""

import pytest

from tests.shared_data import vectors
from vaultlint.vault.settings import Settings, parse_settings


@pytest.mark.parametrize(
    "vector", [pytest.param(vector, id=vector["id"]) for vector in vectors("setting-default")]
)
def test_vectors_of_defaults(vector):
    assert parse_settings(None, None).get(vector["input"]["key"]) == vector["expect"]["value"]


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("newLinkFormat", "shortest"),
        ("useMarkdownLinks", False),
        ("alwaysUpdateLinks", False),
        ("attachmentFolderPath", "/"),
        ("newFileLocation", "root"),
        ("userIgnoreFilters", ()),
        ("showUnsupportedFiles", False),
        ("strictLineBreaks", False),
        ("trashOption", "system"),
        ("tabSize", 4),
        ("noSuchSetting", None),
    ],
)
def test_an_absent_setting_is_its_default(name, default):
    assert parse_settings(b"{}", None).get(name) == default


def test_settings_and_types_are_read():
    settings = parse_settings(
        b'\xef\xbb\xbf{"newLinkFormat": "relative", "userIgnoreFilters": ["a/", 3], "custom": 1}',
        b'{"types": {"Due": "date", "odd": 7}}',
    )
    assert settings.get("newLinkFormat") == "relative"
    assert settings.get("userIgnoreFilters") == ("a/",)
    assert settings.get("custom") == 1
    assert settings.type_of("due") == settings.type_of("DUE") == "date"
    assert settings.type_of("odd") is None
    assert settings.problems == ()


@pytest.mark.parametrize(
    "value", ["null", "7", '["a"]', "true"], ids=["null", "number", "list", "boolean"]
)
def test_a_setting_of_the_wrong_type_counts_as_absent(value):
    settings = parse_settings(b'{"newLinkFormat": ' + value.encode() + b"}", None)
    assert settings.get("newLinkFormat") == "shortest"


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'"text"', b"\x00"])
def test_files_that_cannot_be_read_are_told_and_count_as_absent(data):
    settings = parse_settings(data, data)
    assert settings.get("newLinkFormat") == "shortest"
    assert settings.type_of("x") is None
    assert [file for file, _ in settings.problems] == [".obsidian/types.json", ".obsidian/app.json"]


@pytest.mark.parametrize("data", [b"", b"  \n", b"{}", b'{"types": []}', b'{"types": {"a": null}}'])
def test_empty_files_are_no_problem(data):
    settings = parse_settings(b"", data)
    assert settings.problems == ()
    assert settings.type_of("a") is None


def test_changes_name_the_settings_that_answer_otherwise():
    before = Settings({"newLinkFormat": "shortest", "tabSize": 4}, {"A": "text", "b": "date"})
    after = Settings({"newLinkFormat": "relative"}, {"a": "number", "b": "date"})
    assert before.changes(after) == {("setting", "newLinkFormat"), ("setting", "types", "a")}
    assert before.changes(before) == set()
