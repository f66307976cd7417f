"""The bytes of notes while fixes are planned."""

import pytest

from vaultlint.diagnostics import Edit
from vaultlint.fixing.texts import NotEditable, Texts, edited
from vaultlint.text import Span


def edit(start: int, end: int, text: str) -> Edit:
    return Edit("a.md", Span(start, end), text)


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        (b"abc", [edit(1, 2, "X")], b"aXc"),
        (b"\xef\xbb\xbfabc\r\n", [edit(0, 1, "X")], b"\xef\xbb\xbfXbc\r\n"),
        ("äöü\u2028\r\n".encode(), [edit(1, 2, "o")], "äoü\u2028\r\n".encode()),
        (b"ab", [edit(2, 2, "\n"), edit(0, 0, "-")], b"-ab\n"),
    ],
)
def test_only_the_edits_change_bytes(before: bytes, edits: list[Edit], after: bytes) -> None:
    assert edited(before, edits) == after


@pytest.mark.parametrize(
    ("data", "edits", "reason"),
    [
        (b"a\xffb", [edit(0, 1, "x")], "not valid UTF-8"),
        (b"abc", [edit(0, 1, "\udcff")], "not valid Unicode"),
        (b"abc", [edit(0, 2, "x"), edit(1, 3, "y")], "overlaps"),
        (b"abc", [edit(2, 9, "x")], "leaves the text"),
    ],
)
def test_what_cannot_be_edited(data: bytes, edits: list[Edit], reason: str) -> None:
    with pytest.raises(NotEditable, match=reason):
        edited(data, edits)


def test_what_was_found_is_read_once_and_can_be_given_back() -> None:
    reads: list[str] = []

    def read(file: str) -> bytes:
        reads.append(file)
        return b"old"

    texts = Texts(read)
    assert texts["a"] == texts["a"] == b"old"
    texts.accept({"a": b"new"})
    assert texts["a"] == b"new"
    assert texts.changed() == {"a": b"new"}
    assert texts.restore(["a"]) == {"a": b"old"}
    assert texts.changed() == {}
    texts.accept({"a": b"old"})
    assert texts.changed() == {}
    assert reads == ["a"]
