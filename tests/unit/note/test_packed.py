"""Notes come back from their packed form as they were, whatever facts they hold."""

from random import Random

from tests.shared_data import SHARED, needs_vaults
from tests.vault_grammar import vault
from vaultlint.note.model import Note
from vaultlint.note.packed import pack_note, unpack_note
from vaultlint.note.parse import parse_note

EVERYTHING = b"""\xef\xbb\xbf---
aliases: [One, "\xff"]
tags: {a: 1.5, b: [null, true]}
link: "[[x|y]]"
vaultlint: {ignore: [broken-embed]}
---
# Head %% vaultlint-ignore broken-link %%
[[a#b|c]] ![i](j.png "t") [r][d] <https://x.y> [x](My Note.md) [[ `code` $m$ ==h== ^id
> [!note|m]- Title
- [x] #PAPER [A title (B 2020)](https://arxiv.org/abs/2001.00001) [k:: v]
[^1] %% open
[d]: e
[^1]: foot \xf0\x9f\x98\x80
"""


def comes_back(file: str, data: bytes) -> bool:
    note = parse_note(file, data)
    back = unpack_note(pack_note(note), data)
    return back == note and repr(_plain(back)) == repr(_plain(note))


def _plain(note: Note) -> Note:
    """Return ``note`` with the places of its properties, a mapping of any kind, as a dict."""
    if note.frontmatter is None:
        return note
    places = dict(note.frontmatter.places)
    return note._replace(frontmatter=note.frontmatter._replace(places=places))


def test_every_kind_of_fact_comes_back() -> None:
    note = parse_note("a.md", EVERYTHING)
    empty = [field for field in note._fields if not getattr(note, field)]
    assert not empty, "a fact that this note does not show"
    assert comes_back("a.md", EVERYTHING)
    assert comes_back("b.md", b"")


def test_notes_of_a_grammar_come_back() -> None:
    for seed in range(20):
        for file, data in vault(Random(seed), 20).items():
            assert comes_back(file, data)


@needs_vaults
def test_real_notes_come_back() -> None:
    for number, path in enumerate(sorted((SHARED / "vaults").rglob("*.md"))):
        assert number % 7 or comes_back(path.name, path.read_bytes())


def test_other_bytes_are_not_taken_for_the_note() -> None:
    packed = pack_note(parse_note("a.md", EVERYTHING))
    assert unpack_note(packed, EVERYTHING + b" ") is None
