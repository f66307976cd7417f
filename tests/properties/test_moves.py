"""Whatever moves, every link opens the file that it opened before, and nothing else changes."""

import json
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.memory_source import MemorySource
from tests.vault_grammar import vault
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.fixing.moves import Moved, files_below, moved
from vaultlint.note.canvas import canvas_note, is_canvas
from vaultlint.note.model import Link, Note
from vaultlint.note.parse import parse_note
from vaultlint.text import apply_edits
from vaultlint.vault.keys import is_markdown, link_ref
from vaultlint.vault.resolve import resolve_ref

Files = Mapping[str, bytes]

FOLDERS = ["", "a/", "a/b/", "b/", "c d/", "é/", "A b (c)/"]
NAMES = ["x.md", "y.md", "X y.md", "x.y.md", "é.md", "100%.md", "pic.png", "x.canvas", "b.md"]
PATHS = st.builds(
    lambda folder, name: folder + name, st.sampled_from(FOLDERS), st.sampled_from(NAMES)
)
TARGETS = st.one_of(
    PATHS,
    PATHS.map(lambda path: path.removesuffix(".md")),
    st.sampled_from(NAMES).map(lambda name: name.removesuffix(".md")),
    st.builds("{}{}".format, st.sampled_from(["./", "../", "../../", "/", "../a/"]), PATHS),
)


@st.composite
def links(draw: st.DrawFn) -> str:
    target = draw(TARGETS)
    anchor = draw(st.sampled_from(["", "#h", "#^block", "#"]))
    spaced = target.replace("%", "%25").replace(" ", "%20")
    shape = draw(
        st.sampled_from(
            [
                "[[{t}{h}]]", "![[{t}{h}]]", "[[{t}{h}|shown]]", "[text]({u}{h})", "![]({u}{h})",
                "[text](<{t}{h}>)", "[text][label]\n\n[label]: {u}{h}", "> [[{t}]]", "`[[{t}]]`",
                "%% [[{t}]] %%", "| a |\n| - |\n| [[{t}\\|b]] |", "plain {t}",
            ]
        )
    )  # fmt: skip
    return shape.format(t=target, u=spaced, h=anchor) + "\n\n"


@st.composite
def notes(draw: st.DrawFn) -> bytes:
    body = "".join(draw(st.lists(links(), max_size=6)))
    if draw(st.booleans()):
        body = f"---\nup: \"[[{draw(TARGETS)}]]\"\nlist: ['[[{draw(TARGETS)}|b]]']\n---\n" + body
    return body.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))).encode()


@st.composite
def canvases(draw: st.DrawFn) -> bytes:
    cards = [
        {"id": "1", "type": "file", "file": draw(PATHS), "x": 1},
        {"id": "2", "type": "text", "text": '"q" é\n' + draw(links()) + draw(links())},
        {"id": "3", "type": "group", "background": draw(PATHS)},
    ]
    made = {"nodes": cards, "edges": [{"file": "x.md"}]}
    return json.dumps(
        made, ensure_ascii=draw(st.booleans()), indent=draw(st.none() | st.just("\t"))
    ).encode()


@st.composite
def vaults(draw: st.DrawFn) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path in draw(st.lists(PATHS, min_size=2, max_size=12, unique_by=str.lower)):
        content = canvases() if is_canvas(path) else notes() if is_markdown(path) else st.just(b"")
        files[path] = draw(content)
    settings = draw(st.sampled_from([None, "shortest", "relative", "absolute"]))
    if settings is not None:
        files[".obsidian/app.json"] = json.dumps({"newLinkFormat": settings}).encode()
    return files


