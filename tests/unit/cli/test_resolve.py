"""``vaultlint resolve``: links in every spelling, with the steps."""

import json

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    "Home.md": "# Start\n",
    "My Note.md": "# One\n\n## Two\n\ntext ^id\n",
    "x/Same.md": "",
    "y/Same.md": "",
    "x/from.md": "",
    "doc.pdf": b"%PDF",
}


@pytest.mark.parametrize(
    ("link", "path", "anchor"),
    [
        ("my note", "My Note.md", None),
        ("My Note#Two", "My Note.md", {"type": "heading", "line": 2}),
        ("[[My Note#^ID|shown]]", "My Note.md", {"type": "block", "line": 4}),
        ("![[My Note]]", "My Note.md", None),
        ("[t](My%20Note.md#two)", "My Note.md", {"type": "heading", "line": 2}),
        ("[t](<My Note.md>)", "My Note.md", None),
        ("[t](./Same.md)", "x/Same.md", None),
        ("Same", "x/Same.md", None),
        ("../Home#Start", "Home.md", {"type": "heading", "line": 0}),
        ("doc.pdf#page=2", "doc.pdf", None),
        ("#Nothing", "x/from.md", None),
        ("My Note#Three", "My Note.md", None),
    ],
)
def test_a_link_that_opens_a_file(
    run: Run, make_vault: MakeVault, link: str, path: str, anchor: object
) -> None:
    make_vault(NOTES)
    result = run("resolve", link, "--from", "x/from.md", "--format", "json")
    assert result.exit_code == 0
    loaded = json.loads(result.stdout)
    assert (loaded["path"], loaded["anchor"]) == (path, anchor)
    assert (loaded["link"], loaded["from"]) == (link, "x/from.md")
    assert loaded["steps"]


@pytest.mark.parametrize("link", ["gone", "[[Gone|x]]", "[t](gone.md)", "x", "a]]b"])
def test_a_link_that_opens_nothing(run: Run, make_vault: MakeVault, link: str) -> None:
    make_vault(NOTES)
    result = run("resolve", link, "--from", "Home.md", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["path"] is None


def test_a_tie_is_said(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    result = run("resolve", "Same", "--from", "Home.md", "--format", "json")
    loaded = json.loads(result.stdout)
    assert loaded["ambiguous"]
    assert loaded["candidates"] == ["x/Same.md", "y/Same.md"]
    assert "(or one of 1 more)" in run("resolve", "Same", "--from", "Home.md").stdout


@pytest.mark.parametrize("link", ["[t](https://example.org)", "[t][ref]", "[[]]"])
def test_what_is_no_internal_link(run: Run, make_vault: MakeVault, link: str) -> None:
    make_vault(NOTES)
    result = run("resolve", link, "--from", "Home.md")
    assert result.exit_code == 2
    assert "is not an internal link" in result.stderr


@pytest.mark.parametrize("link", ["", " ", "#", "[](#)"])
def test_an_empty_path_is_the_note_itself(run: Run, make_vault: MakeVault, link: str) -> None:
    make_vault(NOTES)
    result = run("resolve", link, "--from", "Home.md", "--format", "json")
    assert json.loads(result.stdout)["path"] == "Home.md"


def test_the_note_with_the_link_must_be_there(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    assert run("resolve", "Home", "--from", "none.md").exit_code == 2
    assert run("resolve", "Home").exit_code == 2
