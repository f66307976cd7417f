"""The block grammar, where it is remark's and not CommonMark's."""

import pytest

from tests.unit.note.facts_of import headings, kinds, note_of, regions, tags
from vaultlint.note.blocks import MAX_DEPTH, scan, walk
from vaultlint.note.frame import note_frame


def tree(text: str) -> list:
    """Return the blocks as nested (kind, children) lists, leaves as their kind alone."""

    def shape(block):
        return (
            (block.kind, [shape(child) for child in block.children])
            if block.children
            else (block.kind)
        )

    frame = note_frame(text)
    return [shape(block) for block in scan(frame, 0, len(frame.text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n  ", []),
        ("a", ["paragraph"]),
        ("a\nb\n\nc", ["paragraph", "paragraph"]),
        ("# a\nb", ["heading", "paragraph"]),
        ("#\ta", ["heading"]),
        ("#a", ["paragraph"]),
        ("####### a", ["paragraph"]),
        ("a\n===", ["heading"]),
        ("a\n-", ["heading"]),
        ("a\n--- ", ["paragraph", "thematicBreak"]),
        ("a\nb\n===", ["paragraph"]),
        ("a\nb\n---", ["paragraph", "thematicBreak"]),
        ("a|b\n---", ["heading"]),
        ("<div>\n---", ["heading"]),
        ("* * *", ["thematicBreak"]),
        ("*\t*\t*", ["list"]),
        ("    a", ["indented"]),
        ("\ta", ["indented"]),
        ("  \ta", ["paragraph"]),
        ("a\n    b", ["paragraph"]),
        ("# a\n    b", ["heading", "indented"]),
        ("    a\n\n\n    b", ["indented"]),
        ("```\na\n```\nb", ["code", "paragraph"]),
        ("```\na\n~~~\nb", ["code"]),
        ("````\n```\n````\na", ["code", "paragraph"]),
        ("```\n    ```\na", ["code"]),
        ("``` a`b\nc", ["paragraph"]),
        ("~~~ a`b\nc", ["code"]),
        ("a\n```\nb", ["paragraph", "code"]),
        ("$$\na\n\nb\n$$\nc", ["math", "paragraph"]),
        ("$$\na $$\nb", ["math", "paragraph"]),
        ("$$\na", ["math"]),
        ("$$ a $$", ["paragraph"]),
        ("$$", ["paragraph"]),
        ("%%\na\n\nb\n%%\nc", ["comment", "paragraph"]),
        ("a\n%%\nb\n%%", ["paragraph", "comment"]),
        ("%% a %%", ["comment"]),
        ("%% a %% b", ["paragraph"]),
        ("%%\na\n%% # b", ["comment"]),
        ("%%\na", ["comment"]),
        ("%% a\nb", ["paragraph"]),
        ("%%%%\na\n\nb %%\n", ["paragraph", "paragraph"]),
        ("<!-- a\n\nb --> c\nd", ["html", "paragraph"]),
        ("a\n<!-- b -->", ["paragraph", "html"]),
        ("<div>\na\n\nb", ["html", "paragraph"]),
        ("a\n<div>\nb", ["paragraph", "html"]),
        ("<b>\na", ["html"]),
        ("<b>a</b>", ["paragraph"]),
        ("a\n<b>", ["paragraph"]),
        ("<script>\n\na\n</script>\nb", ["html", "paragraph"]),
        ("|a|\n|-|", ["table"]),
        ("a|b\n-|-\nc|d\ne", ["table", "paragraph"]),
        ("a|b\n:-|", ["table"]),
        ("a|b\n|-", ["paragraph"]),
        ("a\n|b|\n|-|", ["paragraph"]),
        ("|a|\n|x|", ["paragraph"]),
        ("[a]: b\nc", ["definition", "paragraph"]),
        ("a\n[b]: c", ["paragraph", "definition"]),
        ("[a]: b c", ["paragraph"]),
        (' [a]: b "c"', ["paragraph"]),
        ('[a]: <b c> "d"', ["definition"]),
        ("[^a]: b\nc\n\n    d\n\ne", ["footnoteDefinition", "paragraph"]),
        ("[^a]: b\nc|d\n-|-\ne", ["footnoteDefinition", "table", "paragraph"]),
        ("[^a]: b\n[^c]: d\n[e]: f", ["footnoteDefinition", "footnoteDefinition", "definition"]),
        ("[^a b]: c", ["paragraph"]),
    ],
)
def test_leaf_blocks(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> a\nb", [("blockquote", ["paragraph"])]),
        ("> a\n\n> b", [("blockquote", ["paragraph"]), ("blockquote", ["paragraph"])]),
        ("> a\n- b", [("blockquote", ["paragraph"]), ("list", [("item", ["paragraph"])])]),
        ("> a\n# b", [("blockquote", ["paragraph"]), "heading"]),
        ("> a\n    b", [("blockquote", ["paragraph"]), "indented"]),
        ("> a\nb\n---", [("blockquote", ["paragraph"]), "heading"]),
        ("> ```\na", [("blockquote", ["code"])]),
        (">     a", [("blockquote", ["indented"])]),
        (">> a", [("blockquote", [("blockquote", ["paragraph"])])]),
        ("- a\n- b", [("list", [("item", ["paragraph"]), ("item", ["paragraph"])])]),
        ("- a\n* b", [("list", [("item", ["paragraph"])]), ("list", [("item", ["paragraph"])])]),
        ("1. a\n1) b", [("list", [("item", ["paragraph"])])] * 2),
        ("- a\n\n\n- b", [("list", [("item", ["paragraph"]), ("item", ["paragraph"])])]),
        ("- a\nb", [("list", [("item", ["paragraph"])])]),
        ("- a\n\nb", [("list", [("item", ["paragraph"])]), "paragraph"]),
        ("- a\n# b", [("list", [("item", ["paragraph"])]), "heading"]),
        ("- a\n> b", [("list", [("item", ["paragraph", ("blockquote", ["paragraph"])])])]),
        ("- a\n  - b", [("list", [("item", ["paragraph", ("list", [("item", ["paragraph"])])])])]),
        ("- a\n\n  b", [("list", [("item", ["paragraph", "paragraph"])])]),
        ("- a\n\n     b", [("list", [("item", ["paragraph", "paragraph"])])]),
        ("- a\n\n      b", [("list", [("item", ["paragraph", "indented"])])]),
        ("1. a\n\n       b", [("list", [("item", ["paragraph", "paragraph"])])]),
        ("1. a\n\n        b", [("list", [("item", ["paragraph", "indented"])])]),
        ("1) a\n\n       b", [("list", [("item", ["paragraph", "indented"])])]),
        ("a\n- b", ["paragraph", ("list", [("item", ["paragraph"])])]),
        ("a\n1. b", ["paragraph", ("list", [("item", ["paragraph"])])]),
        ("a\n2. b", ["paragraph"]),
        ("-", [("list", ["item"])]),
        ("-a", ["paragraph"]),
        ("- ```\n  a\n\nb", [("list", [("item", ["code"])]), "paragraph"]),
        ("- # a", [("list", [("item", ["heading"])])]),
        ("- - a", [("list", [("item", [("list", [("item", ["paragraph"])])])])]),
        ("-     a", [("list", [("item", ["indented"])])]),
        ("[^a]: - b", [("footnoteDefinition", [("list", [("item", ["paragraph"])])])]),
    ],
)
def test_containers(text, expected):
    assert tree(text) == expected


