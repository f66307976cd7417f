"""What a fix may change, and what no fix may."""

import pytest

from tests.vault_of import index_of
from vaultlint.check import FAMILIES
from vaultlint.fixing.equivalence import _NAMES, canvas_deviation, deviation
from vaultlint.note.model import Note
from vaultlint.note.parse import parse_note

OTHER = "# Part\n\npara ^block\n\n[[me#Here]] [[me]]\n"


def judge(before: str, after: str, *allowed: str) -> str:
    """Return what speaks against the change of the note me.md beside other.md."""
    notes = {
        "me.md": parse_note("me.md", before.encode()),
        "other.md": parse_note("other.md", OTHER.encode()),
    }
    new = parse_note("me.md", after.encode())
    return deviation(notes["me.md"], new, allowed, index_of(notes.values()), notes.__getitem__)


def test_every_family_is_judged() -> None:
    assert _NAMES.keys() == FAMILIES


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b", "a  b"),
        ("[x]( https://a.example )", "[x](https://a.example)"),
        ("[[OTHER]]", "[[other]]"),
        ("[[other|O]]", "[[other.md|O]]"),
        ("# See [[OTHER]]", "# See [[other]]"),
        ("---\nx: 'a'\n---\n", '---\nx: "a"\n---\n'),
        ("a\nb", "a\r\nb"),
    ],
)
def test_what_means_the_same(before: str, after: str) -> None:
    assert judge(before, after) == ""


@pytest.mark.parametrize(
    ("before", "after", "family"),
    [
        ("a ^one", "a ^two", "blocks"),
        ("> [!note]\n> a", "> [!tip]\n> a", "callouts"),
        ("a `b c`", "a `b  c`", "code"),
        ("```\na\n```", "```\na \n```", "code"),
        ("%% a %% c", "%% b %% c", "comments"),
        ("%% vaultlint-ignore x %%\na", "%% vaultlint-ignore y %%\na", "comments"),
        ("a[^1]\n\n[^1]: b", "a[^2]\n\n[^1]: b", "footnotes"),
        ("# a", "# b", "headings"),
        ("# a", "## a", "headings"),
        ("<div>a</div>", "<div>b</div>", "html"),
        ("a <!-- b -->", "a <!-- c -->", "html"),
        ("[[other|a]]", "[[other|b]]", "link-text"),
        ("[a](https://a.example)", "[b](https://a.example)", "link-text"),
        ("[[nowhere]]", "[[elsewhere]]", "links"),
        ("[[other#Nope]]", "[[other#Part]]", "links"),
        ("[[other]]", "![[other]]", "links"),
        ("$a$", "$b$", "math"),
        ("---\na: 1\n---\n", "---\na: 2\n---\n", "properties"),
        ("---\na: 1\n---\n", "---\nb: 1\n---\n", "properties"),
        ("---\na: 1\n---\n", "---\na: '1'\n---\n", "properties"),
        ("#a", "#b", "tags"),
        ("---\ntags: [a]\n---\n", "---\ntags: [b]\n---\n", "tags"),
        ("- [ ] a", "- [x] a", "tasks"),
        ("a b", "a c", "text"),
        ("a b", "ab", "text"),
        ("https://a.example", "https://b.example", "urls"),
    ],
)
def test_a_change_must_be_declared(before: str, after: str, family: str) -> None:
    assert judge(before, after) != ""
    assert judge(before, after, *FAMILIES - {family}) == f"it would change {_NAMES[family]}"
    assert judge(before, after, family) == ""


def test_a_source_that_is_recognized_at_last_is_welcome_and_a_lost_one_is_not() -> None:
    mistyped = "- #PAPER [a](https://arxiv.orga/abs/2101.00001)"
    right = "- #PAPER [a](https://arxiv.org/abs/2101.00001)"
    other = "- #PAPER [a](https://arxiv.org/abs/2101.00009)"
    assert judge(mistyped, right, "urls") == ""
    assert judge(right, other, "urls") == "it would change which sources are cited"


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("# Here\n[[other]]", "# Here\n[[nowhere]]", "no longer open other.md"),
        ("# Here\n[[other#Part]]", "# Here\n[[other#^block]]", "no longer open other.md"),
        ("# Here\n[[other#Part]] [[other#Part]]", "# Here\n[[other#Part]]", "no longer open"),
        ("# Here\na", "# There\na", "a link of other.md to #Here would be broken"),
        ("# Here\n[[#Here]]", "# There\n[[#Here]]", "no longer open me.md"),
        ("---\na: 1\n---\n# Here", "---\na: [\n---\n# Here", "new problem"),
    ],
)
def test_what_no_fix_may_do(before: str, after: str, reason: str) -> None:
    assert reason in judge(before, after, *FAMILIES)


def test_tags_in_properties_headings_fields_and_comments_are_tags_alone() -> None:
    before = "---\ntags: [a, b, a/x]\n---\n# Here #a\n%% #a/x %%\nkey:: #a\n#a [[other]]\n"
    after = "---\ntags: [b, b/x]\n---\n# Here #b\n%% #b/x %%\nkey:: #b\n#b [[other]]\n"
    assert judge(before, after, "tags") == ""
    assert judge(before, after) == "it would change tags"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('[{"text":"#a b"}]', '[{"text":"#c b"}]', ""),
        ('[{"text":"#a b"}]', '[{"text":"#c d"}]', "it would change text"),
        ('[{"file":"a.md"}]', '[{"file":"b.md"}]', "it would change what a card shows"),
        ('[{"text":"#a"}]', '[{"text":"#b","file":"x"}]', "it would change the cards"),
        ('[{"text":"#a"}]', '[{"text":"#b"]', "it would change the cards"),
    ],
)
def test_a_canvas_is_judged_card_by_card(before: str, after: str, expected: str) -> None:
    one, two = (f'{{"nodes":{nodes}}}'.encode() for nodes in (before, after))

    def judged(old: Note, new: Note) -> str:
        return deviation(old, new, {"tags"}, index_of([old]), {}.__getitem__)

    found = canvas_deviation("c.canvas", one, two, judged)
    assert found.startswith(expected) if expected else found == ""
