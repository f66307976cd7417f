"""Changed texts over another source."""

import pytest

from tests.memory_source import MemorySource
from vaultlint.errors import SourceError
from vaultlint.source.overlay import OverlaySource

BASE = MemorySource({"a.md": b"a", "b.md": b"b", ".obsidian/app.json": b"{}"})


def test_texts_replace_add_and_remove():
    source = OverlaySource(BASE, {"a.md": b"new", "0.md": b"zero", "b.md": None})
    assert list(source.list()) == ["0.md", "a.md"]
    assert source.list()["a.md"].size == 3
    assert source.read("a.md") == b"new"
    assert source.read("0.md") == b"zero"
    with pytest.raises(SourceError):
        source.read("b.md")


def test_the_rest_comes_from_the_base():
    source = OverlaySource(BASE, {"a.md": b"new"})
    assert source.list()["b.md"] == BASE.list()["b.md"]
    assert source.read("b.md") == b"b"
    assert source.read(".obsidian/app.json") == b"{}"


def test_the_stamp_follows_the_text():
    stamps = [
        OverlaySource(BASE, {"a.md": text}).list()["a.md"].stamp for text in (b"1", b"2", b"1")
    ]
    assert stamps[0] == stamps[2] != stamps[1]
    assert stamps[0] != BASE.list()["a.md"].stamp


def test_a_hidden_text_can_be_read_but_is_not_listed():
    source = OverlaySource(BASE, {".obsidian/app.json": b"[]"})
    assert list(source.list()) == ["a.md", "b.md"]
    assert source.read(".obsidian/app.json") == b"[]"


def test_overlays_stack_and_the_mapping_is_copied():
    texts = {"a.md": b"1"}
    source = OverlaySource(OverlaySource(BASE, texts), {"b.md": b"2"})
    texts["a.md"] = b"changed later"
    assert (source.read("a.md"), source.read("b.md")) == (b"1", b"2")
