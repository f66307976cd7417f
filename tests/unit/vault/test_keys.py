"""What a note tells the vault, and how names are folded."""

import marshal

import pytest

from tests.vault_of import cited, note
from vaultlint.note.parse import attachment, parse_note
from vaultlint.vault.keys import (
    FACTS,
    exports,
    fold,
    fold_tag,
    fold_title,
    folder_of,
    is_markdown,
    name_of,
)

TEXT = """\
---
aliases: [First Letter, " A "]
tags: [area/work, Topic]
catalog: [x, 3, "[[Prop Link]]"]
note: plain
---
# Intro

See [[B#C|d]], ![[b]], [x](My%20Note.md#h), [y](A%23b.md), [z][ref] and [[B]]. #topic #Topic/

[ref]: Elsewhere.md

text ^Block-1
"""


def told(text, file="n.md"):
    return exports(parse_note(file, text.encode()))


def test_what_a_note_tells():
    found = told(TEXT)
    assert found["alias", "first letter"] is True
    assert found["alias", "a"] is True
    assert found["tag", "topic"] == ("Topic", "Topic/", "topic")
    assert found["tag", "area/work"] == ("area/work",)
    assert found["values", "n.md"][0] == ("aliases", ("First Letter", " A "))
    assert ("catalog", ("x", "[[Prop Link]]")) in found["values", "n.md"]
    headings, others = found["anchor", "n.md"]
    assert headings == ((1, "intro"),)
    assert others == ("^block-1",)


def test_citations_are_told_by_source_and_by_title():
    source = ("arxiv", "2001.01234")
    citations = (
        cited("PAPER REVIEW", "On Things (Lee 2020)", source),
        cited("CODE", None, source),
        cited("BOOK", "On things!", None),
    )
    found = exports(note("n.md", citations=citations))
    first = (("PAPER", "REVIEW"), "On Things (Lee 2020)")
    assert found == {
        ("facts", "n.md"): FACTS["citations"],
        ("source", *source): (first, (("CODE",), None)),
        ("title", "on things"): (first, (("BOOK",), "On things!")),
    }


def test_links_into_the_vault_have_no_title():
    citation = cited("PAPER", "A note", None)
    (link,) = citation.links
    inside = citation._replace(links=(link._replace(url="A note.md"),))
    assert exports(note("n.md", citations=(inside,))) == {("facts", "n.md"): FACTS["citations"]}


def test_a_note_tells_which_kinds_of_facts_it_has():
    names = ("frontmatter", "headings", "blocks", "links", "tags", "aliases")
    assert told(TEXT)["facts", "n.md"] == sum(FACTS[name] for name in names)
    assert ("facts", "n.md") not in told("Nothing but text.\n")


def test_distinct_links_are_told_once_and_references_never():
    refs = told(TEXT)["link", "n.md"]
    assert len(refs) == len(set(refs))
    assert {target for target, _ in refs} >= {"B", "b", "My Note.md", "A%23b.md", "Prop Link"}
    assert "Elsewhere.md" not in {target for target, _ in refs}
    assert ("B", "") in refs
    assert ("A%23b.md", "A%23b.md") in refs


def test_moving_text_tells_nothing_new():
    assert told(TEXT) == told(TEXT.replace("# Intro", "Prose.\n\nMore prose.\n\n# Intro"))


def test_what_is_told_is_plain_data():
    found = told(TEXT)
    assert marshal.loads(marshal.dumps(found)) == found


def test_an_empty_note_and_an_attachment_tell_nothing():
    assert told("") == told("prose\n") == {}
    assert exports(attachment("x.png", b"\x89PNG")) == {}


def test_a_note_that_was_not_parsed_says_so():
    assert exports(attachment("n.md")) == {("path", "n.md"): False}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("My Note.MD", "my note.md"),
        ("CAFE\u0301", "café"),
        ("a\u00a0b\u202fc", "a b c"),
        ("ΣΑΣ", "σας"),
        ("Straße", "straße"),
        ("bad\udce9", "bad\udce9"),
    ],
)
def test_folding_names(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("tag", "folded"),
    [("#Area/Work", "area/work"), ("a/", "a"), ("ÉTÉ", "été"), ("##x", "#x")],
)
def test_folding_tags(tag, folded):
    assert fold_tag(tag) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Attention Is All You Need (Vaswani et al. 2017)", "attention is all you need"),
        ("Attention is all  you need!", "attention is all you need"),
        ("GPT-4 (technical report)", "gpt 4 technical report"),
        ("f(x) = y (Lee (Ann) 2020)", "f x y"),
        ("(2020)", "2020"),
        ("x) 2)", "x 2"),
        ("ﬁne Ⅳ", "fine iv"),
        ("", ""),
        ("...", ""),
    ],
)
def test_folding_titles(text, folded):
    assert fold_title(text) == folded


@pytest.mark.parametrize(
    ("path", "folder", "name", "markdown"),
    [
        ("a/b/c.md", "a/b", "c.md", True),
        ("c.MD", "", "c.MD", True),
        ("a.md/b", "a.md", "b", False),
        ("", "", "", False),
    ],
)
def test_parts_of_a_path(path, folder, name, markdown):
    assert (folder_of(path), name_of(path), is_markdown(path)) == (folder, name, markdown)
