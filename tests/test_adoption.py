"""A documentation repository adopts vaultlint: green at once, then red where a change breaks it.

The same story is told of a small vault in a folder of its repository, and of a real one.
"""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from tests.git_repository import Repo, alone, needs_git
from tests.shared_data import SHARED, needs_vaults
from vaultlint.cli.main import cli

pytestmark = needs_git

FORMATS = ("text", "json", "jsonl", "github", "gitlab", "junit", "markdown", "sarif")
Places = set[tuple[str, str]]


class Story(NamedTuple):
    """A vault in ``root``, a part of a repository, what breaks it, and where it is then red."""

    repository: Repo
    root: Path
    break_it: Callable[[Path], None]
    red: Places


def run(*arguments: str, **environment: str) -> Result:
    environ = {"GITHUB_ACTIONS": None, "CI": None, "NO_COLOR": "1"} | environment
    return CliRunner().invoke(cli, arguments, prog_name="vaultlint", env=environ)


def commit(repository: Repo) -> None:
    repository.git("add", "-A")
    repository.commit()


def write(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def small(tmp_path: Path) -> Story:
    repository = tmp_path / "repository"
    root = repository / "the docs"
    for index in range(12):
        topic = "sea" if index % 2 else "land"
        write(root, f"n{index}.md", f"---\ntopic: {topic}\ntitle: n\n---\n\n[[n{index + 1}]]\n")
    write(root, "n5.md", "---\ntopic: sea\ntitle: n\n---\n\n[[n6]] and [[gone]]\n")
    write(root, "n12.md", "---\ntopic: see\n---\n\n[[gone]] and [[gone]]\n\n![[lost.png]]\n")
    write(root, "broken.md", "---\ntopic: [sea\n---\n")
    write(repository, "README.md", "# Not a part of the vault\n\n[[gone]]\n")

    def break_it(root: Path) -> None:
        replace(root / "n2.md", "land", "laand")
        (root / "n5.md").rename(root / "n5 renamed.md")
        replace(root / "n7.md", "title: n", "title: [n")

    red = {
        ("the docs/n2.md", "unknown-term"),
        ("the docs/n4.md", "broken-link"),
        ("the docs/n7.md", "frontmatter-syntax"),
    }
    return Story(Repo(repository), root, break_it, red)


def real(tmp_path: Path) -> Story:
    root = tmp_path / "codecademy"
    shutil.copytree(SHARED / "vaults" / "codecademy-docs", root)
    javascript = "content/javascript/concepts/objects/terms"

    def break_it(root: Path) -> None:
        replace(root / "content/python/concepts/lists/lists.md", "- 'Lists'", "- 'Lissts'")
        design = root / "content/uiux/concepts/prototype"
        (design / "prototype.md").rename(design / "prototyping.md")
        replace(root / f"{javascript}/entries/entries.md", "Title: '", "Title: ''")

    red = {
        ("content/python/concepts/lists/lists.md", "unknown-term"),
        (f"{javascript}/getPrototypeOf/getPrototypeOf.md", "broken-link"),
        (f"{javascript}/entries/entries.md", "frontmatter-syntax"),
    }
    return Story(Repo(root), root, break_it, red)


@pytest.fixture(params=["small", pytest.param("real", marks=needs_vaults)])
def story(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    alone(monkeypatch)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    story = {"small": small, "real": real}[request.param](tmp_path)
    commit(story.repository)
    monkeypatch.chdir(story.root)
    return story


def reports_of(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in FORMATS}


def places(reports: dict[str, str], prefix: str) -> dict[str, Places]:
    """Return what each report says is red: pairs of a path of the repository and a rule."""
    listed = json.loads(reports["json"])["diagnostics"]
    lines = [json.loads(line) for line in reports["jsonl"].splitlines()][:-1]
    text = re.finditer(r"^(\S.*?):\d+:\d+  \w+\[([\w-]+)\]", reports["text"], re.MULTILINE)
    annotated = re.finditer(
        r"^::error title=vaultlint \(([\w-]+)\),file=(.*?),line=", reports["github"], re.MULTILINE
    )
    (sarif,) = json.loads(reports["sarif"])["runs"]
    file = ""
    marked: Places = set()
    for line in reports["markdown"].partition("### Errors")[2].splitlines():
        if line.startswith("`"):
            file = line.strip("`")
        elif found := re.match(r"- \d+:\d+ `([\w-]+)`", line):
            marked.add((file, found[1]))
    return {
        "json": {(prefix + each["path"], each["rule"]) for each in listed},
        "jsonl": {(prefix + each["path"], each["rule"]) for each in lines},
        "text": {(prefix + found[1], found[2]) for found in text},
        "github": {(found[2], found[1]) for found in annotated},
        "gitlab": {
            (each["location"]["path"], each["check_name"].removeprefix("vaultlint/"))
            for each in json.loads(reports["gitlab"])
        },
        "junit": {
            (case.get("classname", ""), failure.get("type", ""))
            for case in ET.fromstring(reports["junit"].encode()).iter("testcase")
            for failure in case.iter("failure")
        },
        "sarif": {
            (
                unquote(each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
                each["ruleId"],
            )
            for each in sarif["results"]
        },
        "markdown": marked,
    }


def test_adoption(story: Story, tmp_path: Path) -> None:
    prefix = "" if story.root == story.repository.root else f"{story.root.name}/"
    assert run("check").exit_code == 1
    assert run("init", "--baseline").exit_code == 0
    assert run("check", "--fail-on", "info").exit_code == 0
    commit(story.repository)
    story.repository.git("checkout", "-q", "-b", "work")
    story.break_it(story.root)
    commit(story.repository)

    folder = tmp_path / "reports"
    folder.mkdir()
    outputs = [part for name in FORMATS for part in ("-o", f"{name}:{folder / name}")]
    result = run("check", "-q", "--ratchet", "main", *outputs)
    assert result.exit_code == 1
    for name, red in places(reports_of(folder), prefix).items():
        assert red == story.red, name

    since = json.loads(run("check", "--changed-since", "main", "--format", "json").stdout)
    caused = {(prefix + each["path"], each["rule"]) for each in since["diagnostics"]}
    assert caused == story.red
