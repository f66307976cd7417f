import pickle

import pytest

from vaultlint.errors import ConfigError
from vaultlint.terms.place import Place


@pytest.mark.parametrize(
    "source", ["body", "line", "heading", "heading 1", "heading 6", "tag", "name", "path"]
)
def test_a_place_is_its_name(source):
    assert Place(source) == source
    assert Place(source).property is None


def test_a_property_is_named_after_the_word():
    assert Place("property Title").property == "Title"
    assert Place("property Codecademy Hub Page").property == "Codecademy Hub Page"


@pytest.mark.parametrize(
    "source", ["", "bodies", "heading 7", "property", "property ", "Title", "somewhere"]
)
def test_anything_else_is_refused_with_what_there_is(source):
    with pytest.raises(ConfigError, match="property NAME"):
        Place(source)


def test_a_near_miss_gets_a_suggestion():
    with pytest.raises(ConfigError, match="did you mean 'heading'"):
        Place("headings")


def test_it_survives_pickling():
    assert pickle.loads(pickle.dumps(Place("property a"))).property == "a"
