"""Canvases: what is on their cards counts as linked."""

import json

import pytest

from vaultlint.note.canvas import canvas_note, is_canvas


def targets(*cards: object) -> list[str]:
    data = json.dumps({"nodes": list(cards), "edges": []}).encode()
    return [link.target for link in canvas_note("board.canvas", data).links]


def test_a_file_card_names_its_file_from_the_root() -> None:
    assert targets({"type": "file", "file": "sub/Note.md", "subpath": "#A"}) == ["/sub/Note.md"]


def test_the_background_of_a_group_is_used() -> None:
    assert targets({"type": "group", "background": "files/a.png"}) == ["/files/a.png"]


def test_links_on_text_cards_count() -> None:
    assert targets({"type": "text", "text": "[[A|b]] `[[C]]` ![[d.png]]"}) == ["A", "d.png"]


@pytest.mark.parametrize(
    "card", [{}, {"file": 1}, {"file": ""}, {"text": None}, [], "x", {"text": "\ud800 [[A"}, None]
)
def test_odd_cards_have_no_links(card: object) -> None:
    assert targets(card) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"nodes": {}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"nodes": [' + b" " * 2**21,
    ],
)
def test_what_is_no_canvas_has_no_links(data: bytes) -> None:
    assert canvas_note("board.canvas", data).links == ()


def test_a_canvas_is_known_by_its_extension() -> None:
    assert is_canvas("a/Board.CANVAS")
    assert not is_canvas("canvas.md")
