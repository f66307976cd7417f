"""The text between the brackets of a link."""

import pytest

from vaultlint.note.links import BareUrls, destination, split_destination, wikilink


@pytest.mark.parametrize(
    ("inner", "target", "anchor", "alias"),
    [
        ("a", "a", None, None),
        (" a | b ", "a", None, "b"),
        ("a|b|c", "a", None, "b|c"),
        ("#h||x", "", "h", "|x"),
        ("|", "|", None, None),
        ("|x", "|x", None, None),
        ("|#part", "|", "part", None),
        ("a\\|b", "a", None, "b"),
        ("a|", "a", None, ""),
        ("a#b#c", "a", "b#c", None),
        ("a#", "a", "", None),
        ("#^id", "", "^id", None),
        ("pa#th/a", "pa", "th/a", None),
        ("a\u00a0b", "a b", None, None),
        ("My%20Note", "My%20Note", None, None),
        ("a # b | c", "a", " b", "c"),
    ],
)
def test_wikilink_parts(inner, target, anchor, alias):
    text = f"x[[{inner}]]"
    parts = wikilink(text, 3, 3 + len(inner))
    assert (parts.target, parts.anchor, parts.alias) == (target, anchor, alias)
    start, end = parts.target_place
    assert text[start:end].replace("\u00a0", " ") == target
    if parts.anchor_place is not None:
        assert text[slice(*parts.anchor_place)] == anchor
    if parts.alias_place is not None:
        assert text[slice(*parts.alias_place)] == alias


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a)", "a"),
        (" a )", "a"),
        ("a(b)c)", "a(b)c"),
        ("a\\)b)", "a\\)b"),
        ("<a b>)", "a b"),
        ("a\n't')", "a"),
        ("a (t))", "a"),
        (")", ""),
        ("a b)", None),
        ("a 't)", None),
        ("(a)", None),
        ("<a", None),
        ("a't')", "a't'"),
        ("(" * 40 + ")" * 41, None),
    ],
)
def test_destination(text, expected):
    found = destination(text, 0, len(text))
    assert (None if found is None else text[found[0] : found[1]]) == expected
    assert found is None or found[2] == len(text)


def test_destination_is_unescaped_and_decoded():
    assert split_destination("a\\_b&amp;c%20d&copy=1", 0).target == "a_b&c d&copy=1"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://a.b", "http://a.b"),
        ("http://a.b.", "http://a.b"),
        ("http://a.b/c?d!", "http://a.b/c?d"),
        ("http://a.b/(c)", "http://a.b/(c)"),
        ("http://a.b/c)", "http://a.b/c"),
        ("http://a.b/c&amp;", "http://a.b/c"),
        ("http://a.b/c<d", "http://a.b/c"),
        ("http://a", None),
        ("http://a.b_c", None),
        ("http://a..b", None),
    ],
)
def test_bare_url_end(text, url):
    end = BareUrls(text).end(0, 7, len(text))
    assert (None if end is None else text[:end]) == url


def test_bare_urls_of_one_run_end_each_for_itself():
    text = "http://a.b/c)http://a.b/(d)http://a.b/e).*! more"
    urls = BareUrls(text)
    starts = [at for at in range(len(text)) if text.startswith("http", at)]
    assert [text[at : urls.end(at, at + 7, len(text))] for at in starts] == [
        "http://a.b/c)http://a.b/(d",
        "http://a.b/(d)http://a.b/e",
        "http://a.b/e",
    ]
    assert urls.end(starts[1], starts[1] + 7, starts[2]) == starts[2]
    assert urls.end(starts[0], starts[0] + 7, starts[1]) == starts[1] - 1
