"""What the shared options ask of the configuration."""

from pathlib import Path

import pytest

from vaultlint.cli.options import Asked, request
from vaultlint.cli.place import Place
from vaultlint.errors import UsageError

NOTHING = Asked(None, (), (), (), no_cache=True)


def test_lists_are_split_and_kept_in_order(tmp_path: Path) -> None:
    asked = NOTHING._replace(pack=("a,b", "a"), select=(" x , y",), ignore=(",",))
    made = request(Place(tmp_path), asked)
    assert (made.packs, made.select, made.ignore) == (("a", "b"), ("x", "y"), ())


def test_a_config_in_the_vault_is_read_through_its_source(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir()
    inside, outside = tmp_path / "v" / "other.yaml", tmp_path / "other.yaml"
    for file in (inside, outside):
        file.write_text("")
    place = Place(tmp_path / "v")
    assert request(place, NOTHING._replace(config=str(inside))).config == "other.yaml"
    assert request(place, NOTHING._replace(config=str(outside))).config == outside
    with pytest.raises(UsageError, match="no such file"):
        request(place, NOTHING._replace(config=str(tmp_path / "none.yaml")))
    with pytest.raises(UsageError, match="a folder, not a file"):
        request(place, NOTHING._replace(config=str(tmp_path)))


def test_a_config_may_be_named_by_a_way_that_leaves_the_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "v").mkdir()
    (tmp_path / "other.yaml").write_text("")
    monkeypatch.chdir(tmp_path / "v")
    asked = NOTHING._replace(config="../other.yaml")
    assert request(Place(tmp_path / "v"), asked).config == tmp_path / "other.yaml"


def test_the_cache_can_be_refused(tmp_path: Path) -> None:
    assert request(Place(tmp_path), NOTHING).cache is None
    assert request(Place(tmp_path), NOTHING._replace(no_cache=False)).cache is not None
