import pytest

from tests.shared_data import SHARED, needs_vaults
from vaultlint.config.term_lists import terms_of_file, terms_of_note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n* b\n+ c\n1. d\n2) e\n", "a b c d e"),
        ("- [ ] task\n- [x] done\n", "task done"),
        ("text\n\n- a\n  - nested\n", "a nested"),
        ("- **AI**: machines\n- `C++` a language\n- [[ML|Learning]]\n- [R](r.md)\n", "AI C++ ML R"),
        ("- #tag/nested\n- # not a tag\n", "tag/nested|# not a tag"),
        ("- plain: text\n", "plain: text"),
        ("- a\n\n```\nb\n\n# comment\nc d\n```\n", "b|c d"),
        ("~~~text\n- 'one'\n- \"two\"\n- it''s\n'don''t'\n~~~\n", "one|two|it''s|don't"),
        ("````\n```\n````\n", "```"),
        ("```\nunclosed\n", "unclosed"),
        ("---\ntags:\n  - property\n---\n- term\n", "term"),
        ("---\n\n- a\n***\n- - -\n", "a"),
        ("``` a `b` ```\n- x\n", "x"),
        ("- \n-\n-no\n", ""),
        ("```\n#\n#tag\n```\n", "#tag"),
        ("a\rb\r- c\r", "c"),
        ("", ""),
    ],
)
def test_terms_of_a_note(text, expected):
    wanted = expected.split(
        "|" if "|" in expected or (" " in expected and ":" in expected) else None
    )
    terms = terms_of_note(text)
    assert [term.name for term in terms] == wanted
    for term in terms:
        assert term.span.of(text).replace("''", "'") == term.name.replace("''", "'")


def test_a_section_ends_at_the_next_heading_of_its_level():
    text = "- z\n## A ##\n- a\n### Sub\n- b\n## B\n- c\n# C\n- d\n"
    assert [term.name for term in terms_of_note(text, "a")] == ["a", "b"]
    assert [term.name for term in terms_of_note(text, "## B")] == ["c"]
    assert terms_of_note(text, "none") is None


def test_terms_are_grouped_by_block_and_by_list():
    text = "```\na\nb\n```\n```\nc\n```\n"
    assert [term.group for term in terms_of_note(text)] == [0, 0, 1]
    text = "- a\n- b\n\ntext\n\n- c\n\n- d\n"
    assert [term.group for term in terms_of_note(text)] == [0, 0, 1, 1]


def test_terms_of_a_file():
    text = "one\n\n# comment\n- two words\n  'three' \n#\n#four\n"
    assert [term.name for term in terms_of_file(text)] == ["one", "two words", "three", "#four"]
    assert all(term.span.of(text) == term.name for term in terms_of_file(text))


@pytest.mark.parametrize("piece", ["# ", "`", "> ", "- [", "---\n", "``` \n", "**", " \t#", "[["])
def test_hostile_lines_come_to_an_end(piece):
    text = piece * (400_000 // len(piece))  # minutes for code that is quadratic
    assert terms_of_note(text, "no such heading") is None
    assert isinstance(terms_of_note(text), list)


@needs_vaults
def test_the_lists_of_a_real_vault():
    folder = SHARED / "vaults" / "codecademy-docs" / "documentation"
    for name, count, first, last in (
        ("tags", 412, "Abstraction", "Xcode"),
        ("subjects", 18, "Bash/Shell", "AI"),
        ("catalog-content", 100, "learn-c", "paths/front-end-engineer-career-path"),
    ):
        text = (folder / f"{name}.md").read_bytes().decode()
        terms = terms_of_note(text)
        assert (len(terms), terms[0].name, terms[-1].name) == (count, first, last)
        assert all(term.span.of(text) == term.name for term in terms)
