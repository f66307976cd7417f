"""Which links follow a move, and how they are written then."""

import json

import pytest

from tests.memory_source import MemorySource
from tests.unit.fixing.offers import open_session
from vaultlint.fixing.moves import Moved, files_below, moved

MOVE = {"sub/Old.md": "other/New.md"}
THERE = {"sub/Old.md": b"# h\n", "sub/pic.png": b""}


def after(text: str, form: str | None = None, **extra: bytes) -> str:
    """Return what a note with ``text`` says once sub/Old.md is other/New.md."""
    found = move({"n.md": text.encode(), **THERE, **extra}, MOVE, form)
    assert found.complete, found.notices
    return found.after.get("n.md", text.encode()).decode()


def move(files: dict[str, bytes], renames: dict[str, str], form: str | None = None) -> Moved:
    if form is not None:
        files = {**files, ".obsidian/app.json": json.dumps({"newLinkFormat": form}).encode()}
    return moved(open_session(files), renames)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("[[Old]]", "[[New]]"),
        ("[[old|Alias]]", "[[New|Alias]]"),
        ("[[sub/Old#h]] [[/sub/Old]]", "[[other/New#h]] [[/other/New]]"),
        ("[[Old.md#^id|a]]", "[[New.md#^id|a]]"),
        ("![[Old#h]] [[ Old ]]", "![[New#h]] [[ New ]]"),
        ("[Old](Old.md)", "[Old](New.md)"),
        ("[Old](sub/Old#h)", "[Old](other/New#h)"),
        ("[a](<sub/Old.md>)", "[a](<other/New.md>)"),
        ('[a](Old.md "title")', '[a](New.md "title")'),
        ("[a][b]\n\n[b]: sub/Old.md\n", "[a][b]\n\n[b]: other/New.md\n"),
        ("| a |\n| - |\n| [[Old\\|b]] |", "| a |\n| - |\n| [[New\\|b]] |"),
        ("---\nup: '[[Old|x]]' # why\n---\n", "---\nup: '[[New|x]]' # why\n---\n"),
        ('---\nall:\n  - "[[Old]]"\n---\n', '---\nall:\n  - "[[New]]"\n---\n'),
        ("%% [[Old]] %%", "%% [[New]] %%"),
        ("`[[Old]]` [[Older]] Old sub/Old.md", "`[[Old]]` [[Older]] Old sub/Old.md"),
        ("[[Old]]\r\n[[Old]]\r\n", "[[New]]\r\n[[New]]\r\n"),
        ("[a](./sub/Old.md)", "[a](./other/New.md)"),
        ("[a](../sub/Old.md)", "[a](./other/New.md)"),
    ],
)
def test_links_follow_in_their_own_kind(before: str, expected: str) -> None:
    assert after(before) == expected


@pytest.mark.parametrize(
    ("form", "extra", "expected"),
    [
        ("shortest", {}, "[[New]] [x](New.md)"),
        ("shortest", {"b/New.md": b""}, "[[other/New]] [x](other/New.md)"),
        ("absolute", {}, "[[other/New]] [x](other/New.md)"),
        ("relative", {}, "[[other/New]] [x](other/New.md)"),
    ],
)
def test_paths_are_written_in_the_vaults_format(
    form: str, extra: dict[str, bytes], expected: str
) -> None:
    assert after("[[Old]] [x](./sub/Old.md)", form, **extra) == expected


def test_links_in_what_moves() -> None:
    text = b"[[../n]] [x](./pic.png) ![[pic.png]] [[#h]] [[Old#h]] [[gone]]\n# h\n"
    found = move({**THERE, "sub/Old.md": text, "n.md": b""}, MOVE, "relative")
    assert found.after == {
        "other/New.md": b"[[../n]] [x](../sub/pic.png) ![[pic.png]] [[#h]] [[New#h]] [[gone]]\n# h\n"
    }
    assert found.before == {"other/New.md": text}
    assert {edit.note for edit in found.fix.edits} == {"other/New.md"} == set(found.fix.base)


def test_a_folder_and_relative_links_within_it() -> None:
    files = {
        "a/x.md": b"[y](y.md) [[../n]] [[b/z]]",
        "a/y.md": b"[[x]] [x](./x.md)",
        "a/b/z.md": b"[x](../x.md)",
        "n.md": b"[[a/x]] [x](a/b/z.md) [[y]]",
    }
    session = open_session(files)
    renames = files_below(session, "a", "deep/er")
    assert renames == {
        "a/x.md": "deep/er/x.md",
        "a/y.md": "deep/er/y.md",
        "a/b/z.md": "deep/er/b/z.md",
    }
    found = moved(session, renames)
    assert found.complete
    assert found.after == {
        "deep/er/x.md": b"[y](y.md) [[../../n]] [[b/z]]",
        "n.md": b"[[deep/er/x]] [x](deep/er/b/z.md) [[y]]",
    }


def test_a_link_elsewhere_that_the_new_name_would_lead_astray() -> None:
    files = {"n.md": b"[[Note]]", "deep/er/Note.md": b"", "Old.md": b"[[Note]]"}
    found = move(files, {"Old.md": "Note.md"})
    assert found.complete
    assert found.after == {
        "n.md": b"[[deep/er/Note]]",
        "Note.md": b"[[deep/er/Note]]",
    }


def test_a_name_that_becomes_unique_changes_nothing() -> None:
    files = {"n.md": b"[[a/x]] [[b/x]]", "a/x.md": b"", "b/x.md": b""}
    assert move(files, {"b/x.md": "b/y.md"}).after == {"n.md": b"[[a/x]] [[b/y]]"}


