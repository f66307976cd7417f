"""Inline syntax: where links are seen, and where tags may begin."""

import pytest

from tests.unit.note.facts_of import links, note_of, regions, tags, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#a", ["a"]),
        ("x #a-b/c_d", ["a-b/c_d"]),
        ("x#a", []),
        ("#1", []),
        ("#1a #1-2 #½", ["1a", "1-2", "½"]),
        ("##a", []),
        ('(#a) "#b" ,#c —#d', []),
        ("#a#b", ["a", "b"]),
        ("**#a** *#b* _#c_ ~~#d~~ ==#e==", ["a", "b", "c", "d", "e"]),
        ("**x**#a `x`#b [[x]]#c $x$#d %%x%%#e <b>#f [x](y)#g \\]#h", list("abcdefgh")),
        ("**#a ~#b~ ==#c `#d", []),
        ("[#a] [#b](x) [#c", ["a", "b"]),
        ("|#a|\n|-|\n|#b|", ["a", "b"]),
        (">#a", ["a"]),
        ("&amp;#a <3#b", []),
        ("\\#a \\\\#b", ["b"]),
        ("#a\u00a0#b\u3000#c\u200b#d", ["a", "b", "c"]),
        ("#a—b #c…", ["a", "c"]),
        (
            "#a\x85b x\x85#c #d\x1ce #f\ufeffg",
            ["a\x85b", "d\x1ce", "f"],
        ),  # JavaScript's white space
        ("`#a` $#b$ <!-- #c --> [[#d]] ![#e](x) [x](#f) [^#g] https://x.y/#h", []),
        ("%%#a%% %% #b %%", ["a", "b"]),
        ('[x](y "#a")', []),
        ("<!-- x --> #a", []),
        ("x <!-- y --> #a", ["a"]),
        ("*x `*` #a", ["a"]),
    ],
)
def test_tags(text, expected):
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[a]] x[[b]]y ![[c]]", ["[[a]]", "[[b]]", "![[c]]"]),
        ("[[a]b]] [[a[b]] [[]] [[a\nb]]", ["[[a]b]]", "[[a[b]]"]),
        ("[[a [[b]] c]]", ["[[b]]"]),
        ("\\[[a]] \\![[b]]", ["[[b]]"]),
        ("`[[a]]` ``[[b]] ` `` $[[c]]$ <!-- [[d]] -->", []),
        ("%%[[a]]%% <br>[[b]] ==[[c]]== **[[d]]**", ["[[a]]", "[[b]]", "[[c]]", "[[d]]"]),
        ("[[a]](b)", ["[[a]]"]),
        ("[[1] a](b.md)", ["[[1] a](b.md)"]),
        ("[[[1]]](b.md)", ["[[[1]]](b.md)"]),
        ("[[[a]]]", []),
        ("[[[a]], [[b]]]", ["[[a]]", "[[b]]"]),
        ("[x [[a]] y](b.md)", ["[x [[a]] y](b.md)"]),
        ("[![a](b.png)](c.md)", ["[![a](b.png)](c.md)", "![a](b.png)"]),
        ("%%\n[[a]]\n%% [[b]]", ["[[a]]", "[[b]]"]),
        ("$5 [[a]] $6", ["[[a]]"]),
        ("$a [[b]] c$", []),
        ("[[a$b]] $", ["[[a$b]]"]),
        ("`` [[a]]", ["[[a]]"]),
        ("*a `b* [[c]] d`", ["[[c]]"]),
    ],
)
def test_where_links_are_seen(text, expected):
    assert links(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[a]()",
        "[a](<>)",
        "[]()",
        "[a](b c)",
        "[a] (b)",
        '[a](b "c)',
        "[a](<b\nc>)",
        "[a](b(c)",
        "\\[a](b)",
        "[a][b]",
    ],
)
def test_not_markdown_links(text):
    assert links(text) == []


def test_markdown_link_parts():
    text = "![x | 3]( <My%20Note.md#A%20b> 'title' )"
    (link,) = note_of(text).links
    assert (link.kind, link.embed, link.markdown) == ("inline", True, True)
    assert (link.target, link.anchor, link.alias) == ("My Note.md", "A b", "x | 3")
    assert link.raw == "My%20Note.md#A%20b"
    assert link.span.of(text) == text
    assert link.target_span.of(text) == "My%20Note.md"
    assert link.anchor_span.of(text) == "A%20b"
    assert link.alias_span.of(text) == "x | 3"


@pytest.mark.parametrize(
    ("destination", "internal"),
    [
        ("a.md", True),
        ("#h", True),
        ("./a:b.md", True),
        ("../a", True),
        ("a:b.md", False),
        ("mailto:a@b", False),
        ("https://a.b", False),
        ("//a.b/c", False),
        ("obsidian://open?vault=a", False),
    ],
)
def test_internal_destinations(destination, internal):
    note = note_of(f"[x]({destination})")
    assert (len(note.links), len(note.urls)) == ((1, 0) if internal else (0, 1))


