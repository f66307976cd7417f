"""What a command opens is closed when it ends."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run


def open_below(folder: Path) -> list[Path]:
    """Return which files below ``folder`` this process has open."""
    found = []
    for name in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the listing's own
            found.append(name.readlink())
    return [path for path in found if folder in path.parents]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_the_store_is_closed(
    run: Run, make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULTLINT_CACHE_DIR", str(tmp_path / "cache"))
    root = make_vault({"a.md": "[[nowhere]]\n", "b.md": "[[a]]\n"})
    for arguments in (["check"], ["check"], ["check", "a.md"], ["index"], ["stats"]):
        (root / "b.md").write_text(f"[[a]] {arguments}\n")
        assert run(*arguments).exit_code in (0, 1)
        assert list((tmp_path / "cache").rglob("memo-*.db"))
        assert open_below(tmp_path / "cache") == []
