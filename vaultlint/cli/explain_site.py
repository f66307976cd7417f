"""Writing the documentation of the rules into a folder, for ``vaultlint explain --html``.

Invariant: of what is in the folder only pages that vaultlint made are replaced.

Tests: tests/unit/cli/test_rules.py
"""

from collections.abc import Iterable
from pathlib import Path

import vaultlint
from vaultlint.cli.place import Place
from vaultlint.cli.report_files import check_target, write_file
from vaultlint.errors import UsageError
from vaultlint.report.rule_page import RulePage

_MARK = b'<meta name="generator" content="vaultlint'
_HEAD = 4096  # bytes in which a page of ours names its maker


def write_site(folder: Path, place: Place, pages: Iterable[RulePage]) -> int:
    """Write the site of ``pages`` into ``folder``, made if need be; return how many files it has.

    Raises UsageError, before anything is written, where something else is in the way.
    """
    from vaultlint.report.html.site import site

    made = dict(site(list(pages), vaultlint.__version__))
    try:
        folder.mkdir(exist_ok=True)
        for name in made:
            check_target(folder / name, place.root)
            if not _is_ours(folder / name):
                raise UsageError(f"{folder / name} is not a page of vaultlint; it is left alone")
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to: {error.strerror or error}") from None
    for name, html in made.items():
        write_file(folder / name, [html])
    return len(made)


def _is_ours(path: Path) -> bool:
    """Return whether ``path`` may be written: it is not there, or is a page of vaultlint's."""
    try:
        with path.open("rb") as file:
            return _MARK in file.read(_HEAD)
    except FileNotFoundError:
        return True
