"""Baselines made to do harm, as a stranger's change may bring them: see test_hostile.py.

They end in one line with a place, or count for what they are, and print nothing raw.
"""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.confined import FINE, Nursery, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and files of POSIX")

NAME = "vaultlint-baseline.json"
HEAD = '{"version": 1, "findings": ['


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    write(tmp_path, FINE)
    return tmp_path


def entry(number: int, message: str = "m") -> str:
    told = {"path": "a.md", "rule": "r", "message": message, "fingerprint": f"{number:016x}"}
    return json.dumps(told | {"line": "01234567"})


DAMAGED = {
    "10,000,000 brackets": HEAD + "[" * 10_000_000,
    "a deep entry": HEAD + '{"path":' * 100_000,
    "a number of 5,000,000 digits": HEAD + "9" * 5_000_000 + "]}",
    "10,000,000 spaces": HEAD + " " * 10_000_000,
    "spaces before a comma that never comes": HEAD + "null" + " " * 10_000_000,
    "an open string": HEAD + '"' + "x" * 10_000_000,
    "a thousand kinds of conflict marks": HEAD + "<<<<<<< x\n=======\n>>>>>>> y\n" * 1000,
    "an entry with too much": HEAD + entry(1)[:-1] + ', "more": 1}]}',
    "a path that is none": HEAD + '{"path": ["a"], "rule": {}, "message": 1, "fingerprint": []}]}',
    "nothing": "",
    "NUL": "\0" * 1000,
    "UTF-16": HEAD.encode("utf-16").decode("latin-1"),
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_baseline_is_one_line(nursery: Nursery, vault: Path, text: str) -> None:
    (vault / NAME).write_bytes(text.encode("latin-1"))
    done = nursery.check(vault)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"vaultlint: error: {NAME}:")
    assert done.err.count("\n") == 1
    assert len(done.err) < 400


def test_100000_entries_that_are_stale(nursery: Nursery, vault: Path) -> None:
    lines = ",\n".join(map(entry, range(100_000)))
    (vault / NAME).write_text(f"{HEAD}\n{lines},\nnull]}}\n")
    done = nursery.check(vault, "--format", "json")
    assert done.code == 1
    assert json.loads(done.out)["summary"]["baseline"]["stale"] == 100_000


def test_what_it_says_is_printed_safely(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from vaultlint.cli.main import cli

    told = entry(1, "\x1b[2J\n::error::x\u202e##[error]\udcff")
    (vault / NAME).write_text(f"{HEAD}{told}]}}")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.chdir(vault)
    with pytest.raises(SystemExit):
        cli.main(["baseline", "--status"])
    out = capsys.readouterr().out
    assert r"\x1b[2J\x0a::error::x\u202e" in out
    assert "##[" not in out
    assert all(line.isprintable() for line in out.split("\n"))
    assert not [line for line in out.split("\n") if line.lstrip().startswith("::")]


@pytest.mark.parametrize("kind", ["pipe", "folder", "link out", "link to itself", "10 GB"])
def test_what_is_no_file_of_the_vault_is_not_read(
    nursery: Nursery, vault: Path, tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    target = vault / NAME
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "folder":
        target.mkdir()
    elif kind == "10 GB":
        with target.open("wb") as sparse:
            sparse.truncate(10 << 30)
    else:
        outside = tmp_path_factory.mktemp("outside") / "secret.json"
        outside.write_text(f"{HEAD}{entry(1)}]}}")
        target.symlink_to(outside if kind == "link out" else target)
    done = nursery.check(vault)
    assert (done.code, done.out) == (2, "")
    assert NAME in done.err
    assert "secret" not in done.err
