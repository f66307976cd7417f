"""The authors that a citation names."""

import pytest

from vaultlint.sync.authors import authors


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        (None, (), False),
        ("", (), False),
        ("Doe", ("Doe",), False),
        ("Doe et al.", ("Doe",), True),
        ("Doe et al", ("Doe",), True),
        ("Doe, Roe et. al.", ("Doe", "Roe"), True),
        ("Doe and others", ("Doe",), True),
        ("Doe & Roe", ("Doe", "Roe"), False),
        ("Doe, Roe, and Poe", ("Doe", "Roe", "Poe"), False),
        ("Doe, Roe & Poe", ("Doe", "Roe", "Poe"), False),
        ("Doe; Roe", ("Doe", "Roe"), False),
        ("Doe, J.", ("Doe, J.",), False),
        ("Doe & Roe, S", ("Doe", "Roe, S"), False),
        ("Doe, J. A., Roe, B.", ("Doe, J. A.", "Roe, B."), False),
        ("van der Maaten and Hinton", ("van der Maaten", "Hinton"), False),
        ("Anderson", ("Anderson",), False),
        ("Sandal and Wetal", ("Sandal", "Wetal"), False),
        ("Müller und Weiß", ("Müller", "Weiß"), False),
    ],
)
def test_names_and_whether_there_are_more(text: str, names: tuple[str, ...], others: bool) -> None:
    assert authors(text) == (names, others)
