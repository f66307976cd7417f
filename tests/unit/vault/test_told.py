"""What files tell comes back as it was put in."""

import pytest

from vaultlint.note.parse import parse_note
from vaultlint.vault.keys import exports
from vaultlint.vault.told import Told, unpacked

TEXT = b"---\naliases: [One, \xff]\n---\n# Head\n\ntext ^id\n\n[[x]] #tag\n"


def test_what_is_put_in_comes_back() -> None:
    told, found = Told(), exports(parse_note("a.md", TEXT))
    told.list("a.md")
    told.list("b.png")
    assert (told["a.md"], told.listed("a.md"), told.parsed("a.md")) == (None, True, False)
    packed = told.put("a.md", found)
    told.put("b.png", {})
    assert unpacked(packed) == found
    assert dict(told) == {"a.md": found, "b.png": {}}
    assert told.outline("a.md") == found["anchor", "a.md"]
    assert told.outline("b.png") is None
    assert told.parsed("a.md")
    assert told.parsed("b.png")
    assert list(told) == ["a.md", "b.png"]


def test_what_was_told_before_is_forgotten() -> None:
    told, large = Told(), {("path", "a.md"): False}
    told.put("a.md", exports(parse_note("a.md", TEXT)))
    told.put("a.md", large)
    assert (told["a.md"], told.outline("a.md"), told.parsed("a.md")) == (large, None, False)
    told.put("a.md", exports(parse_note("a.md", TEXT)))
    assert told.parsed("a.md")
    told.list("a.md")
    assert (told["a.md"], told.outline("a.md"), told.parsed("a.md")) == (None, None, False)
    told.put("a.md", exports(parse_note("a.md", TEXT)))
    told.remove("a.md")
    assert "a.md" not in told
    assert told.outline("a.md") is None
    assert not told.listed("a.md")
    with pytest.raises(KeyError):
        told["a.md"]