def test_only_top_level_headings_are_headings():
    text = "# a\n> # b\n- # c\n\n%%\n# d\n%%\n<div>\n# e\n</div>\n\n```\n# f\n```\ng\n===\n"
    assert headings(text) == [(1, "a"), (1, "g")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## a ##", (2, "a")),
        ("## a#", (2, "a#")),
        ("# C# #", (1, "C#")),
        ("   ### a  ", (3, "a")),
        ("##", (2, "")),
        ("# *a* [[b]] #c", (1, "*a* [[b]] #c")),
        ("# a ^id", (1, "a")),
        (" a b \n---", (2, "a b")),
    ],
)
def test_heading_text_is_its_source(text, expected):
    assert headings(text) == [expected]
    note = note_of(text)
    assert note.headings[0].text_span.of(text) == expected[1]


def test_spans_cover_markers_but_no_line_end():
    note = note_of("x\n\n  ## a ##  \nb\n=\n")
    assert [heading.span.of(note.text) for heading in note.headings] == ["## a ##", "b\n="]


@pytest.mark.parametrize("kind", ["fence", "math", "comment", "html-comment"])
def test_what_is_never_closed_runs_to_the_end(kind):
    opening = {"fence": "```", "math": "$$", "comment": "%%", "html-comment": "<!--"}[kind]
    text = f"a\n\n{opening}\nb\n\nc\n"
    (region,) = (region for region in note_of(text).regions if region.kind == kind)
    assert region.span.of(text) == f"{opening}\nb\n\nc"
    assert not region.closed
    assert (
        note_of(f"{opening}\na\n{'-->' if kind == 'html-comment' else opening}").regions[0].closed
    )


def test_content_of_containers_has_places_in_the_note():
    text = "> - [ ] #a\n>   #b\n>\n>   ```\n>   x\n>   ```\n> - b\nlazy #c"
    note = note_of(text)
    assert [tag.span.of(text) for tag in note.tags] == ["#a", "#b", "#c"]
    assert [task.span.of(text) for task in note.tasks] == ["[ ]"]
    assert regions(text, "fence") == ["```\n>   x\n>   ```"]


def test_what_is_nested_too_deep_is_a_paragraph():
    text = "> " * 1000 + "#a"
    frame = note_frame(text)
    blocks = list(walk(scan(frame, 0, len(text))))
    assert len(blocks) == MAX_DEPTH + 1
    assert blocks[-1].kind == "paragraph"
    assert tags(text) == ["a"]
