"""An independent witness: mistune sees the same headings, links and code where grammars agree.

The documents are made only of constructs that Obsidian reads as CommonMark does. What is Obsidian's
own (wikilinks, tags, comments, math, lazy lines, setext headings of several lines) is left out.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import mistune
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared_data import SHARED, needs_vaults
from vaultlint.note.model import Note
from vaultlint.note.parse import parse_note

WITNESS = mistune.create_markdown(renderer=None)

# What the reader of one note, and the witness, found: headings, links and images, code.
Reading = tuple[list[tuple[int, str]], list[tuple[str, str]], list[str]]

words = st.text("abcdé日x1-", min_size=1, max_size=6).filter(lambda word: word[0].isalpha())
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)
paths = st.builds("{}/{}{}".format, words, words, st.sampled_from([".md", "", "%20b.md", "#part"]))
titles = st.sampled_from(["", "", ' "a title"', " 'a title'", " (a title)"])
urls = st.builds("https://example.org/{}".format, words)
bare = st.one_of(paths, urls)
destinations = st.one_of(bare, st.builds("<{}>".format, bare), st.just("<a b.md>"))
ticks = st.sampled_from(["`", "``"])
code = st.builds("{0}{1}{0}".format, ticks, st.one_of(phrases, st.just("[a](b)"), st.just("*a*")))
links = st.builds("[{}]({}{})".format, st.one_of(phrases, code), destinations, titles)
images = st.builds("![{}]({}{})".format, phrases, destinations, titles)
autolinks = st.builds("<{}>".format, urls)
escapes = st.sampled_from(["\\*", "\\`", "\\[", "\\]", "\\\\", "\\_", "\\<"])
atoms = st.one_of(phrases, code, links, images, autolinks, escapes)
# No mark within marks: Obsidian looks for the next mark, even inside of code.
quiet = st.one_of(phrases, st.builds("[{}]({})".format, phrases, bare), autolinks)
marks = st.sampled_from(["*", "**", "_", "__"])
marked = st.builds("{0}{1} {2} {1}{0}".format, marks, words, quiet)
runs = st.lists(st.one_of(atoms, marked), min_size=1, max_size=4).map(" ".join)
opened = st.builds("{} {}".format, words, runs)  # a line that begins no block

code_lines = st.lists(
    st.one_of(phrases, st.sampled_from(["# not", "[a](b.md)", "`x`", "* * *", "| a |", "~~", ""])),
    min_size=1,
    max_size=3,
).filter(lambda lines: bool(lines[0] and lines[-1]))
paragraphs = st.lists(opened, min_size=1, max_size=3).map("\n".join)
atx = st.builds(
    "{} {}{}".format,
    st.integers(1, 6).map(lambda level: "#" * level),
    opened,
    st.sampled_from(["", " #", " ###"]),
)
setext = st.builds("{}\n{}".format, opened, st.sampled_from(["===", "---"]))
fences = st.builds(
    lambda mark, info, lines: "\n".join([mark + info, *lines, mark]),
    st.sampled_from(["```", "~~~", "````"]),
    st.sampled_from(["", "py", " text"]),
    code_lines,
)
indented = st.builds(
    lambda word, lines: "\n".join([word, "", *(f"    {line}" if line else "" for line in lines)]),
    words,
    code_lines,
)
breaks = st.sampled_from(["***", "- - -", "___"])


def prefixed(first: str, rest: str, text: str) -> str:
    """Return ``text`` with ``first`` before its first line and ``rest`` before every other one."""
    head, *lines = text.split("\n")
    return "\n".join([first + head, *((rest + line).rstrip() for line in lines)])


def contained(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=2).map("\n\n".join)
    items = st.lists(several, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda text: prefixed("> ", "> ", text)),
        items.map(lambda each: "\n".join(prefixed("- ", "  ", text) for text in each)),
        items.map(lambda each: "\n".join(prefixed("1. ", "   ", text) for text in each)),
    )


leaves = st.one_of(paragraphs, atx, fences)
blocks = st.one_of(paragraphs, atx, setext, fences, indented, breaks, contained(leaves))
documents = st.lists(blocks, min_size=1, max_size=6).map("\n\n".join)


def plain(text: str) -> str:
    """Return source text without marks, destinations and white space."""
    text = re.sub(r"\]\((?:<[^<>]*>|[^()<>\s]*)[^()]*(?:\([^()]*\))?\)", "]", text)
    return "".join(re.sub(r"[\\*_`\[\]!<>]", "", text).split())


def code_text(text: str) -> str:
    """Return the lines of code without the marks of the blocks around it."""
    return "\n".join(line.lstrip(" >").rstrip() for line in text.strip().split("\n")).strip()


def ours(note: Note) -> Reading:
    headings = [(heading.level, plain(heading.text)) for heading in note.headings]
    found = [(link.span, link.embed, link.raw) for link in note.links]
    found += [(url.span, url.kind == "image", url.url) for url in note.urls]
    shown = [("image" if embed else "link", unquote(raw)) for _, embed, raw in sorted(found)]
    kept: list[tuple[int, str]] = []
    for region in note.regions:
        text = region.span.of(note.text)
        if region.kind == "code":
            kept.append((region.span.start, " ".join(text.strip("`").split())))
        elif region.kind == "fence":
            kept.append((region.span.start, code_text("\n".join(text.split("\n")[1:-1]))))
        elif region.kind == "indented":
            kept.append((region.span.start, code_text(text)))
    return headings, shown, [text for _, text in sorted(kept)]


def tokens(tree: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tree:
        yield token
        if token["type"] != "image":
            yield from tokens(token.get("children", []))


def raw_text(token: dict[str, Any]) -> str:
    return token.get("raw", "") + "".join(raw_text(child) for child in token.get("children", []))


def theirs(text: str) -> Reading:
    tree = WITNESS(text)
    assert isinstance(tree, list)
    headings = [
        (token["attrs"]["level"], plain(raw_text(token)))
        for token in tree
        if token["type"] == "heading"
    ]
    every = list(tokens(tree))
    shown = [
        (token["type"], unquote(token["attrs"]["url"]))
        for token in every
        if token["type"] in ("link", "image")
    ]
    kept = [
        " ".join(token["raw"].split()) if token["type"] == "codespan" else code_text(token["raw"])
        for token in every
        if token["type"] in ("codespan", "block_code")
    ]
    return headings, shown, kept


@given(documents)
@settings(max_examples=400)
def test_the_witness_sees_the_same(text: str) -> None:
    assert ours(parse_note("a.md", text.encode())) == theirs(text)


@given(documents)
def test_facts_are_the_same_with_other_line_ends_and_with_a_bom(text: str) -> None:
    windows = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert ours(parse_note("a.md", windows)) == ours(parse_note("a.md", text.encode()))


def test_the_witness_can_disagree() -> None:
    text = "several\nlines\n===\n"
    assert ours(parse_note("a.md", text.encode())) != theirs(text)


@needs_vaults
@pytest.mark.parametrize("vault", ["codecademy-docs", "digitalgarden"])
def test_the_witness_sees_the_same_headings_in_real_notes(vault: str) -> None:
    files = sorted((SHARED / "vaults" / vault).rglob("*.md"))[::7]
    assert files
    for file in files:
        note = parse_note("a.md", file.read_bytes())
        body = note.text[note.frontmatter.span.end if note.frontmatter else 0 :]
        assert ours(note)[0] == theirs(body)[0], file
