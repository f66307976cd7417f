"""Whatever advice asks for is recorded."""

import inspect

import pytest

from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.vault.advising import AdvisingView
from vaultlint.vault.keys import ANYTHING, FILES, OUTLINES
from vaultlint.vault.link_text import LinkStyle
from vaultlint.vault.view import VaultView


@pytest.fixture
def view() -> AdvisingView:
    source = MemorySource({"a.md": b"[[b]]\n", "b.md": b"text ^id\n"})
    session = Session(source, ConfigRequest(), jobs=1)
    session.apply()
    view = session._loaded.checker.advising_view(session.note("a.md"))
    view.reads = set()
    return view


def test_what_rules_do_not_record_is_recorded(view: AdvisingView) -> None:
    asked = {
        ("text", "b.md"): lambda: view.note("b.md"),
        FILES: view.files,
        OUTLINES: lambda: view.notes_with_block("id"),
        ("setting", "newLinkFormat"): lambda: view.linktext("b.md"),
        ANYTHING: lambda: view.inlinks("b.md"),
    }
    for key, ask in asked.items():
        view.reads = set()
        ask()
        assert key in view.reads


def test_a_place_takes_the_text_it_is_in(view: AdvisingView) -> None:
    view.position("b.md", view.note("b.md").blocks[0].span)
    assert ("text", "b.md") in view.reads
    view.reads = set()
    assert view.anchor("b.md", "^id") is not None
    assert ("text", "b.md") in view.reads


def test_every_question_of_a_view_leaves_a_key(view: AdvisingView) -> None:
    link = view.note("a.md").links[0]
    values = {
        "link": link, "ref": ("b", ""), "target": "b.md", "file": "b.md", "anchor": "id",
        "name": "b", "identifier": ("doi", "10/1"), "title": "t", "tag": "t", "path": "b.md",
        "glob": "*.md", "vocabulary": "v", "term": "t", "block_id": "id",
        "span": link.span, "style": LinkStyle(markdown=False, embed=False),
    }  # fmt: skip
    for name, method in inspect.getmembers(VaultView, inspect.isfunction):
        if name.startswith("_"):
            continue
        view.reads = set()
        needed = [
            values[one.name]
            for one in inspect.signature(method).parameters.values()
            if one.name != "self" and one.default is one.empty and one.kind is not one.KEYWORD_ONLY
        ]
        try:
            getattr(view, name)(*needed)
        except KeyError:  # a vocabulary that is not configured
            assert name == "vocabulary"
        assert view.reads, name