@st.composite
def moves(draw: st.DrawFn) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return a vault, and files to be renamed to names that are free, or one folder."""
    files = draw(vaults())
    there = sorted(file for file in files if not file.startswith("."))
    folders = sorted({file.rpartition("/")[0] for file in there if "/" in file})
    if folders and draw(st.booleans()):
        folder, new = draw(st.sampled_from(folders)), draw(st.sampled_from(["new", "b/new", "A"]))
        below = {f: new + f[len(folder) :] for f in there if f.startswith(folder + "/")}
    else:
        below = {draw(st.sampled_from(there)): draw(PATHS)}
    folded = {file.lower() for file in there if file not in below}
    below = {old: new for old, new in below.items() if new.lower() not in folded and old != new}
    below = {
        old: new for old, new in below.items() if old.rpartition(".")[2] == new.rpartition(".")[2]
    }
    return files, below


def opened(files: Files) -> Session:
    session = Session(MemorySource(files), ConfigRequest(select=("broken-link",)), jobs=1)
    session.apply()
    return session


def after(files: Files, renames: Mapping[str, str], found: Moved | None = None) -> dict[str, bytes]:
    there = {renames.get(file, file): data for file, data in files.items()}
    return there | dict(found.after if found else {})


def parsed(file: str, data: bytes) -> Note:
    return canvas_note(file, data) if is_canvas(file) else parse_note(file, data)


def target(session: Session, file: str, link: Link) -> str | None:
    return resolve_ref(session.index.names, link_ref(link), file).target


def check(files: Files, renames: Mapping[str, str]) -> Moved:
    before = opened(files)
    found = moved(before, renames)
    there = opened(after(files, renames, found))
    for file in before.index.files:
        if not (is_markdown(file) or is_canvas(file)):
            continue
        new = renames.get(file, file)
        old_links = parsed(file, files[file]).links
        new_links = parsed(new, there.read(new)).links
        assert len(old_links) == len(new_links)
        for old, link in zip(old_links, new_links, strict=True):
            was = target(before, file, old)
            if was is not None and found.complete:
                assert target(there, new, link) == renames.get(was, was), (file, old, link)
            assert (old.kind, old.embed, old.anchor, old.alias) == (
                link.kind,
                link.embed,
                link.anchor,
                link.alias,
            )
        if new in found.after and not is_canvas(file):
            assert blanked(file, files[file], old_links) == blanked(new, there.read(new), new_links)
    return found


def blanked(file: str, data: bytes, links: tuple[Link, ...]) -> str:
    """Return the text with nothing in the place of the paths of its links."""
    spans = sorted({link.target_span for link in links})
    return apply_edits(parse_note(file, data).text, [(span, "") for span in spans])


@given(moves())
def test_every_link_opens_what_it_opened(case: tuple[dict[str, bytes], dict[str, str]]) -> None:
    files, renames = case
    found = check(files, renames)
    assert all(found.before[file] != data for file, data in found.after.items())


@given(moves())
def test_it_is_the_same_for_a_move_that_was_made(
    case: tuple[dict[str, bytes], dict[str, str]],
) -> None:
    files, renames = case
    before = moved(opened(files), renames)
    made = moved(opened(after(files, renames)), renames, performed=True)
    assert (made.after, made.before, made.complete) == (
        before.after,
        before.before,
        before.complete,
    )
    assert made.fix.base == before.fix.base
    assert sorted(made.fix.edits) == sorted(before.fix.edits)


@given(moves())
def test_moving_back_restores_what_links_open(
    case: tuple[dict[str, bytes], dict[str, str]],
) -> None:
    files, renames = case
    found = moved(opened(files), renames)
    check(after(files, renames, found), {new: old for old, new in renames.items()})


@pytest.mark.parametrize("seed", range(6))
def test_the_vaults_of_the_grammar(seed: int) -> None:
    files = {
        file: data
        for file, data in vault(Random(seed), 30).items()
        if file != "vaultlint.yaml" and b"\0" not in data
    }
    session = opened(files)
    there = sorted(file for file in session.index.files if is_markdown(file))
    pick = Random(seed)
    for old in pick.sample(there, 3):
        check(files, {old: f"moved/{old.rpartition('/')[2]}"})
        check(files, {old: old.removesuffix(".md") + " renamed.md"})
    for folder in sorted({file.partition("/")[0] for file in there if "/" in file}):
        check(files, files_below(session, folder, "elsewhere"))
