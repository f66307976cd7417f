"""Subpaths: how headings are compared and written, and what a heading path finds."""

import pytest

from tests.shared_data import vectors
from tests.vault_of import NOWHERE
from vaultlint.note.model import BlockId, Footnote, Frontmatter, Heading, Note
from vaultlint.text import Span
from vaultlint.vault.anchors import (
    find,
    fold_heading,
    line_of,
    outline,
    segments,
    strip_heading_for_link,
)


def ids(*groups):
    return [pytest.param(vector, id=vector["id"]) for vector in vectors(*groups)]


@pytest.mark.parametrize("vector", ids("strip-heading"))
def test_vectors_of_comparing(vector):
    assert fold_heading(vector["input"]["heading"]) == vector["expect"]["compare_key"]


@pytest.mark.parametrize("vector", ids("strip-heading-for-link"))
def test_vectors_of_writing(vector):
    written = strip_heading_for_link(vector["input"]["heading"])
    assert written == vector["expect"]["link_fragment"]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Q&A: what next?", "Q A what next"),
        ('a!b"c#d$e%f&g(h)i*j+k,l.m:n;o', "a b c d e f g h i j k l m n o"),
        ("a<b=c>d?e@f^g`h{i|j}k~l/m[n]o\\p", "a b c d e f g h i j k l m n o p"),
        ("one\r\ntwo\nthree", "one two three"),
        ("  many\t\u00a0 spaces ", "many spaces"),
        ("kebab-case_and 'quotes'", "kebab-case_and 'quotes'"),
        ("“curly” – dash — dash …", "“curly” – dash — dash …"),
        ("日本語、。！", "日本語、。！"),
        ("🙂 done", "🙂 done"),
        ("!!!", ""),
    ],
)
def test_what_counts_when_headings_are_compared(heading, key):
    assert fold_heading(heading) == key.lower()


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("A: b # c | d ^ e \\ f", "A b c d e f"),
        ("50%% off, 50% on", "50 off, 50% on"),
        ("See [[A]] and [b]", "See A and [b]"),
        ("one\r\ntwo", "one two"),
        ("What? (yes!)", "What? (yes!)"),
    ],
)
def test_how_a_heading_is_written_in_a_link(heading, written):
    assert strip_heading_for_link(heading) == written
    assert fold_heading(written) == fold_heading(heading)


def test_empty_segments_vanish():
    assert segments("a##b# #") == ["a", "b"]
    assert segments("") == segments("#") == []


def made(*headings, blocks=(), footnotes=(), text=""):
    """Return a note of (level, text) headings, one a line, then block ids and footnotes."""
    lines = []
    facts = []
    at = 0
    for level, heading in headings:
        line = f"{'#' * level} {heading}\n"
        facts.append(Heading(Span(at, at + len(line) - 1), level, heading, NOWHERE))
        lines.append(line)
        at += len(line)
    start = Span(at, at)
    return Note(
        "N.md",
        "".join(lines) + text,
        "0",
        headings=tuple(facts),
        blocks=tuple(BlockId(name, start, start) for name in blocks),
        footnotes=tuple(Footnote(name, start, definition) for name, definition in footnotes),
    )


