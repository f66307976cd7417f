"""The index as JSON: what ``inspect`` prints, in Obsidian's shape, byte for byte the same."""

import json

from tests.unit.sync.published_of import published_of, publisher_of, session_of
from vaultlint.sync.export import document, lines, tags
from vaultlint.view.as_json import dumps
from vaultlint.view.metadata import cached_metadata

FILES = {
    "a.md": "---\nup: '[[b#h]]'\n---\n[[b#H]] [[B]] [x](c.md) ![[p.png]] [[#none]] [[gone.md#x]] [[Gone]]\n",
    "b.md": "prose\n\n# H\n#Tag #tag #tag\n",
    "sub/c.md": "[[Gone]] #other ^id\n- #PAPER [T (Doe 2020)](https://arxiv.org/abs/2001.00001)\n",
    "p.png": b"12",
    "board.canvas": '{"nodes": [{"file": "a.md"}]}',
}


def exported(files: dict = FILES) -> dict:
    with published_of(files) as published:
        return json.loads("".join(document(published)))


def test_each_note_is_what_inspect_prints() -> None:
    session = session_of(FILES)
    for note in exported()["notes"]:
        file = note["path"]
        assert note == json.loads(dumps(cached_metadata(session.note(file), session.view(file))))
        assert next(iter(note)) == "path"


def test_the_link_maps_have_the_shape_of_obsidian() -> None:
    index = exported()
    assert index["resolvedLinks"] == {
        "a.md": {"a.md": 1, "b.md": 3, "p.png": 1, "sub/c.md": 1},
        "b.md": {},
        "sub/c.md": {},
    }
    assert index["unresolvedLinks"] == {
        "a.md": {"Gone": 1, "gone": 1},
        "b.md": {},
        "sub/c.md": {"Gone": 1},
    }


def test_attachments_tags_and_sources() -> None:
    index = exported()
    assert index["attachments"] == [
        {"path": "board.canvas", "kind": "canvas", "size": 29},
        {"path": "p.png", "kind": "image", "size": 2},
    ]
    assert index["tags"] == [
        {"tag": "#other", "notes": 1, "count": 1},
        {"tag": "#PAPER", "notes": 1, "count": 1},
        {"tag": "#tag", "notes": 1, "count": 3},
    ]
    (source,) = index["sources"]
    assert source["key"] == "doe2020t"
    assert source["cited"][0]["path"] == "sub/c.md"
    assert index["diagnostics"][0]["path"] == "a.md"


def test_the_lines_hold_the_same_as_the_document() -> None:
    with published_of(FILES) as published:
        whole = json.loads("".join(document(published)))
        head, *records = [json.loads(line) for line in lines(published)]
    for section in ("notes", "attachments", "tags", "sources", "diagnostics"):
        head[section] = [each[section[:-1]] for each in records if section[:-1] in each]
    for name in ("resolvedLinks", "unresolvedLinks"):
        head[name] = {each["note"]["path"]: each[name] for each in records if "note" in each}
    assert head == whole


def test_equal_vaults_give_equal_bytes_whatever_their_history() -> None:
    with published_of({"x.md": "[[a]]", "b.md": "# Other"}) as published:
        publisher_of(session_of(FILES), published).publish()
        later = "".join(document(published))
    with published_of(dict(reversed(FILES.items()))) as published:
        assert "".join(document(published)) == later


def test_an_empty_vault() -> None:
    index = exported({})
    assert index["notes"] == index["tags"] == []
    assert index["resolvedLinks"] == {}


def test_the_text_is_ascii_with_a_record_a_line() -> None:
    with published_of({"größe\x1b.md": "# \x1b[31m日本\n"}) as published:
        text = "".join(document(published))
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert json.loads(text)["notes"][0]["path"] == "größe\x1b.md"


def test_tags_are_told_in_their_most_frequent_spelling() -> None:
    rows = [("#A", "x"), ("#a", "y"), ("#a", "y"), ("#b/c", "x")]
    assert tags(rows) == [
        {"tag": "#a", "notes": 2, "count": 3},
        {"tag": "#b/c", "notes": 1, "count": 1},
    ]
