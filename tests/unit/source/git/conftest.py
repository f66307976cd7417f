"""A repository in a folder of its own, for each test."""

import pytest

from tests.git_repository import Repo, alone


@pytest.fixture
def repo(tmp_path, monkeypatch) -> Repo:
    alone(monkeypatch)
    return Repo(tmp_path / "repo")