DOC = made(
    (1, "Intro"), (2, "Setup"), (3, "Linux"), (2, "Usage"), (3, "Linux"), (1, "Annex"),
    (2, "Setup"), (2, "Q&A: what next?"), (2, "See [[Alpha]] now"), (2, "Intro"), (1, "!!!"),
    blocks=("blk-1", "Li-2"), footnotes=(("n1", True), ("ref", False), ("Up", True)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("subpath", "kind", "line"),
    [
        ("Intro", "heading", 0),
        ("iNTRO", "heading", 0),
        ("Setup", "heading", 1),  # of two the first
        ("Annex#Setup", "heading", 6),
        ("Intro#Setup#Linux", "heading", 2),
        ("Intro#Linux", "heading", 2),  # levels may be skipped
        ("Intro#Usage#Linux", "heading", 4),
        ("Setup#Linux", "heading", 2),
        ("Usage#Q&A: what next?", None, None),  # not deeper
        ("Intro#See Alpha now", "heading", 8),  # the walk leaves the section
        ("Annex#Linux", None, None),  # the walk goes forward only
        ("Linux#Setup", None, None),
        ("Intro#Missing", None, None),
        ("Missing#Setup", None, None),
        ("Intro#Intro", "heading", 9),
        ("Q A what next", "heading", 7),
        ("q&a WHAT next?", "heading", 7),
        ("See [[Alpha]] now", "heading", 8),
        ("q-a-what-next", None, None),  # slugs are of another tool
        ("Missing", None, None),
        ("!!!", "heading", 10),
        ("#Intro", "heading", 0),
        ("Annex#", "heading", 5),
        ("", None, None),
        ("^blk-1", "block", 11),
        ("^BLK-1", "block", 11),
        ("^li-2", "block", 11),
        ("^missing", None, None),
        ("^usage", "heading", 3),  # an unknown id is compared with headings
        ("Intro#^blk-1", None, None),  # only a single segment is an id
        ("[^n1]", "footnote", 11),
        ("[^up]", "footnote", 11),
        ("[^ref]", None, None),  # a reference is no target
        ("[^n9]", None, None),
    ],
)
def test_what_a_subpath_finds(subpath, kind, line):
    found = find(outline(DOC), subpath)
    assert (found.type if found else None) == kind
    assert (line_of(DOC, found, subpath) if found else None) == line


def test_a_note_without_anchors_has_no_outline():
    assert outline(made()) is None
    assert find(None, "a") is None


@pytest.mark.parametrize(
    ("text", "accepted", "refused"),
    [
        ("one\ntwo\n===\n", ("one two", "two"), ("three", "one")),
        ("one\r\ntwo\r\n---  \r\n", ("one two",), ()),
        ("one\n===  \n", ("one",), ()),
        ("one\n=== x\n", (), ("one",)),
        ("one\n\ntwo\n===\n", (), ("one two",)),
        ("> one\n> two\n---\n", (), ("one two",)),
        ("# one\ntwo\n===\n", (), ("one two",)),
        ("---\n---\n", (), ("---",)),
    ],
)
def test_headings_of_several_lines_are_accepted(text, accepted, refused):
    known = outline(made(text=text))
    for heading in accepted:
        assert find(known, heading), heading
    for heading in refused:
        assert not find(known, heading), heading


def test_the_line_of_a_heading_of_several_lines_is_its_own():
    note = made(text="text\n\none\ntwo\n===\n\nthree\n--- \n")
    known = outline(note)
    lines = {each: line_of(note, find(known, each), each) for each in ("one two", "two", "three")}
    assert lines == {"one two": 2, "two": 3, "three": 6}
    first = made(text="one\ntwo\n===\n")
    assert line_of(first, find(outline(first), "one two"), "one two") == 0


def test_properties_are_not_taken_for_a_heading():
    text = "---\na: 1\nb: 2\n---\n"
    frontmatter = Frontmatter(Span(0, len(text)), Span(4, 14), {"a": 1, "b": 2}, {}, True)
    assert outline(made(text=text)._replace(frontmatter=frontmatter)) is None


def test_underlines_without_end_take_linear_time():
    text = "x\n" * 20 + "===\n" * 50_000
    assert outline(made(text=text)) is not None


def test_the_line_follows_the_text_though_the_outline_does_not_change():
    before, after = made((1, "A")), made((1, "A"))
    moved = after._replace(text="prose\n# A\n", headings=(Heading(Span(6, 9), 1, "A", Span(8, 9)),))
    assert outline(before) == outline(moved)
    assert line_of(before, find(outline(before), "A"), "A") == 0
    assert line_of(moved, find(outline(moved), "A"), "A") == 1
