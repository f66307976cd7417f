"""The reader of specs: a marker that is misread would make a spec assert nothing."""

import pytest

from tests.spec_format import Expected, files_of, scenarios
from vaultlint.checks._docs import parse_doc

SPEC = """Prose.

```md file="shared.md"
shared
```

## One

```md file="a.md"
ab cd
   ^^ some-rule(info): words => help words
x
^0 other-rule
```

### Fixed

```md fixed="a.md" safety="unsafe"
ab
```

## Only prose

## Two

````md file="b.md" newline="crlf" bom eof
```
 ^ not a marker with upper case: Rule
```
end
   ^0 some-rule
````
"""


def test_a_heading_with_files_is_a_scenario() -> None:
    one, two = scenarios(SPEC)
    assert (one.title, two.title) == ("One", "Two")
    assert one.files == {"shared.md": b"shared\n", "a.md": b"ab cd\nx\n"}
    assert [(item.file, item.data, item.safety) for item in one.fixed] == [
        ("a.md", b"ab\n", "unsafe")
    ]
    assert two.fixed == ()


def test_carets_are_taken_out_and_count_code_points() -> None:
    one, two = scenarios(SPEC)
    assert one.expected == (
        Expected("a.md", "some-rule", 3, 5, "info", "words", "help words"),
        Expected("a.md", "other-rule", 6, 6, None, None, None),
    )
    text = "```\r\n ^ not a marker with upper case: Rule\r\n```\r\nend"
    assert two.files["b.md"] == b"\xef\xbb\xbf" + text.encode()
    assert two.expected == (Expected("b.md", "some-rule", len(text), len(text), *[None] * 3),)


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("   ^^^ r", 3, 6),
        ("\t\t^ r", 2, 3),
        ("\u3000\u3000^^ r", 2, 4),
        ("^^^> r", 0, None),
        ("        ^0 r", 8, 8),
    ],
)
def test_a_marker_says_where(line: str, start: int, end: int | None) -> None:
    scenario = files_of(f'```md file="a"\n12345678\n{line}\n```')
    assert [(item.start, item.end) for item in scenario.expected] == [(start, end)]
    assert scenario.files == {"a": b"12345678\n"}


@pytest.mark.parametrize("line", ["^block-id", "text ^id", "  ^^", "x ^ rule", "^ Rule"])
def test_other_lines_with_carets_are_text(line: str) -> None:
    assert files_of(f'```md file="a"\n{line}\n```').expected == ()


def test_a_marker_above_the_first_line_is_at_the_start() -> None:
    scenario = files_of('```text file="a.png"\n^0 r\n```')
    assert scenario.files == {"a.png": b""}
    assert [(item.start, item.end) for item in scenario.expected] == [(0, 0)]


def test_carets_must_stay_in_the_line() -> None:
    with pytest.raises(AssertionError, match="pass the end"):
        files_of('```md file="a"\nab\n ^^ r\n```')


def test_escapes_and_bytes() -> None:
    scenario = files_of(
        '```md file="a" escape\ne\\u0301\\\\n\\q\n```\n```text file="b" hex\nff 00\n```'
    )
    assert scenario.files == {"a": "e\u0301\\n\\q\n".encode(), "b": b"\xff\x00"}


def test_a_docstring_has_a_summary_and_sections() -> None:
    doc = parse_doc("Sum.\n\n## Why\n\nText.\n\n```md\n## Not a section\n```\n\n## Source\nHelp.")
    assert doc.summary == "Sum"
    assert doc.sections == {"Why": "Text.\n\n```md\n## Not a section\n```", "Source": "Help."}
