"""The page of a rule in Markdown and for a terminal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vaultlint.options import NoOptions
from vaultlint.report.rule_page import RulePage, default_yaml, index, markdown, terminal
from vaultlint.report.terminal import Paint

BODY = 'Text.\n\n````md file="a.md"\n```\ncode\n```\n````'


@dataclass(frozen=True, slots=True)
class Options:
    ignore: tuple[str, ...] = ()
    most: int = 3
    names: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset({"b", "a"})


PAGE = RulePage(
    id="broken-link",
    summary="Link opens nothing | nowhere",
    sections={"Why": "Because.", "Example": BODY},
    severity="error",
    since="0.1",
    fixable=True,
    options=Options,
)


def test_defaults_are_yaml() -> None:
    assert default_yaml(PAGE) == [
        "rules:",
        "  broken-link:",
        "    ignore: []",
        "    most: 3",
        "    names: {}",
        '    words: ["a", "b"]',
    ]
    assert default_yaml(PAGE._replace(options=NoOptions)) == []


def test_markdown() -> None:
    text = markdown(PAGE)
    assert text.startswith("# broken-link\n\nLink opens nothing | nowhere.\n\n- Severity: error\n")
    assert '## Example\n\nText.\n\n`a.md`\n\n````md file="a.md"\n```\ncode\n```\n````\n' in text
    assert text.endswith('    words: ["a", "b"]\n```\n')
    assert "Severity: off until" in markdown(PAGE._replace(severity=None))


def test_the_index_escapes_bars() -> None:
    pages = [PAGE, PAGE._replace(id="other", severity=None)]
    assert index(pages).splitlines()[-2:] == [
        "| [broken-link](broken-link.md) | error | Link opens nothing \\| nowhere |",
        "| [other](other.md) | off | Link opens nothing \\| nowhere |",
    ]


def test_terminal() -> None:
    text = terminal(PAGE._replace(note="Own."), Paint(color=False))
    assert text.startswith(
        "broken-link\nLink opens nothing | nowhere.\n\nOwn.\n\nSeverity: error\n"
    )
    assert "\n\nExample\nText.\n\n    --- a.md\n    ```\n    code\n    ```\n\nDefaults\n" in text
