"""What the checks of links share: which links are judged, and how a link is written anew.

Invariant: a link that Obsidian does not see as an edge, that a template will fill in, or whose
place is disputed (Markdown inside HTML elements) is never judged.

Tests: tests/unit/checks/test_links.py
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from vaultlint.check import Edit, Fix, Found, Note, Safety, Span, VaultView
from vaultlint.checks._cover import Cover
from vaultlint.checks._templates import has_marker, is_template
from vaultlint.note.model import Link
from vaultlint.vault.keys import fold, is_markdown, name_of

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*>")
_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNLINKABLE = re.compile(r"[#^\[\]|\\\x00-\x1f]")
_ENCODED = ' %<>"()'


def judged(note: Note, vault: VaultView) -> Iterator[Link]:
    """Yield the links of ``note`` that must work.

    Source: Obsidian help, Internal links; reference definitions are not edges of the graph.
    """
    if not note.links or is_template(note, vault):
        return
    hidden = html_contents(note)
    for link in note.links:
        if link.kind == "reference" or has_marker(link.raw) or link.target.startswith("["):
            continue
        if link.span.start not in hidden:
            yield link


def html_contents(note: Note) -> Cover:
    """Return what stands between a block-level HTML tag and its closing tag.

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
            if name not in _BLOCK_TAGS:
                continue
            if not match[1]:
                opened.setdefault(name, []).append(match.end())
            elif opened.get(name):
                found.append(Span(opened[name].pop(), match.start()))
    return Cover(found)


def link_at(note: Note, found: Found) -> Link | None:
    """Return the link that a finding with ``at`` in its data is about."""
    at = found.data.get("at")
    return next((link for link in note.links if link.span.start == at), None)


def is_url(target: str) -> bool:
    """Return whether a wikilink's target is meant as a URL: a mistake, not a missing note."""
    return "://" in target or target[:7].lower() == "mailto:" or target[:4].lower() == "www."


def without_md(path: str) -> str:
    """Return ``path`` as a wikilink writes it: only ``.md`` may be left out."""
    return path[:-3] if is_markdown(path) else path


def written(path: str, link: Link, note: Note, files: Iterable[str]) -> str | None:
    """Return ``path`` as ``link`` would name it, in the link's own style.

    None when no link can: ``#``, ``|`` and brackets cut a link. Source: Obsidian help, Internal
    links; Obsidian writes the bare name if it is unique, else the path from the root.
    """
    if _UNLINKABLE.search(path):
        return None
    if link.raw.startswith(("./", "../")):
        text = posixpath.relpath(path, posixpath.dirname(note.id))
        text = text if text.startswith("../") else f"./{text}"
    elif "/" in link.target or not _unique(path, files):
        text = path
    else:
        text = name_of(path)
    if not link.markdown and not is_markdown(link.target):
        text = without_md(text)
    return encoded(text, link, note)


def encoded(text: str, link: Link, note: Note) -> str | None:
    """Return ``text`` as the destination of ``link`` needs it, or None if it cannot hold it."""
    if link.kind == "property" and re.search(r"[\"'\\]", text):
        return None  # the quotes around the property's value could end too early
    if not link.markdown:
        return None if "]]" in text or "\n" in text else text
    if note.text[link.target_span.start - 1 : link.target_span.start] == "<":
        return None if re.search(r"[<>\n]", text) else text
    return "".join(quote(char) if char in _ENCODED else char for char in text)


def _unique(path: str, files: Iterable[str]) -> bool:
    name = fold(name_of(path))
    return sum(fold(name_of(file)) == name for file in files) <= 1


def one_edit(title: str, safety: Safety, note: Note, span: Span, text: str, *also: Note) -> Fix:
    """Return a fix of one edit in ``note``, computed from it and from ``also``."""
    base = {note.id: note.digest, **{other.id: other.digest for other in also}}
    return Fix(title, safety, (Edit(note.id, span, text),), base)
