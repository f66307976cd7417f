"""The one type of a path that is opened in a vault."""

import ast
import os
import sys
from pathlib import Path

import pytest

import vaultlint
from vaultlint.source.real import below, inside, real_root, resolved

PACKAGE = Path(vaultlint.__file__).parent


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_what_leads_out_is_no_path_of_the_vault(tmp_path: Path) -> None:
    vault, beside = tmp_path / "vault", tmp_path / "vault-beside"
    for folder in (vault / "sub", beside):
        folder.mkdir(parents=True)
    (vault / "out").symlink_to(beside)
    (vault / "up").symlink_to("..")
    (vault / "within").symlink_to("sub")
    (vault / "loop").symlink_to("loop")
    root = real_root(vault)
    assert resolved(root, str(vault / "within" / "a.md")) == (
        below(below(root, "sub"), "a.md"),
        "sub/a.md",
    )
    assert resolved(root, str(vault)) == (root, "")
    for path in ("out", "out/a.md", "up", "up/vault-beside", "../vault-beside", "sub/../.."):
        assert resolved(root, os.path.join(vault, path)) is None  # noqa: PTH118 -- keeps ".."
    assert resolved(root, str(vault / "loop")) == (below(root, "loop"), "loop")


def test_the_root_of_the_file_system_may_be_a_vault() -> None:
    assert inside(os.sep, f"{os.sep}a{os.sep}b.md") == "a/b.md"


def test_it_is_made_in_one_place() -> None:
    makers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RealPath"
    }
    assert makers == {"source/real.py"}
