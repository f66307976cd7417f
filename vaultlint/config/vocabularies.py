"""The vocabularies that a config declares, with their terms read from where they are listed.

Invariant: a vocabulary that is not found, or is empty, is one error at its place in the config;
never thousands of unknown terms.

Tests: tests/unit/config/test_vocabularies.py
"""

from collections.abc import Iterable, Mapping
from typing import Any

from vaultlint.config.document import Document, escape
from vaultlint.config.reading import Reading, vault_path
from vaultlint.config.term_lists import ListedTerm, terms_of_file, terms_of_note
from vaultlint.errors import ConfigError, VaultlintError
from vaultlint.note.model import MAX_NOTE_BYTES
from vaultlint.terms import Term, Vocabulary


def load_vocabularies(
    documents: Iterable[Document], reading: Reading, errors: list[VaultlintError]
) -> dict[str, Vocabulary]:
    """Return the vocabularies of ``documents`` by name; a later document replaces a whole one."""
    declared = {
        name: document for document in documents for name in document.data.get("vocabularies", {})
    }
    found: dict[str, Vocabulary] = {}
    for name, document in sorted(declared.items()):
        raw = document.data["vocabularies"][name]
        pointer = f"/vocabularies/{escape(name)}"
        try:
            terms = _terms(raw, document, pointer, reading)
        except ConfigError as error:
            errors.append(error)
            continue
        found[name] = Vocabulary(
            name,
            terms,
            aliases=raw.get("aliases", {}),
            deprecated=_deprecated(raw.get("deprecated", {})),
            nested=raw.get("nested", False),
        )
    return found


def vocabulary_files(vocabularies: Iterable[Vocabulary]) -> dict[str, tuple[str, ...]]:
    """Return each file that lists terms, with the names of the vocabularies it lists them for."""
    files: dict[str, list[str]] = {}
    for vocabulary in vocabularies:
        for file in {term.file for term in vocabulary.terms if term.file}:
            files.setdefault(file, []).append(vocabulary.name)
    return {file: tuple(names) for file, names in sorted(files.items())}


def _deprecated(raw: Any) -> Mapping[str, str | None]:
    return dict.fromkeys(raw) if isinstance(raw, list) else raw


def _terms(
    raw: Mapping[str, Any], document: Document, pointer: str, reading: Reading
) -> tuple[Term, ...]:
    inline, elsewhere = raw.get("terms"), raw.get("terms_from")
    if inline is None and elsewhere is None:
        raise document.error("a vocabulary needs 'terms' or 'terms_from'", pointer, key=True)
    terms = [
        Term(name, document.file or "", document.span(f"{pointer}/terms/{index}"))
        for index, name in enumerate(inline or ())
    ]
    if elsewhere is not None:
        kinds = [kind for kind in ("note", "file") if elsewhere.get(kind) is not None]
        pointer += "/terms_from"
        if len(kinds) != 1:
            raise document.error("'terms_from' needs either 'note' or 'file'", pointer, key=True)
        try:
            file, listed = _listed(elsewhere, kinds[0], reading)
        except ConfigError as error:
            raise document.error(error.message, f"{pointer}/{kinds[0]}") from None
        terms += [Term(term.name, file, term.span, term.group + 1) for term in listed]
    elif not terms:
        raise document.error("the vocabulary has no terms", f"{pointer}/terms")
    return tuple(terms)


def _listed(
    elsewhere: Mapping[str, Any], kind: str, reading: Reading
) -> tuple[str, list[ListedTerm]]:
    """Return the file and the terms it lists. Raises ConfigError when there are none."""
    file = vault_path(elsewhere[kind])
    content = reading.read(file)
    if content is None and kind == "note" and not file.endswith(".md"):
        file += ".md"
        content = reading.read(file)
    if content is None:
        raise ConfigError(reading.missing(kind, file))
    if len(content) > MAX_NOTE_BYTES:
        raise ConfigError(f"the {kind} {file!r} is larger than 2 MB; it is not read")
    text = content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    if kind == "file":
        terms: list[ListedTerm] | None = terms_of_file(text)
    else:
        terms = terms_of_note(text, elsewhere.get("section"))
    if terms is None:
        raise ConfigError(f"the note {file!r} has no heading {elsewhere['section']!r}")
    if not terms:
        raise ConfigError(f"the {kind} {file!r} lists no terms")
    return file, terms
