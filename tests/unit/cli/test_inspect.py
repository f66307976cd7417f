"""``vaultlint inspect``: one object a note, whatever else is wrong with the vault."""

import json

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    "a.md": "[[b#H]] [[gone]]\n",
    "b.md": "# H\n",
    "sub/c.md": '---\nup: "[[b#h]]"\n---\n![[pic.png]]\n',
    "pic.png": b"\x89PNG",
}


def test_one_note_is_one_object(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    result = run("inspect", "a.md", "--format", "json")
    assert result.exit_code == 0
    loaded = json.loads(result.stdout)
    assert list(loaded)[:2] == ["path", "links"]
    assert [link["resolved"] for link in loaded["links"]] == [
        {"path": "b.md", "anchor": {"type": "heading", "line": 0}},
        None,
    ]


def test_property_links_and_embeds_carry_what_they_open(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    loaded = json.loads(run("inspect", "sub/c.md", "--format", "json").stdout)
    assert loaded["frontmatterLinks"][0]["resolved"] == {
        "path": "b.md",
        "anchor": {"type": "heading", "line": 0},
    }
    assert loaded["embeds"][0]["resolved"] == {"path": "pic.png", "anchor": None}


def test_several_notes_are_an_array(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    loaded = json.loads(run("inspect", "b.md", "a.md", "--format", "json").stdout)
    assert [each["path"] for each in loaded] == ["b.md", "a.md"]


def test_all_notes(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    paths = ["a.md", "b.md", "sub/c.md"]
    loaded = json.loads(run("inspect", "--all", "--format", "json").stdout)
    assert [each["path"] for each in loaded] == paths
    lines = run("inspect", "--all", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["path"] for line in lines] == paths
    text = run("inspect", "--all").stdout
    assert [line for line in text.splitlines() if line and line[0] != " "] == paths


def test_an_empty_vault(run: Run, make_vault: MakeVault) -> None:
    make_vault({})
    assert json.loads(run("inspect", "--all", "--format", "json").stdout) == []
    assert run("inspect", "--all").stdout == ""


def test_a_broken_config_is_no_hindrance(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES | {"vaultlint.yaml": "rules: ["})
    assert run("inspect", "a.md", "--format", "json").exit_code == 0


def test_an_attachment_has_only_its_path(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    assert json.loads(run("inspect", "pic.png", "--format", "json").stdout) == {"path": "pic.png"}


def test_values_that_json_lacks_and_hostile_text(run: Run, make_vault: MakeVault) -> None:
    make_vault({"a.md": b"---\nx: .nan\ny: .inf\n---\n# \x1b[31m\xff\n[[\xe2\x80\xae]]\n"})
    output = run("inspect", "a.md", "--format", "json").stdout
    assert output.strip().isprintable()
    loaded = json.loads(output)
    assert loaded["frontmatter"] == {"x": None, "y": None}
    assert loaded["headings"][0]["heading"] == "\x1b[31m\ufffd"
    text = run("inspect", "a.md").stdout
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("arguments", [(), ("--all", "a.md"), ("none.md",), (".obsidian",), (".",)])
def test_what_cannot_be_meant(run: Run, make_vault: MakeVault, arguments: tuple[str, ...]) -> None:
    make_vault(NOTES)
    assert run("inspect", *arguments).exit_code == 2


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_a_note_that_cannot_be_read_costs_no_other(
    run: Run, make_vault: MakeVault, form: str
) -> None:
    root = make_vault({"a.md": "# A\n", "c.md": "# C\n"})
    with (root / "b.md").open("wb") as sparse:
        sparse.truncate(10 << 30)
    result = run("inspect", "--all", "--format", form)
    assert result.exit_code == 1
    assert result.stderr == "vaultlint: b.md: is not read: it is larger than 64 MB\n"
    if form == "json":
        assert [each["path"] for each in json.loads(result.stdout)] == ["a.md", "c.md"]
    assert "c.md" in result.stdout
    assert run("inspect", "a.md", "b.md", "--format", form).exit_code == 2
