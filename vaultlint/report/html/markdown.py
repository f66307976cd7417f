"""Markdown as HTML: single lines out of notes, and the pages of rules.

Invariant: HTML in the source is shown, never passed on. A link leads to an entry of the same page
or to http, https or mailto; any other address is shown as text. Nothing is loaded, pictures least.

Tests: tests/unit/report/html/test_markdown.py
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup
from mistune import (  # noqa: TID253 -- this module is imported when a page is made
    BlockState,
    HTMLRenderer,
    InlineParser,
    Markdown,
    create_markdown,
)
from mistune.plugins.table import table  # noqa: TID253 -- as above

from vaultlint.report.html.inert import CLOSE, OPEN, inert
from vaultlint.report.rule_page import file_of

Entry = Callable[[str], str | None]
"""How the target of a link (no subpath) is turned into the address of its entry, or None."""

_OUTSIDE = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[^\]]\][ \t]+)?|#{1,6}[ \t]+)?")
_TAG = re.compile(r"<(/?)([a-z]+)[^<>]*>")
_IN_TAG = re.compile(f"<[^<>]*[{OPEN}{CLOSE}]")
_WIKI = r"(?P<wiki_embed>!?)\[\[(?P<wiki_text>[^\[\]\r\n]{1,500})\]\]"
_HASH = r"(?:(?<=\s)|^)#(?P<hash_name>[^\s#!-,.:-@\[-^`{-~]*[^\s#!-,.:-@\[-^`{-~\d][^\s#!-,.:-@\[-^`{-~]*)"


class _Renderer(HTMLRenderer):
    """HTML without pictures and without links that lead nowhere a reader wants to go."""

    def __init__(self) -> None:
        super().__init__(escape=True)

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        if _OUTSIDE.match(url):
            return f'<a href="{escape(url)}" rel="noreferrer">{text}</a>'
        return self.no_link(text, url)

    def wiki_link(self, text: str, url: str) -> str:
        return f'<a href="{escape(url)}">{text}</a>'

    def no_link(self, text: str, url: str) -> str:
        return f'<span class="nowhere" title="{escape(inert(url))}">{text}</span>'

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        return f'<span class="picture">{escape(text) or "picture"}</span>'

    def heading(self, text: str, level: int, **_: Any) -> str:
        level = min(level + 1, 6)
        return f"<h{level}>{text}</h{level}>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        name = file_of(info or "")
        label = f'<p class="file">{escape(name)}</p>\n' if name else ""
        return f'{label}<pre tabindex="0"><code>{escape(code)}</code></pre>\n'


def document(text: str) -> Markup:
    """Return a Markdown document of ours, such as a section of a rule's page."""
    markdown = create_markdown(renderer=_Renderer(), plugins=[table])
    return Markup(markdown(text))  # noqa: S704 -- the renderer escapes


def line(text: str, flagged: tuple[int, int], entry: Entry) -> Markup:
    """Return one line of a note, without its list mark, the ``flagged`` part in ``<mark>``.

    Where a mark would cut a construct in two the line comes without one.
    """
    at, end = flagged
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    start = start if at == end else min(start, at)
    marked = f"{inert(text[start:at])}{OPEN}{inert(text[at:end])}{CLOSE}{inert(text[end:])}"
    rendered = "" if at == end else _rendered(marked, entry)
    if not _fits(rendered):
        return Markup(_rendered(inert(text[start:]), entry))  # noqa: S704 -- the renderer escapes
    return Markup(rendered.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))  # noqa: S704


def _fits(rendered: str) -> bool:
    """Return whether both marks arrived, outside of tags, with whole elements between them."""
    if rendered.count(OPEN) != 1 or rendered.count(CLOSE) != 1 or _IN_TAG.search(rendered):
        return False
    open_: list[str] = []
    for closing, name in _TAG.findall(rendered.partition(OPEN)[2].partition(CLOSE)[0]):
        if not closing:
            open_.append(name)
        elif not open_ or open_.pop() != name:
            return False
    return not open_


def _rendered(text: str, entry: Entry) -> str:
    markdown = _lines()
    tokens = markdown.inline(text, {"entry": entry})
    renderer = markdown.renderer
    assert isinstance(renderer, _Renderer)
    return renderer.render_tokens(_led(tokens, entry), BlockState()).strip()


@cache
def _lines() -> Markdown:
    """Return the reader of single lines, which knows wikilinks and tags."""
    markdown = create_markdown(renderer=_Renderer())
    _obsidian(markdown)
    return markdown


def _led(tokens: Iterable[dict[str, Any]], entry: Entry) -> list[dict[str, Any]]:
    """Return ``tokens`` with each link to a file of the vault leading to its entry, or nowhere."""
    found = []
    for token in tokens:
        new = dict(token)
        if "children" in token:
            new["children"] = _led(token["children"], entry)
        if token["type"] == "link" and not _OUTSIDE.match(token["attrs"]["url"]):
            url = unquote(token["attrs"]["url"])
            path = url.partition("#")[0]
            href = None if _SCHEME.match(url) or not path else entry(path)
            new.update(type="wiki_link" if href else "no_link", attrs={"url": href or url})
        found.append(new)
    return found


def _obsidian(markdown: Markdown) -> None:
    markdown.inline.register("wiki", _WIKI, _read_wiki, before="link")
    markdown.inline.register("hash", _HASH, _read_hash, before="link")
    if markdown.renderer is not None:
        markdown.renderer.register("wiki", _show_wiki)
        markdown.renderer.register("hash", _show_hash)


def _read_wiki(_: InlineParser, match: re.Match[str], state: Any) -> int:
    target, bar, alias = match["wiki_text"].partition("|")
    path = target.partition("#")[0].strip().rstrip("\\")
    attrs = {"text": alias.strip() if bar else target.strip(), "href": state.env["entry"](path)}
    state.append_token({"type": "wiki", "attrs": attrs})
    return match.end()


def _show_wiki(_: HTMLRenderer, text: str, href: str | None) -> str:
    if href is None:
        return f'<span class="nowhere" title="not in the vault">{escape(text)}</span>'
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def _read_hash(_: InlineParser, match: re.Match[str], state: Any) -> int:
    state.append_token({"type": "hash", "attrs": {"name": match["hash_name"]}})
    return match.end()


def _show_hash(_: HTMLRenderer, name: str) -> str:
    return f'<span class="tag">#{escape(name)}</span>'
