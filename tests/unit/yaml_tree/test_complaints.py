"""What is wrong is said in plain words, at the characters that have to change."""

import pytest

from vaultlint.yaml_tree import compose

CASES = [
    ("a: b: c", ":", 4, "colon and a space"),
    ("title: one:", ":", 10, "end with a colon"),
    ("a:\n\tb: 1", "\t", 3, "tab indents"),
    ("a: |\n\tb", "\t", 5, "tab indents"),
    ("a: @me", "@", 3, "start with `@`"),
    ("a: `x`", "`", 3, "start with"),
    ("a: %x", "%", 3, "start with `%`"),
    ("a: ,b", ",", 3, "start with `,`"),
    ("a: ]", "]", 3, "start with `]`"),
    ("a: *x", "*x", 3, "anchor that is not defined"),
    ("a: **bold** x", "**bold** x", 3, "start with `**`"),
    ("a: & b", "&", 3, "start with `&`"),
    ("a: ![[A]]", "![[A]]", 3, "start with `!`"),
    ('a: "x" y', "y", 7, 'follows the closing "'),
    ("a: 'it's'", "s'", 7, "follows the closing '"),
    ("a: [[A]], [[B]]", ", [[B]]", 8, "follows the closing `]`"),
    ("a: [x](A.md)", "(A.md)", 6, "follows the closing `]`"),
    ('a: "C:\\Users"', "\\U", 6, "not an escape"),
    ('a: "x\\d"', "\\d", 5, "not an escape"),
    ("a: - b", "- b", 3, "cannot start on the line of its property"),
    ("a: [x\nb: 1", "[", 3, "`[` is never closed"),
    ("a: {x", "{", 3, "`{` is never closed"),
    ("a: [#a]", "#a]", 4, "starts a comment"),
    ("a: 'x", "'x", 3, "never closed"),
    ('a: "x\nb: 1\n', '"x', 3, "never closed"),
    ("a: 1\nfoo\nb: 2", "foo", 5, "neither"),
    ("foo\nb: 1", "foo", 0, "not a property"),
    ("a: 1\n  b: 2", "  ", 5, "already has a value"),
    ("a: 1\n- b", "- b", 5, "list item stands where"),
    ("- a\nb: 1", "b: 1", 4, "not an item of the list"),
    ("  a: 1\nb: 2", "b: 2", 7, "indented differently"),
    ("a: |x\n", "|x", 3, "starts a block of text"),
    ("a: > x\n", "> x", 3, "starts a block of text"),
    ("a: 1\n...\nb: 2", "...", 5, "ends the properties here"),
    ("a: 1\n---\nb: 2", "---", 5, "ends the properties here"),
    ("%x: 1", "%x: 1", 0, "start with `%`"),
    ("a: 1\na: 2", "a", 5, "already set"),
]


@pytest.mark.parametrize(("text", "flagged", "at", "words"), CASES, ids=[case[0] for case in CASES])
def test_common_mistakes(text: str, flagged: str, at: int, words: str) -> None:
    tree = compose(text, start=5)
    assert tree.data is None
    assert len(tree.problems) == 1
    problem = tree.problems[0]
    assert problem.code == "yaml-syntax"
    assert words in problem.message
    assert problem.span == (5 + at, 5 + at + len(flagged))
    assert problem.span.shift(-5).of(text) == flagged


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("key:value\nb: 1", "put a space after the colon"),
        ("foo\nb: 1", "write a name and a colon first"),
        ("a: 'x", "add ' at the end of the value"),
        ('a: "x', 'add " at the end of the value'),
        ("a: [x", "add `]`"),
        ("a: 'it's'", "double a quote"),
        ("a: 1\n<<<<<<< HEAD\nb: 1\n", "keep what is right of the merge conflict"),
        ("<<<<<<< HEAD\nb: 1\n", "keep what is right of the merge conflict"),
        ("up: ![[A]]", 'an embed is a quoted value: "![[A]]"'),
    ],
)
def test_what_to_do_is_said(text: str, hint: str) -> None:
    assert compose(text).problems[0].hint.startswith(hint)


def test_a_backtick_is_named_not_shown_among_backticks() -> None:
    assert compose("a: `x`").problems[0].message.endswith("start with a backtick")
