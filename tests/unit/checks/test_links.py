"""Which links are judged at all."""

import pytest

from vaultlint.checks._links import html_contents, is_url
from vaultlint.note.parse import parse_note


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("<div>\n\nx\n\n</div>\n\ny", "\n\nx\n\n"),
        ("<div>\n\n<div>\n\nx\n\n</div>\n\n</div>", "\n\n<div>\n\nx\n\n</div>\n\n"),
        ("<div>\n\n<p>\n\nx\n\n</div>\n\ny\n\n</p>", "\n\n<p>\n\nx\n\n</div>\n\ny\n\n"),
        ("<font color=red>\n\nx\n\n</font>", "\n\nx\n\n"),
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
