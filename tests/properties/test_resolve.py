"""Resolution equals its rule, written plainly over the list of all files; its explanation agrees."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.vault_of import inline, listing
from vaultlint.note.obsidian import decode_uri
from vaultlint.vault.explain import explain_resolution
from vaultlint.vault.keys import fold, link_ref
from vaultlint.vault.link_text import LinkStyle, file_to_linktext, link_text
from vaultlint.vault.resolve import resolve, resolve_ref

part = st.sampled_from(("a", "A", "b", "ab", "index", "é", "e\u0301", "x y", "v1.2"))
name = st.tuples(part, st.sampled_from((".md", ".MD", ".png", ""))).map("".join)
path = st.tuples(st.lists(part, max_size=3), name).map(
    lambda parts: "/".join([*parts[0], parts[1]])
)
vaults = st.lists(path, max_size=12, unique=True)
target = st.tuples(
    st.sampled_from(("", "", "", "/", "./", "../", "../../")),
    st.lists(part, max_size=2),
    st.tuples(part, st.sampled_from(("", ".md", ".png"))).map("".join),
).map(lambda parts: parts[0] + "/".join([*parts[1], parts[2]]))


def plainly(files, link, source):
    """Return the files that tie for ``link``, by the letter of the rule."""
    link = fold(link)
    paths = {file: fold(file) for file in files}
    last = link.rsplit("/", 1)[-1]
    found = [file for file in files if "." in last and paths[file].rsplit("/", 1)[-1] == last]
    if not found:
        link += ".md"
        found = [file for file in files if paths[file].rsplit("/", 1)[-1] == last + ".md"]
    if "/" not in link and len(found) == 1:
        return found
    folder = fold(source.rpartition("/")[0])
    if link.startswith(("./", "../")):
        parts = folder.split("/") if folder else []
        for piece in link.split("/"):
            if piece == "..":
                parts = parts[:-1]
            elif piece != ".":
                parts.append(piece)
        return sorted(file for file in found if paths[file] == "/".join(parts))
    exact = [file for file in found if paths[file] == link.removeprefix("/")]
    if exact or link.startswith("/"):
        return sorted(exact)
    ending = [file for file in found if paths[file].endswith(link)]
    near = [file for file in ending if paths[file].startswith(folder)] or ending
    least = min((len(file) for file in near), default=0)
    return sorted(file for file in near if len(file) == least)


@settings(max_examples=400, deadline=None)
@given(vaults, target, path)
@example(["a/A.md", "b/A.md"], "A", "b/s.md")
def test_resolution_follows_the_rule(files, link, source):
    found = resolve(listing(*files).names, link, source)
    assert list(found.candidates) == plainly(files, link, source)
    assert found.target == (found.candidates[0] if found.candidates else None)


@settings(max_examples=200, deadline=None)
@given(vaults, st.text(max_size=12), path, st.booleans())
def test_anything_can_be_resolved_and_explained(files, link, source, markdown):
    names = listing(*files).names
    told = explain_resolution(names, link, source, markdown=markdown)
    if markdown:
        raw = link if "%" in link else ""
        assert told.resolution == resolve_ref(
            names, (decode_uri(link).partition("#")[0], raw), source
        )
    else:
        assert told.resolution == resolve(names, link, source)
    assert told.steps


@settings(max_examples=200, deadline=None)
@given(vaults, target, path)
def test_an_explanation_ends_with_what_is_opened(files, link, source):
    found, steps = explain_resolution(listing(*files).names, link, source)
    said = " ".join(steps)
    if found.target is None:
        assert "unresolved" in said
    else:
        assert found.target in said
        assert found.ambiguous == ("files tie" in said)


@settings(max_examples=300, deadline=None)
@given(vaults.filter(bool), st.data(), path, st.sampled_from(("shortest", "relative", "absolute")))
def test_what_is_written_opens_its_target(files, data, source, form):
    names = listing(*files).names
    goal = data.draw(st.sampled_from(files))
    for markdown in (False, True):
        written = file_to_linktext(names, goal, source, form, markdown=markdown)
        found = resolve(names, written, source)
        full = resolve(names, f"/{goal}", source)
        assert found.target == goal or full.candidates != (goal,)
    text = link_text(names, goal, source, LinkStyle(markdown=True), form)
    raw = text[text.index("](") + 2 : -1]
    link = inline(raw, decode_uri(raw).partition("#")[0])
    if goal in resolve(names, f"/{goal}", source).candidates:  # some files no link can name
        assert goal in resolve_ref(names, link_ref(link), source).candidates
