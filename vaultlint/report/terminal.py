"""What may reach a terminal or a CI log: every string from a vault passes through here first.

Invariant: ``safe`` returns printable text. Control, format (bidi, zero-width), line-separator and
surrogate characters come out as escapes, so a file name or a note can neither move the cursor,
nor reorder what is read, nor start a line of its own.

Tests: tests/unit/report/test_terminal.py
"""

import os
import posixpath
import re
import unicodedata
from collections.abc import Mapping

from vaultlint.diagnostics import Severity
from vaultlint.text import escaped

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def safe(text: str) -> str:
    r"""Return ``text`` with every unprintable character as ``\xNN``, ``\uNNNN`` or ``\UNNNNNNNN``.

    Tabs and line ends are escaped too. A byte that is not UTF-8 (a surrogate escape) is ``\xNN``.
    """
    if text.isprintable():
        return text
    return "".join(map(shown, text))


def shown(char: str) -> str:
    """Return one character as ``safe`` prints it."""
    if char.isprintable() or unicodedata.category(char) not in _HIDDEN:
        return char
    return escaped(char)


def shown_path(file: str, prefix: str, here: str) -> str:
    """Return the path of a vault's ``file`` as it can be opened from where one stands.

    ``prefix`` leads from there to the vault and ends in "/"; ``here`` is the folder of the vault
    in which one stands. At most one of the two is not empty.
    """
    return posixpath.relpath(file, here) if here else prefix + file


def cells(char: str) -> int:
    """Return how many terminal cells one printable character takes: 0, 1 or 2.

    Source: Unicode Standard Annex 11, East Asian Width.
    """
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wants_color(*, terminal: bool, environ: Mapping[str, str]) -> bool:
    """Return whether to color: on a terminal, unless NO_COLOR is set or the terminal is dumb.

    Source: https://no-color.org
    """
    return terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD")
_COMMAND = re.compile(r"##(?=(?:vso)?\[)")


def without_commands(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return ``text`` (lines ended by LF) so that no line of it is a command to the runner.

    GitHub's obeys a line that begins, after white space, with ``::``, and ``##[`` anywhere in a
    line; that of Azure Pipelines ``##[`` and ``##vso[``. Elsewhere the text is returned as it is.
    """
    if "::" not in text and "##" not in text:
        return text  # asked before the environment, which answers slowly
    if not any(name in environ for name in _RUNNERS):
        return text
    lines = _COMMAND.sub(r"#\\x23", text).split("\n")
    return "\n".join(
        line.replace("::", "\\x3a:", 1) if line.lstrip().startswith("::") else line
        for line in lines
    )


class Paint:
    """Styles for one output; without color every method returns its text unchanged."""

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, *, fg: str | None = None, bold: bool = False) -> str:
        """Return ``text`` in a color of the terminal's own palette."""
        if not self.color:
            return text
        from click import style

        return style(text, fg=fg, bold=bold)

    def severity(self, severity: Severity, text: str) -> str:
        """Return ``text`` in the color of ``severity``."""
        return self(text, fg=_COLORS[severity], bold=True)
