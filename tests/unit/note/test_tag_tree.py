"""Nested tags imply their parents."""

import pytest

from tests.shared_data import needs_vectors, vectors
from vaultlint.note.tag_tree import tag_and_parents


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("Area", ["area"]),
        ("area/Work/x", ["area", "area/work", "area/work/x"]),
        ("2024/notes", ["2024/notes"]),
        ("a/2024", ["a", "a/2024"]),
        ("2024/1/x", ["2024/1", "2024/1/x"]),
        ("12/34", ["12/34"]),
        ("½/x", ["½", "½/x"]),
        ("1984", []),
        ("#A//b", ["a", "a//b"]),
        ("#", []),
        ("a/", ["a"]),
        ("a/b/", ["a", "a/b"]),
    ],
)
def test_parents(name: str, tags: list[str]) -> None:
    assert list(tag_and_parents(name)) == tags


@needs_vectors
@pytest.mark.parametrize("vector", vectors("tag-tree"), ids=lambda vector: vector["id"])
def test_vectors(vector: dict) -> None:
    tags = {tag for name in vector["input"]["tags"] for tag in tag_and_parents(name.lstrip("#"))}
    assert sorted(f"#{tag}" for tag in tags) == sorted(vector["expect"]["tag_set_lower"])
