"""Reading YAML never raises, every place lies in the text, and the fast path changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.yaml_tree import compose
from vaultlint.yaml_tree.simple import compose_simple
from vaultlint.yaml_tree.tree import compose_fully

PIECES = [
    "a", "Tags", "two words", "true", "null", ":", ": ", ":  ", "- ", "  - ", "    - ", "\n", "\r\n",
    "\r", " ", "\t", "1", "1.5", "'q'", '"d"', "'", '"', "it's", "http://x", "a:b", "a: b", "#", " #",
    "é", "😀", "\u2028", "\x85", "\x07", "\ud800", "[", "]", "{", "}", ",", "&a ", "*a", "!t ", "! ",
    "|\n", ">\n", "?", "? ", "...", "---", "%", "@", "`", "\\", "[[A]]", "<<: ", "''", '\\"',
]  # fmt: skip
SIMPLE = [
    "a: ", "b:", "k2: v\n", "list:\n", "  - ", "- ", "x", "x y", "'q: # r'", '"d"', "1.50", "true",
    "2024-01-31", "é", "\n", "\r\n", " ", "http://x.y", "~", "'", "a", ":",
    "[", "]", "[]", ", ", ",", "c: [x", "d: [1, 'q', \"é\"]\n", "-", "a-b/c", "{", "@",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
simple_texts = st.lists(st.sampled_from(SIMPLE), max_size=12).map("".join)


@given(texts | st.text(), st.integers(0, 50))
def test_every_text_gives_a_value_or_problems_with_places_inside(text: str, start: int) -> None:
    tree = compose(text, start=start)
    spans = [problem.span for problem in tree.problems]
    spans += [place.value for place in tree.places.values()]
    spans += [place.key for place in tree.places.values() if place.key is not None]
    assert all(start <= span.start <= span.end <= start + len(text) for span in spans)
    assert tree.valid or tree.data is None


@given(texts | simple_texts)
def test_every_value_has_a_place(text: str) -> None:
    tree = compose(text)
    if "*" not in text and isinstance(tree.data, dict | list):
        assert set(tree.places) == set(pointers(tree.data, ""))


@given(simple_texts)
def test_the_fast_path_reads_what_the_parser_reads(text: str) -> None:
    simple = compose_simple(text, 3)
    if simple is not None:
        tree = compose_fully(text, 3)
        assert repr(simple[0]) == repr(tree.data)
        assert simple[1] == dict(tree.places)
        assert tree.problems == ()


def test_the_fast_path_is_taken() -> None:
    text = "Title: 'a: b'\nn: 012\nTags:\n  - x y\n  - \"z\"\nempty:\nl: [a/b, 'c d', 1 ]\nm: []\n"
    simple = compose_simple(text, 0)
    assert simple is not None
    lists = {"Tags": ["x y", "z"], "l": ["a/b", "c d", 1], "m": []}
    assert simple[0] == {"Title": "a: b", "n": 12, "empty": None, **lists}


def pointers(value: object, at: str) -> list[str]:
    found = [at]
    if isinstance(value, list):
        for number, child in enumerate(value):
            found += pointers(child, f"{at}/{number}")
    elif isinstance(value, dict):
        for name, child in value.items():
            found += pointers(child, f"{at}/{name.replace('~', '~0').replace('/', '~1')}")
    return found
