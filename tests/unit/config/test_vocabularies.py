import pytest

from tests.unit.config.loading import complaints, load
from vaultlint.text import Span

NOTE = "\ufeff# Tags\r\n\r\n- not a term\r\n\r\n```\r\nAI\r\nNumPy\r\n```\r\n"


def test_terms_of_a_note_have_their_places_in_its_text_without_bom():
    config = load("vocabularies: {tags: {terms_from: {note: d/tags}}}\n", {"d/tags.md": NOTE})
    tags = config.vocabularies["tags"]
    assert [(term.name, term.file) for term in tags.terms] == [
        ("AI", "d/tags.md"),
        ("NumPy", "d/tags.md"),
    ]
    assert [term.span.of(NOTE[1:]) for term in tags.terms] == ["AI", "NumPy"]
    assert config.vocabulary_files == {"d/tags.md": ("tags",)}


def test_inline_terms_have_their_places_in_the_config_file():
    text = "vocabularies:\n  v:\n    terms: [one, 'two words']\n"
    terms = load(text).vocabularies["v"].terms
    assert [term.span.of(text) for term in terms] == ["one", "'two words'"]
    assert {term.file for term in terms} == {"vaultlint.yaml"}


def test_aliases_deprecated_and_nested():
    text = (
        "vocabularies:\n  v: {terms: [NumPy], aliases: {Numpy: NumPy}, deprecated: {np: NumPy, x: null}, nested: true}\n"
        "  w: {terms: [a], deprecated: [b]}\n"
    )
    vocabularies = load(text).vocabularies
    assert vocabularies["v"].match("Numpy") == ("alias", "NumPy")
    assert vocabularies["v"].match("np") == ("deprecated", "NumPy")
    assert vocabularies["v"].match("x") == ("deprecated", None)
    assert vocabularies["v"].match("NumPy/arrays").kind == "known"
    assert vocabularies["w"].match("b") == ("deprecated", None)


def test_a_vocabulary_of_the_file_replaces_that_of_a_pack():
    files = {"p.yaml": "vocabularies: {v: {terms: [a, b]}}\n"}
    config = load("extends: [p.yaml]\nvocabularies: {v: {terms: [c]}}\n", files)
    assert [term.name for term in config.vocabularies["v"].terms] == ["c"]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("{}", "1:16: a vocabulary needs 'terms' or 'terms_from'"),
        ("{terms: []}", "1:27: the vocabulary has no terms"),
        ("{terms_from: {}}", "1:20: 'terms_from' needs either 'note' or 'file'"),
        ("{terms_from: {note: a, file: b}}", "1:20: 'terms_from' needs either 'note' or 'file'"),
        ("{terms_from: {note: tgas}}", "1:39: the note 'tgas.md' is not in the vault; did you mean 'tags.md'?"),
        ("{terms_from: {file: x/tags.md}}", "1:39: the file 'x/tags.md' is not in the vault; did you mean 'tags.md'?"),
        ("{terms_from: {note: ../tags.md}}", "1:39: the path '../tags.md' leaves the vault"),
        ("{terms_from: {note: empty.md}}", "1:39: the note 'empty.md' lists no terms"),
        ("{terms_from: {note: tags.md, section: Nope}}", "1:39: the note 'tags.md' has no heading 'Nope'"),
        ("{terms: [1]}", "1:28: item 1 of the list must be text, not the number 1; put it in quotes"),
        ("{aliases: {a: 1}}", "1:33: 'a' must be text, not the number 1; put it in quotes"),
    ],
)  # fmt: skip
def test_a_vocabulary_that_is_not_there_is_one_error(declared, expected):
    files = {"tags.md": "- a\n", "empty.md": "# Nothing\n"}
    assert complaints(f"vocabularies: {{v: {declared}}}\n".replace("{v", "{v"), files) == [
        f"vaultlint.yaml:{expected}"
    ]


def test_no_error_about_users_of_a_vocabulary_that_did_not_load():
    text = (
        "vocabularies: {v: {terms_from: {note: x}}}\nrules: {unknown-term: {properties: {A: v}}}\n"
    )
    assert len(complaints(text)) == 1


def test_terms_of_a_shipped_pack_have_no_file(monkeypatch):
    pack = b"vocabularies: {v: {terms: [a]}}\n"
    monkeypatch.setattr("vaultlint.config.packs.read_pack", lambda _name: pack)
    config = load("extends: [some]\n")
    assert config.vocabularies["v"].terms[0].file == ""
    assert config.vocabulary_files == {}
    assert config.vocabularies["v"].terms[0].span != Span(0, 0)
