"""One writer a vault."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vaultlint.errors import BusyError, JournalError
from vaultlint.fixing.lock import VaultLock


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with VaultLock(tmp_path):
        with pytest.raises(BusyError, match=rf"process {os.getpid()} on "):
            VaultLock(tmp_path).__enter__()
        with VaultLock(tmp_path / "another vault"):
            pass
    with VaultLock(tmp_path):
        pass


@pytest.mark.parametrize("said", [b"", b"{}", b"\xff", b"[1]", b'{"pid": "x", "host": 3}'])
def test_what_the_file_says_does_not_matter(tmp_path: Path, said: bytes) -> None:
    (tmp_path / "lock").write_bytes(said)
    with VaultLock(tmp_path):
        (tmp_path / "lock").write_bytes(said)
        with pytest.raises(BusyError):
            VaultLock(tmp_path).__enter__()


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from vaultlint.fixing.lock import VaultLock\n"
        "with VaultLock(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(BusyError, match=f"process {holder.pid} on"):
            VaultLock(tmp_path).__enter__()
        holder.kill()
        holder.wait()
    with VaultLock(tmp_path):
        pass


def test_a_state_folder_that_cannot_be_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(JournalError, match="cannot be opened"):
        VaultLock(tmp_path / "file").__enter__()
