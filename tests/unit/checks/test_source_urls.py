"""What is wrong with the URL of a source."""

import pytest

from vaultlint.checks._source_urls import url_problem
from vaultlint.diagnostics import Safety
from vaultlint.note.identifiers import identifier


def better(url: str, form: str = "abs", version: str = "drop") -> tuple[str | None, Safety] | None:
    problem = url_problem(url, arxiv_form=form, arxiv_version=version, doi=True, https=True)
    return None if problem is None else (problem.better, problem.safety)


@pytest.mark.parametrize(
    ("url", "expected", "safety"),
    [
        ("https://axiv.org/abs/2101.00001", "https://arxiv.org/abs/2101.00001", Safety.UNSAFE),
        (
            "https://www.rxiv.org/abs/2101.00001",
            "https://www.arxiv.org/abs/2101.00001",
            Safety.UNSAFE,
        ),
        ("https://arixv.org/x", "https://arxiv.org/x", Safety.UNSAFE),
        ("http://ArXiv.org/abs/2101.00001", "https://arxiv.org/abs/2101.00001", Safety.SAFE),
        ("https://arxiv.org/pdf/2101.00001v2", "https://arxiv.org/abs/2101.00001", Safety.UNSAFE),
        (
            "https://arxiv.org/html/math.GT/0309136",
            "https://arxiv.org/abs/math/0309136",
            Safety.SAFE,
        ),
        ("http://doi.org/10.1000/AbC", "https://doi.org/10.1000/AbC", Safety.SAFE),
        (
            "http://arxiv.org/pdf/2101.00001#page=5",
            "https://arxiv.org/pdf/2101.00001#page=5",
            Safety.SAFE,
        ),
        (
            "http://arxiv.org/abs/2101.00001?a=b",
            "https://arxiv.org/abs/2101.00001?a=b",
            Safety.SAFE,
        ),
        (
            "https://arxiv.org/pdf/2101.00001.pdf?dl=1",
            "https://arxiv.org/abs/2101.00001",
            Safety.SAFE,
        ),
        ("http://dx.doi.org/10.1000%2FAbC?x", "https://doi.org/10.1000%2FAbC?x", Safety.SAFE),
        ("http://example.org/?a=b#c", "https://example.org/?a=b#c", Safety.UNSAFE),
        ("https://arxiv.org/abs/2101.0001", None, Safety.MANUAL),
        ("https://example.org/a.html,", "https://example.org/a.html", Safety.UNSAFE),
    ],
)
def test_problems(url: str, expected: str | None, safety: Safety) -> None:
    assert better(url) == (expected, safety)
    if safety is Safety.SAFE:
        assert identifier(expected) == identifier(url) is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2101.00001", "https://arxiv.org", "https://arxiv.org/list/cs/new",
        "https://doi.org/10.1000/AbC", "https://example.org", "http://server/x", "http://1.2.3.4/",
        "http://example.org:8080/", "mailto:a@b.c", "", "https://", "https://nature.org/x",
        "https://github.io", "https://example.org/10.1000/x", "https://www.nature.com/articles/x1",
        "https://" + "a" * 5000 + ".org/",
    ],
)  # fmt: skip
def test_no_problem(url: str) -> None:
    assert better(url) is None


def test_a_version_may_be_kept() -> None:
    url = "https://arxiv.org/pdf/2101.00001v2"
    assert better(url, version="any") == ("https://arxiv.org/abs/2101.00001v2", Safety.SAFE)
    assert better(url, form="any", version="any") is None
    assert better(url, form="pdf") == ("https://arxiv.org/pdf/2101.00001", Safety.UNSAFE)
