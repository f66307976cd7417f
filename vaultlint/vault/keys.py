"""Keys: how facts of different files meet. The only place where names are folded.

Invariant: keys and exported values carry no positions, and values are plain (str, int, bool, None
and tuples of these), so they can be compared, marshaled and stored.

    ("name", file name)            the files of that name                      folded
    ("path", file)                 whether the file is there, and parsed       exact
    ("anchor", file)               the outline of a file
    ("anchor", file, segment)      whether a heading, block or footnote is there
    ("alias", name)                notes that declare the alias
    ("tag", tag)                   notes that carry the tag, and their spellings
    ("source", kind, id)           citations of an identified source
    ("title", title)               citations under a title
    ("inlink", file)               files that link to a file
    ("glob", glob)                 whether any file matches
    ("term-use", vocabulary, term) how many notes use a term
    ("setting", name)              an Obsidian setting
    ("setting", "types", name)     the type of a property
    ("vocabulary", name)           a configured vocabulary; name "" stands for the list of all
    ("schema", file)               the schemas that apply to a file
    ("rules",)                     the ids of all rules

Advice alone (vault/advising.py) reads these too:

    ("text", file)                 the text of a file
    ("files",)                     which files there are
    ("outlines",)                  the outlines of all files
    ("anything",)                  whatever changes

Tests: tests/unit/vault/test_keys.py
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import Any, TypeAlias

from vaultlint.note.model import Link, Note, NoteId
from vaultlint.vault.anchors import outline

Key: TypeAlias = tuple[str, ...]
Exports: TypeAlias = dict[Key, Any]
"""What one note tells the vault. Shared keys ("alias", "tag", "source", "title") as above, and of
its own: ("path", id): False when it was not parsed; ("anchor", id): its Outline; ("link", id): its
distinct LinkRefs; ("values", id): ((property, its short values), ...); ("facts", id): ``facts_of`` it."""

LinkRef: TypeAlias = tuple[str, str]
"""(target, raw): ``raw`` is empty unless a Markdown link has escapes that decoders read apart."""

SHARED = frozenset({"alias", "tag", "source", "title"})
COMPUTED = frozenset({"inlink", "glob", "term-use"})
"""Families whose answers an index computes when it is first asked, and follows from then on."""

_FIRST = Note._fields.index("frontmatter")
_BITS = tuple(1 << at for at in range(len(Note._fields) - _FIRST))
FACTS = dict(zip(Note._fields[_FIRST:], _BITS, strict=True))
"""A bit for each kind of facts, by the field of a note that holds them."""

FILES: Key = ("files",)
OUTLINES: Key = ("outlines",)
ANYTHING: Key = ("anything",)

MARKDOWN = ".md"
CANVAS = ".canvas"
_LONGEST_TERM = 100
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return ``text`` as names and paths are compared: NFC, no-break spaces as spaces, lower case.

    Source: Obsidian compares paths in lower case on every platform; its own tools normalize them
    to NFC and plain spaces.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text.translate(_SPACES)).lower()


def name_of(path: str) -> str:
    """Return the last component of ``path``."""
    return path[path.rfind("/") + 1 :]


def folder_of(path: str) -> str:
    """Return the folder of ``path`` without a slash at its end, "" for the root."""
    return path[: max(path.rfind("/"), 0)]


def is_markdown(file: NoteId) -> bool:
    """Return whether ``file`` is a note. An upper-case ``.MD`` counts."""
    return file[-3:].lower() == MARKDOWN


def has_facts(file: NoteId) -> bool:
    """Return whether ``file`` is read for what it tells the vault: a note or a canvas."""
    return is_markdown(file) or file[-7:].lower() == CANVAS


@lru_cache(maxsize=4096)  # the same tags come again and again
def fold_tag(tag: str) -> str:
    """Return the identity of ``tag``: lower case, no ``#`` before it and no slash after it."""
    return fold(tag.removeprefix("#").rstrip("/"))


@lru_cache(maxsize=1 << 8)  # what a note tells, and then rule after rule
def fold_title(text: str) -> str:
    """Return the title in a citation's text as titles are compared across notes.

    A parenthesis that ends the text and holds a digit (author and year) is left out; then only
    letters and digits count, in NFKC and case-folded.
    """
    text = text.rstrip()
    if text.endswith(")"):
        opening = _opening_of_last(text)
        if opening > 0 and any(char.isdigit() for char in text[opening:]):
            text = text[:opening]
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _opening_of_last(text: str) -> int:
    """Return where the parenthesis that ends ``text`` opens, -1 when it does not."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at
    return -1


def link_ref(link: Link) -> LinkRef:
    """Return what resolving ``link`` depends on, beside the note it stands in."""
    return (link.target, link.raw if link.markdown and "%" in link.raw else "")


def facts_of(note: Note) -> int:
    """Return which kinds of facts ``note`` has: the sum of their FACTS."""
    return sum([bit for bit, facts in zip(_BITS, note[_FIRST:], strict=True) if facts])


def exports(note: Note) -> Exports:
    """Return what ``note`` tells the rest of the vault. Linear in its facts, never raises."""
    file = note.id
    facts = facts_of(note)
    found: Exports = {("facts", file): facts} if facts else {}
    if not note.parsed and is_markdown(file):
        found["path", file] = False
    if (anchors := outline(note)) is not None:
        found["anchor", file] = anchors
    if note.links:
        refs = {link_ref(link): None for link in note.links if link.kind != "reference"}
        if refs:
            found["link", file] = tuple(refs)
    for alias in note.aliases:
        found["alias", fold(alias.text.strip())] = True
    if note.tags:
        found.update(_tag_exports(note))
    if note.citations:
        found.update(_citation_exports(note))
    if note.frontmatter is not None and (values := _values(note)):
        found["values", file] = values
    return found


def _tag_exports(note: Note) -> Exports:
    found: dict[Key, tuple[str, ...]] = {}
    for tag in note.tags:
        key = ("tag", fold_tag(tag.name))
        known = found.get(key)
        if known is None:
            found[key] = (tag.name,)
        elif tag.name not in known:
            found[key] = tuple(sorted((*known, tag.name)))
    return found


def _citation_exports(note: Note) -> Exports:
    claims: defaultdict[Key, list[tuple[tuple[str, ...], str | None]]] = defaultdict(list)
    for citation in note.citations:
        kinds = tuple([tag.name for tag in citation.kinds])
        for link in citation.links:
            if link.identifier is not None:
                claims["source", *link.identifier].append((kinds, link.text))
            if link.text and "://" in link.url and (title := fold_title(link.text)):
                claims["title", title].append((kinds, link.text))
    return {key: tuple(found) for key, found in claims.items()}


def _values(note: Note) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each property with its short text values: what may be terms of a vocabulary."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for name, value in note.properties.items():
        if isinstance(value, str):
            if len(value) <= _LONGEST_TERM:
                found.append((name, (value,)))
        elif isinstance(value, list):
            terms = [item for item in value if type(item) is str and len(item) <= _LONGEST_TERM]
            if terms:
                found.append((name, tuple(terms)))
    return tuple(found)
