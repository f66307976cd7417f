"""What an input is tried on: everything that reads a note, and what must hold of the answer."""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests import vault_grammar
from tests.memory_source import MemorySource
from vaultlint.cli.reading import Reader
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Change, Session
from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.note.identifiers import identifier
from vaultlint.note.model import Note
from vaultlint.note.parse import parse_note
from vaultlint.terms.citation import CitationTemplate
from vaultlint.text import Span
from vaultlint.vault.explain import explain_resolution
from vaultlint.vault.keys import exports

FILE = "n0.md"
RULES_EVERY = 10  # of so many inputs one is tried on all rules, which takes as long as the others
_TEMPLATES = tuple(
    map(CitationTemplate, ("{title} ({author} {year})", "{year}: {title}", "{author}, {title}"))
)


class Wrong(Exception):
    """An answer that cannot be right."""


class Subject:
    """A small vault, in which each input stands for one note."""

    def __init__(self) -> None:
        files = vault_grammar.vault(Random(1), 4)
        self._reader = Reader(MemorySource(files))
        for file in self._reader.markdown():
            self._reader.note(file)
        self._session = Session(MemorySource(files), ConfigRequest(), jobs=1)
        self._session.apply()

    def read(self, data: bytes) -> None:
        """Parse, resolve and cite. Raises Wrong, or whatever is raised."""
        note = parse_note(FILE, data)
        for span in spans(tuple(note)):
            if not 0 <= span.start <= span.end <= len(note.text):
                raise Wrong(f"{span} lies outside of the text")
        read_frontmatter(data.decode("utf-8", "surrogateescape"))
        self._reader.index.put(FILE, exports(note))
        self._resolve(note)
        for citation in note.citations:
            for link in citation.links:
                identifier(link.url or "")
                _cite(link.text or "")
        _cite(note.text[:200])
        identifier(note.text[:200])

    def judge(self, data: bytes) -> None:
        """Run all rules over the note. Raises Wrong if one of them failed."""
        self._session.apply([Change(FILE, data)])
        if self._session.failed:
            found = [each.message for each in self._session.diagnostics()]
            raise Wrong(next(message for message in found if "bug of vaultlint" in message))
        for finding in self._session.diagnostics():
            if finding.file == FILE:
                self._session.advise(finding)

    def _resolve(self, note: Note) -> None:
        view = self._reader.view(note)
        for link in note.links[:50]:
            target = view.resolve(link).target
            if target is not None and target not in self._reader.index.files:
                raise Wrong(f"{link.raw!r} opens {target!r}, which is not there")
            if target is not None and link.anchor:
                view.has_anchor(target, link.anchor)
            path = link.raw.partition("#")[0] if link.markdown else link.target
            explained = explain_resolution(
                self._reader.index.names, path, FILE, markdown=link.markdown
            )
            if path and explained.resolution.target != target:
                raise Wrong(f"{link.raw!r} opens {target!r}, but not when explained")


def _cite(text: str) -> None:
    for template in _TEMPLATES:
        if template.parse(text) is None and not template.mismatch(text):
            raise Wrong(f"{template} does not say why {text!r} does not fit")


def spans(fact: Any) -> Iterator[Span]:
    """Yield every span in ``fact``, however deep."""
    if isinstance(fact, Span):
        yield fact
    elif isinstance(fact, tuple):
        for part in fact:
            yield from spans(part)
