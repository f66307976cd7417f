"""Did-you-mean: the candidate that a word was probably meant to be.

Invariant: called only when a finding is shown, never to decide whether there is one; rapidfuzz is
imported by the first call.

Tests: tests/unit/terms/test_nearest.py
"""

from collections.abc import Iterable

_ENOUGH = 0.6  # "Function" and "Functions" are 0.89 alike, "Lists" and "Links" 0.6


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like ``word``, the first of equals, or None when none is near.

    Letters that differ only in case count as equal; ``word`` itself is never the answer.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    choices = [candidate for candidate in candidates if candidate != word]
    best = process.extractOne(
        word,
        choices,
        processor=str.casefold,
        scorer=OSA.normalized_similarity,
        score_cutoff=_ENOUGH,
    )
    return None if best is None else choices[best[2]]
