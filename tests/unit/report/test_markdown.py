"""The summary in Markdown: nothing from a vault is markup, however long the list is."""

import mistune
from hypothesis import given

from tests.unit.report.findings import finding, listing, vile_listings, with_complaints
from vaultlint.diagnostics import Severity
from vaultlint.report.listing import Listing
from vaultlint.report.markdown import MOST_BYTES, MOST_MESSAGE, code, summary
from vaultlint.report.terminal import safe

NOTE = "# Title\n\nSee [[Gone]] now.\n"
PARSE = mistune.create_markdown(renderer="ast", plugins=["table", "url", "strikethrough", "math"])


def text_of(listed: Listing) -> str:
    return "".join(summary(listed))


def tokens(text: str) -> list[dict]:
    def flat(nodes: list[dict]) -> list[dict]:
        return [each for node in nodes for each in (node, *flat(node.get("children") or []))]

    return flat(PARSE(text))


def test_totals_rules_and_findings() -> None:
    found = [
        finding(NOTE, "[[Gone]]", file="a.md"),
        finding(NOTE, "now", file="b.md", rule="tag-form", severity=Severity.WARNING),
        finding(NOTE, "See", file="b.md", rule="tag-form", severity=Severity.INFO, message="x"),
    ]
    assert text_of(listing(found, prefix="docs/")) == (
        "## vaultlint\n\n"
        "Found 1 error, 1 warning, 1 info in 2 files, 4 notes checked.\n\n"
        "| rule | findings |\n| --- | ---: |\n| `tag-form` | 2 |\n| `broken-link` | 1 |\n\n"
        "### Errors\n\n`docs/a.md`\n\n- 3:5 `broken-link`: `no note is named 'Gone'`\n\n"
        "### Warnings\n\n`docs/b.md`\n\n- 3:14 `tag-form`: `no note is named 'Gone'`\n\n"
        "### Info\n\n`docs/b.md`\n\n- 3:1 `tag-form`: `x`\n\n"
    )


def test_a_clean_run() -> None:
    assert text_of(listing([])) == "## vaultlint\n\nNo findings, 4 notes checked.\n\n"


def test_complaints_about_the_baseline_are_told() -> None:
    text = text_of(with_complaints(listing([]), "<b>@x"))
    assert "- `the baseline has grown: <b>@x from 3 to 4`\n" in text
    assert "7 known findings are in vaultlint-baseline.json, and not shown.\n" in text


def test_code_spans_are_fenced_by_more_backticks_than_they_hold() -> None:
    assert code("a") == "`a`"
    assert code("a `b` ``c") == "```a `b` ``c```"
    assert code("`a") == "`` `a ``"
    assert code(" a ") == "`  a  `"
    assert code("") == "`  `"
    assert code("a\nb\x1b") == "`a\\x0ab\\x1b`"
    assert code("x" * 5000) == f"`{'x' * MOST_MESSAGE}…`"


def test_a_long_list_is_cut_and_says_so() -> None:
    found = [finding(NOTE, "now", file=f"{number}.md") for number in range(3000)]
    text = text_of(listing(found))
    assert len(text.encode()) < MOST_BYTES + 500
    listed = text.count("\n- ")
    assert 100 < listed < 3000
    assert text.endswith(f"\n{3000 - listed} more findings are not listed here.\n")


@given(vile_listings(prefix="docs/"))
def test_nothing_of_a_vault_is_markup(listed: Listing) -> None:
    found = tokens(text_of(listed))
    allowed = {"heading", "text", "blank_line", "paragraph", "list", "list_item", "block_text"}
    allowed |= {
        "strong",
        "codespan",
        "table",
        "table_head",
        "table_body",
        "table_row",
        "table_cell",
    }
    assert {each["type"] for each in found} <= allowed
    spans = [each["raw"] for each in found if each["type"] == "codespan"]
    for diagnostic in listed.found:
        message = safe(diagnostic.message)
        assert not message.strip() or any(
            mistune.escape(message) in (span, mistune.escape(span)) for span in spans
        )
    plain = "".join(each["raw"] for each in found if each["type"] == "text")
    assert "@" not in plain
    assert "<" not in plain
