"""No text exhausts the parser: it is refused by counting, before anything nests or expands."""

import json

import pytest

from vaultlint.yaml_tree import compose
from vaultlint.yaml_tree.limits import MAX_BYTES

DEEP = {
    "brackets": "a: " + "[" * 30_000,
    "braces": "a: " + "{a: " * 65 + "}" * 65,
    "indent": "".join(" " * level + "a:\n" for level in range(66)),
    "dashes": "- " * 66 + "a",
    "dashes under keys": "".join(" " * level + "a:\n" + " " * level + "- b:\n" for level in range(0, 80, 2)),
}  # fmt: skip


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_more_than_64_levels_are_refused(text: str) -> None:
    (problem,) = compose(text).problems
    assert problem.code == "yaml-limit"
    assert "64 levels" in problem.message


@pytest.mark.parametrize(
    "text", ["[" * 64 + "]" * 64, "- " * 63 + "a", "".join(" " * n + "a:\n" for n in range(63))]
)
def test_64_levels_are_read(text: str) -> None:
    assert compose(text).problems == ()


def test_many_brackets_that_do_not_nest_are_read() -> None:
    assert compose("a:\n" + "  - [x]\n" * 500).data == {"a": [["x"]] * 500}


def test_256_kilobytes_are_the_limit() -> None:
    line = "a: 1\n"
    assert compose("#" * (MAX_BYTES - len(line) - 1) + "\n" + line).data == {"a": 1}
    (problem,) = compose("#" * MAX_BYTES + "\n" + line).problems
    assert problem.code == "yaml-limit"
    (problem,) = compose("#" + "é" * (MAX_BYTES // 2) + "\n" + line).problems
    assert problem.code == "yaml-limit"


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    (problem,) = compose("\n".join(lines)).problems
    assert problem.code == "yaml-limit"
    assert "aliases" in problem.message


def test_a_merge_key_bomb_is_an_alias_bomb() -> None:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 30)]
    (problem,) = compose("\n".join(lines)).problems
    assert problem.code == "yaml-limit"


def test_one_anchor_may_be_used_99_times() -> None:
    text = "a: &a [x]\nb: [" + ", ".join(["*a"] * 99) + "]\n"
    assert len(compose(text).data["b"]) == 99
    assert compose(text.replace("]\n", ", *a]\n", 2).replace("x, *a", "x", 1)).data is None


def test_what_aliases_give_can_be_written_as_json() -> None:
    tree = compose("a: &a {b: [1, 2]}\nc: [*a, *a]\n")
    assert json.dumps(tree.data) == json.dumps({"a": {"b": [1, 2]}, "c": [{"b": [1, 2]}] * 2})


def test_an_alias_inside_of_its_own_anchor_is_refused() -> None:
    (problem,) = compose("a: &x [1, *x]\n").problems
    assert problem.code == "yaml-syntax"
    assert problem.span == (10, 12)


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "�",
        "\ufeff\ufeff",
        "%",
        "%YAML 9.9\n---\n",
        "!!",
        "!<",
        "&",
        "*",
        "\t",
        "---",
        "'",
        "a: !!int zz",
        "a: !!timestamp 2024-13-45",
        "? ",
        ": ",
        "a: !!binary ?",
        "- -\n-",
        "[",
        "]",
    ],
)
def test_nothing_raises(text: str) -> None:
    tree = compose(text)
    assert tree.problems or tree.data is None or tree.places
