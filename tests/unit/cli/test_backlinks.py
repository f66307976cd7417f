"""``vaultlint backlinks``: who links to a file."""

import json

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    "a.md": '---\nup: "[[b]]"\n---\nSee [[b#H|it]] and [[#own]].\n',
    "b.md": "# H\n[[b]]\n",
    "sub/c.md": "![[b]] ![[p.png]]\n",
    "p.png": b"1",
    "board.canvas": '{"nodes": [{"file": "b.md"}]}',
}


@pytest.fixture(autouse=True)
def vault(make_vault: MakeVault) -> None:
    make_vault(NOTES)


def test_every_link_with_its_place(run: Run) -> None:
    result = run("backlinks", "b.md")
    assert result.exit_code == 0
    assert result.stdout == (
        "a.md:2:6  up: [[b]]\n"
        "a.md:4:5  [[b#H|it]]\n"
        "board.canvas\n"
        "sub/c.md:1:1  ![[b]]\n"
        "\n4 links in 3 files\n"
    )


def test_as_json(run: Run) -> None:
    links = json.loads(run("backlinks", "p.png", "--format", "json").stdout)
    assert links == [
        {
            "source": "sub/c.md", "line": 1, "column": 8, "kind": "wiki", "embed": True,
            "anchor": None, "display": "p.png", "original": "![[p.png]]", "property": None,
        }
    ]  # fmt: skip


def test_none(run: Run) -> None:
    result = run("backlinks", "sub/c.md")
    assert (result.exit_code, result.stdout) == (1, "Nothing links to it.\n")
    assert json.loads(run("backlinks", "sub/c.md", "--format", "json").stdout) == []


@pytest.mark.parametrize("name", ["none.md", "sub", ".", ".obsidian", ""])
def test_what_is_no_file(run: Run, name: str) -> None:
    assert run("backlinks", name).exit_code == 2
