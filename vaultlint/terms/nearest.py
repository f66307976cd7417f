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
    return Words(known).nearest(word)


class Words:
    """Known words, arranged so that many look-ups cost little each; see ``nearest``."""

    def __init__(self, known: Iterable[str]) -> None:
        self.words = tuple(known)
        self._exact: dict[str, int] = {}
        self._plain: dict[str, int] = {}
        self._joined: dict[str, int] = {}
        self._sorted: dict[str, int] = {}
        self._by_length: dict[int, dict[int, str]] = {}  # each plain form once
        for at, name in enumerate(self.words):
            plain = _plain(name)
            self._exact.setdefault(name, at)
            if self._plain.setdefault(plain, at) != at:
                continue
            self._joined.setdefault(plain.replace(" ", ""), at)
            if " " in plain:
                self._sorted.setdefault(_in_order(plain), at)
            self._by_length.setdefault(len(plain), {})[at] = plain

    def nearest(self, word: str) -> str | None:
        """Return the known word that ``word`` was probably meant to be, or None."""
        wanted = _plain(word)
        if not wanted or len(wanted) > _LONGEST:
            return None
        same = {
            self._plain.get(wanted),
            self._joined.get(wanted.replace(" ", "")),
            self._sorted.get(_in_order(wanted)),
        }
        if word in self._exact or same != {None}:
            first = min(at for at in (*same, self._exact.get(word)) if at is not None)
            return None if first == self._exact.get(word) else self.words[first]
        plurals = (wanted + "s", wanted + "es", wanted.removesuffix("s"), wanted.removesuffix("es"))
        found = [self._plain[plural] for plural in plurals if plural in self._plain]
        at = min(found) if found and len(wanted) > 2 else self._by_distance(wanted)
        return None if at is None else self.words[at]

    def _by_distance(self, wanted: str) -> int | None:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        most = _slips_allowed(len(wanted))
        marks = _MARKS.findall(wanted)
        near: list[tuple[float, int, str]] = []
        for length in range(max(1, len(wanted) - most), len(wanted) + most + 1):
            slips = min(most, _slips_allowed(length))
            plains = self._by_length.get(length, {})
            if plains and slips and abs(length - len(wanted)) <= slips:
                scored = extract_iter(wanted, plains, scorer=OSA.distance, score_cutoff=slips)
                near += ((distance, at, plain) for plain, distance, at in scored)
        for _, at, plain in sorted(near):
            if (
                (len(wanted) >= 5 or plain[0] == wanted[0])
                and _MARKS.findall(plain) == marks
                and _word_by_word(wanted, plain)
            ):
                return at
        return None


def _in_order(plain: str) -> str:
    return " ".join(sorted(plain.split(" ")))


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
