"""How many notes use a term."""

import pytest

from vaultlint.note.parse import parse_note
from vaultlint.terms.vocabulary import Term, Vocabulary
from vaultlint.text import Span
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import exports
from vaultlint.vault.terms_in_use import Bindings


def vocabulary(name, *terms, **options):
    listed = tuple(Term(term, "v.md", Span(0, 0)) for term in terms)
    settings = {"aliases": {}, "deprecated": {}, **options}
    return Vocabulary(name, listed, **settings)


BINDINGS = Bindings(
    {"Tags": "tags", "subject": "subjects", "lost": "nowhere"},
    {
        "tags": vocabulary("tags", "NumPy", "Web"),
        "subjects": vocabulary("subjects", "Math", aliases={"Maths": "Math"}),
    },
)


def put(index, file, text):
    return index.put(file, exports(parse_note(file, text.encode())))


@pytest.fixture
def index():
    index = VaultIndex()
    put(index, "a.md", "---\ntags: [NumPy, Web]\nsubject: Math\nlost: x\n---\n#NumPy\n")
    put(index, "b.md", "---\nsubject: [Maths, Odd]\n---\n#Web\n")
    return index


def test_notes_are_counted_once_in_whatever_spelling(index):
    def users(name, term):
        return index.term_users(BINDINGS, name, term)

    assert users("tags", "NumPy") == 1
    assert users("tags", "Web") == 2  # a tag of the body counts, too
    assert users("subjects", "Math") == 2
    assert users("subjects", "Odd") == 1
    assert users("subjects", "Unused") == 0
    assert users("nowhere", "x") == 0


@pytest.mark.parametrize(("nested", "users"), [(True, 1), (False, 0)])
def test_a_nested_term_uses_what_it_is_nested_in(nested, users):
    index = VaultIndex()
    put(index, "a.md", "#project/garden/2024 #x" + "/y" * 1000)
    terms = vocabulary("tags", "Project", "project/garden", "other", nested=nested)
    bindings = Bindings({"tags": "tags"}, {"tags": terms})
    found = [index.term_users(bindings, "tags", term.name) for term in terms.terms]
    assert found == [users, users, 0]


def test_counts_follow_notes(index):
    index.term_users(BINDINGS, "tags", "Web")
    assert put(index, "b.md", "---\nsubject: Math\n---\n") == {
        ("tag", "web"), ("term-use", "tags", "Web"), ("term-use", "subjects", "Odd"),
    }  # fmt: skip
    assert index.term_users(BINDINGS, "tags", "Web") == 1
    assert ("term-use", "subjects", "Math") in index.remove("a.md")
    assert index.term_users(BINDINGS, "subjects", "Math") == 1


def test_counts_follow_the_configuration(index):
    assert index.configure(BINDINGS) == set()  # nobody asked yet
    index.term_users(BINDINGS, "subjects", "Math")
    rebound = Bindings({"subject": "tags"}, BINDINGS.vocabularies)
    changed = index.configure(rebound)
    assert ("term-use", "subjects", "Math") in changed
    assert index.term_users(rebound, "subjects", "Math") == 0
    assert index.term_users(rebound, "tags", "Math") == 1
