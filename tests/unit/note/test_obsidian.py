"""Obsidian's small conventions."""

import pytest

from vaultlint.note.obsidian import (
    ImageSize,
    callout_type,
    decode_uri,
    decode_uri_component,
    display_text,
    image_size,
)


@pytest.mark.parametrize(
    ("linktext", "shown"),
    [
        ("A", "A"),
        ("A#H", "A > H"),
        ("A#H#I", "A > H > I"),
        ("#H", "H"),
        ("#^b", "^b"),
        ("A#", "A"),
        ("A##H", "A > H"),
        ("dir/A.md", "dir/A.md"),
        ("", ""),
    ],
)
def test_display_text(linktext, shown):
    assert display_text(linktext) == shown


@pytest.mark.parametrize(
    ("alias", "size"),
    [
        ("100", ImageSize(100, None, None)),
        ("100x20", ImageSize(100, 20, None)),
        ("a cat|100", ImageSize(100, None, "a cat")),
        ("a|b|100x20", ImageSize(100, 20, "a|b")),
        ("a cat", ImageSize(None, None, "a cat")),
        ("100px", ImageSize(None, None, "100px")),
        ("x20", ImageSize(None, None, "x20")),
        ("100x", ImageSize(None, None, "100x")),
        ("100|", ImageSize(None, None, "100|")),
        ("9" * 5000, ImageSize(None, None, "9" * 5000)),
    ],
)
def test_image_size(alias, size):
    assert image_size(alias) == size


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("note", "note"),
        ("TLDR", "abstract"),
        ("hint", "tip"),
        ("Done", "success"),
        ("faq", "question"),
        ("caution", "warning"),
        ("missing", "failure"),
        ("error", "danger"),
        ("cite", "quote"),
        ("my-own", "note"),
        ("", "note"),
    ],
)
def test_callout_type(written, canonical):
    assert callout_type(written) == canonical


@pytest.mark.parametrize(
    ("written", "uri", "component"),
    [
        ("My%20Note", "My Note", "My Note"),
        ("Caf%C3%A9", "Café", "Café"),
        ("C%23", "C%23", "C#"),
        ("a%2fb%20c", "a%2fb c", "a/b c"),
        ("%C3%A9%2F%20", "é%2F ", "é/ "),
        ("100%25", "100%", "100%"),
        ("a+b", "a+b", "a+b"),
        ("50%.md", "50%.md", "50%.md"),
        ("a%20b%zz", "a%20b%zz", "a%20b%zz"),
        ("%E9", "%E9", "%E9"),
        ("%ED%A0%80", "%ED%A0%80", "%ED%A0%80"),
        ("%", "%", "%"),
        ("", "", ""),
    ],
)
def test_percent_decoding_is_all_or_nothing(written, uri, component):
    assert decode_uri(written) == uri
    assert decode_uri_component(written) == component
