"""Which names are worth a look."""

import pytest

from vaultlint.watch.hints import concerns, is_passing


@pytest.mark.parametrize(
    "name",
    [
        "4913",
        "a.md~",
        "#a.md#",
        "a.md.swp",
        "a.md.swo",
        "x.tmp",
        "sedAb12cd",
        "~syncthing~a.md.tmp",
    ],
)
def test_names_of_the_moment_are_passed_over(name):
    assert is_passing(name)
    assert is_passing(f"folder/{name}")
    assert not concerns(name, ())


@pytest.mark.parametrize("name", ["a.md", "49137", "sediment.md", "#tag.md", "image.png", "tmp"])
def test_names_of_notes_are_not(name):
    assert not is_passing(name)
    assert concerns(name, ())


def test_of_the_hidden_files_only_the_inputs_of_the_config_count():
    assert not concerns(".obsidian/workspace.json", {".obsidian/app.json"})
    assert concerns(".obsidian/app.json", {".obsidian/app.json"})
    assert not concerns("folder/.hidden/a.md", ())
