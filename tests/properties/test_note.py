"""Whatever the bytes: a note comes back, and every fact lies where it says."""

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.subject import spans
from vaultlint.note.model import Note
from vaultlint.note.parse import parse_note

_PIECES = [
    "# ",
    "- ",
    "> ",
    "1. ",
    "```",
    "~~~",
    "$$",
    "$",
    "%%",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<b>",
    "|",
    "|-|-|",
    "---",
    "===",
    "[[",
    "]]",
    "[",
    "](",
    ")",
    "![[",
    "!",
    "#a",
    "^b",
    "::",
    "**",
    "*",
    "_",
    "==",
    "~~",
    "`",
    "\\",
    "[^1]",
    "[^1]: ",
    "[r]: ",
    "[ ] ",
    "[!x] ",
    "https://a.b",
    "www.a.b",
    "a",
    "b c",
    "é",
    "😀",
    "\xa0",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "%20",
    "    ",
    "\t",
    "&amp;",
    "%% vaultlint-ignore x %%",
    "key:: ",
    "---\na: 1\n---\n",
]
# Lone carriage returns are line ends of their own, so these are left out of comparisons.
_TEXT = st.lists(st.sampled_from([*_PIECES, "\n", "\n", "\n", " "]), max_size=40).map("".join)


def _facts(note: Note) -> dict[str, tuple[Any, ...]]:
    return {name: value for name, value in note._asdict().items() if isinstance(value, tuple)}


@given(st.binary(max_size=300) | _TEXT.map(lambda text: text.encode("utf-8")))
def test_never_raises_and_every_span_lies_inside(data):
    note = parse_note("a.md", data)
    for facts in _facts(note).values():
        for span in spans(facts):
            assert 0 <= span.start <= span.end <= len(note.text)


@given(_TEXT)
def test_facts_say_what_stands_at_their_place(text):
    note = parse_note("a.md", text.encode())
    for link in note.links:
        if link.kind == "wiki":
            written = link.span.of(note.text)
            assert written.startswith("![[" if link.embed else "[[")
            assert written.endswith("]]")
    for tag in note.tags:
        if not tag.key:
            assert tag.span.of(note.text) == f"#{tag.name}"
    for block in note.blocks:
        assert block.span.of(note.text) == f"^{block.id}"
    for heading in note.headings:
        assert heading.text_span.of(note.text) == heading.text
    for url in note.urls:
        assert url.url_span.of(note.text) == url.url


@given(_TEXT)
def test_facts_survive_crlf_and_bom(text):
    plain = parse_note("a.md", text.encode())
    other = parse_note("a.md", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    if text.startswith("\ufeff"):
        return
    assert other.bom
    for name, facts in _facts(plain).items():
        if name in ("problems", "frontmatter"):
            continue
        there = _facts(other)[name]
        assert len(there) == len(facts), name
        for one, two in zip(facts, there, strict=True):
            ours = [span.of(plain.text) for span in spans(one)]
            theirs = [span.of(other.text).replace("\r\n", "\n") for span in spans(two)]
            assert ours == theirs


_REPEATED = [
    "[[",
    "[",
    "](",
    ")",
    "![[",
    "[a](",
    "[a](b",
    "[a](<",
    '[a](b "',
    "[a](b (",
    "[[a](b",
    "[a][",
    "[^",
    "[^a ",
    "<!--",
    "%%",
    "$",
    "$$",
    "$a ",
    "`",
    "`a``",
    "*",
    "**",
    "_",
    "_a",
    "*a ",
    "~~",
    "==a ",
    "> ",
    "- ",
    "* - ",
    "1. ",
    "# ",
    "<",
    "<a b='",
    "<?",
    "<!a ",
    "</",
    "http://",
    "www.",
    "::",
    "[a:: ",
    "(a:: b",
    "^a ",
    "\\",
    "    a\n",
    "---\n",
    "===\n",
    "$$\n",
    "~~~\n",
    "<!-- a\n",
    "%%\n",
    "- a\n  - b\n",
    "> - ",
    "a\n> b\n",
    "[a]: b\n",
    "[^1]: a\n",
    "a %% vaultlint-ignore x %%\n",
    "<div>\n",
    "\t",
    "é",
]


def _calls(text: str) -> int:
    """Return how many Python and C functions reading ``text`` calls: work without a clock."""
    count = 0

    def observe(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(observe)
    try:
        parse_note("a.md", text.encode())
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", [*_REPEATED, "|", "|a|\n", "a|b\n-|-\n", "[[a|b"])
@pytest.mark.parametrize("prefix", ["a ", "> ", "- "])
def test_twice_the_text_is_twice_the_work(piece, prefix):
    size = 2000 // len(piece)
    once, twice = (_calls(f"{prefix}{piece * (size * times)} z") for times in (1, 2))
    assert twice <= 2.2 * once + 500


@pytest.mark.parametrize("mark", ["> ", "- ", "[", "![", "*", "(", "<b>", "1. ", "`", "$", "%% "])
def test_a_hundred_thousand_levels(mark):
    note = parse_note("a.md", (mark * 100_000 + "a").encode())
    assert note.parsed
