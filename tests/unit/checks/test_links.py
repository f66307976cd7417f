"""How a link is written anew, and which links are judged at all."""

import pytest

from vaultlint.checks._links import html_contents, is_url, written
from vaultlint.note.parse import parse_note

FILES = (
    "Note.md",
    "sub/My Note.md",
    "a/Twin.md",
    "b/Twin.md",
    "C#.md",
    "x/photo (1).png",
    "50%.md",
)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("[[Nte]]", "Note.md", "Note"),
        ("[[Nte.md]]", "Note.md", "Note.md"),
        ("[[old/Note]]", "Note.md", "Note"),
        ("[[old/My Note]]", "sub/My Note.md", "sub/My Note"),
        ("[[My Nte]]", "sub/My Note.md", "My Note"),
        ("[[Twn]]", "a/Twin.md", "a/Twin"),
        ("[x](My%20Nte.md)", "sub/My Note.md", "My%20Note.md"),
        ("[x](<My Nte.md>)", "sub/My Note.md", "My Note.md"),
        ("[x](../My%20Nte.md)", "sub/My Note.md", "../sub/My%20Note.md"),
        ("[x](./Nte.md)", "here/Note.md", "./Note.md"),
        ("![x](old/photo.png)", "x/photo (1).png", "x/photo%20%281%29.png"),
        ("![[photo.png]]", "x/photo (1).png", "photo (1).png"),
        ("[x](50.md)", "50%.md", "50%25.md"),
        ("[[C]]", "C#.md", None),
        ('---\nup: "[[Nte]]"\n---', "Note.md", "Note"),
        ('---\nup: "[[Nte]]"\n---', 'a "b".md', None),
    ],
)
def test_a_link_keeps_its_style(text: str, path: str, expected: str | None) -> None:
    note = parse_note("here/Start.md", text.encode())
    assert written(path, note.links[0], note, {*FILES, path}) == expected


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("<div>\n\nx\n\n</div>\n\ny", "\n\nx\n\n"),
        ("<div>\n\n<div>\n\nx\n\n</div>\n\n</div>", "\n\n<div>\n\nx\n\n</div>\n\n"),
        ("<div>\n\n<p>\n\nx\n\n</div>\n\ny\n\n</p>", "\n\n<p>\n\nx\n\n</div>\n\ny\n\n"),
        ("<div>\n\nx", ""),
        ("</div>\n\nx\n\n<div>", ""),
        ("a <span>x</span> b", ""),
        ("`<div>` x `</div>`", ""),
    ],
)
def test_contents_of_html_elements(text: str, inside: str) -> None:
    note = parse_note("a.md", text.encode())
    hidden = html_contents(note)
    assert "".join(char for at, char in enumerate(note.text) if at in hidden) == inside


@pytest.mark.parametrize("target", ["https://a.b", "obsidian://x", "mailto:a@b", "WWW.a.b"])
def test_a_url_in_a_wikilink(target: str) -> None:
    assert is_url(target)


@pytest.mark.parametrize("target", ["Note", "a: b", "wwwhat", "12:30", "a/b"])
def test_a_name_in_a_wikilink(target: str) -> None:
    assert not is_url(target)
