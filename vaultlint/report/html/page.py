"""From what a page shows to its HTML: one file that loads nothing.

Invariant: every value is escaped by the template engine and passes ``inert`` on its way; the only
script and the only style that run are those whose hashes the page's own policy names.

Tests: tests/unit/report/html/test_page.py, tests/test_pages_in_browser.py
"""

import base64
import hashlib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from vaultlint.report.html.inert import inert
from vaultlint.report.html.model import Page

_SCRIPTS = ("contents.js", "filter.js", "map.js")


def report_page(page: Page) -> str:
    """Return the HTML of a vault's report."""
    sections = [
        ("overview", "Overview", True),
        ("rules", "By rule", page.rules),
        ("folders", "By folder", page.folders),
        ("time", "Over time", page.panels),
        ("worst", "Most to do", page.worst),
        ("map", "Map", page.map),
        ("terms", "Vocabulary", page.material.terms or page.material.tags),
        ("sources", "Reading list", page.material.sources),
        ("findings", "Findings", True),
        ("notes", "All notes", page.entries),
    ]
    return render(
        "report.html",
        scripts=_SCRIPTS,
        version=page.material.version,
        page=page,
        sections=[(id_, title) for id_, title, there in sections if there],
    )


def render(template: str, *, scripts: tuple[str, ...], version: str, **shown: Any) -> str:
    """Return ``template`` with what it shows, its style, its script and its policy."""
    style = _source("page.css")
    script = "".join(map(_source, scripts))
    return (
        _templates()
        .get_template(template)
        .render(
            style=Markup(style),  # noqa: S704 -- ours
            script=Markup(script),  # noqa: S704 -- ours
            policy=_policy(style, script),
            version=version,
            **shown,
        )
    )


def _policy(style: str, script: str) -> str:
    """Return a policy under which nothing is loaded and only this style and script count."""
    allowed = [f"style-src '{_hash(style)}'", f"script-src '{_hash(script)}'" if script else ""]
    rest = ["img-src data:", "base-uri 'none'", "form-action 'none'"]
    return "; ".join(filter(None, ["default-src 'none'", *allowed, *rest]))


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _source(name: str) -> str:
    return files("vaultlint.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("vaultlint.report", "templates"),
        autoescape=True,
        finalize=_finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        grouped=_grouped, dashed=_dashed, signed=_signed, share=_share, lines=_lines, path=_path
    )
    environment.globals["day"] = _day
    return environment


def _finalized(value: Any) -> Any:
    return inert(value) if type(value) is str else value  # Markup is HTML of ours


def _grouped(number: int) -> str:
    return f"{number:,}"


def _dashed(number: int) -> str:
    return f"{number:,}" if number else "–"


def _signed(number: int, sign: str) -> str:
    return f"{sign}{number:,}" if number else ""


def _share(number: int, whole: int) -> str:
    """Return a share in percent that is never rounded to none or all."""
    percent = 100 * number / whole
    if 0 < percent < 1:
        return "under 1%"
    return "over 99%" if 99 < percent < 100 else f"{percent:.0f}%"


def _lines(text: str) -> Markup:
    """Return several lines of ours, each made inert by itself."""
    return Markup("\n").join(map(inert, text.split("\n")))


def _path(file: str) -> Markup:
    """Return the path of a file, which may be broken into lines between folders."""
    return Markup("/<wbr>").join(map(inert, file.split("/")))


def _day(when: datetime) -> str:
    return f"{when.day} {when:%B %Y}"
