"""``vaultlint stats``: the vault in numbers."""

import json

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    "a.md": "---\nk: 1\n---\none two [[b]] [[b#x]] [[gone]] #t\n",
    "b.md": "three [[a]] #T #u\n",
    "c.md": "",
    "p.png": b"1",
}


def test_numbers_and_lists(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    stats = json.loads(run("stats", "--format", "json").stdout)
    counts = {name: value for name, value in stats.items() if isinstance(value, int)}
    assert counts == {
        "notes": 3, "words": 11, "bytes": sum(len(NOTES[f"{name}.md"]) for name in "abc"),
        "attachments": 1, "links": 4, "unresolved": 1, "orphans": 1, "dead_ends": 1, "headings": 0,
        "blocks": 0, "aliases": 0, "citations": 0, "sources": 0, "distinct_tags": 2,
    }  # fmt: skip
    assert stats["linked"] == [{"name": "a.md", "count": 1}, {"name": "b.md", "count": 1}]
    assert stats["missing"] == [{"name": "gone", "count": 1}]
    assert stats["properties"] == [{"name": "k", "count": 1}]
    assert stats["tags"] == [{"name": "#T", "count": 2}, {"name": "#u", "count": 1}]


def test_as_text(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    text = run("stats", "--top", "1").stdout
    assert text.startswith("           3  notes\n")
    assert "           1  notes without a link to them\n" in text
    assert "\nTags, by notes\n           2  #T\n" in text
    assert "#u" not in text


def test_an_empty_vault(run: Run, make_vault: MakeVault) -> None:
    make_vault({})
    assert run("stats").exit_code == 0
