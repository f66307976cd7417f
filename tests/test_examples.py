"""The examples show true findings: each note that their README names, and no other."""

import re
from pathlib import Path

import pytest

from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.source.folder import FolderSource

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.mark.parametrize("name", ["research-garden", "docs-tree"])
def test_findings_are_where_the_readme_says(name):
    readme = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    wrong = set(re.findall(r"^\| `([^`]+)` \|", readme, re.MULTILINE))
    session = Session(FolderSource(EXAMPLES / name), ConfigRequest(), jobs=1)
    session.apply()
    assert not session.failed
    assert {one.file for one in session.diagnostics()} == wrong
