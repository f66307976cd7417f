"""Texts of a canvas: where they stand in its JSON, and how one is changed in place."""

import json

import pytest

from vaultlint.note.canvas_text import CanvasText, canvas_edits, canvas_texts
from vaultlint.text import Span, apply_edits


def rewritten(text: str, old: str, new: str) -> str:
    def rewrite(card: CanvasText) -> list[tuple[Span, str]]:
        at = card.value.find(old)
        return [] if at < 0 else [(Span(at, at + len(old)), new)]

    return apply_edits(text, list(canvas_edits(text, rewrite)))


def test_the_texts_of_cards_and_nothing_else() -> None:
    text = json.dumps(
        {
            "text": "not a card",
            "nodes": [
                {
                    "type": "text",
                    "text": "one",
                    "style": {"text": "deep"},
                    "tags": ["file", "text"],
                },
                {"id": "file", "file": "a/b.md", "subpath": "#h"},
                ["text", "x"],
                {"background": "p.png", "text": 5},
            ],
            "edges": [{"file": "no.md"}],
        },
        indent=1,
    )
    found = list(canvas_texts(text))
    assert [(each.key, each.value) for each in found] == [
        ("text", "one"),
        ("file", "a/b.md"),
        ("background", "p.png"),
    ]
    assert all(json.loads(f'"{each.span.of(text)}"') == each.value for each in found)


@pytest.mark.parametrize(
    "text", ["", "[", "[]", "{}", '{"nodes": 5}', '{"nodes": [{"text"', "\x00"]
)
def test_what_is_no_canvas_has_no_texts(text: str) -> None:
    assert list(canvas_texts(text)) == []


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        ('{"nodes":[{"text":"a [[x]] b"}]}', "x", "y", '{"nodes":[{"text":"a [[y]] b"}]}'),
        (r'{"nodes":[{"text":"\"q\"\n😀 [[x]]"}]}', "x", 'y"', r'{"nodes":[{"text":"\"q\"\n😀 [[y\"]]"}]}'),
        (r'{"nodes":[{"text":"\ud83d\ude00é [[x]]"}]}', "x", "ü", r'{"nodes":[{"text":"\ud83d\ude00é [[\u00fc]]"}]}'),
        (r'{"nodes":[{"text":"\u00e9 [[x]]"}]}', "é ", "", r'{"nodes":[{"text":"[[x]]"}]}'),
        (r'{ "nodes" : [ { "file" : "a\/x.md" , "x":1} ] }', "a/x", "b/x", r'{ "nodes" : [ { "file" : "b/x.md" , "x":1} ] }'),
        ('{"nodes":[{"file":"é.md"}]}', "é", "ü", '{"nodes":[{"file":"ü.md"}]}'),
    ],
)  # fmt: skip
def test_a_text_is_changed_in_place(before: str, old: str, new: str, after: str) -> None:
    assert rewritten(before, old, new) == after
    json.loads(after)
