"""Each known difference between libyaml and the YAML library that Obsidian ships.

What Obsidian makes of each text was found by running the npm library ``yaml`` 2.7.0.
"""

import pytest

from vaultlint.yaml_tree import compose

BOTH_READ = [
    # characters that libyaml refuses, or takes for the end of a line
    ("a: 1\x07", {"a": "1\x07"}),
    ("a: x\x00y\x1b\x7f", {"a": "x\x00y\x1b\x7f"}),
    ("a: x\x85y", {"a": "x\x85y"}),
    ("a: x\u2028y\u2029z", {"a": "x\u2028y\u2029z"}),
    ("a: '\u2028'\nb: \"\x85\"", {"a": "\u2028", "b": "\x85"}),
    ("a: x\ufeffy", {"a": "x\ufeffy"}),
    ("a: \ud800", {"a": "\ud800"}),
    ("\udcff: \ufffe", {"\udcff": "\ufffe"}),
    ("a: x\U000f0000y\x07", {"a": "x\U000f0000y\x07"}),
    # a lone carriage return is an ordinary character
    ("a: x\ry", {"a": "x\ry"}),
    # tabs
    ("a:\tb", {"a": "b"}),
    ("-\tx\n", ["x"]),
    ("a:\n  - \t'x'\n", {"a": ["x"]}),
    ("a:\n\t\n  - b\n", {"a": ["b"]}),
    ("a: 1\n\t\nb: 2\n", {"a": 1, "b": 2}),
    ("a:\n  \t# c\n  b: 1\n", {"a": {"b": 1}}),
    ("a: {\n\t}\n", {"a": {}}),
    # a lone dash is a list of one empty item
    ("a: -\nb: 1\n", {"a": [None], "b": 1}),
    ("a: - # c\n", {"a": [None]}),
    # an extra closing quote at the end of a line
    ("a:\n  - 'x''\n  - 'y'\n", {"a": ["x'", "y"]}),
    ('a:\n  - "x\\"\n  - "y"\n', {"a": ['x"', "y"]}),
    # brackets: only the closing one may stand in the column of the property
    ("a: [\n 1\n]\n", {"a": [1]}),
    ("a: {\n}\nb: 1\n", {"a": {}, "b": 1}),
    ("[\n1\n]", [1]),
    ("a:\n- [\n  1\n]\n", {"a": [[1]]}),
    ("a: 'x\n  y'\n", {"a": "x y"}),
    ("a: 'x\n\n  y'\n", {"a": "x\ny"}),
    (
        "a: 'x' #c\nb: [x] #c\nc: | #c\n  x\nd: [ #c\n  x, #c\n  y]\ne: x,#y\n",
        {"a": "x", "b": ["x"], "c": "x\n", "d": ["x", "y"], "e": "x,#y"},
    ),
    # JSON writes an emoji as two escapes
    (
        '{"a": "\\ud83d\\ude00 and \\uD83D\\uDE01", "b": "\\\\ud83d"}',
        {"a": "😀 and 😁", "b": "\\ud83d"},
    ),
    ('a: "\\ud83d"\n', {"a": "\ud83d"}),
    # the end of a document at the end of the text
    ("a: 1\n...\n", {"a": 1}),
]


@pytest.mark.parametrize(("text", "data"), BOTH_READ, ids=[ascii(case[0]) for case in BOTH_READ])
def test_what_obsidian_reads_is_read(text: str, data: object) -> None:
    tree = compose(text)
    assert tree.problems == ()
    assert tree.data == data


def test_places_are_true_where_characters_were_replaced() -> None:
    text = "a\x07: x\u2028y\nb: -\n"
    tree = compose(text)
    assert tree.places["/a\x07"].value.of(text) == "x\u2028y"
    assert tree.places["/b"].value.of(text) == "-"


REFUSED = [
    ("a: x\rb: y", ":"),
    ("a: [\n1\n]\n", "1"),
    ("a: [1,\n\t2]\n", "\t2]"),
    ("  - [\n a\n ]\n", " a"),
    ("a: 'x\ny'\n", "y'"),
    ('a: "x\n\ty"\n', '\ty"'),
    ("- - 'x\n y'\n", " y'"),
    ("-\ta: b", "\t"),
    ("a:\n\t'x'", "\t"),
    ("a: 'x''\nb: 1", "'x''"),
    # a comment that touches what is before it
    ("a: 'x'#c\n", "#c"),
    ('a: "x"#c \nb: 1\n', "#c"),
    ("a: [x]#c\n", "#c"),
    ("a: {x: 1}#c\n", "#c"),
    ("a: ['x',#c\n  y]\n", "#c"),
    ("a: [#c\n  y]\n", "#c"),
    ("a: |#c\n  x\n", "#c"),
]


@pytest.mark.parametrize(("text", "flagged"), REFUSED, ids=[ascii(case[0]) for case in REFUSED])
def test_what_obsidian_refuses_is_an_error(text: str, flagged: str) -> None:
    (problem,) = compose(text).problems
    assert problem.code == "yaml-syntax"
    assert problem.span.of(text) == flagged


OBSIDIAN_ONLY = [
    ("a: 1\n: 2\n", ":"),
    ("- : a\n", ":"),
    ("a: {: b}\n", ":"),
    ("a: [x]: y\n", ":"),
    ("a: &'x'\n", "'"),
]


@pytest.mark.parametrize(
    ("text", "character"), OBSIDIAN_ONLY, ids=[ascii(case[0]) for case in OBSIDIAN_ONLY]
)
def test_where_the_two_cannot_agree_the_character_is_named(text: str, character: str) -> None:
    (problem,) = compose(text).problems
    assert problem.code == "yaml-dialect"
    assert problem.span.of(text) == character
    assert f"`{character}`" in problem.message