def test_the_case_of_a_name_changes_no_link() -> None:
    found = move({"n.md": b"[[old]] [x](Old.md)", "Old.md": b""}, {"Old.md": "OLD.md"})
    assert (dict(found.after), found.complete) == ({}, True)


def test_a_link_that_opened_nothing_stays() -> None:
    assert after("[[New]] [[nowhere]]") == "[[New]] [[nowhere]]"


def test_a_canvas() -> None:
    canvas = b'{\n\t"nodes":[\n\t\t{"file":"sub/Old.md","subpath":"#h"},{"text":"\\"[[Old|\\u00e9]]\\""}\n\t]}'
    found = move({**THERE, "c.canvas": canvas}, MOVE)
    assert found.after == {
        "c.canvas": canvas.replace(b"sub/Old.md", b"other/New.md").replace(b"[[Old", b"[[New")
    }


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("n.md", b"x\n[[Old]]\n\xff", "the file is not valid UTF-8"),
        ("n.md", b"---\nup: &a '[[Old]]'\n---\n", "line 2: [[Old]] cannot be made to open other/New.md"),
        ("big.md", b"[[Old]]" + b"x" * (2 << 20), "it is too large to be parsed: look at its links"),
    ],
)  # fmt: skip
def test_links_that_cannot_follow_are_named(name: str, data: bytes, message: str) -> None:
    found = move({name: data, **THERE}, MOVE)
    if name == "big.md":
        found = move({name: data + b"\n[a]: x\n", **THERE}, MOVE)
    assert not found.complete
    assert [(each.code, each.file, each.message) for each in found.notices] == [
        ("not-changed", name, message)
    ]
    assert found.after == {}


@pytest.mark.parametrize("new", ["a|b.md", "a#b.md", "a]]b.md"])
def test_a_name_that_a_wikilink_cannot_hold(new: str) -> None:
    files = {"n.md": b"[[Old]]", "Old.md": b""}
    found = move(files, {"Old.md": new})
    assert not found.complete
    assert "cannot be made to open" in found.notices[0].message
    assert move({"n.md": b"[x](Old.md)", "Old.md": b""}, {"Old.md": "a#b.md"}).after == {
        "n.md": b"[x](a%23b.md)"
    }


def test_a_move_that_was_made_already() -> None:
    files = {"n.md": b"[[Old]] [x](sub/Old.md)", **THERE, "sub/Old.md": b"[x](./pic.png)"}
    made = {MOVE.get(file, file): data for file, data in files.items()}
    before, later = open_session(files), open_session(made)
    one, two = moved(before, MOVE), moved(later, MOVE, performed=True)
    assert one.after == two.after == {
        "n.md": b"[[New]] [x](other/New.md)",
        "other/New.md": b"[x](../sub/pic.png)",
    }  # fmt: skip
    assert one.fix.base == two.fix.base


def test_a_file_that_is_gone_meanwhile() -> None:
    session = open_session({"n.md": b"[[Old]]", **THERE})
    source = session._source.base
    assert isinstance(source, MemorySource)
    source.files.pop("n.md")
    found = moved(session, MOVE)
    assert not found.complete
    assert found.notices[0].file == "n.md"


def test_a_heading_with_a_link_in_it_that_others_name() -> None:
    files = {"n.md": b"# On [[Old]]\n", "m.md": b"[[n#On Old]]", "Old.md": b""}
    found = move(files, {"Old.md": "New.md"})
    assert not found.complete
    assert found.notices[0].message == "a link of m.md to #On Old would be broken"
    assert move({**files, "m.md": b"[[n]]"}, {"Old.md": "New.md"}).complete


@pytest.mark.parametrize("performed", [True, False])
def test_files_that_the_vault_does_not_have_are_left_out(performed: bool) -> None:
    session = open_session({"n.md": b"[[a]]", "a.md": b""})
    found = moved(session, {"x.md": "y.md", "z.md": ".hidden/z.md"}, performed=performed)
    assert (dict(found.renames), dict(found.after), found.complete) == ({}, {}, True)


@pytest.mark.parametrize(
    ("before", "new", "expected"),
    [
        ("[[AI/Old]] [[AI/Old.md#h]]", "site/ML/New.md", "[[ML/New]] [[ML/New.md#h]]"),
        ("[x](AI/Old.md) ![[ai/old|a]]", "site/ML/New.md", "[x](ML/New.md) ![[ML/New|a]]"),
        ("[[site/AI/Old]]", "site/ML/New.md", "[[site/ML/New]]"),
        ("[[/site/AI/Old]]", "site/ML/New.md", "[[/site/ML/New]]"),
        ("[[AI/Old]]", "elsewhere/New.md", "[[elsewhere/New]]"),
        ("[[I/Old]]", "site/ML/New.md", "[[site/ML/New]]"),
        ("[[Old]]", "site/ML/New.md", "[[New]]"),
    ],
)
def test_without_settings_a_path_keeps_its_form(before: str, new: str, expected: str) -> None:
    files = {"site/n.md": before.encode(), "site/AI/Old.md": b"# h"}
    found = move(files, {"site/AI/Old.md": new})
    assert found.complete
    assert found.after == {"site/n.md": expected.encode()}
    again = move({**files, ".obsidian/app.json": b"{}"}, {"site/AI/Old.md": new})
    assert b"/New" not in again.after["site/n.md"]  # the default of Obsidian is the bare name
