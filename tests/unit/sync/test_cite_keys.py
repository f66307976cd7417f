"""Keys of a bibliography: readable, different, and as stable as can be."""

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.sync.cite_keys import cite_keys


class Named(NamedTuple):
    title: str | None
    author: str | None
    year: int | None
    url: str = "https://a.example"


@pytest.mark.parametrize(
    ("named", "key"),
    [
        (Named("A Theory of Lists", "Doe", 2021), "doe2021theory"),
        (Named("A Theory of Lists", "Doe & Roe", 2021), "doe2021theory"),
        (Named("Über Listen", "Müller et al.", 1999), "muller1999uber"),
        (Named("Visualizing data", "van der Maaten", 2008), "vandermaaten2008visualizing"),
        (Named("Cause-effect", "Lopez-Paz", 2015), "lopezpaz2015causeeffect"),
        (Named("Lists", "Ångström, Øster", None), "angstromlists"),
        (Named("The Lists", None, 2021), "lists2021"),
        (Named(None, "Doe", 2021, "https://例え"), "doe2021"),
        (Named("Straße nach Łódź", "Strauß", 2000), "strauss2000strasse"),
        (Named("日本語", "山田", 2020, "https://a.example/the-list/?q"), "thelist2020"),
        (Named(None, None, None, "https://www.a.example/"), "wwwexample"),
        (Named(None, None, None, "https://例え"), "source"),
    ],
)
def test_a_key_is_author_year_and_word(named: Named, key: str) -> None:
    assert cite_keys([named]) == [key]


def test_equal_keys_get_more_words_in_the_order_of_addresses() -> None:
    one = Named("A theory of lists", "Doe", 2021, "https://b.example")
    other = Named("Theory of sets", "Doe", 2021, "https://a.example")
    third = Named("Theory of sets", "Doe", 2021, "https://c.example")
    assert cite_keys([one, other]) == ["doe2021theorylists", "doe2021theory"]
    assert cite_keys([third, one, other]) == [
        "doe2021theorysets",
        "doe2021theorylists",
        "doe2021theory",
    ]


def test_sources_that_say_the_same_get_a_part_of_a_hash() -> None:
    same = [Named("Lists", "Doe", 2021, f"https://a.example/{number}") for number in range(3)]
    first, *others = cite_keys(same)
    assert first == "doe2021lists"
    assert all(re.fullmatch(r"doe2021listsx[0-9a-f]{4}", key) for key in others)


texts = st.one_of(
    st.none(), st.sampled_from(["Doe", "The lists", "É", "x y", "2021", "山", ""]), st.text()
)
named = st.builds(Named, texts, texts, st.one_of(st.none(), st.integers(1900, 2030)), st.text())


@given(st.lists(named, max_size=12, unique_by=lambda each: each.url), st.randoms())
def test_keys_differ_and_do_not_depend_on_order(some: list[Named], random: object) -> None:
    keys = dict(zip(some, cite_keys(some), strict=True))
    assert len(set(keys.values())) == len(some)
    assert all(re.fullmatch("[a-z0-9]+", key) for key in keys.values())
    shuffled = list(some)
    random.shuffle(shuffled)
    assert dict(zip(shuffled, cite_keys(shuffled), strict=True)) == keys
