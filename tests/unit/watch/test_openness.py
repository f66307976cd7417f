"""Marks of editors."""

import json

import pytest

from vaultlint.errors import SourceError
from vaultlint.watch.openness import Marks
from vaultlint.watch.settle import Openness

WORKSPACE = {
    "main": {
        "type": "split",
        "children": [
            {
                "type": "tabs",
                "children": [
                    {
                        "type": "leaf",
                        "state": {"type": "markdown", "state": {"file": "a/open.md", "mode": "x"}},
                    },
                    {"type": "leaf", "state": {"type": "graph", "state": {}}},
                ],
            }
        ],
    },
    "floating": {"children": [{"state": {"state": {"file": "popped out.md"}}}]},
    "lastOpenFiles": ["closed.md", {"file": "closed too.md"}],
}


def marks(tmp_path, workspace=b""):
    def read(file):
        if file != ".obsidian/workspace.json" or not workspace:
            raise SourceError("no such file", path=file)
        return workspace

    return Marks(tmp_path, read)


def test_a_note_in_a_tab_of_obsidian_looks_open(tmp_path):
    found = marks(tmp_path, json.dumps(WORKSPACE).encode())
    assert found.openness("a/open.md") is Openness.OPEN
    assert found.openness("popped out.md") is Openness.OPEN
    assert found.openness("closed.md") is Openness.CLOSED
    assert found.openness("closed too.md") is Openness.CLOSED


@pytest.mark.parametrize("workspace", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000])
def test_a_workspace_that_cannot_be_read_opens_nothing(tmp_path, workspace):
    assert marks(tmp_path, workspace).openness("a.md") is Openness.CLOSED


@pytest.mark.parametrize("mark", [".a.md.swp", ".a.md.swo", ".#a.md", "#a.md#"])
def test_an_editors_mark_holds_a_note(tmp_path, mark):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / mark).symlink_to("nowhere")
    found = marks(tmp_path, json.dumps({"file": "folder/a.md"}).encode())
    assert found.openness("folder/a.md") is Openness.HELD
    assert found.openness("folder/b.md") is Openness.CLOSED
    assert found.openness("a.md") is Openness.CLOSED
