"""The baseline file: deterministic, mergeable by git, and careful about what it reads."""

import contextlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.report.findings import VILE, finding
from vaultlint.baseline import Baseline, Entry, as_text, baseline_of, line_of, parse_baseline
from vaultlint.errors import ConfigError

NOTE = "# Title\n\nSee [[Gone]] now.\n"
NAME = "vaultlint-baseline.json"


def entry(number: int, **changes: str) -> Entry:
    made = Entry(f"{number:02}.md", "broken-link", "m", f"{number:016x}", "01234567")
    return made._replace(**changes)


def content(baseline: Baseline) -> bytes:
    return "".join(as_text(baseline)).encode()


def test_the_file_is_json_with_a_line_for_each_finding() -> None:
    found = [finding(NOTE, "now", file="b.md"), finding(NOTE, "[[Gone]]", file="a.md")]
    written = content(baseline_of(found))
    loaded = json.loads(written)
    assert loaded["version"] == 1
    *findings, last = loaded["findings"]
    assert last is None
    assert findings == [
        {
            "path": each.file,
            "rule": "broken-link",
            "message": "no note is named 'Gone'",
            "fingerprint": each.fingerprint,
            "line": line_of(each),
        }
        for each in reversed(found)
    ]
    lines = written.decode().split("\n")
    assert len(lines) == len(found) + 7
    assert all(line.endswith("},") for line in lines[3:5])


def test_the_order_of_findings_does_not_matter() -> None:
    found = [finding(NOTE, word, file=f"{word}.md") for word in ("now", "See", "Title")]
    assert content(baseline_of(found)) == content(baseline_of(reversed(found)))


@given(
    st.lists(
        st.builds(
            Entry,
            VILE,
            VILE,
            VILE,
            st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}"),
            st.just("01234567"),
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    written = content(baseline_of([], entries))
    assert written.isascii()
    read = parse_baseline(written, NAME)
    assert read.fingerprints == {each.fingerprint for each in entries}
    assert content(read) == written


def test_what_stands_twice_counts_once() -> None:
    both = content(Baseline((entry(1), entry(1, message="other"), entry(2))))
    assert len(parse_baseline(both, NAME).entries) == 2


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 1, "findings": []}',
        '\ufeff{"version":1,"findings":[null]}',
        ' {\n"version" : 1 ,\n\n"findings" : [ null , null , ] }\n\n',
    ],
)
def test_an_empty_baseline_however_it_is_laid_out(text: str) -> None:
    assert parse_baseline(text.encode(), NAME) == Baseline()


GOOD = '{"path": "a", "rule": "r", "message": "m", "fingerprint": "0123456789abcdef", "line": "01234567"}'


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("", "1:1", "this is no baseline"),
        ("[]", "1:1", "this is no baseline"),
        ("{}", "1:1", "this is no baseline"),
        ('{"version": 2, "findings": []}', "1:13", "another version"),
        ('{"version": 1, "findings": [\n', "2:1", "no JSON"),
        ('{"version": 1, "findings": [\n{"path": 1},\nnull]}', "2:1", "a finding has the keys"),
        ('{"version": 1, "findings": [\n7]}', "2:1", "a finding has the keys"),
        (f'{{"version": 1, "findings": [\n{GOOD}\n{GOOD}]}}', "2:98", "a comma"),
        (f'{{"version": 1, "findings": [\n{GOOD[:-10]}\n]}}', "2:88", "no JSON"),
        (f'{{"version": 1, "findings": [{GOOD.replace("abcdef", "xyz")}]}}', "1:29", "the keys"),
        (f'{{"version": 1, "findings": [\n{GOOD},\n\n]}} x', "4:1", "no JSON"),
        (f'{{"version": 1, "findings": [\n<<<<<<< HEAD\n{GOOD},\n=======', "2:1", "conflict"),
        ('<<<<<<< HEAD\n{"version": 1, "findings": [', "1:1", "conflict"),
        (f'{{"version": 1, "findings": [\n{GOOD},\n>>>>>>> x\nnull]}}', "3:1", "conflict"),
        ('{"version": 1, "findings": [' + "[" * 100_000, "1:29", ""),
        ('{"version": 1, "findings": [' + "9" * 10_000 + "]}", "1:29", ""),
        ('{"version": ' + "9" * 10_000 + ', "findings": []}', "1:1", "this is no baseline"),
    ],
)
def test_what_is_no_baseline_is_told_with_its_place(text: str, place: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_baseline(text.encode(), NAME)
    assert str(caught.value).startswith(f"{NAME}:{place}: ")
    assert told in str(caught.value)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(ConfigError, match=r"json:2:3: this is not valid UTF-8"):
        parse_baseline(b'{\n"v\xff', NAME)


@given(st.text(alphabet='{}[]",:0 9anull\\verso<=\n', max_size=60), st.booleans())
def test_nothing_but_a_config_error(text: str, headed: bool) -> None:
    text = '{"version": 1, "findings": [' * headed + text
    with contextlib.suppress(ConfigError):
        parse_baseline(text.encode(), NAME)


def test_stale_are_entries_that_were_judged_and_not_found() -> None:
    found = finding(NOTE, "now")
    known = baseline_of([found], [entry(1), entry(2)])
    stale = known.stale([found], lambda each: each.path != "02.md")
    assert stale == (entry(1),)
    assert known.without(stale) == baseline_of([found], [entry(2)])


def test_growth_is_told_by_rule() -> None:
    old = Baseline((entry(1), entry(2), entry(3, rule="a"), entry(4, rule="a")))
    new = Baseline((entry(5), entry(6), entry(7), entry(8, rule="a"), entry(9, rule="c")))
    assert new.grown_since(old) == {"broken-link": (2, 3), "c": (0, 1)}
    moved = Baseline(tuple(each._replace(path="z.md") for each in old.entries))
    assert moved.grown_since(old) == {}


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@needs_git
@pytest.mark.parametrize("union", [False, True])
def test_git_merges_baselines(tmp_path: Path, *, union: bool) -> None:
    base = [entry(number) for number in range(2, 40, 4)]
    ours = [*base[1:], entry(15)]
    theirs = [*base[:-2], entry(27), entry(39)]
    for name, entries in (("base", base), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_bytes(content(baseline_of([], entries)))
    option = ["--union"] if union else []
    merged = subprocess.run(
        ["git", "merge-file", "-p", *option, "ours", "base", "theirs"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    ).stdout
    wanted = [*base[1:-2], entry(15), entry(27), entry(39)]
    assert parse_baseline(merged, NAME) == baseline_of([], wanted)
