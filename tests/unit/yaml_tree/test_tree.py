"""Values and the place of each."""

import pytest

from vaultlint.yaml_tree import compose


def places(text: str, start: int = 0) -> dict[str, tuple[str | None, str]]:
    tree = compose(text, start=start)
    assert tree.valid, tree.problems
    return {
        pointer: (
            None if place.key is None else place.key.shift(-start).of(text),
            place.value.shift(-start).of(text),
        )
        for pointer, place in tree.places.items()
    }


def test_every_key_and_value_has_a_place() -> None:
    text = "a: 1\n'b c':  \"x\"\nlist:\n  - one\n  - two # no\nmap: {k: [v]}\nnone:\n"
    assert places(text) == {
        "": (None, text.rstrip()),
        "/a": ("a", "1"),
        "/b c": ("'b c'", '"x"'),
        "/list": ("list", "- one\n  - two"),
        "/list/0": (None, "one"),
        "/list/1": (None, "two"),
        "/map": ("map", "{k: [v]}"),
        "/map/k": ("k", "[v]"),
        "/map/k/0": (None, "v"),
        "/none": ("none", ""),
    }


@pytest.mark.parametrize(
    "text",
    [
        'é: 😀\nb: ["日", x]\n',
        "é: '😀'\r\nb:\r\n  - 日\r\n",
        "a: >\n  x\n\n  y\n\n\nb: 1\n",
        "a: x\u2028y\nb: z\u0085\nc: d\n",
    ],
)
def test_places_count_code_points(text: str) -> None:
    shifted = places(text, start=100)
    assert shifted == places(text)
    assert shifted["/b"][0] == "b"


def test_a_block_of_text_ends_with_its_last_word() -> None:
    assert places("a: |\n  x\n\n\nb: 1\n")["/a"] == ("a", "|\n  x")


def test_pointers_escape_slash_and_tilde() -> None:
    assert set(places("a/b: {c~d: 1}\n")) == {"", "/a~1b", "/a~1b/c~0d"}


def test_an_empty_value_stands_after_the_colon() -> None:
    tree = compose("a:   \nb: [x, ]\n")
    assert tree.places["/a"].value == (2, 2)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("tags:\n- a\n- b\n", {"tags": ["a", "b"]}),
        ("a: foo #bar", {"a": "foo"}),
        ("a: [[A]]", {"a": [["A"]]}),
        ("<<: {a: 1}\nb: 2", {"<<": {"a": 1}, "b": 2}),
        ("x: &x {a: 1}\ny:\n  <<: *x", {"x": {"a": 1}, "y": {"<<": {"a": 1}}}),
        ("Tags: 1\ntags: 2", {"Tags": 1, "tags": 2}),
        ("1: a\n2024-01-01: b\n~: c\ntrue: d", {"1": "a", "2024-01-01": "b", "": "c", "true": "d"}),
        ("a: {{title}}", {"a": {"{ title }": None}}),
        ('{\n\t"a": 1,\n\t"b": ["x"]\n}\n', {"a": 1, "b": ["x"]}),
        ("key:value", "key:value"),
        ("- a\n- 1", ["a", 1]),
        ("a: !!str 1\nb: ! 2\nc: !t 3\nd: '4'", {"a": "1", "b": "2", "c": "3", "d": "4"}),
        ("a: |\n  t", {"a": "t\n"}),
        ("a: &n\nb: *n", {"a": None, "b": None}),
        ("\ufeffa: 1", {"a": 1}),
    ],
)
def test_values(text: str, data: object) -> None:
    tree = compose(text)
    assert tree.problems == ()
    assert tree.data == data


def test_an_alias_has_a_place_of_its_own() -> None:
    text = "a: &n [1, 2] # *n\nb: *n\n"
    tree = compose(text)
    assert tree.data == {"a": [1, 2], "b": [1, 2]}
    assert tree.places["/b"].value.of(text) == "*n"
    assert "/b/0" not in tree.places


def test_each_repeated_key_is_a_problem_at_its_second_place() -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 3\n"
    tree = compose(text, start=10)
    assert [(problem.code, problem.span) for problem in tree.problems] == [
        ("yaml-syntax", (10 + text.index("c: 2"), 10 + text.index("c: 2") + 1)),
        ("yaml-syntax", (10 + text.index("a: 3"), 10 + text.index("a: 3") + 1)),
    ]
    assert tree.data is None
    assert tree.places == {}


def test_keys_of_different_types_are_different_keys() -> None:
    assert compose('1: a\n"1": b\n').data == {"1": "b"}
