"""How a link is written anew: it opens what was meant, and nothing else of it changes."""

from types import SimpleNamespace

import pytest

from tests.vault_of import listing
from vaultlint.checks._relink import makes_row, path_text, relink
from vaultlint.diagnostics import Safety
from vaultlint.note.model import Note
from vaultlint.note.parse import parse_note
from vaultlint.text import Span, apply_edits
from vaultlint.vault.settings import Settings
from vaultlint.vault.view import VaultView

FILES = (
    "Note.md",
    "sub/My Note.md",
    "a/Twin.md",
    "b/Twin.md",
    "C#.md",
    "x/photo (1).png",
    "x/smile ).png",
    "50%.md",
    "50% off.md",
    "100%25.md",
    'a "b".md',
    "it's.md",
    "here/Start.md",
)


def view_of(note: Note, form: str = "shortest") -> VaultView:
    index = listing(*FILES)
    index.set_settings(Settings({"newLinkFormat": form}, {}))
    return VaultView(index, note, SimpleNamespace(), lambda file: note)


def repaired(text: str, path: str, form: str = "shortest", **parts: str) -> str | None:
    note = parse_note("here/Start.md", text.encode())
    link = note.links[0]
    written = path_text(path, link, view_of(note, form))
    if written is None:
        return None
    fix = relink("t", Safety.UNSAFE, note, link, path=written, **parts)
    if fix is None:
        return None
    new = apply_edits(note.text, [(edit.span, edit.text) for edit in fix.edits])
    again = parse_note("here/Start.md", new.encode())
    assert view_of(again).resolve(again.links[0]).target == path
    return new


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("[[Nte]]", "Note.md", "[[Note]]"),
        ("[[Nte.md]]", "Note.md", "[[Note.md]]"),
        ("[[ Nte ]]", "Note.md", "[[ Note ]]"),
        ("[[Nte#A|b]]", "Note.md", "[[Note#A|b]]"),
        ("![[Nte#A|100x20]]", "Note.md", "![[Note#A|100x20]]"),
        ("[[old/My Note]]", "sub/My Note.md", "[[My Note]]"),
        ("[[Twn]]", "a/Twin.md", "[[a/Twin]]"),
        ("| [[Twn\\|x]] |\n| - |", "a/Twin.md", "| [[a/Twin\\|x]] |\n| - |"),
        ("[x](My%20Nte.md)", "sub/My Note.md", "[x](My%20Note.md)"),
        ('[x](My%20Nte.md "t")', "sub/My Note.md", '[x](My%20Note.md "t")'),
        ("[x](<My Nte.md>)", "sub/My Note.md", "[x](<My Note.md>)"),
        ("[x](My%20Nte.md#a%20b)", "sub/My Note.md", "[x](My%20Note.md#a%20b)"),
        ("![x](old/photo.png)", "x/photo (1).png", "![x](photo%20(1).png)"),
        ("![x](old/photo.png)", "x/smile ).png", "![x](smile%20%29.png)"),
        ("![[photo.png]]", "x/photo (1).png", "![[photo (1).png]]"),
        ("[x](50.md)", "50%.md", "[x](50%25.md)"),
        ("[x](50.md)", "50% off.md", "[x](50%25%20off.md)"),
        ("[x](<50.md>)", "100%25.md", "[x](<100%2525.md>)"),
        ("[[C]]", "C#.md", None),
        ('---\nup: "[[Nte]]"\n---', "Note.md", '---\nup: "[[Note]]"\n---'),
        ("---\nup: '[[Nte|a ''b'']]' # c\n---", "Note.md", "---\nup: '[[Note|a ''b'']]' # c\n---"),
        ('---\nup: "[[Nte]]"\n---', 'a "b".md', '---\nup: "[[a \\"b\\"]]"\n---'),
        ("---\nup: ['[[Nte]]', x]\n---", "it's.md", "---\nup: ['[[it''s]]', x]\n---"),
        ('---\r\nup:\r\n  - "[x](Nte.md)"\r\n---', "50% off.md",
         '---\r\nup:\r\n  - "[x](50%25%20off.md)"\r\n---'),
        ("---\nup: >-\n  [[Nte]]\n---", "Note.md", None),
        ('---\nup: &a "[[Nte]]"\n---', "Note.md", None),
    ],
)  # fmt: skip
def test_a_link_keeps_what_it_was(text: str, path: str, expected: str | None) -> None:
    assert repaired(text, path) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("shortest", "[[My Note]]"),
        ("absolute", "[[sub/My Note]]"),
        ("relative", "[[../sub/My Note]]"),
    ],
)
def test_a_link_is_written_in_the_format_of_the_vault(form: str, expected: str) -> None:
    assert repaired("[[x/My Note]]", "sub/My Note.md", form) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Bob]]", "[[Note|Bob]]"),
        ("[[Bob#A]]", "[[Note#A|Bob]]"),
        ("[[Bob|x]]", "[[Note|x]]"),
        ("| [[Bob]] |\n| - |", "| [[Note\\|Bob]] |\n| - |"),
        ('---\nup: "[[Bob]]"\n---', '---\nup: "[[Note|Bob]]"\n---'),
    ],
)
def test_the_text_that_readers_see_is_added(text: str, expected: str) -> None:
    assert repaired(text, "Note.md", alias="Bob") == expected


def test_a_fix_names_what_it_was_computed_from() -> None:
    note, other = parse_note("a.md", b"[[x]]"), parse_note("b.md", b"b")
    fix = relink("t", Safety.SAFE, note, note.links[0], other, path="b")
    assert fix is not None
    assert fix.base == {"a.md": note.digest, "b.md": other.digest}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["[[x]]"], False),
        (["| a |", "[[x]]"], True),
        (["[[x]]", "| - |"], True),
        (["| a |", "| [[x]] |", "| b |"], False),
        (["| a |", "", "[[x]]", "", "| b |"], False),
    ],
)
def test_a_bar_beside_a_table_makes_a_row(lines: list[str], expected: bool, end: str) -> None:
    note = parse_note("a.md", end.join(lines).encode())
    at = note.text.index("[[x]]")
    assert makes_row(note, Span(at, at + 5)) is expected
