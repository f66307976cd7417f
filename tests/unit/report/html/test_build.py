"""From material to what a page shows."""

from pathlib import Path

from tests.unit.report.html.material import gathered, material
from vaultlint.report.html.build import build
from vaultlint.report.html.model import Counts

VAULT = {
    "Home.md": "See [[Lists]] and [[Gone]].\n",
    "papers/Lists.md": "#PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)\n",
    "papers/Sets.md": "[[Lists]] [[Home]] [[Sets]]\n- #PAPER [Lists](https://arxiv.org/pdf/2101.00001)\n",
}


def test_a_vault(tmp_path: Path) -> None:
    page = build(gathered(tmp_path, VAULT))
    assert page.counts == Counts(error=1)
    assert page.clean == 2
    assert [row.id for row in page.rules] == ["broken-link"]
    assert "Link" in page.rules[0].summary
    assert page.rules[0].why
    assert [(entry.file, entry.inlinks, entry.outlinks) for entry in page.entries] == [
        ("Home.md", 1, 1),
        ("papers/Lists.md", 2, 0),
        ("papers/Sets.md", 0, 2),
    ]
    assert [entry.file for entry in page.worst] == ["Home.md"]
    assert page.entries[0].listed == 0
    (listing,) = page.listings
    (shown,) = listing.findings
    assert "<mark>" in str(shown.excerpt.rendered)
    assert '<a href="#n1">Lists</a>' in str(shown.excerpt.rendered)
    assert [source.notes for source in page.repeated] == [("papers/Lists.md", "papers/Sets.md")]
    assert [(each.label, each.number) for each in page.years] == [("2021", 1)]
    assert page.tags_of_sources == (("PAPER", 1),)


def test_what_is_not_listed_is_counted(tmp_path: Path) -> None:
    vault = {f"{n}.md": "[[Gone]] [[Lost]]" for n in range(4)}
    page = build(gathered(tmp_path, vault, most=3))
    assert page.counts.total == 8
    assert sum(len(listing.findings) for listing in page.listings) == 3
    assert page.unlisted == 5
    assert [entry.listed for entry in page.entries] == [0, 1, None, None]


def test_an_empty_vault() -> None:
    page = build(material())
    assert page.map is None
    assert page.rules == page.listings == page.years == ()
