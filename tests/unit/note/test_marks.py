"""Where inline marks close."""

import pytest

from vaultlint.note.marks import Marks


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("*a*", 2),
        ("*a **b** c*", 10),
        ("*a***", None),
        ("* *", None),
        ("*a\\* b*", 6),
        ("_a_b_", 4),
        ("_a_b", None),
        ("*a", None),
        ("***a*", 4),
    ],
)
def test_emphasis(text, stop):
    assert Marks(text).emphasis(0, text[0], len(text)) == stop


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("**a**", 3),
        ("**a***", 4),
        ("** **", None),
        ("__a_b__", 5),
        ("**a*", None),
        ("**a\\**", None),
    ],
)
def test_strong(text, stop):
    assert Marks(text).strong(0, text[0], len(text)) == stop


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("$a$", 3),
        ("$a $b$", 6),
        ("$a$1", None),
        ("$ a$", None),
        ("$\ta$", None),
        ("$a\\$b$", 6),
        ("$$a$$", 5),
        ("$$a$", None),
        ("$a\\", None),
    ],
)
def test_math(text, stop):
    assert Marks(text).math(0, len(text)) == stop


@pytest.mark.parametrize(
    ("text", "stop"),
    [("`a`", 3), ("``a`b``", 7), ("`a``b`", 6), ("``a`", None), ("`", None), ("`\n`", 3)],
)
def test_code(text, stop):
    assert Marks(text).code(0, len(text)) == stop


def test_a_search_stays_within_its_stretch():
    marks = Marks("*a `b $c ==d ~~e %%f | * ` $ == ~~ %%")
    assert marks.emphasis(0, "*", 20) is None
    assert marks.code(3, 20) is None
    assert marks.math(6, 20) is None
    assert marks.highlight(9, 20) is None
    assert marks.delete(13, 20) is None
    assert marks.comment(17, 20) is None
