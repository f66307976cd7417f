"""Texts made to be slow or to be misread: see test_hostile.py.

Nesting and unclosed openers in Markdown, scalars that trip up readers of YAML, and patterns of a
person's own that explode in engines that backtrack.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.confined import FINE, Done, Nursery, frontmatter, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and files of POSIX")

MANY = 20_000


# After the kinds of input with which the reference implementations of CommonMark are tested.
NESTED = {
    "strong in emphasis": "*a **a " * MANY + "b" + " a** a*" * MANY,
    "emphasis that only closes": "a_ " * MANY,
    "emphasis that only opens": "_a " * MANY,
    "emphasis that never matches": "*a_ " * MANY,
    "openers and closers by three": "x***" * MANY + "a" * MANY,
    "brackets that only close": "a]" * MANY,
    "brackets that only open": "[a" * MANY,
    "brackets in brackets": "[" * MANY + "a" + "]" * MANY,
    "brackets and parentheses": "[ (](" * MANY,
    "links in links": "[" * MANY + "a" + "](b)" * MANY,
    "pictures in pictures": "![[]()" * MANY,
    "openers of wikilinks": "![[" * MANY,
    "parentheses in a destination": "[a](" + "(" * MANY + "b" + ")" * MANY + ")",
    "a destination that does not end": "[a](<b" * MANY,
    "a title that does not end": '[a](b "' * MANY,
    "references to nothing": "[a][b]" * MANY,
    "definitions of the same": "[a]: b\n" * MANY,
    "definitions that are used": "".join(f"[a{n}]: b{n}\n[a{n}]\n" for n in range(5000)),
    "footnotes": "".join(f"[^{n}]: [^{n + 1}]\n" for n in range(5000)),
    "quotes in quotes": "> " * 5000 + "a",
    "lists in lists": "".join("  " * n + "- a\n" for n in range(600)),
    "numbers in lists": "1. " * 5000 + "a",
    "quotes and lists": "> - " * 3000 + "a",
    "lists without an end": "- a\n\n" * MANY,
    "backticks of every length": "".join("e" + "`" * n for n in range(600)),
    "fences of every length": "".join("`" * n + "\n" for n in range(3, 600)),
    "comments that do not end": "</" + "<!--" * MANY,
    "instructions that do not end": "<?" * MANY,
    "declarations that do not end": "<!A " * MANY,
    "sections of data that do not end": "<![CDATA[" * MANY,
    "tags that do not end": "<a " * MANY,
    "attributes without an end": "<a b='" * MANY,
    "entities": "&#x110000;&amp" * MANY,
    "nothing but NUL": "a\0" * MANY,
    "columns of a table": "|a" * 3000 + "|\n" + "|-" * 3000 + "|\n" + "|[[b]]" * 3000,
    "rows without columns": "|a|\n|-|\n" + "x\n" * MANY,
    "underlines of headings": "a\n=\n" * MANY,
    "hard breaks": "a  \n" * MANY,
    "comments of Obsidian": "%% a " * MANY,
    "math": "$$ a $ b " * MANY,
    "tags of tags": "#a/" * MANY,
    "callouts in callouts": "> [!a] " * 2000,
    "block ids": "a ^b\n" * MANY,
    "fields": "a:: (b:: [c:: " * MANY,
    "citations": "- #PAPER [a (b 2020)](https://arxiv.org/abs/2001.00001) " * 2000,
    "bare URLs in one run": "https://a.example/x)" * MANY,
    "links that open nothing": "![[%+ ]]\n" * 5000,
    "one source, cited again": "- #PAPER [T (D 2020)](https://arxiv.org/abs/2101.00001)\n" * 5000,
    "suppressions": "%% vaultlint-ignore broken-link %%\n[[gone]]\n" * 3000,
}


def checked(nursery: Nursery, root: Path, files: Mapping[str, bytes]) -> Done:
    """Check ``files`` beside a note with one finding: a normal end, and all of them looked at."""
    write(root, FINE | files)
    done = nursery.check(root, "--format", "json", "--pack", "strict", "--pack", "research")
    assert (done.code, done.err) == (1, "")
    notes = [file for file in files if file.endswith(".md")]
    assert json.loads(done.out)["summary"]["notes_checked"] == len(notes) + 1
    assert "broken-link" in done.rules("fine.md")
    assert "internal-error" not in done.out
    return done


def test_nesting_and_what_does_not_end(nursery: Nursery, tmp_path: Path) -> None:
    checked(nursery, tmp_path, {f"{name}.md": text.encode() for name, text in NESTED.items()})


SCALARS = (
    "2024-13-45", "2024-02-30", "2024-02-30T25:61:61Z", "0000-00-00", "!!int zz", "!!float x", "!!bool 7",
    "!!timestamp no", "!!binary '???'", "!!set {a, b}", "!!omap [a: 1]", "!!python/name:os.system", "!unknown x",
    "9" * 5000, "-" + "9" * 5000, "0x" + "f" * 5000, "0o" + "7" * 5000, "0b2", "1e999999999", "1_000", "190:20:30",
    ".inf", "-.INF", ".NaN", "1.7976931348623157e309", "'\\ud800'", '"\\ud800"', '"\\U00110000"', '"\\x"',
    "=", "<<", "~", "y", "no", "@at", "`tick`", "%percent", "&a", "*missing", "&a [*a]", "? complex", "[a: b: c]",
    "{a, b: }", "\u2028", "\x85", "\x07", "\ufeff", "- ", "|9999999999\n x", ">-\n\ttab",
)  # fmt: skip


def test_scalars_that_trip_up_readers(nursery: Nursery, tmp_path: Path) -> None:
    files = {f"{n}.md": frontmatter(f"k: {text}\ntags: [a]") for n, text in enumerate(SCALARS)}
    done = checked(nursery, tmp_path, files)
    assert max(done.rules(file).count("frontmatter-syntax") for file in files) == 1


EVIL = (
    "(a+)+$", "(a*)*$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "([a-z]+)*$", "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(a+){10}$", "((a+)+)+$", "(a?){50}a{50}", "(x+x+)+y", "(.*)*$", "(.+)+$", "(\\w+\\s?)*$", "(\\s*)*$",
    "([^x]+)+x", "(a|b|ab)*$", "(?:a+)+b", "(?i)(a+)+$", "(a+)+(b+)+$", "^(a+)+$", "(a{1,50})+$", "(\\d+)*$",
    "(a*?)*$", "(a+?)+$", "(?:(?:a+)+)+$", "a*a*a*a*a*a*b", ".*.*.*.*=.*", "(?s).*.*.*b", "(?m)^(a+)+$",
    "(\\[\\[.*)+\\]\\]", "\\[(.*?)\\]\\((.*?)\\)", "<!--(.|\\s)*-->", "^\\s+|\\s+$", "(,|;| )+$",
    "^([a-zA-Z0-9._-]+)+@", "(https?://)?([\\w.]+)+/$", "(\"[^\"]*\"|'[^']*'|.)*$", "(/\\*(.|\\n)*\\*/)",
    "((ab)*)*$", "(a|b?)*c", "(z|a*)*y", "(a{0,10}){0,10}$", "[a-z]*[a-z]*[a-z]*[0-9]", "(?:.|\\n)*END",
    "(a+b?)+c", "(..)*$x", "(\\S+\\s*)+$", "(#\\S+\\s*)*!$", "(\\p{L}+)*\\d$",
)  # fmt: skip


def test_patterns_that_explode_elsewhere(nursery: Nursery, tmp_path: Path) -> None:
    rules = {
        f"own-{n}": {"check": "pattern", "on": "body", "pattern": each, "message": "m", "severity": "info"}
        for n, each in enumerate(EVIL)
    }  # fmt: skip
    evil = b"a" * 30_000 + b"!\n" + b" \t" * 15_000 + b"x\n" + b"[[" * 15_000
    config = json.dumps({"rules": rules}).encode()
    checked(nursery, tmp_path, {"vaultlint.yaml": config, "evil.md": evil})


@pytest.mark.parametrize(
    "pattern", ["(?=a)b", "(?<!a)b", "(a)\\1", "(?>a)", "a{2000}", "a" * 1001, "("]
)
def test_patterns_that_are_refused_say_where(
    nursery: Nursery, tmp_path: Path, pattern: str
) -> None:
    rule = {"check": "pattern", "on": "body", "pattern": pattern, "message": "m"}
    write(tmp_path, FINE | {"vaultlint.yaml": json.dumps({"rules": {"own": rule}}).encode()})
    done = nursery.check(tmp_path)
    assert done.code == 2
    assert done.err.startswith("vaultlint: error: vaultlint.yaml:1:")
    assert done.err.count("\n") == 1
