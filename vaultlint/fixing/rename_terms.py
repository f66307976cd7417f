"""What vocabularies have to follow when a tag is renamed: lists, aliases, replacements.

Invariant: a term that cannot be written anew stops the renaming; what a person has to look at (the
list of a shipped pack, a rule that names the tag as a kind) is named, never passed over.

Tests: tests/unit/fixing/test_rename.py
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from vaultlint.checks._lists import gap_in
from vaultlint.checks._properties import pointer, requote
from vaultlint.checks._vocabulary import line_of
from vaultlint.diagnostics import Edit, Notice
from vaultlint.engine.session import Session
from vaultlint.errors import UsageError
from vaultlint.fixing.texts import text_of
from vaultlint.note.model import NoteId
from vaultlint.terms import Term, Vocabulary
from vaultlint.text import Span
from vaultlint.vault.keys import fold_tag, is_markdown
from vaultlint.yaml_tree import compose

_TAG_RULES = frozenset({"unknown-tag", "tag-form"})
_OF_KINDS = ("kinds", "formats")  # options that name tags


class TermRenaming:
    """The part of one renaming that is about vocabularies.

    ``in_notes``: the terms of a note are renamed; ``left``: what is left to a person.
    """

    def __init__(
        self, session: Session, users: Iterable[NoteId], renamed: Callable[[str], str | None]
    ) -> None:
        """Look at the vocabularies of the notes ``users``; ``renamed`` gives a term's new name."""
        self._session = session
        self._renamed = renamed
        self.in_notes = False
        self.left: list[Notice] = []
        rules = {rule.id: rule for file in users for rule in session.config.rules_for(file)}
        bound = session.config.bindings.items()
        self._names = {name for key, name in bound if key.casefold() == "tags"}
        by_tag = (rule for rule in rules.values() if rule.check.id in _TAG_RULES)
        self._names.update(str(rule.options.vocabulary) for rule in by_tag)
        self._look_for_kinds({name: rule.options for name, rule in rules.items()})

    def edits(self) -> list[Edit]:
        """Return the edits. Raises UsageError for a term that only a person can change."""
        config = self._session.config
        names = sorted(self._names & config.vocabularies.keys())
        edits = [edit for name in names for edit in self._terms(config.vocabularies[name])]
        if config.path is not None:
            edits += self._words_of_config(config.path, names)
        return edits

    def _look_for_kinds(self, rules: Mapping[str, Any]) -> None:
        naming: dict[str, list[str]] = {}
        for rule, options in rules.items():
            kinds = {kind for option in _OF_KINDS for kind in getattr(options, option, ())}
            for kind in kinds:
                if self._renamed(kind.removeprefix("#")) is not None:
                    naming.setdefault(kind, []).append(rule)
        for kind, names in sorted(naming.items()):
            self._leave(f"their options name {kind!r}: change that if need be", *sorted(names))

    def _leave(self, message: str, *rules: str) -> None:
        file = self._session.config.path or ""
        self.left.append(Notice("not-changed", rules, file, message))

    def _terms(self, vocabulary: Vocabulary) -> Iterator[Edit]:
        bare = [term.name.removeprefix("#") for term in vocabulary.terms]
        staying = {fold_tag(name) for name in bare if self._renamed(name) is None}
        for term, name in zip(vocabulary.terms, bare, strict=True):
            new = self._renamed(name)
            if new is None:
                continue
            if not term.file:
                listed = f"a pack lists {name!r} in the vocabulary {vocabulary.name!r}"
                self._leave(f"{listed}: put a list of your own in its place")
            elif fold_tag(new) in staying:
                yield from self._without(term, vocabulary.name)
            elif _is_yaml(term.file):
                yield _requoted(term.file, self._text(term.file), term.span, new)
            else:
                self.in_notes |= is_markdown(term.file)
                mark = "#" if term.name.startswith("#") else ""
                yield Edit(term.file, term.span, mark + new)

    def _without(self, term: Term, vocabulary: str) -> Iterator[Edit]:
        """Yield the edit that takes ``term`` out of its list, which has the new name already."""
        text = self._text(term.file)
        if _is_yaml(term.file):
            places = compose(text).places
            there = (where for where, place in places.items() if place.value == term.span)
            span = gap_in(text, places, next(there, ""))
        else:
            span = line_of(text, term.span)
        if span is None:
            self._leave(f"{term.file} still lists {term.name!r} for {vocabulary!r}: remove it")
            return
        self.in_notes |= is_markdown(term.file)
        yield Edit(term.file, span, "")

    def _words_of_config(self, path: NoteId, names: list[str]) -> Iterator[Edit]:
        """Yield edits of the aliases and replacements that lead to a renamed term."""
        text = self._text(path)
        tree = compose(text)
        data = tree.data if isinstance(tree.data, dict) else {}
        declared: Any = data.get("vocabularies")
        for name in names:
            raw = declared.get(name) if isinstance(declared, dict) else None
            for section in ("aliases", "deprecated"):
                words = raw.get(section) if isinstance(raw, dict) else None
                for word, target in words.items() if isinstance(words, dict) else ():
                    new = self._renamed(target) if isinstance(target, str) else None
                    where = pointer("vocabularies", name, section, word)
                    if new is not None and where in tree.places:
                        yield _requoted(path, text, tree.places[where].value, new)

    def _text(self, file: NoteId) -> str:
        return text_of(self._session.read(file))


def _is_yaml(file: NoteId) -> bool:
    return file.lower().endswith((".yaml", ".yml"))


def _requoted(file: NoteId, text: str, span: Span, new: str) -> Edit:
    written = requote(span.of(text), new)
    if written is None:
        raise UsageError(
            f"{file}: {span.of(text)!r} is written in a way that only a person can change"
        )
    return Edit(file, span, written)
