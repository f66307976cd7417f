"""The stamp of the program."""

import os
from pathlib import Path

import pytest

from vaultlint import program


@pytest.fixture(autouse=True)
def forget() -> None:
    program.program_stamp.cache_clear()


def stamp_of(package: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(program, "__file__", str(package / "program.py"))
    program.program_stamp.cache_clear()
    return program.program_stamp()


def make(parent: Path) -> Path:
    package = parent / "vaultlint"
    (package / "checks").mkdir(parents=True)
    for name in ("__init__.py", "checks/one.py"):
        (package / name).write_text("x = 1\n")
    return package


def test_it_is_the_same_twice() -> None:
    first = program.program_stamp()
    program.program_stamp.cache_clear()
    assert program.program_stamp() == first
    assert len(first) == 32


def test_of_a_checkout_every_file_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = make(tmp_path / "checkout")
    first = stamp_of(package, monkeypatch)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "one.pyc").write_text("x")
    assert stamp_of(package, monkeypatch) == first
    (package / "checks" / "one.py").write_text("x = 22\n")
    assert stamp_of(package, monkeypatch) != first


def test_of_an_installed_one_the_installation_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "site-packages"
    package = make(packages)
    monkeypatch.setattr("sys.path", [str(packages)])
    first = stamp_of(package, monkeypatch)
    assert stamp_of(package, monkeypatch) == first
    os.utime(packages, ns=(1, 1))
    assert stamp_of(package, monkeypatch) != first


def test_where_nothing_can_be_told_it_is_never_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "nowhere" / "vaultlint"
    assert stamp_of(missing, monkeypatch) != stamp_of(missing, monkeypatch)
