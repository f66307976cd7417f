"""One source, one identifier, however its URL is written."""

import pytest

from vaultlint.note.identifiers import (
    arxiv_url,
    arxiv_year,
    doi_of,
    identifier,
    is_possible_arxiv_id,
)

ARXIV = "2108.07258"
OLD = "hep-th/9711200"
DOI = "10.1038/s41586-020-2649-2"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"https://arxiv.org/abs/{ARXIV}", ("arxiv", ARXIV)),
        (f"http://www.arxiv.org/abs/{ARXIV}v3?utm_source=x#sec", ("arxiv", ARXIV)),
        (f"https://arxiv.org/pdf/{ARXIV}", ("arxiv", ARXIV)),
        (f"https://arxiv.org/pdf/{ARXIV}v2.pdf", ("arxiv", ARXIV)),
        (f"https://arxiv.org/html/{ARXIV}v1/", ("arxiv", ARXIV)),
        (f"https://export.arxiv.org/abs/{ARXIV}", ("arxiv", ARXIV)),
        (f"https://ar5iv.labs.arxiv.org/html/{ARXIV}", ("arxiv", ARXIV)),
        (f"https://huggingface.co/papers/{ARXIV}", ("arxiv", ARXIV)),
        (f"https://doi.org/10.48550/arXiv.{ARXIV}", ("arxiv", ARXIV)),
        ("https://arxiv.org/abs/0704.0001", ("arxiv", "0704.0001")),
        (f"https://arxiv.org/abs/{OLD}", ("arxiv", OLD)),
        ("https://arxiv.org/pdf/math.GT/0309136v2.pdf", ("arxiv", "math/0309136")),
        ("https://arxiv.org/abs/cond-mat.stat-mech/0303136", ("arxiv", "cond-mat/0303136")),
        (f"https://doi.org/{DOI}", ("doi", DOI)),
        (f"http://dx.doi.org/{DOI.upper()}", ("doi", DOI)),
        ("https://www.nature.com/articles/s41586-020-2649-2.pdf", ("doi", DOI)),
        ("https://www.nature.com/articles/s41586-020-2649-2.epdf?sharing_token=a", ("doi", DOI)),
        ("https://aip.scitation.org/doi/full/10.1063/1.5021130", ("doi", "10.1063/1.5021130")),
        ("https://link.springer.com/article/10.1007%2Fs00382-019-04640-4", ("doi", "10.1007/s00382-019-04640-4")),
        ("https://www.frontiersin.org/articles/10.3389/fams.2020.00020/full", ("doi", "10.3389/fams.2020.00020")),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123v2.full.pdf", ("doi", "10.1101/2020.01.01.123")),
        ("https://doi.org/10.1016/S0140-6736(20)30183-5", ("doi", "10.1016/s0140-6736(20)30183-5")),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123&x=y", ("doi", "10.1371/journal.pone.0123")),
        ("https://www.amazon.com/dp/0262035618/ref=sr_1", ("isbn", "9780262035613")),
        ("http://shop.oreilly.com/product/9781787282858.do", ("isbn", "9781787282858")),
    ],
)  # fmt: skip
def test_identified(url: str, found: tuple[str, str]) -> None:
    assert identifier(url) == found


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/list/cs.LG/recent", "https://arxiv.org/abs/2113.00001", "https://arxiv.org/",
        "https://info.arxiv.org/help/abs", "https://example.org/abs/2108.07258", "arxiv 2108.07258",
        "https://github.com/a/b", "https://doi.org/", "https://doi.org/10.1", "My Note.md", "",
        "https://www.nature.com/articles/", "https://a.b/9781787282850",
        "https://a.b/9781787282858/chapter/1", "https://www.amazon.com/dp/B00ABCDEF1",
        "https://paperswithcode.com/paper/x",
    ],
)  # fmt: skip
def test_not_identified(url: str) -> None:
    assert identifier(url) is None


@pytest.mark.parametrize("arxiv", ["0704.0001", "1412.9999", "1501.00001", OLD, "math/0703999"])
def test_possible(arxiv: str) -> None:
    assert is_possible_arxiv_id(arxiv)


@pytest.mark.parametrize(
    "arxiv", ["2113.00001", "2100.00001", "1412.00001", "1501.0001", "0703.0001", "2101.00000", "math/0713001", "math/0804001"]
)  # fmt: skip
def test_impossible(arxiv: str) -> None:
    assert not is_possible_arxiv_id(arxiv)


def test_years() -> None:
    assert [arxiv_year(arxiv) for arxiv in ("2108.07258", OLD, "math/0309136")] == [
        2021,
        1997,
        2003,
    ]


def test_forms() -> None:
    found = arxiv_url("https://export.arxiv.org/pdf/2108.07258v2.pdf")
    assert found == ("2108.07258", "v2", "pdf", "export.arxiv.org")
    assert arxiv_url("https://arxiv.org/abs/nonsense") is None


def test_doi_of_a_text_that_is_no_url() -> None:
    assert doi_of("10.1000/182") is None


def test_what_publishers_put_after_a_doi_is_left_out_but_never_endlessly() -> None:
    assert doi_of("https://example.org/10.1000/x.v1.full.pdf/") == "10.1000/x.v1"
    assert identifier("https://example.org/10.1000/x" + "/pdf" * 50_000) is not None
