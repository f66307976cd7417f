import pickle

import pytest

from vaultlint.terms import Term, Vocabulary
from vaultlint.text import Span


def vocabulary(*names, aliases=None, deprecated=None, nested=False):
    terms = tuple(Term(name, "tags.md", Span(0, 1)) for name in names)
    return Vocabulary("v", terms, aliases=aliases or {}, deprecated=deprecated or {}, nested=nested)


TAGS = vocabulary(
    "NumPy", "Data Structures", "C", "C++", "Été",
    aliases={"np": "NumPy", "C": "C++"},
    deprecated={"Array": "Data Structures", "old": None},
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("NumPy", ("known", "NumPy")),
        ("numpy", ("form", "NumPy")),
        (" NumPy ", ("form", "NumPy")),
        ("data  structures", ("form", "Data Structures")),
        ("DataStructures", ("unknown", None)),
        ("np", ("alias", "NumPy")),
        ("NP", ("alias", "NumPy")),
        ("C", ("known", "C")),  # listed, so known, though it is an alias too
        ("c", ("form", "C")),
        ("Array", ("deprecated", "Data Structures")),
        ("array", ("deprecated", "Data Structures")),
        ("old", ("deprecated", None)),
        ("e\u0301te\u0301", ("form", "Été")),
        ("NumPy/arrays", ("unknown", None)),
        ("", ("unknown", None)),
        ("pandas", ("unknown", None)),
    ],
)
def test_match(written, expected):
    assert TAGS.match(written) == expected


NESTED = vocabulary(
    "ai",
    "ai/nlp",
    "Web",
    aliases={"ml": "ai/ml"},
    deprecated={"old": None, "was": "ai"},
    nested=True,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ai/nlp/bert", ("known", "ai/nlp/bert")),
        ("ai/vision", ("known", "ai/vision")),
        ("AI/vision", ("form", "ai/vision")),
        ("AI/NLP", ("form", "ai/nlp")),
        ("ml/x", ("alias", "ai/ml/x")),
        ("was/x", ("deprecated", "ai/x")),
        ("old/x", ("deprecated", None)),
        ("air/x", ("unknown", None)),
        ("/ai", ("unknown", None)),
        ("web/", ("form", "Web/")),
    ],
)
def test_match_of_nested_terms(written, expected):
    assert NESTED.match(written) == expected


def test_a_term_with_very_many_levels_is_judged_by_its_first():
    assert NESTED.match("ai" + "/x" * 100_000).kind == "known"
    assert NESTED.match("no" + "/x" * 100_000).kind == "unknown"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("NumPyy", "NumPy"),
        ("Data Structure", "Data Structures"),
        ("Structures, Data", None),
        ("Structures Data", "Data Structures"),
        ("data-structures", "Data Structures"),
        ("Java", None),
        ("D", None),
        ("arrays", None),  # deprecated words are never suggested
    ],
)
def test_suggest(written, expected):
    assert TAGS.suggest(written) == expected
    assert TAGS.suggest(written) == expected


def test_suggest_keeps_what_follows_in_a_nested_term():
    assert vocabulary("science", nested=True).suggest("sciense/bio") == "science/bio"
    assert vocabulary("Python2", "Python3").suggest("Python4") is None


def test_it_can_be_pickled():
    copy = pickle.loads(pickle.dumps(NESTED))
    assert copy.match("ai/x") == NESTED.match("ai/x")
    assert (copy.name, copy.terms, copy.nested) == (NESTED.name, NESTED.terms, True)
