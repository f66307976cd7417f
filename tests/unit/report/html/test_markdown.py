"""Lines of notes and pages of rules as HTML."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.report.html.markdown import document, line

ENTRIES = {"Foo": "#n1", "Foo.md": "#n1", "a b": "#n2"}


def rendered(text: str, flagged: str = "") -> str:
    at = text.index(flagged)
    return str(line(text, (at, at + len(flagged)), ENTRIES.get))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- [[Foo]]", '<a href="#n1">Foo</a>'),
        ("- [ ] see [[Foo#Part|this]]", 'see <a href="#n1">this</a>'),
        ("![[Foo]]", '<a href="#n1">Foo</a>'),
        ("[[Gone]]", '<span class="nowhere" title="not in the vault">Gone</span>'),
        ("[x](Foo.md#y)", '<a href="#n1">x</a>'),
        ("[x](a%20b)", '<a href="#n2">x</a>'),
        ("[x](#n1)", '<span class="nowhere" title="#n1">x</span>'),
        ("[x](Gone.md)", '<span class="nowhere" title="Gone.md">x</span>'),
        ("[x](https://a.b/?c&d)", '<a href="https://a.b/?c&amp;d" rel="noreferrer">x</a>'),
        ("## A `[[Foo]]`", "A <code>[[Foo]]</code>"),
        ("> 1. #a/b #12 c#d", '<span class="tag">#a/b</span> #12 c#d'),
        ("![p](https://a.b/c.png)", '<span class="picture">p</span>'),
        ("![](x.png)", '<span class="picture">picture</span>'),
        ("**a** <b onclick=x>c</b>", "<strong>a</strong> &lt;b onclick=x&gt;c&lt;/b&gt;"),
    ],
)
def test_lines(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//a.b",
        "file:///etc",
    ],
)
def test_no_other_scheme_is_a_link(url: str) -> None:
    assert "href" not in rendered(f"[x]({url})")
    assert "href" not in rendered(f"<{url}>")


def test_flagged_text_is_marked() -> None:
    assert rendered("- a [[Gone]]", "[[Gone]]") == (
        'a <mark><span class="nowhere" title="not in the vault">Gone</span></mark>'
    )
    assert rendered("a **b** c", "b") == "a <strong><mark>b</mark></strong> c"


def test_no_mark_where_it_would_cut_or_land_in_an_address() -> None:
    assert "<mark>" not in rendered("a **b c** d", "a **b")
    assert "<mark>" not in rendered("[x](https://a.b/c)", "https://a.b")
    assert rendered("a") == "a"


class Elements(HTMLParser):
    """Collects what a browser would make of a text: elements with attributes, and open ones."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


syntax = st.lists(
    st.sampled_from(
        ["[[", "]]", "[", "](", ")", "<", ">", '"', "'", "`", "*", "_", "#", "!", "javascript:", "Foo",
         "https://a.b/", "&", "&lt;", "\\", "|", "^", " ", "script", "onload=", "\ue000", "\ue001", "\u202e", "é"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(syntax, st.integers(0, 30), st.integers(0, 30))
def test_nothing_gets_through(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    html = str(line(text, (start, min(start + length, len(text))), ENTRIES.get))
    elements = Elements(html)
    assert elements.open == []
    allowed = {"a": {"href", "rel"}, "span": {"class", "title"}}
    for tag, attributes in elements.found:
        assert tag in {"a", "span", "mark", "code", "em", "strong", "br"}
        assert set(attributes) <= allowed.get(tag, set())
        assert re.match(r"#n\d+$|https?://|mailto:", attributes.get("href") or "#n1")
    assert "\u202e" not in html


def test_a_document_names_the_files_of_its_examples() -> None:
    html = str(
        document('## A\n\n```md file="a.md"\n- <b>\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n')
    )
    assert "<h3>A</h3>" in html
    assert '<p class="file">a.md</p>\n<pre tabindex="0"><code>- &lt;b&gt;\n</code></pre>' in html
    assert "<td>1</td>" in html
    assert "style" not in html
