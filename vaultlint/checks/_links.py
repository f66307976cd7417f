"""What the checks of links share: which links are judged.

Invariant: a link that Obsidian does not see as an edge, that a template will fill in, or whose
place is disputed (Markdown inside HTML elements) is never judged.

Tests: tests/unit/checks/test_links.py
"""

import re
from collections.abc import Iterator

from vaultlint.check import Note, Severity, Span, VaultView
from vaultlint.checks._cover import Cover
from vaultlint.checks._paths import Glob, matcher
from vaultlint.checks._per_note import per_note
from vaultlint.checks._templates import has_marker, is_template
from vaultlint.note.model import Link
from vaultlint.vault.keys import is_markdown

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*>")


def judged(note: Note, vault: VaultView) -> Iterator[Link]:
    """Yield the links of ``note`` that must work.

    Source: Obsidian help, Internal links; reference definitions are not edges of the graph.
    """
    if note.links and not is_template(note, vault):
        yield from _working(note)


def _find_working(note: Note) -> list[Link]:
    hidden = html_contents(note)
    return [
        link
        for link in note.links
        if link.kind != "reference"
        and not has_marker(link.raw)
        and not link.target.startswith("[")
        and link.span.start not in hidden
    ]


_working = per_note(_find_working)


def unopened(note: Note, vault: VaultView, ignore: tuple[Glob, ...]) -> Iterator[Link]:
    """Yield the links that must work and open nothing, but for those that another rule explains.

    Such are URLs and aliases; ``ignore`` are globs of targets that are never yielded.
    """
    for link in judged(note, vault):
        target = link.target
        if not target or vault.resolve(link).target is not None:
            continue
        if target.startswith("|") or is_url(target) or vault.aliased(target):
            continue
        if not (ignore and matcher(ignore).match(target)):
            yield link


def at_most(link: Link) -> Severity:
    """Return how bad a link that leads nowhere can be.

    Obsidian reads Markdown links in properties since 1.11 only.
    """
    hint = link.kind == "property" and link.markdown
    return Severity.INFO if hint else Severity.ERROR


def html_contents(note: Note) -> Cover:
    """Return what stands between a tag in a block of HTML and its closing tag, in another one too.

    The help vault says that Markdown there is not read, the metadata cache reads what follows a
    blank line. Source: Obsidian help, HTML content.
    """
    found: list[Span] = []
    opened: dict[str, list[int]] = {}
    for region in note.regions:
        if region.kind != "html":
            continue
        for match in _TAG.finditer(note.text, region.span.start, region.span.end):
            name = match[2].lower()
            if not match[1]:
                opened.setdefault(name, []).append(match.end())
            elif opened.get(name):
                found.append(Span(opened[name].pop(), match.start()))
    return Cover(found)


def is_url(target: str) -> bool:
    """Return whether a wikilink's target is meant as a URL: a mistake, not a missing note."""
    return "://" in target or target[:7].lower() == "mailto:" or target[:4].lower() == "www."


def without_md(path: str) -> str:
    """Return ``path`` as a wikilink writes it: only ``.md`` may be left out."""
    return path[:-3] if is_markdown(path) else path
