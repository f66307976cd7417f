"""Names and texts that want to be commands, markup or other findings, in every format of a report.

See test_hostile.py. What reads a report must find in it what was found, and nothing else.
"""

import json
import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.confined import FINE, Nursery, write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")

NAMES = (
    b"esc\x1b[31mred\x1b]0;title\x07.md", b"bad\xff\xfe.md", "bidi\u202eda.md".encode(), b"two\nlines.md",
    b"x\n::error file=a.md::forged.md", b"::error::forged.md", b"##[error]forged.md", b"a,line=9::x.md", b"%0A::x.md",
    b"##vso[task.setvariable]x.md", b"]]><forged a='.md", b"<script>alert(1)<%2Fscript>.md", b"|a|b|.md", b"`x`.md",
    b"[x](javascript:alert(1)).md", b"-q.md", b"&amp;.md", b"@everyone.md", b"\r.md", b"\x85.md", b"$(reboot).md",
)  # fmt: skip
TEXT = (
    "[[gone\x1b[2J]] [[gone\u202e]] [[<img src=x onerror=alert(1)>]]\n\n::error::[[gone]]\n\n"
    "  ::add-mask::[[gone]] ##[error]\n\n[[]]>]] [[a|`b`]] [[%0A::set-output name=x::y]]\n"
)
FORMATS = ("text", "json", "jsonl", "github", "gitlab", "junit", "markdown", "sarif")


@pytest.fixture
def named(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / os.fsdecode(name)).write_bytes(TEXT.encode())
    write(tmp_path, FINE)
    return tmp_path


FOR_GITHUB_ALONE = ("github", "TF_BUILD")
RUNNERS = {"GITHUB_ACTIONS": r"\s*::|.*##\[", "TF_BUILD": r".*##(vso)?\["}
OURS = r"::(error|warning|notice) [^\n]*::[^\n]*|::group::\d+ findings without an annotation|::endgroup::"


@pytest.mark.parametrize(
    ("form", "runner"),
    [
        (form, runner)
        for form in FORMATS
        for runner in RUNNERS
        if (form, runner) != FOR_GITHUB_ALONE
    ],
)
def test_no_line_is_a_command_to_a_runner(
    nursery: Nursery, named: Path, form: str, runner: str
) -> None:
    done = nursery.check(named, "--pack", "strict", "--format", form, **{runner: "true"})
    assert (done.code, done.err) == (1, "")
    assert done.out.replace("\n", "").isprintable()
    commands = [line for line in done.out.split("\n") if re.match(RUNNERS[runner], line)]
    if form == "github":
        assert len(commands) >= 10
        commands = [line for line in commands if not re.fullmatch(OURS, line)]
    assert commands == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_in_a_file_is_as_printable(
    nursery: Nursery, named: Path, form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("out") / "report"
    done = nursery.check(named, "--pack", "strict", "-o", f"{form}:{file}", "-q")
    assert (done.code, done.err) == (1, "")
    assert file.read_bytes().decode("utf-8").replace("\n", "").isprintable()


def test_what_reads_a_report_finds_as_much_in_each(nursery: Nursery, named: Path) -> None:
    def report(form: str) -> str:
        done = nursery.check(named, "--pack", "strict", "--format", form)
        assert (done.code, done.err) == (1, "")
        return done.out

    total = len(json.loads(report("json"))["diagnostics"])
    assert total > len(NAMES)
    assert sum('"rule"' in line for line in report("jsonl").splitlines()) == total
    assert len(json.loads(report("gitlab"))) == total
    assert len(json.loads(report("sarif"))["runs"][0]["results"]) == total
    cases = ET.fromstring(report("junit")).iter("testcase")
    assert len(list(cases)) == total
