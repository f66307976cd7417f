"""``vaultlint config``: what is in force, and what decided."""

from tests.unit.cli.conftest import MakeVault, Run

CONFIG = """\
vocabularies:
  states: {terms: [draft, done]}
rules:
  broken-link: warning
  unknown-term: {severity: error, properties: {status: states}}
overrides:
  - {paths: ["old/**"], rules: {broken-link: off}}
exclude: ["private/**"]
"""
NOTES = {"vaultlint.yaml": CONFIG, "a.md": "", "old/b.md": "", "private/c.md": ""}


def test_the_resolved_configuration(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    text = run("config").stdout
    assert f"Vault\n  {root}\n" in text
    assert "Configuration\n  vaultlint.yaml\n" in text
    assert "  states: 2 terms" in text
    assert "  status: states" in text
    assert "  warning  broken-link  (on some paths)\n" in text


def test_without_a_config(run: Run, make_vault: MakeVault) -> None:
    make_vault({})
    assert "none: the pack 'recommended' applies" in run("config").stdout


def test_why(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    here = run("config", "--why", "broken-link", "a.md").stdout.splitlines()
    assert here[0] == "broken-link for a.md: warning"
    assert "vaultlint.yaml:4:3" in here[-1]
    assert here[-1].endswith("<- decides")
    old = run("config", "--why", "broken-link", "old/b.md").stdout.splitlines()
    assert old[0] == "broken-link for old/b.md: off"
    assert "vaultlint.yaml:7:" in old[-1]
    private = run("config", "--why", "broken-link", "private/c.md").stdout
    assert private.startswith("broken-link for private/c.md: off\n")


def test_why_of_an_unknown_rule(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    result = run("config", "--why", "broken-lnk", "a.md")
    assert result.exit_code == 2
    assert "did you mean 'broken-link'?" in result.stderr
