"""The text of a new ``vaultlint.yaml``: what was found, as settings and comments.

Invariant: the text loads without an error, whatever a vault's properties are called; every value
from the vault is written as a JSON string, which YAML reads the same.

Tests: tests/unit/cli/test_init.py
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from vaultlint.cli.init_citations import CitationHabits
from vaultlint.cli.init_survey import LEAST_NOTES, LikelyVocabulary, PropertyUse, Survey
from vaultlint.report.terminal import safe

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
MOST_PROPERTIES = 25
MOST_RARE = 10
MOST_TEMPLATES = 20
KEYWORDS = 0.1
"""Where so large a share of notes has tags that are none, they are keywords of something else."""


def config_text(found: Survey, *, templates: str | None = None, parked: bool = False) -> str:
    """Return a commented configuration that fits ``found``.

    ``templates`` is the vault-relative folder of templates, None when there is none. ``parked``
    says that what breaks the rules today goes to a baseline, so that what is new can be an error.
    """
    blocks = [_head(found), _links(found)]
    names = _names(found.vocabularies)
    if found.properties:
        blocks.append(_properties(found.properties, found.with_properties))
    if names:
        blocks.append(_vocabularies(names))
    blocks.append(_rules(found, names, "error" if parked else "warning"))
    globs = [f"{templates}/**"] if templates else []
    globs += [name for name in found.templates if not templates or not _inside(name, templates)]
    if globs:
        blocks.append(_overrides(globs[:MOST_TEMPLATES]))
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
        words = _INNER_CAPITAL.sub("-", vocabulary.property).lower()
        slug = _NOT_IN_A_NAME.sub("-", words).strip("-") or "terms"
        name, number = slug, 1
        while name in named:
            number += 1
            name = f"{slug}-{number}"
        named[name] = vocabulary
    return named


def _vocabularies(named: dict[str, LikelyVocabulary]) -> list[str]:
    lines = [
        "# Closed lists of terms: from notes that list them, {terms_from: {note: meta/tags.md}}, or",
        "# from properties with few values on many notes. Take out of those what is a slip.",
        "vocabularies:",
    ]
    for name, found in named.items():
        if found.note is not None:
            lines.append(f"  {scalar(name)}: {{terms_from: {{note: {scalar(found.note)}}}}}")
            continue
        lines.append(f"  # {len(found.terms)} terms on {_count(found.notes, 'note')}")
        if found.slips:
            lines.append(f"  # left out as slips: {_some(found.slips)}")
        rare = [term for term, uses in found.terms.items() if uses == 1]
        if rare:
            lines.append(f"  # used once: {_some(rare)}")
        lines.append(f"  {scalar(name)}:")
        lines += _wrapped("terms", found.terms)
    return lines


def _wrapped(key: str, terms: Iterable[str]) -> Iterator[str]:
    written = [scalar(term) for term in terms]
    yield f"    {key}:"
    line = "      ["
    for number, term in enumerate(written):
        piece = term + ("," if number < len(written) - 1 else "]")
        if len(line) + len(piece) > 98:
            yield line.rstrip()
            line = "       "
        line += piece + " "
    yield line.rstrip()


def _some(terms: Sequence[str]) -> str:
    more = ", ..." if len(terms) > MOST_RARE else ""
    return ", ".join(map(safe, terms[:MOST_RARE])) + more


def _rules(found: Survey, named: dict[str, LikelyVocabulary], severity: str) -> list[str]:
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
            f"  unknown-term: {{severity: {severity}, properties: {{{pairs}}}}}",
        ]
    if found.no_tags >= LEAST_NOTES and found.no_tags >= KEYWORDS * found.with_tags:
        share = f"{found.no_tags:,} of {_count(found.with_tags, 'note')}"
        lines += [
            f"  # On {share} the property of tags holds what is no tag to Obsidian:",
            "  # keywords for another program, it seems. If they are meant as tags: warning",
            "  tag-form: off",
        ]
    if found.citations.uses:
        lines += _citations(found.citations)
    return lines


def _citations(found: CitationHabits) -> Iterator[str]:
    yield "  # Citations: the form that most of each kind have"
    yield "  citation-format:"
    yield "    severity: warning"
    yield "    formats:"
    for each in found.uses:
        yield f"      {scalar(each.kind)}: {scalar(each.template)}  # {each.number} found"
    if found.kinds:
        yield "  # The kinds in use; others are slips"
        yield "  citation-kind:"
        yield "    severity: warning"
        yield from _wrapped("kinds", found.kinds)
    if found.urls is None:
        return
    form, versions, https = found.urls
    yield "  # URLs in the form that most have, if there is one. Stricter: abs, drop, true"
    yield "  citation-url:"
    yield "    severity: warning"
    yield f"    arxiv_form: {form}"
    yield f"    arxiv_version: {versions}"
    yield f"    https: {str(https).lower()}"
    yield "  # citation-url looks at the URLs of citations"
    yield "  malformed-link: {severity: warning, cited: false}"
    dated = ", ".join(scalar(each.kind) for each in found.uses if "{year}" in each.template)
    kinds = f", kinds: [{dated}]" if dated else ""
    yield "  # One source, one citation; contradictions are left to the second rule"
    yield f"  duplicate-citation: {{severity: warning, conflicting: false{kinds}}}"
    yield f"  conflicting-citation: {{severity: warning{kinds}}}"
    if dated:
        yield f"  citation-year: {{severity: warning{kinds}}}"


def _inside(name: str, folder: str) -> bool:
    return name.startswith(f"{folder}/")


def _overrides(globs: Sequence[str]) -> list[str]:
    return [
        "# Other rules for some paths; templates are not finished notes.",
        "overrides:",
        "  - paths:",
        *(f"      - {scalar(glob)}" for glob in globs),
        "    rules: {missing-property: off, property-value: off, unknown-term: off, unknown-tag: off}",
    ]


def scalar(text: str) -> str:
    """Return ``text`` as a YAML string: plain when that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return json.dumps(safe(text) if not text.isprintable() else text, ensure_ascii=False)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
