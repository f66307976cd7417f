"""Diffs as they may be printed.

Invariant: no control characters but tabs and line ends.

Tests: tests/unit/cli/test_undo.py
"""

from collections.abc import Iterable, Iterator

from vaultlint.report.terminal import Paint, shown

_COLORS = {"+": "green", "-": "red", "@": "cyan"}


def printable(lines: Iterable[str], style: Paint) -> Iterator[str]:
    """Yield the lines of a unified diff, colored, with what is unprintable as escapes."""
    for line in lines:
        text, end = (line[:-2], "\r\n") if line.endswith("\r\n") else (line[:-1], "\n")
        told = "".join(char if char == "\t" else shown(char) for char in text)
        yield style(told, fg=_COLORS.get(line[0])) + end
