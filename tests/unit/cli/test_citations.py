"""``vaultlint citations``: the bibliography in each format."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    "Reading/a.md": (
        "- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)\n"
        "- #BOOK [The book of lists](https://example.org/book)\n"
    ),
    "b.md": "- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/pdf/2101.00001v2)\n",
    "Templates/t.md": "- #PAPER [A template (Poe 2020)](https://arxiv.org/abs/2001.00009)\n",
}


@pytest.fixture(autouse=True)
def vault(make_vault: MakeVault) -> Path:
    return make_vault(NOTES)


def keys(run: Run, *arguments: str) -> list[str]:
    result = run("citations", "--format", "json", *arguments)
    return [source["key"] for source in json.loads(result.stdout)]


def test_each_source_once(run: Run) -> None:
    result = run("citations")
    assert result.exit_code == 0
    assert result.stdout.count("@") == 1
    assert "  note = {Cited in Reading/a.md:1; b.md:1},\n" in result.stdout


def test_a_pack_says_what_cites(run: Run) -> None:
    assert keys(run) == ["doe2021theory"]
    assert keys(run, "--pack", "research") == ["booklists", "doe2021theory"]
    assert keys(run, "--pack", "research", "--kind", "book") == ["booklists"]
    assert keys(run, "--pack", "research", "--kind", "#PAPER", "--kind", "BOOK") == [
        "booklists",
        "doe2021theory",
    ]


def test_paths_leave_what_is_cited_there(run: Run) -> None:
    assert keys(run, "Reading", "--pack", "research") == ["booklists", "doe2021theory"]
    (source,) = json.loads(run("citations", "b.md", "--format", "json").stdout)
    assert [place["path"] for place in source["cited"]] == ["Reading/a.md", "b.md"]


def test_csv_and_csl_json(run: Run) -> None:
    head, row = run("citations", "--format", "csv").stdout.splitlines()
    assert head == "key,kind,title,author,year,doi,arxiv,isbn,url,cited"
    assert row == (
        "doe2021theory,PAPER,A theory of lists,Doe,2021,,2101.00001,,"
        "https://arxiv.org/abs/2101.00001,Reading/a.md:1; b.md:1"
    )
    (item,) = json.loads(run("citations", "--format", "csl-json").stdout)
    assert (item["id"], item["type"]) == ("doe2021theory", "article")


def test_into_a_file(run: Run, vault: Path, tmp_path: Path) -> None:
    target = tmp_path / "vault.bib"
    assert run("citations", "-o", str(target)).stdout == ""
    assert target.read_text("utf-8") == run("citations").stdout
    assert run("citations", "-o", "b.md").exit_code == 2
    assert (vault / "b.md").read_text() == NOTES["b.md"]


def test_no_source_is_exit_code_1(run: Run) -> None:
    assert run("citations", "--kind", "TALK").exit_code == 1
    assert json.loads(run("citations", "--kind", "TALK", "--format", "csl-json").stdout) == []


def test_the_views_hold_the_same(run: Run) -> None:
    sql = "SELECT source, path, line, title, author, year, identifier FROM citations ORDER BY path"
    rows = json.loads(run("query", sql, "--format", "json").stdout)
    assert [tuple(row.values()) for row in rows] == [
        ("doe2021theory", "Reading/a.md", 1, "A theory of lists", "Doe", 2021, "arxiv:2101.00001"),
        ("doe2021theory", "b.md", 1, "A theory of lists", "Doe", 2021, "arxiv:2101.00001"),
    ]
