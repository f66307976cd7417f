"""Did-you-mean: the one judge of which known word a mistyped one probably was.

Invariant: rather no suggestion than a wrong one. Words that differ in a digit or in + and #
("python2" and "python3", "C" and "C++") are different words, words of three or four letters must
begin alike, and shorter ones must agree but for case and separators.

Tests: tests/unit/terms/test_nearest.py
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SEPARATORS = re.compile(r"[\s_\-]+")
_MARKS = re.compile(r"\d+|[+#]+")
_LONGEST = 200  # nobody mistypes a word of this length as another


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the member of ``known`` that ``word`` was probably meant to be, or None.

    Compared without case and kind of separator, then as singular and plural, then by the number
    of typing slips (insert, delete, replace, swap): one from three letters on, two from seven,
    three from twelve, in each word no more than its own length allows. Of equally near members the
    first wins, and a word is not its own suggestion. A suggestion is for people: never decide a
    safe fix by it.
    """
    wanted = _plain(word)
    if not wanted or len(wanted) > _LONGEST:
        return None
    reordered = " ".join(sorted(wanted.split(" ")))
    plurals = {wanted + "s", wanted + "es", wanted.removesuffix("s"), wanted.removesuffix("es")}
    candidates: list[tuple[str, str]] = []
    plural: str | None = None
    for name in known:
        if name == word:
            return None
        plain = _plain(name)
        if plain == wanted or plain.replace(" ", "") == wanted.replace(" ", ""):
            return name
        if " " in plain and " ".join(sorted(plain.split(" "))) == reordered:
            return name
        if plain in plurals:
            plural = plural or name
        candidates.append((name, plain))
    return plural if plural and len(wanted) > 2 else _by_distance(wanted, candidates)


def _by_distance(wanted: str, candidates: list[tuple[str, str]]) -> str | None:
    from rapidfuzz.distance import OSA

    best: str | None = None
    limit = _slips_allowed(len(wanted))
    marks = _MARKS.findall(wanted)
    for name, plain in candidates:
        allowed = min(limit, _slips_allowed(len(plain)))
        if not allowed or abs(len(plain) - len(wanted)) > allowed:
            continue
        if len(wanted) < 5 and plain[0] != wanted[0]:
            continue
        distance = OSA.distance(wanted, plain, score_cutoff=allowed)
        if distance <= allowed and _MARKS.findall(plain) == marks and _word_by_word(wanted, plain):
            best, limit = name, distance - 1
            if limit < 1:
                break
    return best


def _word_by_word(wanted: str, plain: str) -> bool:
    """Return whether no word stands for an altogether different one ("r" is no slip of "rust")."""
    from rapidfuzz.distance import OSA

    words, others = wanted.split(" "), plain.split(" ")
    return len(words) != len(others) or all(
        word == other or OSA.distance(word, other) <= _slips_allowed(max(len(word), len(other)))
        for word, other in zip(words, others, strict=True)
    )


def _slips_allowed(length: int) -> int:
    if length < 3:
        return 0
    if length < 7:
        return 1
    return 2 if length < 12 else 3


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    folded = word if word.isascii() else unicodedata.normalize("NFC", word)
    return _SEPARATORS.sub(" ", folded.casefold()).strip()
