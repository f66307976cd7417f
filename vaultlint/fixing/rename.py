"""A tag renamed everywhere: one fix over every note and the vocabulary that lists it.

Nested tags go with it: renaming ``a`` to ``b`` makes ``a/x`` ``b/x``. Tags are the same in any
case, as in Obsidian. Source: help vault, Tags.

Invariant: all or nothing; a tag or term that cannot be written anew stops the whole of it.

Tests: tests/unit/fixing/test_rename.py
"""

from collections.abc import Iterator
from typing import Any

from vaultlint.checks._lists import Settled
from vaultlint.checks._properties import requote
from vaultlint.checks._tags import NOT_TAG, retag
from vaultlint.diagnostics import Edit, Fix, Safety
from vaultlint.engine.session import Session
from vaultlint.errors import UsageError
from vaultlint.fixing.proposals import Proposal
from vaultlint.fixing.texts import digest
from vaultlint.note.model import Note, NoteId
from vaultlint.terms import Vocabulary
from vaultlint.terms.nearest import nearest
from vaultlint.text import Span
from vaultlint.vault.keys import fold_tag, is_markdown
from vaultlint.yaml_tree import compose

RULE = "tags-rename"
_TAG_RULES = frozenset({"unknown-tag", "tag-form"})
_IN_TAGS = frozenset({"tags", "properties"})
_IN_LISTS = frozenset({"code", "link-text", "links", "text"})


def rename_tag(session: Session, old: str, new: str) -> Proposal:
    """Return the fix that renames the tag ``old`` to ``new`` (with or without ``#``).

    Raises UsageError for a name that is no tag, a tag that no note has, and one that cannot be
    written anew where it stands; SourceError if a note cannot be read.
    """
    old, new = (name.removeprefix("#").strip("/") for name in (old, new))
    if not new or NOT_TAG.search(new) or new.isdigit():
        raise UsageError(f"{new!r} cannot be a tag: no spaces or signs, and not digits alone")
    renaming = _Renaming(session, old, new)
    edits = renaming.edits()
    if not edits:
        raise UsageError(_not_found(session, old))
    base = {file: digest(session.read(file)) for file in {edit.note for edit in edits}}
    fix = Fix(f"Rename #{old} to #{new}", Safety.SAFE, tuple(edits), base)
    changes = _IN_TAGS | _IN_LISTS if renaming.lists else _IN_TAGS
    return Proposal(RULE, fix, changes)


def _not_found(session: Session, old: str) -> str:
    used = {
        spelling
        for file, exports in session.index.files.items()
        if exports and is_markdown(file)
        for spelling in _tags_of(session.note(file))
    }
    near = nearest(old, sorted(used))
    hint = f"; did you mean #{near}?" if near else ""
    return f"no note has the tag #{old}{hint}"


def _tags_of(note: Note) -> Iterator[str]:
    return (tag.name.rstrip("/") for tag in note.tags)


class _Renaming:
    """One renaming in one vault. ``lists``: terms in notes are renamed too."""

    def __init__(self, session: Session, old: str, new: str) -> None:
        self._session = session
        self._old = fold_tag(old)
        self._new = new
        self.lists = False

    def edits(self) -> list[Edit]:
        """Return all edits; none when no note has the tag."""
        edits = [edit for file in self._users() for edit in self._in_note(file)]
        if not edits:
            return []
        terms = [*self._in_vocabularies()]
        tagged = {(edit.note, edit.span.end) for edit in edits}
        # A list may name its terms as tags: those are renamed already.
        return [*edits, *(edit for edit in terms if (edit.note, edit.span.end) not in tagged)]

    def renamed(self, name: str) -> str | None:
        """Return what the tag or term ``name`` (no ``#``) becomes, None if it is another one."""
        bare = name.rstrip("/")
        folded = fold_tag(bare)
        if folded == self._old:
            return self._new
        if not folded.startswith(self._old + "/"):
            return None
        depth = self._old.count("/") + 1
        return "/".join((self._new, *bare.split("/")[depth:]))

    def _users(self) -> list[NoteId]:
        """Return the notes that have the tag, or one nested in it."""
        nested = self._old + "/"
        return [
            file
            for file, exports in self._session.index.files.items()
            if exports
            and is_markdown(file)
            and any(
                key[0] == "tag" and (key[1] == self._old or str(key[1]).startswith(nested))
                for key in exports
            )
        ]

    def _in_note(self, file: NoteId) -> Iterator[Edit]:
        note = self._session.note(file)
        for tag in note.tags:
            new = self.renamed(tag.name)
            if new is None:
                continue
            fix = retag(note, tag.span, new, Safety.SAFE, self._settled)
            if fix is None:
                line = note.lines.position(tag.span.start).line
                raise UsageError(
                    f"{file}:{line}: #{tag.name} is written in a way that only a person can change; "
                    "nothing was renamed"
                )
            yield from fix.edits

    def _settled(self, name: str) -> Settled:
        new = self.renamed(name)
        return Settled(name, None) if new is None else Settled(new, Safety.SAFE)

    # ---- vocabularies

    def _in_vocabularies(self) -> Iterator[Edit]:
        config = self._session.config
        names = sorted(self._vocabularies() & config.vocabularies.keys())
        for name in names:
            yield from self._terms(config.vocabularies[name])
        if config.path is not None:
            yield from self._words_of_config(config.path, names)

    def _vocabularies(self) -> set[str]:
        """Return the names of the vocabularies that tags come from."""
        config = self._session.config
        names = {bound for key, bound in config.bindings.items() if key.casefold() == "tags"}
        for file in self._users():
            for rule in config.rules_for(file):
                if rule.check.id in _TAG_RULES:
                    names.add(str(rule.options.vocabulary))
        return names

    def _terms(self, vocabulary: Vocabulary) -> Iterator[Edit]:
        known = {fold_tag(term.name) for term in vocabulary.terms}
        for term in vocabulary.terms:
            name = term.name.removeprefix("#")
            new = self.renamed(name)
            if new is None or not term.file:
                continue
            if fold_tag(new) in known and fold_tag(new) != fold_tag(name):
                continue  # it is listed already; what no note uses any more stays for a person
            text = self._text(term.file)
            if term.file == self._session.config.path:
                yield _requoted(term.file, text, term.span, new)
                continue
            self.lists |= is_markdown(term.file)
            mark = "#" if term.name.startswith("#") else ""
            yield Edit(term.file, term.span, mark + new)

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
                    new = self.renamed(target) if isinstance(target, str) else None
                    where = "/".join(map(_step, ("", "vocabularies", name, section, word)))
                    if new is not None and where in tree.places:
                        yield _requoted(path, text, tree.places[where].value, new)

    def _text(self, file: NoteId) -> str:
        data = self._session.read(file)
        return data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def _requoted(file: NoteId, text: str, span: Span, new: str) -> Edit:
    written = requote(span.of(text), new)
    if written is None:
        raise UsageError(
            f"{file}: {span.of(text)!r} is written in a way that only a person can change"
        )
    return Edit(file, span, written)


def _step(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