def test_urls_of_every_kind():
    text = (
        "[a](https://a.b/c) ![i](https://a.b/i.png) <https://a.b/d> https://a.b/e_(f). www.a.b, "
        "(http://a.b/c) [r][r] http://localhost https://a_b.c/ [`https://x.y`](z.md)\n\n"
        "[R]: https://a.b/r"
    )
    note = note_of(text)
    assert [(url.kind, url.url) for url in note.urls] == [
        ("inline", "https://a.b/c"),
        ("image", "https://a.b/i.png"),
        ("autolink", "https://a.b/d"),
        ("bare", "https://a.b/e_(f)"),
        ("bare", "www.a.b"),
        ("bare", "http://a.b/c"),
        ("reference", "https://a.b/r"),
    ]
    for url in note.urls:
        assert url.url_span.of(text) == url.url
    assert note.urls[-1].text == "r"
    assert note.urls[-1].span.of(text) == "[r][r]"


def test_references_are_links_only_with_a_definition():
    text = "[a][x] [x] [x][] ![y] [z] `[x]`\n\n[X]: A%20b.md#c\n[y]: i.png\n"
    note = note_of(text)
    assert [(link.kind, link.embed, link.target, link.anchor) for link in note.links] == [
        ("reference", False, "A b.md", "c"),
        ("reference", False, "A b.md", "c"),
        ("reference", False, "A b.md", "c"),
        ("reference", True, "i.png", None),
    ]
    assert [link.target_span.of(text) for link in note.links] == ["A%20b.md"] * 3 + ["i.png"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("[x](My Note.md)", "space-in-destination", "[x](My Note.md)"),
        ("[x](https://a.b\nc)", "unclosed-destination", "[x](https://a.b"),
        ("[x](https://a.b/c_(d) e", "unclosed-destination", "[x](https://a.b/c_(d)"),
        ("a [[]] b", "empty-wikilink", "[[]]"),
        ("a [[b\nc]]", "unclosed-wikilink", "[[b"),
        ("a [[b] c", "unclosed-wikilink", "[[b] c"),
        ("[[a](https://b.c)] [[d", "unclosed-wikilink", "[[d"),
        ("|a|\n|-|\n|[[b|c]]|d|", "cut-by-table", "[[b|c]]"),
        ("|a|\n|-|\n|![x|300](y.png)|d|", "cut-by-table", "![x|300](y.png)"),
    ],
)
def test_what_was_meant_as_a_link(text, kind, expected):
    note = note_of(text)
    assert [(near.kind, near.span.of(text)) for near in note.near_links] == [(kind, expected)]
    assert note.links == ()


@pytest.mark.parametrize(
    "text",
    [
        "`[[a` `[[]]`",
        "[a] and [b](c.md)",
        "[x](y 'title')",
        "[[1] a](https://b.c) [[d]]",
        "[[paper](https://b.c)] [[code](https://d.e)]",
        "[[paper](https://b.c) and [code](https://d.e)]",
        "see [[1], p. 3]",
        "in a shell [[ opens a test",
        "|a|\n|-|\n|[[b\\|c]]|[d](e)|",
        "|a|\n|-|\n|\\[[b|c]]|d|",
        "[[[a]]]",
        "\\[[a",
    ],
)
def test_nothing_was_meant_as_a_link(text):
    assert note_of(text).near_links == ()


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("`a` ``b`c`` ```d` `e", "code", ["`a`", "``b`c``", "`d`"]),
        ("$a$ $b\nc$ \\$d $$e$$", "math", ["$a$", "$b\nc$", "$$e$$"]),
        ("$ a$", "math", []),
        ("$a $b$1", "math", []),
        ("==a== == b== ==c ==d== ====", "highlight", ["==a==", "==c ==d=="]),
        ("%%a%% b%% c %%%% d", "comment", ["%%a%%"]),
        ("a <!-- b --> <!-- c -- d -->", "html-comment", ["<!-- b -->"]),
    ],
)
def test_regions(text, kind, expected):
    assert regions("x " + text, kind) == expected


def test_footnotes():
    text = "a[^1] [^b c] `[^2]` ^[d] ![^3]\n\n[^1]: e [^4]"
    note = note_of(text)
    assert [(each.id, each.definition) for each in note.footnotes] == [
        ("1", False),
        ("3", False),
        ("1", True),
        ("4", False),
    ]
    assert words(text, "footnotes") == {"footnotes": ["[^1]", "[^3]", "[^1]", "[^4]"]}


def test_links_know_that_they_are_in_a_table():
    note = note_of("|a|\n|-|\n|[[b\\|c]]|[d](e)|\n\n[[f]]")
    assert [(link.target, link.alias, link.in_table) for link in note.links] == [
        ("b", "c", True),
        ("e", "d", True),
        ("f", None, False),
    ]
