"""Unified diffs, also of notes with CRLF or without a final line ending."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultlint.fixing.diff import unified


def diff(before: bytes, after: bytes) -> str:
    return "".join(unified("a b.md", before, after))


def test_equal_texts_have_no_diff() -> None:
    assert diff(b"a\n", b"a\n") == ""


def test_one_line_in_the_middle_has_three_lines_around_it() -> None:
    lines = [b"%d\n" % number for number in range(1, 21)]
    changed = [*lines]
    changed[9] = b"ten\n"
    assert diff(b"".join(lines), b"".join(changed)) == (
        "--- a/a b.md\n+++ b/a b.md\n@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n"
    )


def test_a_missing_final_line_ending_is_marked() -> None:
    assert diff(b"a\nb", b"a\nc") == (
        "--- a/a b.md\n+++ b/a b.md\n@@ -1,2 +1,2 @@\n a\n"
        "-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )
    assert diff(b"a", b"a\n").endswith("-a\n\\ No newline at end of file\n+a\n")


def test_crlf_stays_with_its_line_and_a_lone_cr_ends_none() -> None:
    assert diff(b"a\r\nb\r\n", b"a\r\nc\r\n").endswith(" a\r\n-b\r\n+c\r\n")
    assert diff(b"a\rb\n", b"a\rc\n").endswith("@@ -1 +1 @@\n-a\rb\n+a\rc\n")


def test_from_and_to_nothing() -> None:
    assert "@@ -0,0 +1 @@\n+a\n" in diff(b"", b"a\n")
    assert "@@ -1 +0,0 @@\n-a\n" in diff(b"a\n", b"")


def test_a_change_has_the_context_that_there_is() -> None:
    text = diff(b"c\na\nc\na\nb\nb\nb\nb\na\n", b"c\na\nc\nb\nb\nb\na\n")
    assert text.endswith("-a\n-b\n b\n b\n b\n")


TEXTS = st.lists(
    st.sampled_from([b"a\n", b"b\n", b"c\r\n", b"\xe2\x80\xa8\n", b"\n", b"\rd\n"]), max_size=14
).map(b"".join)


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_patch_can_apply_them(tmp_path: Path) -> None:
    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(TEXTS, TEXTS, st.sampled_from([b"", b"end"]), st.sampled_from([b"", b"end"]))
    def check(before: bytes, after: bytes, one: bytes, two: bytes) -> None:
        before, after = before + one, after + two
        if before == after or not before or not after:
            return
        note = tmp_path / "note.md"
        note.write_bytes(before)
        text = "".join(unified("note.md", before, after)).encode()
        subprocess.run(
            ["patch", "--binary", "-s", "-p1", "--no-backup-if-mismatch"],
            input=text, cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip
        assert note.read_bytes() == after

    check()
