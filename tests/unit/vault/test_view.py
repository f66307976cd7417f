"""The recorded view: answers, and the keys behind them."""

import pytest

from tests.shared_data import vectors
from tests.vault_of import cited
from vaultlint.errors import SourceError
from vaultlint.note.parse import attachment, parse_note
from vaultlint.terms.vocabulary import Vocabulary
from vaultlint.text import Span
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import exports
from vaultlint.vault.link_text import LinkStyle
from vaultlint.vault.settings import Settings
from vaultlint.vault.view import Anchor, CitedAs, VaultView


class Configured:
    """What a view needs of a configuration."""

    def __init__(self):
        self.vocabularies = {"tags": Vocabulary("tags", (), aliases={}, deprecated={})}
        self.bindings = {"tags": "tags"}

    def validators_for(self, file):
        return (f"schema of {file}",)


def view_of(contents, source="src.md"):
    """Return the view of ``source`` in a vault of texts by path."""
    notes = {"src.md": parse_note("src.md", b"")}
    for file, text in contents.items():
        data = text.encode()
        notes[file] = parse_note(file, data) if file.endswith(".md") else attachment(file, data)
    index = VaultIndex()
    for file, note in notes.items():
        index.put(file, exports(note))

    def load(file):
        if file not in notes:
            raise SourceError("no such file", path=file) from FileNotFoundError(file)
        return notes[file]

    return VaultView(index, notes[source], Configured(), load)


def link_of(text):
    (link,) = parse_note("x.md", text.encode()).links
    return link


@pytest.mark.parametrize(
    "vector", [pytest.param(vector, id=vector["id"]) for vector in vectors("subpath")]
)
def test_vectors_of_subpaths(vector):
    given, expect = vector["input"], vector["expect"]
    view = view_of(given["contents"])
    path, _, anchor = given["link"].partition("#")
    target = view.resolve_path(path).target
    assert target is not None
    found = view.anchor(target, anchor)
    assert view.has_anchor(target, anchor) == expect["resolves"]
    assert (found.type if found else None) == expect["type"]
    assert (found.line + 1 if found else None) == expect["line"]


@pytest.mark.parametrize(
    "vector",
    [
        pytest.param(vector, id=vector["id"])
        for vector in vectors("no-false-positive")
        if "vault" in vector["input"]
    ],
)
def test_vectors_that_must_not_be_reported(vector):
    """A link in them resolves with its anchor, or is none of a linter's business."""
    given = vector["input"]
    view = view_of(dict.fromkeys(given["vault"], "") | {given["from"]: given["text"]})
    for link in parse_note(given["from"], given["text"].encode()).links:
        target = view.resolve(link).target
        if target is None:
            assert link.kind == "reference" or "://" in link.target or "{{" in link.target
        else:
            assert link.anchor is None or view.has_anchor(target, link.anchor)


def test_links_and_paths_resolve_and_are_recorded():
    view = view_of({"d/My Note.md": "", "x.png": ""})
    assert view.resolve(link_of("[x](My%20Note.md)")).target == "d/My Note.md"
    assert view.resolve(link_of("![[X.PNG]]")).target == "x.png"
    assert view.resolve_path("Nope").target is None
    assert view.reads == {("name", "my note.md"), ("name", "x.png"), ("name", "nope.md")}


def test_reads_collect_in_the_set_that_was_given():
    reads = set()
    base = view_of({})
    view = VaultView(VaultIndex(), parse_note("a.md", b""), Configured(), base.note, reads)
    view.exists("b.md")
    assert reads == {("path", "b.md")}


def test_single_anchors_are_recorded_one_by_one():
    view = view_of({"A.md": "# One\n\n## Two\n\ntext ^b1\n"})
    assert view.has_anchor("A.md", "one")
    assert not view.has_anchor("A.md", "Three!")
    assert view.has_anchor("A.md", "^B1")
    assert view.reads == {
        ("path", "A.md"),
        ("anchor", "A.md", "one"),
        ("anchor", "A.md", "three"),
        ("anchor", "A.md", "^b1"),
        ("anchor", "A.md", "b1"),
    }


def test_heading_paths_record_the_whole_outline():
    view = view_of({"A.md": "# One\n\n## Two\n"})
    assert view.has_anchor("A.md", "One#Two")
    assert view.reads == {("path", "A.md"), ("anchor", "A.md")}


@pytest.mark.parametrize(
    ("file", "anchor"),
    [
        ("paper.pdf", "page=3"),
        ("Books.base", "Any view"),
        ("x.png", "outline"),
        ("Board.canvas", "group"),
        ("A.md", ""),
        ("A.md", "#"),
        ("A.md", "A%20b"),
        ("A.md", "C%23 d"),
    ],
)
def test_anchors_that_are_not_a_linters_business(file, anchor):
    contents = {"A.md": "# A b\n\n# C# d\n", "paper.pdf": "", "Books.base": "", "x.png": ""}
    assert view_of(contents | {"Board.canvas": "{}"}).has_anchor(file, anchor)


