"""A note in Obsidian's shape: names, nesting, positions and what links open."""

from typing import Any

import pytest

from tests.memory_source import MemorySource
from vaultlint.cli.reading import Reader
from vaultlint.note.parse import parse_note
from vaultlint.view.metadata import cached_metadata


def shown(text: str | bytes) -> dict[str, Any]:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return cached_metadata(parse_note("note.md", data))


def pos(*units: int) -> dict[str, Any]:
    names = ("line", "col", "offset")
    return {
        "start": dict(zip(names, units[:3], strict=True)),
        "end": dict(zip(names, units[3:], strict=True)),
    }


def test_an_empty_note_has_nothing_but_its_path() -> None:
    assert shown("") == {"path": "note.md"}


@pytest.mark.parametrize(
    ("text", "link", "display"),
    [
        ("[[A#H|x]]", "A#H", "x"),
        ("[[A#H]]", "A#H", "A > H"),
        ("[[#H]]", "#H", "H"),
        ("[[A#^b]]", "A#^b", "A > ^b"),
        ("[[A]]", "A", "A"),
        ("[[A.md|]]", "A.md", ""),
        ("[see](My%20Note.md#How%20it)", "My Note.md#How it", "see"),
    ],
)
def test_links(text: str, link: str, display: str) -> None:
    assert shown(f"{text} after")["links"] == [
        {
            "link": link,
            "original": text,
            "displayText": display,
            "position": pos(0, 0, 0, 0, len(text), len(text)),
        }
    ]


def test_embeds_are_no_links() -> None:
    metadata = shown("![[a.png|300]] and ![alt](b.png)\n")
    assert "links" not in metadata
    assert [(each["link"], each["displayText"]) for each in metadata["embeds"]] == [
        ("a.png", "300"),
        ("b.png", "alt"),
    ]


def test_positions_are_utf16_units_without_the_byte_order_mark() -> None:
    metadata = shown(b"\xef\xbb\xbf" + "# 🦊\r\n\r\n🦊🦊 #tag\r\n".encode())
    assert metadata["headings"] == [
        {"heading": "🦊", "level": 1, "position": pos(0, 0, 0, 0, 4, 4)}
    ]
    assert metadata["tags"] == [{"tag": "#tag", "position": pos(2, 5, 13, 2, 9, 17)}]


def test_properties() -> None:
    metadata = shown('---\nup: "[[A#H|x]]"\nn: 012\ntags: [one]\naliases: Two\n---\n')
    assert metadata["frontmatter"] == {
        "up": "[[A#H|x]]",
        "n": 12,
        "tags": ["one"],
        "aliases": "Two",
    }
    assert metadata["frontmatterPosition"] == pos(0, 0, 0, 5, 3, 55)
    assert metadata["frontmatterLinks"] == [
        {"key": "up", "link": "A#H", "original": "[[A#H|x]]", "displayText": "x"}
    ]
    assert "tags" not in metadata
    assert metadata["vaultlint"]["propertyTags"] == ["#one"]
    assert metadata["vaultlint"]["aliases"] == ["Two"]
    assert metadata["vaultlint"]["propertyLinks"] == [
        {"key": "up", "position": pos(1, 5, 9, 1, 14, 18)}
    ]


def test_a_property_link_reads_as_its_value() -> None:
    metadata = shown('---\nup:\n  - "[[\\u0041]]"\n---\n')
    (link,) = metadata["frontmatterLinks"]
    assert (link["key"], link["link"], link["original"]) == ("up.0", "A", "[[A]]")


def test_properties_that_cannot_be_read_are_absent() -> None:
    for text in ("---\n---\n", "---\na: b: c\n---\n"):
        metadata = shown(text)
        assert "frontmatter" not in metadata
        assert "frontmatterPosition" not in metadata
        assert metadata["sections"][0]["type"] == "yaml"


def test_blocks_and_footnotes() -> None:
    metadata = shown("Text[^1]. ^One-1\n\n- item ^two\n\n[^1]: a note\n    on two lines\n")
    assert metadata["blocks"] == {
        "one-1": {"id": "One-1", "position": pos(0, 0, 0, 0, 16, 16)},
        "two": {"id": "two", "position": pos(2, 0, 18, 2, 11, 29)},
    }
    assert metadata["footnoteRefs"] == [{"id": "1", "position": pos(0, 4, 4, 0, 8, 8)}]
    assert metadata["footnotes"] == [{"id": "1", "position": pos(4, 0, 31, 5, 16, 60)}]


def test_definitions_of_links_are_their_own_list() -> None:
    metadata = shown("[t][ref]\n\n[ref]: <My Note.md>\n[two]: https://example.org 'title'\n")
    assert "links" not in metadata
    assert [(each["id"], each["link"]) for each in metadata["referenceLinks"]] == [
        ("ref", "My Note.md"),
        ("two", "https://example.org"),
    ]


