"""Terms in use: counted, held against their list, and compared with one another."""

from tests.vault_of import NOWHERE, index_of, note
from vaultlint.note.model import Tag
from vaultlint.note.parse import parse_note
from vaultlint.terms import Term, Vocabulary
from vaultlint.vault.index import VaultIndex
from vaultlint.view.term_use import Alike, Used, alike, tag_use, term_use

VOCABULARY = Vocabulary(
    "subjects",
    tuple(Term(name, "", NOWHERE) for name in ("NumPy", "Arrays", "Never", "Lists", "List")),
    aliases={"np": "NumPy"},
    deprecated={"Old": None},
)


def vault(*subjects: str) -> VaultIndex:
    """Return an index of one note for each list of subjects."""
    return index_of(
        parse_note(f"{n}.md", f"---\nSubjects: [{each}]\n---\n".encode())
        for n, each in enumerate(subjects)
    )


def test_terms_are_counted_by_note_and_held_against_the_list() -> None:
    index = vault("NumPy, numpy, Array", "np, Old", "NumPy, Array, Tensor", "Lists, List")
    (use,) = term_use(index, {"subjects": VOCABULARY, "idle": VOCABULARY}, {"subjects": "subjects"})
    assert use.vocabulary == "subjects"
    assert use.properties == ("subjects",)
    assert use.listed == 5
    assert use.used == (Used("NumPy", 3), Used("List", 1), Used("Lists", 1))
    assert use.unlisted == (Used("Array", 2, "Arrays"), Used("Tensor", 1))
    assert use.deprecated == (Used("Old", 1),)
    assert use.unused == ("Arrays", "Never")
    assert use.alike == ()


def test_terms_that_are_not_listed_may_be_alike() -> None:
    index = vault("Deep Learning", "deep-learning", "Deep Learning")
    (use,) = term_use(index, {"subjects": VOCABULARY}, {"Subjects": "subjects"})
    assert use.alike == (Alike("Deep Learning", 2, "deep-learning", 1),)


def test_alike_terms() -> None:
    found = list(
        alike({"Game": 9, "game": 2, "C": 4, "C++": 4, "Science": 7, "Scienec": 1, "R": 1})
    )
    assert found == [Alike("Game", 9, "game", 2), Alike("Science", 7, "Scienec", 1)]


def test_tags_in_their_most_frequent_spelling() -> None:
    index = index_of(
        note(f"{n}.md", tags=tuple(Tag(name, NOWHERE) for name in names.split()))
        for n, names in enumerate(["Paper a/b", "paper", "Paper", "PAPER x/"])
    )
    assert tag_use(index) == (Used("Paper", 4), Used("a/b", 1), Used("x", 1))
