"""The documentation of the rules as a small site: an index, and a page for each rule.

Invariant: each page is one file that loads nothing; links lead from page to page and to sources.

Tests: tests/unit/report/html/test_site.py, tests/test_pages_in_browser.py
"""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from vaultlint.report.html.markdown import document
from vaultlint.report.html.page import render
from vaultlint.report.rule_page import RulePage, default_yaml

INDEX = "index.html"

_ID = re.compile(r"<code>([a-z-]+)</code>")


def site(pages: Sequence[RulePage], version: str) -> Iterator[tuple[str, str]]:
    """Yield (file name, HTML) of every page of the site."""
    ids = frozenset(page.id for page in pages)
    yield INDEX, render("site/index.html", scripts=("rules.js",), version=version, pages=pages)
    for at, page in enumerate(pages):
        html = render(
            "site/rule.html",
            scripts=(),
            version=version,
            pages=pages,
            page=page,
            sections=[
                (title, _linked(body, ids - {page.id})) for title, body in page.sections.items()
            ],
            defaults="\n".join(default_yaml(page)),
            before=pages[at - 1] if at else None,
            after=pages[at + 1] if at + 1 < len(pages) else None,
        )
        yield f"{page.id}.html", html


def _linked(body: str, ids: frozenset[str]) -> Markup:
    """Return a section as HTML in which the ids of other rules lead to their pages."""

    def link(match: re.Match[str]) -> str:
        name = match[1]
        return f'<a href="{name}.html">{match[0]}</a>' if name in ids else match[0]

    return Markup(_ID.sub(link, document(body)))  # noqa: S704 -- escaped before
