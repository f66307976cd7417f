"""Lines that open with tags, and their links."""

import pytest

from vaultlint.note.parse import parse_note

ARXIV = "https://arxiv.org/abs/2108.07258"


def cited(text: str) -> list[tuple[list[str], list[tuple[str | None, str]]]]:
    note = parse_note("a.md", text.encode())
    return [
        ([tag.name for tag in citation.kinds], [(link.text, link.url) for link in citation.links])
        for citation in note.citations
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"#PAPER [T]({ARXIV})", f"- #PAPER [T]({ARXIV})", f"  * #PAPER  [T]({ARXIV}) ^id",
        f'> 1. #PAPER [T]({ARXIV} "title")', f"- [ ] #PAPER [T]({ARXIV} )", f"- **#PAPER** [T]({ARXIV})",
        f"- _#PAPER_: [T](<{ARXIV}>) - and more prose",
    ],
)  # fmt: skip
def test_citations(line: str) -> None:
    assert cited(f"# Reading\n\n{line}\n") == [(["PAPER"], [("T", ARXIV)])]


@pytest.mark.parametrize(
    "line", [f"See #PAPER [T]({ARXIV})", f"`#PAPER` [T]({ARXIV})", f"- [T]({ARXIV}) #PAPER", "- #1 [T](x)"]
)  # fmt: skip
def test_lines_that_open_with_something_else(line: str) -> None:
    assert cited(f"{line}\n") == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_kinds_and_links_of_one_line(newline: str) -> None:
    text = newline.join([
        f"- #PAPER #REVIEW [T (Doe 2020)]({ARXIV}), **#CODE** https://example.org/x",
        f"- #CODE https://example.org/y\t#late [z]({ARXIV})",
        "- #TALK no link",
        "- #PAPER see [[Other note#H|there]] or [z](Other%20note.md)",
        "",
    ])  # fmt: skip
    assert cited(text) == [
        (["PAPER", "REVIEW"], [("T (Doe 2020)", ARXIV), (None, "https://example.org/x")]),
        (["CODE"], [(None, "https://example.org/y"), ("z", ARXIV)]),
        (["TALK"], []),
        (["PAPER"], [("there", "Other note#H"), ("z", "Other%20note.md")]),
    ]


def test_brackets_in_a_title() -> None:
    text = (
        f"- #PAPER [[1908.07442] T (arxiv.org)]({ARXIV})\n- #PAPER [\\[2403.07815\\] T]({ARXIV})\n"
    )
    assert cited(text) == [
        (["PAPER"], [("[1908.07442] T (arxiv.org)", ARXIV)]),
        (["PAPER"], [("\\[2403.07815\\] T", ARXIV)]),
    ]


def test_spans() -> None:
    text = f"---\na: 1\n---\n- é #PAPER\n- #PAPER [日本]({ARXIV} ) ^x  \n"
    (citation,) = parse_note("a.md", text.encode()).citations
    (link,) = citation.links
    assert citation.span.of(text) == f"#PAPER [日本]({ARXIV} ) ^x"
    assert link.text_span is not None
    assert link.text_span.of(text) == "日本"
    assert link.url_span.of(text) == ARXIV
    assert link.identifier == ("arxiv", "2108.07258")


def test_tags_of_properties_are_no_kinds() -> None:
    assert cited("---\ntags: [PAPER]\n---\ntext\n") == []


@pytest.mark.parametrize("line", ["- #a\n", "#a\r", "#a ", "> > > ", "\t- #a\n"])
def test_many_lines_do_not_swallow_time(line: str) -> None:
    assert len(parse_note("a.md", (line * 20_000).encode()).citations) <= 20_000
