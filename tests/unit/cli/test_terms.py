"""``vaultlint terms``: how vocabularies are used."""

import json

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    "a.md": "---\nkind: plant\n---\n",
    "b.md": "---\nkind: [plants, herb, fern]\n---\n",
    "vaultlint.yaml": (
        "vocabularies: {kinds: {terms: [plant, tree, shrub], aliases: {herb: plant}, deprecated: [fern]}}\n"
        "rules: {unknown-term: {properties: {kind: kinds}}}\n"
    ),
}


@pytest.fixture(autouse=True)
def vault(make_vault: MakeVault) -> None:
    make_vault(NOTES)


def test_used_unlisted_deprecated_and_unused(run: Run) -> None:
    result = run("terms", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "vocabulary": "kinds",
            "properties": ["kind"],
            "listed": 3,
            "used": [{"term": "plant", "notes": 2}],
            "unlisted": [{"term": "plants", "notes": 1, "suggestion": "plant"}],
            "deprecated": [{"term": "fern", "notes": 1}],
            "unused": ["tree", "shrub"],
        }
    ]


def test_as_text(run: Run) -> None:
    assert run("terms", "kinds", "--all").stdout == (
        "kinds  (kind)\n"
        "  3 listed, 1 of them in use, 1 used but not listed\n"
        "  in use: 1\n"
        "           2  plant\n"
        "  used but not listed: 1\n"
        "           1  plants  (probably plant)\n"
        "  deprecated, in use: 1\n"
        "           1  fern\n"
        "  listed but not used: 2\n"
        "              tree\n"
        "              shrub\n"
    )


def test_a_vocabulary_that_is_none(run: Run) -> None:
    result = run("terms", "kind")
    assert result.exit_code == 2
    assert "there is no vocabulary 'kind'; did you mean 'kinds'?" in result.stderr


def test_a_vault_without_vocabularies(run: Run, make_vault: MakeVault, tmp_path) -> None:
    (tmp_path / "vault" / "vaultlint.yaml").unlink()
    result = run("terms")
    assert (result.exit_code, result.stdout) == (0, "No property is bound to a vocabulary here.\n")
