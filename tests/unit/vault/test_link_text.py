"""How a link to a file is written."""

import pytest

from tests.shared_data import vectors
from tests.vault_of import listing
from vaultlint.vault.link_text import (
    LinkStyle,
    encode_destination,
    file_to_linktext,
    link_text,
    relative_path,
)


@pytest.mark.parametrize(
    "vector", [pytest.param(vector, id=vector["id"]) for vector in vectors("link-writing")]
)
def test_vectors_of_link_writing(vector):
    given = vector["input"]
    style = LinkStyle(markdown=given["useMarkdownLinks"])
    form = given["newLinkFormat"]
    names = listing(*given["vault"]).names
    assert link_text(names, given["target"], given["from"], style, form) == vector["expect"]["link"]


@pytest.mark.parametrize(
    ("files", "source", "target", "form", "path"),
    [
        (["d/A.md"], "x/s.md", "d/A.md", "shortest", "A"),
        (["d/A.md", "e/A.md"], "x/s.md", "d/A.md", "shortest", "d/A"),
        (["d/e/A.md", "e/A.md"], "x/s.md", "d/e/A.md", "shortest", "d/e/A"),
        (["A.md", "e/A.md"], "e/s.md", "A.md", "shortest", "A"),
        (["d/A.md", "e/a.MD"], "x/s.md", "e/a.MD", "shortest", "e/a"),
        (["d/x.png"], "s.md", "d/x.png", "shortest", "x.png"),
        (["d/x.png", "e/x.png"], "s.md", "e/x.png", "shortest", "e/x.png"),
        (["d/A.md"], "s.md", "d/A.md", "absolute", "d/A"),
        (["A.md"], "d/s.md", "A.md", "absolute", "A"),
        (["d/A.md"], "x/s.md", "d/A.md", "relative", "../d/A"),
        (["d/A.md"], "d/s.md", "d/A.md", "relative", "A"),
        (["d/e/A.md"], "d/s.md", "d/e/A.md", "relative", "e/A"),
        (["d/A.md"], "s.md", "d/A.md", "relative", "d/A"),
        (["A.md"], "d/e/s.md", "A.md", "relative", "../../A"),
        # what Obsidian would write opens another file: written so that it does not
        (["v1.2", "d/v1.2.md"], "s.md", "d/v1.2.md", "shortest", "d/v1.2.md"),
        (["d/v1.2", "d/v1.2.md"], "s.md", "d/v1.2.md", "shortest", "d/v1.2.md"),
        (["A.md", "d/A.md"], "d/s.md", "d/A.md", "relative", "./A"),
    ],
)
def test_the_path_of_a_wikilink(files, source, target, form, path):
    assert file_to_linktext(listing(*files).names, target, source, form) == path


def test_a_markdown_link_keeps_the_extension():
    names = listing("d/A.md").names
    assert file_to_linktext(names, "d/A.md", "s.md", markdown=True) == "A.md"


@pytest.mark.parametrize(
    ("style", "written"),
    [
        (LinkStyle(), "[[My Note]]"),
        (LinkStyle(alias="it"), "[[My Note|it]]"),
        (LinkStyle(subpath="Part one"), "[[My Note#Part one]]"),
        (LinkStyle(embed=True, subpath="^b1"), "![[My Note#^b1]]"),
        (LinkStyle(markdown=True), "[My Note](My%20Note.md)"),
        (LinkStyle(markdown=True, alias="it", subpath="a#b c"), "[it](My%20Note.md#a#b%20c)"),
        (LinkStyle(markdown=True, embed=True, alias=""), "![](My%20Note.md)"),
    ],
)
def test_the_styles_of_a_link(style, written):
    assert link_text(listing("d/My Note.md").names, "d/My Note.md", "s.md", style) == written


def test_a_link_into_the_same_note_has_no_path():
    names = listing("A.md").names
    assert link_text(names, "A.md", "A.md", LinkStyle(subpath="H")) == "[[#H]]"
    assert link_text(names, "A.md", "A.md", LinkStyle(markdown=True, subpath="H")) == "[A](#H)"
    assert link_text(names, "A.md", "A.md", LinkStyle()) == "[[A]]"


@pytest.mark.parametrize(
    ("path", "encoded"),
    [
        ("a b.md", "a%20b.md"),
        ("C# (1).md", "C%23%20(1).md"),
        ("a(b.md", "a%28b.md"),
        ("a)b(.md", "a%29b%28.md"),
        ("a\\b\tc.md", "a%5Cb%09c.md"),
        ("100%25.md", "100%2525.md"),
        ("100%.md", "100%.md"),
        ("é[1]<2>.md", "é[1]%3C2%3E.md"),
    ],
)
def test_what_is_encoded_in_a_destination(path, encoded):
    assert encode_destination(path) == encoded


@pytest.mark.parametrize(
    ("target", "source", "path"),
    [
        ("a/b.md", "a/s.md", "b.md"),
        ("a/b.md", "s.md", "a/b.md"),
        ("b.md", "a/c/s.md", "../../b.md"),
        ("a/b/c.md", "a/d/s.md", "../b/c.md"),
        ("a", "a/s.md", "../a"),
    ],
)
def test_relative_paths(target, source, path):
    assert relative_path(target, source) == path