def test_what_the_app_does_not_have() -> None:
    text = "> [!tip]- Title\n\n- [x] done\n\nkey:: value\n\n==hot== %%c%% $x$ <https://a.org>\n"
    more = shown(text)["vaultlint"]
    assert [(each["type"], each["fold"], each["title"]) for each in more["callouts"]] == [
        ("tip", "-", "Title")
    ]
    assert "metadata" not in more["callouts"][0]
    assert [each["status"] for each in more["tasks"]] == ["x"]
    assert [(each["key"], each["value"]) for each in more["inlineFields"]] == [("key", "value")]
    assert [each["original"] for each in more["highlights"]] == ["==hot=="]
    assert [each["original"] for each in more["comments"]] == ["%%c%%"]
    assert [each["original"] for each in more["math"]] == ["$x$"]
    assert [each["url"] for each in more["externalLinks"]] == ["https://a.org"]


def test_where_block_ids_stand() -> None:
    (block,) = shown("😀 a ^Id\n")["vaultlint"]["blockIds"]
    assert block == {"id": "Id", "position": pos(0, 5, 5, 0, 8, 8)}


@pytest.mark.parametrize(
    ("text", "valid"), [("a", None), ("---\n---\n", True), ("---\na: b: c\n---\n", False)]
)
def test_whether_the_properties_can_be_read(text: str, valid: bool | None) -> None:
    assert shown(text).get("vaultlint", {}).get("frontmatterValid") is valid


def test_metadata_of_a_callout() -> None:
    callout = shown("> [!Info|wide] T\n")["vaultlint"]["callouts"][0]
    assert (callout["type"], callout["metadata"]) == ("info", "wide")


@pytest.mark.parametrize(
    ("type_", "shown_as"), [("tip", None), ("hint", "tip"), ("mine", "note"), ("TLDR", "abstract")]
)
def test_how_a_callout_is_shown(type_: str, shown_as: str | None) -> None:
    callout = shown(f"> [!{type_}] T\n")["vaultlint"]["callouts"][0]
    assert callout.get("shownAs") == shown_as


def test_sizes_of_images_in_the_order_of_the_text() -> None:
    text = "![a|20x10](https://a.b/c.png) ![[d.png|e|30]] ![[f.png|g]] [[h|40]]\n"
    sizes = shown(text)["vaultlint"]["imageSizes"]
    assert [(each["width"], each["height"]) for each in sizes] == [(20, 10), (30, None)]
    assert sizes[1]["position"] == pos(0, 30, 30, 0, 45, 45)
    assert "imageSizes" not in shown("![[f.png|g]]\n").get("vaultlint", {})


def test_parents_of_tags_that_the_note_does_not_have_itself() -> None:
    more = shown("---\ntags: [Area/Work]\n---\n#area #a/b/c #2024/x\n")["vaultlint"]
    assert more["impliedTags"] == ["#a", "#a/b"]


def test_broken_bytes_are_replacement_characters() -> None:
    metadata = shown(b"[[A\xff]] #t\xfe\n")
    assert metadata["links"][0]["link"] == "A\ufffd"
    assert metadata["links"][0]["position"]["end"]["col"] == 6


VAULT = {
    "src.md": b"[[B#Two]] [[B#^id]] [[B#Gone]] [[C]] [[B.png#x]] [[#^own]] ![[b#two]]\n\ntext ^own\n",
    "sub/B.md": b"# One\n\n## Two\n\nblock ^id\n",
    "B.png": b"",
}


def test_what_links_open() -> None:
    reader = Reader(MemorySource(VAULT))
    note = reader.note("src.md")
    metadata = cached_metadata(note, reader.view(note))
    assert [link["resolved"] for link in metadata["links"]] == [
        {"path": "sub/B.md", "anchor": {"type": "heading", "line": 2}},
        {"path": "sub/B.md", "anchor": {"type": "block", "line": 4}},
        {"path": "sub/B.md", "anchor": None},
        None,
        {"path": "B.png", "anchor": None},
        {"path": "src.md", "anchor": {"type": "block", "line": 2}},
    ]
    assert metadata["embeds"][0]["resolved"] == {
        "path": "sub/B.md",
        "anchor": {"type": "heading", "line": 2},
    }


def test_an_escape_in_yaml_that_is_no_character_is_readable_too() -> None:
    note = parse_note("n.md", '---\nk: "\\ud800"\n---\nü\n'.encode())
    found = cached_metadata(note)
    assert not any("\ud800" <= char <= "\udfff" for char in repr(found["frontmatter"]["k"]))
