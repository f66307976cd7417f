"""Bytes to Note: what is decoded, what is refused, and which facts blocks give."""

import pytest

from tests.unit.note.facts_of import block_ids, note_of
from vaultlint.note.model import MAX_NOTE_BYTES
from vaultlint.note.parse import attachment, parse_note


def codes(data: bytes) -> list[tuple[str, tuple[int, int]]]:
    return [(problem.code, tuple(problem.span)) for problem in parse_note("a.md", data).problems]


def test_bom_is_not_text():
    note = parse_note("a.md", b"\xef\xbb\xbf---\na: 1\n---\n# b")
    assert note.bom
    assert note.properties == {"a": 1}
    assert note.headings[0].span == (13, 16)


def test_bytes_that_are_not_utf8_are_kept_and_reported():
    note = parse_note("a.md", b"\xc3\xa9 \xff #a [[b\xfe]]")
    assert codes(b"\xc3\xa9 \xff #a [[b\xfe]]") == [("invalid-utf8", (2, 3))]
    assert note.text.encode("utf-8", "surrogateescape") == b"\xc3\xa9 \xff #a [[b\xfe]]"
    assert note.links[0].span.of(note.text) == "[[b\udcfe]]"


def test_nul_bytes_are_reported_once():
    assert codes(b"a\0b\0") == [("nul-byte", (1, 2))]


def test_what_obsidian_does_not_read_is_not_read():
    note = parse_note("a.md", b"[[a]] " * (MAX_NOTE_BYTES // 6 + 1))
    assert not note.parsed
    assert note.links == ()
    assert [problem.code for problem in note.problems] == ["too-large"]
    assert parse_note("a.md", b"a" * MAX_NOTE_BYTES).parsed


def test_an_attachment_has_no_facts():
    note = attachment("a.png", b"[[a]]")
    assert (note.parsed, note.links) == (False, ())
    assert note.digest == parse_note("a.md", b"[[a]]").digest


def test_code_points_not_bytes():
    text = "😀é [[a]] #b"
    note = note_of(text)
    assert note.links[0].span == (3, 8)
    assert note.tags[0].span == (9, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ^x", [("x", "a ^x")]),
        ("a\n^x", [("x", "a\n^x")]),
        ("a ^x\nb", []),
        ("a^x", []),
        ("a ^x_y", []),
        ("a ^x  ", [("x", "a ^x  ")]),
        ("a ^x ^y", [("y", "a ^x ^y")]),
        ("# a ^x", [("x", "# a ^x")]),
        ("a\n\n^x", [("x", "a")]),
        ("- a\n- b\n\n^x", [("x", "- a\n- b")]),
        ("- a ^x\n- b ^y", [("x", "- a ^x"), ("y", "- b ^y")]),
        ("- a\n- b\n^x", [("x", "- b\n^x")]),
        ("- a\n  ^x", [("x", "- a\n  ^x")]),
        ("- a ^x ^y", [("x", "- a ^x ^y")]),
        ("- a ^x b ^y", [("y", "- a ^x b ^y")]),
        ("- a ^x\n  - b ^y", [("x", "- a ^x\n  - b ^y"), ("y", "- b ^y")]),
        ("> a\n^x", [("x", "> a\n^x")]),
        ("> a ^x\n> b", []),
        ("> a\n\n^x", [("x", "> a")]),
        ("> - a ^x", [("x", "> - a ^x")]),
        ("> - a ^x\n> - b ^y", [("x", "- a ^x"), ("y", "> - a ^x\n> - b ^y")]),
        ("> [!note] a\n> b\n\n^x", [("x", "> [!note] a\n> b")]),
        ("|a|\n|-|\n^x", [("x", "|a|\n|-|")]),
        ("```\na ^x\n```\n^y", [("y", "```\na ^x\n```")]),
        ("`a ^x`", []),
        ("%%\na ^x\n%%", []),
        ("$$\na ^x\n$$", []),
        ("^x", [("x", "^x")]),
    ],
)
def test_block_ids(text, expected):
    assert block_ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!note] T", [("note", None, "T")]),
        ("> [!TIP]+", [("tip", "+", "")]),
        ("> [! Note ] T", [("note", None, "T")]),
        ("> [!a b|c]- T #t", [("a b", "-", "T #t")]),
        ("> > [!x]", [("x", None, "")]),
        ("> [!x] a\n> > [!y] b", [("x", None, "a"), ("y", None, "b")]),
        ("- > [!x] a", [("x", None, "a")]),
        (">[!x]a", []),
        ("> a\n> [!x]", []),
        ("[!x] a", []),
        ("> [x] a", []),
        ("> [!] a", []),
    ],
)
def test_callouts(text, expected):
    note = note_of(text)
    assert [(each.type, each.fold, each.title) for each in note.callouts] == expected
    assert all(each.span.of(text).startswith("[!") for each in note.callouts)


@pytest.mark.parametrize(
    ("text", "metadata"),
    [("> [!x] a", None), ("> [!x|] a", ""), ("> [!x|wide] a", "wide"), ("> [!x|a|b]- c", "a|b")],
)
def test_metadata_of_callouts(text, metadata):
    assert [each.metadata for each in note_of(text).callouts] == [metadata]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [ ] a\n* [x] b\n+ [/] c\n1. [>] d\n1) [X] e", " x/>X"),
        ("- a\n  - [ ] b", " "),
        ("> - [?] a", "?"),
        ("- [] a\n- [xx] b\n- [x]c\n- [ ]\n[ ] d\n-[ ] e", ""),
        ("%%\n- [ ] a\n%%", ""),
        ("    - [ ] a", ""),
    ],
)
def test_tasks(text, expected):
    note = note_of(text)
    assert "".join(task.status for task in note.tasks) == expected
    assert all(task.span.of(text) == f"[{task.status}]" for task in note.tasks)


def test_tags_and_links_of_properties_come_first():
    note = note_of('---\ntags: [a]\nup: "[[b]]"\n---\n#c [[d]]')
    assert [tag.name for tag in note.tags] == ["a", "c"]
    assert [link.target for link in note.links] == ["b", "d"]


def test_facts_of_a_note_with_other_line_ends():
    text = "# a\r\n\r\n> #b\rlazy [[c\\|d]]\r\n- [ ] e\r\n  f ^x\r\n\r\n```\r\n#g\r\n```"
    note = note_of(text)
    assert note.headings[0].span.of(text) == "# a"
    assert note.tags[0].span.of(text) == "#b"
    assert note.links[0].span.of(text) == "[[c\\|d]]"
    assert note.blocks[0].span.of(text) == "^x"
    assert note.blocks[0].block.of(text) == "- [ ] e\r\n  f ^x"
    assert note.regions[0].span.of(text) == "```\r\n#g\r\n```"
