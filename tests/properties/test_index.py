"""After any history of changes the index equals one built from scratch, and no key is forgotten."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault_of import NOWHERE, cited, inline, note, wiki
from vaultlint.note.model import Alias, BlockId, Frontmatter, Heading, Tag
from vaultlint.terms.vocabulary import Term, Vocabulary
from vaultlint.text import Span
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import exports
from vaultlint.vault.terms_in_use import Bindings
from vaultlint.vault.view import VaultView

FILES = (
    "A.md",
    "a.md",
    "d/A.md",
    "d/e/A.md",
    "de/A.md",
    "B.md",
    "d/v1.2",
    "v1.2.md",
    "x.png",
    "C#.md",
)
TARGETS = ("A", "a.md", "d/A", "e/a", "/A", "./A", "../A", "B", "v1.2", "x.png", "X", "", "None")
RAW = ("A.md", "./A.md", "C%23.md", "d%2FA", "v1.2", "x.png#page=2")
WORDS = ("one", "Two", "two", "a b")
SUBPATHS = ("one", "two", "one#two", "two#one", "^one", "a-b", "A B")
GLOBS = ("d/**", "*.png", "B.md", "none/*")
SOURCES = (("arxiv", "1"), ("doi", "2"))
VOCABULARY = Vocabulary(
    "v", (Term("one", "v.md", Span(0, 0)),), aliases={"two": "one"}, deprecated={}
)


class Resources:
    """A configuration that binds one property."""

    vocabularies = {"v": VOCABULARY}  # noqa: RUF012
    bindings = {"p": "v"}  # noqa: RUF012

    def validators_for(self, file):
        return ()


def some(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


facts = st.builds(
    dict,
    parsed=st.sampled_from((True, True, True, False)),
    headings=some(
        st.builds(lambda level, text: Heading(NOWHERE, level, text, NOWHERE), st.integers(1, 3), st.sampled_from(WORDS))
    ),
    blocks=some(st.sampled_from(WORDS[:3]).map(lambda name: BlockId(name, NOWHERE, NOWHERE))),
    links=some(st.one_of(st.sampled_from(TARGETS).map(wiki), st.sampled_from(RAW).map(inline))),
    aliases=some(st.sampled_from(WORDS).map(lambda text: Alias(text, NOWHERE))),
    tags=some(st.sampled_from(WORDS[:3]).map(lambda name: Tag(name, NOWHERE))),
    citations=some(st.builds(cited, st.just("PAPER"), st.sampled_from(WORDS), st.sampled_from(SOURCES))),
    frontmatter=st.sampled_from(WORDS).map(
        lambda term: Frontmatter(NOWHERE, NOWHERE, {"p": term}, {}, True)
    ),
)  # fmt: skip
files = st.sampled_from(FILES)
steps = st.one_of(
    st.tuples(st.just("put"), files, facts),
    st.tuples(st.just("add"), files, st.none()),
    st.tuples(st.just("remove"), files, st.none()),
)


def told(file, known):
    return exports(note(file, **known)) if file.endswith(".md") else {}


def change(index, kind, file, known):
    if kind == "add":
        return index.add([file])
    if kind == "remove":
        return index.remove(file)
    return index.put(file, told(file, known))


def fresh(index):
    """Return an index of the same files, built in another order."""
    other = VaultIndex()
    for file in sorted(index.files, reverse=True):
        found = index.files[file]
        if found is None:
            other.add([file])
        else:
            other.put(file, found)
    return other


def questions():
    """Yield every question of a small world as (name, function of a view)."""
    for target in TARGETS:
        yield f"resolve {target}", lambda view, t=target: view.resolve(wiki(t))
        yield f"named {target}", lambda view, t=target: view.named(t)
    for raw in RAW:
        yield f"resolve ({raw})", lambda view, r=raw: view.resolve(inline(r))
    for file in FILES:
        yield f"inlinks {file}", lambda view, f=file: view.inlinks(f)
        yield f"exists {file}", lambda view, f=file: view.exists(f)
        for subpath in SUBPATHS:
            yield (
                f"{file}#{subpath}",
                lambda view, f=file, s=subpath: (
                    view.has_anchor(f, s),
                    view.anchor_type(f, s),
                ),
            )
    for word in WORDS:
        yield f"alias {word}", lambda view, w=word: view.aliased(w)
        yield f"tag {word}", lambda view, w=word: view.tag_spellings(w)
        yield f"title {word}", lambda view, w=word: view.titled(w)
        yield f"term {word}", lambda view, w=word: view.term_users("v", w)
    for source in SOURCES:
        yield f"source {source}", lambda view, s=source: view.sources(s)
    for glob in GLOBS:
        yield f"glob {glob}", lambda view, g=glob: view.matches(g)


QUESTIONS = tuple(questions())
SELF = note("d/s.md")


def ask(index):
    """Return for each question its answer and the keys that were read."""
    answers = {}
    for name, question in QUESTIONS:
        view = VaultView(index, SELF, Resources(), load=lambda _: SELF)
        answers[name] = (question(view), view.reads)
    return answers


@pytest.fixture(autouse=True, scope="module")
def keep_every_answer():
    """Keep answers about keys of few claims too, as those about many are kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vaultlint.vault.index._FEW", 0)
        yield


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=14), st.integers(0, 14))
def test_any_history_equals_a_fresh_index(history, warm_up):
    index = VaultIndex()
    for at, step in enumerate(history):
        if at == warm_up:
            ask(index)  # from here on, what is computed when asked is kept current
        change(index, *step)
    assert ask(index) == ask(fresh(index))


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=8), st.lists(steps, min_size=1, max_size=3))
def test_an_answer_whose_keys_did_not_change_is_the_same(history, later):
    index = VaultIndex()
    for step in history:
        change(index, *step)
    before = ask(index)
    changed = set()
    for step in later:
        changed |= change(index, *step)
    for name, (answer, reads) in ask(index).items():
        if not before[name][1] & changed:
            assert answer == before[name][0], name
            assert reads == before[name][1], name


@settings(max_examples=40, deadline=None)
@given(st.lists(steps, max_size=8), st.lists(steps, min_size=1, max_size=4))
def test_changes_can_be_taken_back(history, later):
    index = VaultIndex()
    for step in history:
        change(index, *step)
    before = ask(index)
    known = dict(index.files)
    for step in later:
        change(index, *step)
    for file in set(index.files) - set(known):
        index.remove(file)
    for file, found in known.items():
        if index.files.get(file, ...) is not found:
            index.remove(file)
            if found is None:
                index.add([file])
            else:
                index.put(file, found)
    assert ask(index) == before


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=8))
def test_a_configuration_that_changes_equals_a_fresh_one(history):
    index = VaultIndex()
    ask(index)
    for step in history:
        change(index, *step)
    unbound = Bindings({}, {"v": VOCABULARY})
    index.configure(unbound)
    assert index.term_users(unbound, "v", "one") == 0
    index.configure(Bindings({"p": "v"}, {"v": VOCABULARY}))
    assert ask(index) == ask(fresh(index))
