import pytest

from vaultlint.terms.nearest import nearest


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("Function", ["Arrays", "Functions", "Methods"], "Functions"),
        ("tensorflow", ["Tensors", "TensorFlow"], "TensorFlow"),
        ("Desciption", ["Title", "Description"], "Description"),
        ("état", ["étapes", "États"], "États"),
        ("String", ["Stringr", "Strings"], "Strings"),
        ("Tensors", ["Sensors", "Tensor"], "Tensor"),
        ("string", ["Strings", "String"], "String"),
        ("learn-c++", ["learn-c"], None),
        ("Ruby", ["JRuby"], None),
        ("learn-cpp", ["learn-c", "learn-css"], None),
        ("r-for-programmers", ["rust-for-programmers"], None),
        ("Data Scienec", ["Data Science"], "Data Science"),
        ("Layout", ["Arrays", "Zones"], None),
        ("C", ["R", "Go"], None),
        ("anything", [], None),
        ("", ["Tags"], None),
    ],
)
def test_the_nearest_candidate(word, candidates, expected):
    assert nearest(word, candidates) == expected


def test_a_word_is_not_its_own_suggestion():
    assert nearest("Tags", ["Tags"]) is None


def test_the_first_of_equals_wins():
    assert nearest("Tab", ["Tag", "Tap"]) == "Tag"
    assert nearest("Tab", ["Tap", "Tag"]) == "Tap"
