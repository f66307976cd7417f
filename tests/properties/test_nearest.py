"""The nearest word, told from the definition: each known word in turn."""

from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from vaultlint.terms import nearest as exported
from vaultlint.terms.nearest import _MARKS, _plain, _slips_allowed, _word_by_word, nearest

LETTERS = st.text(st.sampled_from("aab1 _-sS+#é"), max_size=9)
WORDS = LETTERS | st.sampled_from(
    ["python", "Python 2", "pythons", "pyhton", "data science", "science-data", "datascience", "C", "C++"]
)  # fmt: skip


def by_definition(word: str, known: list[str]) -> str | None:
    wanted = _plain(word)
    if not wanted:
        return None
    in_order = sorted(wanted.split(" "))
    plurals = {wanted + "s", wanted + "es", wanted.removesuffix("s"), wanted.removesuffix("es")}
    for name in known:
        plain = _plain(name)
        if name == word:
            return None
        if plain == wanted or plain.replace(" ", "") == wanted.replace(" ", ""):
            return name
        if " " in plain and sorted(plain.split(" ")) == in_order:
            return name
    plural = next((name for name in known if _plain(name) in plurals), None)
    if plural is not None and len(wanted) > 2:
        return plural
    best, fewest = None, 99
    for name in known:
        plain = _plain(name)
        allowed = min(_slips_allowed(len(wanted)), _slips_allowed(len(plain)))
        if not allowed or (len(wanted) < 5 and plain[0] != wanted[0]):
            continue
        slips = OSA.distance(wanted, plain)
        alike = _MARKS.findall(plain) == _MARKS.findall(wanted) and _word_by_word(wanted, plain)
        if slips <= allowed and slips < fewest and alike:
            best, fewest = name, slips
    return best


@given(WORDS, st.lists(WORDS, max_size=8))
@example("data science", ["science data", "data science"])
@example("Data Science", ["data science", "Data Science"])
@example("a b", ["ab"])
def test_the_nearest_word(word: str, known: list[str]) -> None:
    assert nearest(word, known) == by_definition(word, known)
    assert exported is nearest
