"""The text of a new ``vaultlint.yaml``: what was found, as settings and comments.

Invariant: the text loads without an error, whatever a vault's properties are called; every value
from the vault is written as a JSON string, which YAML reads the same.

Tests: tests/unit/cli/test_init.py
"""

import json
import re
from collections.abc import Iterable, Iterator

from vaultlint.cli.init_survey import CitationUse, LikelyVocabulary, PropertyUse, Survey
from vaultlint.report.terminal import safe

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
MOST_PROPERTIES = 25
MOST_RARE = 10


def config_text(found: Survey, *, templates: str | None = None) -> str:
    """Return a commented configuration that fits ``found``.

    ``templates`` is the vault-relative folder of templates, None when there is none.
    """
    blocks = [_head(found), _links(found)]
    names = _names(found.vocabularies)
    if found.properties:
        blocks.append(_properties(found.properties, found.with_properties))
    if names:
        blocks.append(_vocabularies(names))
    blocks.append(_rules(names, found.citations))
    if templates:
        blocks.append(_overrides(templates))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(found: Survey) -> list[str]:
    return [
        "# What vaultlint checks in this vault. Every line may be changed or removed.",
        "#   vaultlint rules          all rules, and which are on",
        "#   vaultlint explain RULE   why a rule exists, and its options",
        "",
        "# Packs of rules; later ones win. 'recommended' reports only what breaks something in",
        "# Obsidian, 'strict' more than that.",
        "extends: [recommended]",
        "",
        f"# What is checked ({_count(found.notes, 'note')}). Everything else stays known: it may be linked to.",
        'include: ["**"]',
        "exclude: []",
    ]


def _links(found: Survey) -> list[str]:
    style = "wikilinks" if found.wikilinks >= found.markdown_links else "Markdown links"
    return [
        f"# Links: {_count(found.wikilinks, 'wikilink')} and "
        f"{_count(found.markdown_links, 'Markdown link')} between notes; mostly {style}."
        if found.wikilinks + found.markdown_links
        else "# Links: none between notes yet.",
    ]


def _properties(uses: tuple[PropertyUse, ...], notes: int) -> list[str]:
    width = max(len(safe(use.name)) for use in uses[:MOST_PROPERTIES])
    lines = [f"# Properties in use, with the share of the {_count(notes, 'note')} that have any:"]
    for use in uses[:MOST_PROPERTIES]:
        kinds = ", ".join(use.kinds)
        lines.append(f"#   {safe(use.name):<{width}}  {_share(use.notes, notes):>5}  {kinds}")
    if len(uses) > MOST_PROPERTIES:
        lines.append(f"#   and {len(uses) - MOST_PROPERTIES} more")
    lines += [
        "# A JSON Schema says which are required, and what their values may be:",
        "# schemas:",
        '#   - {paths: ["**"], schema: schemas/note.schema.json}',
    ]
    return lines


def _share(part: int, whole: int) -> str:
    percent = 100 * part / whole
    return "< 1 %" if percent < 1 else f"{percent:.0f} %"


def _names(vocabularies: tuple[LikelyVocabulary, ...]) -> dict[str, LikelyVocabulary]:
    """Return the vocabularies by a name of their own, a slug of the property's."""
    named: dict[str, LikelyVocabulary] = {}
    for vocabulary in vocabularies:
        slug = _NOT_IN_A_NAME.sub("-", vocabulary.property.lower()).strip("-") or "terms"
        name, number = slug, 1
        while name in named:
            number += 1
            name = f"{slug}-{number}"
        named[name] = vocabulary
    return named


def _vocabularies(named: dict[str, LikelyVocabulary]) -> list[str]:
    lines = [
        "# Closed lists of terms, from properties with few values on many notes. Take out what is",
        "# a slip; a list may also stand in a note: {terms_from: {note: meta/tags.md}}.",
        "vocabularies:",
    ]
    for name, found in named.items():
        lines.append(f"  # {len(found.terms)} terms on {_count(found.notes, 'note')}")
        rare = [term for term, uses in found.terms.items() if uses == 1]
        if rare:
            more = ", ..." if len(rare) > MOST_RARE else ""
            lines.append(f"  # used once: {', '.join(rare[:MOST_RARE])}{more}")
        lines.append(f"  {scalar(name)}:")
        lines += _wrapped(found.terms)
    return lines


def _wrapped(terms: Iterable[str]) -> Iterator[str]:
    written = [scalar(term) for term in terms]
    yield "    terms:"
    line = "      ["
    for number, term in enumerate(written):
        piece = term + ("," if number < len(written) - 1 else "]")
        if len(line) + len(piece) > 98:
            yield line.rstrip()
            line = "       "
        line += piece + " "
    yield line.rstrip()


def _rules(named: dict[str, LikelyVocabulary], citations: tuple[CitationUse, ...]) -> list[str]:
    lines = [
        "# A rule is off, error, warning, info, or {severity: ..., its options}.",
        "rules:",
        "  # Notes that nothing links to",
        "  orphan-note: off",
    ]
    if named:
        pairs = ", ".join(
            f"{scalar(each.property)}: {scalar(name)}" for name, each in named.items()
        )
        lines += [
            "  # Values that are not in their list",
            f"  unknown-term: {{severity: warning, properties: {{{pairs}}}}}",
        ]
    if citations:
        lines += [
            "  # Citations: the form that most of each kind have",
            "  citation-format:",
            "    severity: warning",
            "    formats:",
            *(
                f"      {scalar(each.kind)}: {scalar(each.template)}  # {each.number} found"
                for each in citations
            ),
            "  # To allow no other kind:",
            "  # citation-kind:",
            "  #   severity: warning",
            f"  #   kinds: [{', '.join(scalar(each.kind) for each in citations)}]",
        ]
    return lines


def _overrides(folder: str) -> list[str]:
    return [
        "# Other rules for some paths; templates are not finished notes.",
        "overrides:",
        f"  - paths: [{scalar(folder + '/**')}]",
        "    rules: {missing-property: off, property-value: off}",
    ]


def scalar(text: str) -> str:
    """Return ``text`` as a YAML string: plain when that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return json.dumps(safe(text) if not text.isprintable() else text, ensure_ascii=False)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
