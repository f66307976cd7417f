"""A vocabulary: a closed list of terms with aliases, deprecations and nesting.

Invariant: looking a term up is O(length of the term); nothing about it is guessed. Guesses
(``suggest``) are for people.

Tests: tests/unit/terms/test_vocabulary.py
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from vaultlint.terms.nearest import Words
from vaultlint.text import Span

_Kind = Literal["known", "form", "alias", "deprecated", "unknown"]


class Term(NamedTuple):
    """One term and where its vocabulary lists it.

    ``file`` is empty for a term of a shipped pack. ``group`` numbers the fenced block or list that
    holds the term: order and repeats are judged within one group.
    """

    name: str
    file: str
    span: Span
    group: int = 0


class TermMatch(NamedTuple):
    """What a vocabulary says of a term as written.

    ``kind``: "known", "form" (differs from ``canonical`` only by case or spacing), "alias",
    "deprecated" (``canonical`` is the replacement, or None), "unknown".
    """

    kind: _Kind
    canonical: str | None


_UNKNOWN = TermMatch("unknown", None)
_DEEPEST = 64  # levels of a nested term that are looked up; more keeps its first ones


class Vocabulary:
    """A closed list of terms.

    A word that is listed is known even if it is also an alias; a deprecated word is deprecated
    even if it is listed. Aliases and deprecated words match without regard to case and spacing.
    """

    __slots__ = (
        "_exact", "_folded", "_listed", "_suggested", "_words", "aliases", "deprecated", "name",
        "nested", "terms",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        terms: tuple[Term, ...],
        *,
        aliases: Mapping[str, str],
        deprecated: Mapping[str, str | None],
        nested: bool = False,
    ) -> None:
        self.name = name
        self.terms = terms
        self.aliases = aliases
        self.deprecated = deprecated
        self.nested = nested
        self._suggested: dict[str, str | None] = {}
        self._words: Words | None = None
        self._exact: dict[str, TermMatch] = {}
        for old, canonical in aliases.items():
            self._exact[old] = TermMatch("alias", canonical)
        for term in terms:
            self._exact[term.name] = TermMatch("known", term.name)
        for old, replacement in deprecated.items():
            self._exact[old] = TermMatch("deprecated", replacement)
        self._listed = {word for word, match in self._exact.items() if match.kind == "known"}
        self._folded: dict[str, TermMatch] = {}
        for word, match in self._exact.items():
            form = TermMatch("form", word) if match.kind == "known" else match
            known = self._folded.get(fold_term(word))
            if known is None or (form.kind == "form" and known.kind != "form"):
                self._folded[fold_term(word)] = form

    def lists(self, terms: Iterable[Any]) -> bool:
        """Return whether all of ``terms`` are listed exactly as they are written: most are."""
        try:
            return self._listed.issuperset(terms)
        except TypeError:  # a list or a mapping is no term
            return False

    def match(self, term: str) -> TermMatch:
        """Return what this vocabulary says of ``term`` (with ``nested``, a listed prefix will do).

        With ``nested``, ``a/b/c`` is judged by the longest of ``a/b/c``, ``a/b`` and ``a`` that is
        in the vocabulary, and what follows it is kept in ``canonical``.
        """
        match = self._exact.get(term)
        if match is not None:
            return match
        if not self.nested or "/" not in term:
            return self._folded.get(fold_term(term), _UNKNOWN)
        return self._match_nested(term)

    def dangling(self) -> list[tuple[str, str]]:
        """Return (word, term) of each alias or deprecated word whose term is not in the list."""
        replaced = {**self.aliases, **self.deprecated}
        return [
            (word, term)
            for word, term in replaced.items()
            if term is not None and self.match(term).kind not in ("known", "form")
        ]

    def suggest(self, term: str) -> str | None:
        """Return the listed term nearest to ``term``, or None when none is near."""
        if term not in self._suggested:
            self._suggested[term] = self._search(term)
        return self._suggested[term]

    def _search(self, term: str) -> str | None:
        if self._words is None:
            listed = (word for word, match in self._exact.items() if match.kind != "deprecated")
            self._words = Words(listed)
        found = self._words.nearest(term)
        if found is not None:
            return self._exact[found].canonical
        head, slash, rest = term.partition("/")
        if self.nested and slash:
            near = self.match(head).canonical or self.suggest(head)
            return None if near is None else f"{near}/{rest}"
        return None

    def _match_nested(self, term: str) -> TermMatch:
        cut = len(term)
        if term.count("/") > _DEEPEST:
            cut = len("/".join(term.split("/", _DEEPEST)[:_DEEPEST]))
        while cut > 0:
            head, rest = term[:cut], term[cut:]
            match = self._exact.get(head) or self._folded.get(fold_term(head))
            if match is not None:
                return _with_rest(match, rest) if rest else match
            cut = term.rfind("/", 0, cut)
        return _UNKNOWN

    def __reduce__(self) -> tuple[object, ...]:
        return (
            _rebuild,
            (self.name, self.terms, dict(self.aliases), dict(self.deprecated), self.nested),
        )


def fold_term(term: str) -> str:
    """Return ``term`` without regard to case, Unicode form, and the amount of white space."""
    if not term.isascii():
        term = unicodedata.normalize("NFC", term)
    return " ".join(term.casefold().split())


def _with_rest(match: TermMatch, rest: str) -> TermMatch:
    if match.canonical is None:
        return match
    return TermMatch(match.kind, match.canonical + rest)


def _rebuild(
    name: str,
    terms: tuple[Term, ...],
    aliases: Mapping[str, str],
    deprecated: Mapping[str, str | None],
    nested: bool,
) -> Vocabulary:
    return Vocabulary(name, terms, aliases=aliases, deprecated=deprecated, nested=nested)
