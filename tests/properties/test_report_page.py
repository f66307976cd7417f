"""The page of any vault is well-formed, its links lead somewhere, and nothing of the vault acts."""

from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory_source import MemorySource
from tests.vault_grammar import vault
from vaultlint.cli.place import Place
from vaultlint.cli.report_material import gather
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.report.html.build import build
from vaultlint.report.html.inert import inert
from vaultlint.report.html.page import report_page

VOID = {"meta", "link", "input", "br", "wbr"}
SCHEMES = ("#", "http://", "https://", "mailto:", "data:,")


class Page(HTMLParser):
    """What a page holds; elements have to be closed in the order in which they were opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.scripts = 0
        self.feed(html)
        self.close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.look(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.look(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, self.getpos()

    def look(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        assert tag not in {"img", "iframe", "object", "embed", "base"}
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in {"style", "src", "srcset", "action", "xlink:href"}, name
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.hrefs.append(value or "")


@given(st.integers(0, 1 << 32), st.integers(0, 8))
@settings(max_examples=30)
def test_any_vault(seed: int, notes: int) -> None:
    source = MemorySource(vault(Random(seed), notes))
    session = Session(source, ConfigRequest(), jobs=1)
    session.apply()
    made = gather(session, Place(Path("/garden")), earlier=(), when=datetime(2026, 1, 1), most=40)
    html = report_page(build(made))
    page = Page(html)
    assert page.open == []
    assert page.scripts <= 2
    assert len(page.ids) == len(set(page.ids))
    assert all(href.startswith(SCHEMES) for href in page.hrefs)
    inside = {href[1:] for href in page.hrefs if href.startswith("#")}
    assert inside <= set(page.ids)
    assert inert(html.replace("\n", "")) == html.replace("\n", "")
