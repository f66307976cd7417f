"""What ``inspect`` shows agrees with the test vectors of Obsidian's behavior, position by position."""

from typing import Any

import pytest

from tests.shared_data import needs_vectors, vectors
from vaultlint.note.parse import parse_note
from vaultlint.view.metadata import cached_metadata

CASES = [vector for vector in vectors() if "text" in vector["input"]]

pytestmark = needs_vectors


def at(item: dict[str, Any]) -> tuple[int, int]:
    """Return the place of an expected fact in Obsidian's units."""
    return item["line"] - 1, item.get("col_utf16", item["col"]) - 1


def place(item: dict[str, Any]) -> tuple[int, int]:
    start = item["position"]["start"]
    return start["line"], start["col"]


def expected_link(item: dict[str, Any]) -> tuple[Any, ...]:
    subpath = item["subpath"]
    link = item["path"] + (f"#{subpath.removeprefix('#')}" if subpath else "")
    return (at(item), item["text"], link, item["alias"])


def shown_links(items: list[dict[str, Any]], expected: list[Any]) -> list[tuple[Any, ...]]:
    """Return the links as ``expected_link`` writes them; the default display text is no alias."""
    aliases = [item[3] for item in expected]
    return [
        (place(item), item["original"], item["link"], item["displayText"] if alias else alias)
        for item, alias in zip(items, [*aliases, *[None] * len(items)], strict=False)
    ]


@pytest.mark.parametrize("vector", CASES, ids=lambda vector: vector["id"])
def test_vector(vector: dict[str, Any]) -> None:
    metadata = cached_metadata(parse_note("src.md", vector["input"]["text"].encode()))
    expect = vector["expect"]
    for key in ("links", "embeds"):
        if key in expect:
            expected = [expected_link(item) for item in expect[key]]
            assert shown_links(metadata.get(key, []), expected) == expected
    if "tags" in expect and expect["tags"] and isinstance(expect["tags"][0], dict):
        shown = [(place(tag), tag["tag"]) for tag in metadata.get("tags", [])]
        assert shown == [(at(tag), tag["text"]) for tag in expect["tags"]]
    if "headings" in expect:
        shown_headings = [
            (place(each), each["level"], each["heading"]) for each in metadata.get("headings", [])
        ]
        expected = [(at(each), each["level"], each["heading"]) for each in expect["headings"]]
        assert shown_headings == expected
    if "block_ids" in expect:
        ids = [block["id"] for block in metadata.get("blocks", {}).values()]
        assert sorted(ids) == sorted({block["id"] for block in expect["block_ids"]})
        carets = metadata.get("vaultlint", {}).get("blockIds", [])
        assert [(place(each), each["id"]) for each in carets] == [
            (at(each), each["id"]) for each in expect["block_ids"]
        ]
    if "frontmatter_links" in expect:
        keys = ("key", "link", "displayText", "original")
        shown = [tuple(link[key] for key in keys) for link in metadata.get("frontmatterLinks", [])]
        names = ("key", "link", "display", "text")
        assert shown == [tuple(link[key] for key in names) for link in expect["frontmatter_links"]]
    if "sections" in expect:
        shown = [section["type"] for section in metadata.get("sections", [])]
        assert shown == expect["sections"]
    check_extras(metadata, expect)


def check_extras(metadata: dict[str, Any], expect: dict[str, Any]) -> None:
    more = metadata.get("vaultlint", {})
    if "present" in expect:
        assert ("frontmatterValid" in more) == expect["present"]
        assert more.get("frontmatterValid", False) == expect["valid"]
        assert metadata.get("frontmatter") == expect["data"]
    for key in ("comments", "math", "highlights"):
        if key in expect:
            assert [each["original"] for each in more.get(key, [])] == expect[key]
    for key, wanted, names in (
        ("callouts", "callouts", ("type", "fold", "title")),
        ("tasks", "tasks", ("status",)),
        ("inlineFields", "inline_fields", ("key", "value")),
    ):
        if wanted in expect:
            shown = [
                (place(each)[0] + 1, *(each[name] for name in names)) for each in more.get(key, [])
            ]
            assert shown == [
                (each["line"], *(each[name] for name in names)) for each in expect[wanted]
            ]
    if "references" in expect:
        assert [each["id"] for each in metadata.get("footnoteRefs", [])] == expect["references"]
    if "definitions" in expect:
        assert [each["id"] for each in metadata.get("footnotes", [])] == expect["definitions"]
    if "tables" in expect:
        assert more.get("tables", 0) == expect["tables"]
    if "aliases" in expect:
        assert more.get("aliases", []) == expect["aliases"]
    if "tags" in expect and expect["tags"] and isinstance(expect["tags"][0], str):
        assert more.get("propertyTags", []) == expect["tags"]
