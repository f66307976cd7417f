"""Which note lists the terms of a property."""

from collections import Counter

from vaultlint.cli.init_lists import listing_notes

TERMS = [f"term {number}" for number in range(10)]
IN_USE = {"tags": Counter(dict.fromkeys(TERMS, 5))}


def test_the_note_that_lists_most_with_least_is_the_one() -> None:
    exact = "".join(f"- {term}\n" for term in TERMS)
    texts = [("b.md", exact), ("a.md", f"{exact}- other\n"), ("c.md", exact[:60])]
    assert listing_notes(IN_USE, texts) == {"tags": "b.md"}


def test_a_fenced_list_counts_by_its_lines() -> None:
    text = "# Tags\n\n```\n" + "\n".join(TERMS) + "\n```\n"
    assert listing_notes(IN_USE, [("tags.md", text)]) == {"tags": "tags.md"}


def test_rare_terms_may_be_missing_frequent_ones_may_not() -> None:
    text = "".join(f"- {term}\n" for term in TERMS[:7])
    uses = {"tags": Counter({term: 9 - number for number, term in enumerate(TERMS)})}
    assert listing_notes(uses, [("a.md", text)]) == {"tags": "a.md"}
    assert listing_notes(IN_USE, [("a.md", text)]) == {}


def test_prose_about_terms_is_no_list() -> None:
    assert listing_notes(IN_USE, [("a.md", " and ".join(TERMS)), ("b.md", "")]) == {}
    assert listing_notes({"tags": Counter(TERMS[:3])}, [("a.md", "- term 0\n- term 1\n")]) == {}