def test_any_anchor_is_there_in_a_note_that_was_not_parsed():
    view = view_of({"big.md": "x" * (2 * 1024 * 1024 + 1), "A.md": "# One\n"})
    assert view.has_anchor("big.md", "anything")
    assert view.has_anchor("big.md", "a#b")
    assert view.anchor("big.md", "anything") is None
    assert not view.has_anchor("gone.md", "anything")


def test_an_unknown_block_may_be_a_heading():
    view = view_of({"A.md": "para ^b\n\n# Intro\n"})
    assert view.anchor_type("A.md", "^b") == "block"
    assert view.anchor_type("A.md", "^intro") == "heading"
    assert view.anchor_type("A.md", "^none") is None
    assert view.anchor("A.md", "^intro") == Anchor("heading", 2)


def test_who_claims_what():
    view = view_of(
        {
            "b.md": "---\naliases: [Nick]\ntags: [Topic]\n---\n",
            "a.md": "---\naliases: nick\n---\n#topic #Topic\n",
        }
    )
    source = ("arxiv", "2001.01234")
    for file, kind in (("b.md", "PAPER"), ("a.md", "CODE")):
        citations = (cited(kind, "On Things (Lee 2020)", source),)
        view._index.put(file, exports(view.note(file)._replace(citations=citations)))
    assert view.aliased(" NICK ") == ("a.md", "b.md")
    assert view.tag_spellings("#TOPIC") == {"Topic": 2, "topic": 1}
    assert view.tag_spellings("none") == {}
    claims = (
        CitedAs(("CODE",), "On Things (Lee 2020)", ("a.md",)),
        CitedAs(("PAPER",), "On Things (Lee 2020)", ("b.md",)),
    )
    assert view.sources(source) == claims
    assert view.titled("On things") == view.titled("ON THINGS (X 1999)") == claims
    assert view.reads == {
        ("alias", "nick"),
        ("tag", "topic"),
        ("tag", "none"),
        ("source", *source),
        ("title", "on things"),
    }


def test_what_many_claim_is_gathered_once_for_all():
    texts = {f"n{number}.md": f"---\naliases: nick\n---\n#Topic {number}" for number in range(20)}
    view, other = view_of(texts), view_of(texts)
    assert view.aliased("nick") is view.aliased("Nick") == other.aliased("nick")
    assert view.tag_spellings("topic") is view.tag_spellings("TOPIC") == {"Topic": 20}
    view._index.put("n7.md", exports(parse_note("n7.md", b"")))
    assert view.aliased("nick") == tuple(file for file in sorted(texts) if file != "n7.md")
    assert view.tag_spellings("topic") == {"Topic": 19}


def test_files_by_name():
    view = view_of({"A.md": "", "x/a.md": "", "A.png": "", "v1.2.md": ""})
    assert view.named("a") == view.named("A.md") == ("A.md", "x/a.md")
    assert view.named("a.png") == ("A.png",)
    assert view.named("v1.2") == ("v1.2.md",)
    assert view.named("B") == ()
    assert ("name", "b.md") in view.reads
    assert ("name", "v1.2") in view.reads


def test_existence_globs_and_in_links():
    view = view_of({"a/A.md": "", "B.md": "[[A]] ![](A.md)"})
    assert view.exists("a/A.md")
    assert not view.exists("a/a.md")
    assert view.matches("a/*.md")
    assert not view.matches("c/**")
    assert view.inlinks("a/A.md") == {"B.md"}
    assert view.reads >= {("path", "a/a.md"), ("glob", "c/**"), ("inlink", "a/A.md")}


def test_settings_vocabularies_and_schemas():
    view = view_of({})
    view._index.set_settings(Settings({"newLinkFormat": "absolute"}, {"Due": "date"}))
    assert view.setting("newLinkFormat") == "absolute"
    assert view.property_type("DUE") == "date"
    assert view.vocabulary("tags").name == "tags"
    with pytest.raises(KeyError):
        view.vocabulary("none")
    assert view.vocabularies() == ("tags",)
    assert view.validators() == ("schema of src.md",)
    assert view.term_users("tags", "x") == 0
    assert view.reads == {
        ("setting", "newLinkFormat"),
        ("setting", "types", "due"),
        ("vocabulary", "tags"),
        ("vocabulary", "none"),
        ("vocabulary", ""),
        ("schema", "src.md"),
        ("term-use", "tags", "x"),
    }


def test_advice_is_not_recorded():
    view = view_of({"d/A.md": "one\n# H\n"})
    assert view.note("d/A.md").headings[0].text == "H"
    with pytest.raises(SourceError):
        view.note("none.md")
    assert set(view.files()) == {"src.md", "d/A.md"}
    assert view.position("d/A.md", Span(6, 7)) == (2, 3)
    assert view.link_text("d/A.md", LinkStyle(subpath="H")) == "[[A#H]]"
    assert view.reads == set()
