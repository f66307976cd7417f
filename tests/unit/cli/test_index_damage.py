"""A damaged index is never an error inside vaultlint, and never keeps a command from its answer.

A flipped bit in the middle of a text is a text like any other: that is what ``rebuild`` is for. So
exit codes are held here, and that what reads the whole file is right or says why not.
"""

import random
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    f"n{number}.md": f"# H {number}\n[[n{number + 1}]] #t\n" + "word " * 50 for number in range(40)
}
COMMANDS = (
    ("stats", "--format", "json"),
    ("backlinks", "n7.md"),
    ("query", "SELECT count(*), max(metadata) FROM notes"),
    ("query", "SELECT source, target, line FROM links ORDER BY source"),
    ("index", "export"),
    ("index", "status"),
    ("search", "word"),
    ("citations",),
    ("index",),
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` cut, or with some of it overwritten."""
    kind = chance.randrange(4)
    at = chance.randrange(len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + b"\0" * min(4096, len(data) - at) + data[at + 4096 :]
    found = bytearray(data)
    for _ in range(1 if kind == 2 else 200):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


@pytest.mark.parametrize("seed", range(24))
def test_damage_costs_no_command_its_end(
    run: Run, make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("VAULTLINT_CACHE_DIR", str(tmp_path / "cache"))
    make_vault(NOTES)
    run("index")
    run("search", "word")
    chance = random.Random(seed)
    files = [Path(run("index", "path", *more).stdout.strip()) for more in ((), ("--full-text",))]
    whole = [file.read_bytes() for file in files]
    for command in chance.sample(COMMANDS, 4):
        for file, data in zip(files, whole, strict=True):
            for log in file.parent.glob(f"{file.name}-*"):
                log.unlink()
            file.write_bytes(damaged(data, chance))
        result = run(*command)
        assert result.exit_code in (0, 1, 2), (command, result.output)
        assert "internal error" not in result.stderr, command
    assert run("index", "rebuild").exit_code == 0
    assert run("stats", "--format", "json").stdout.startswith('{"notes": 40')
