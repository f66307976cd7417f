"""The docstring of a check, taken apart: it is the docs page, `explain`, the hover and SARIF help.

Invariant: a check is documented in its own file alone. The first line is the description; each
`## Section` after it is Markdown. The examples are executed by tests.

Tests: tests/test_specs.py, tests/unit/test_spec_format.py
"""

import importlib
import inspect
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

SECTIONS = ("Why", "Example", "Use instead", "Fix safety", "Options", "Source")


class CheckDoc(NamedTuple):
    """``summary`` is one line without its period; ``sections`` map a title to Markdown text."""

    summary: str
    sections: Mapping[str, str]


@cache
def check_doc(check_id: str) -> CheckDoc:
    """Return the documentation of ``check_id``. Raises ModuleNotFoundError if there is none."""
    module = importlib.import_module(f"vaultlint.checks.{check_id.replace('-', '_')}")
    return parse_doc(inspect.getdoc(module) or "")


def parse_doc(text: str) -> CheckDoc:
    """Return the summary and the sections of a docstring; headings in fenced blocks are text."""
    summary, _, rest = text.partition("\n")
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    fence = ""
    for line in rest.split("\n"):
        mark = line[: len(line) - len(line.lstrip("`"))]
        if len(mark) >= 3 and not fence:
            fence = mark
        elif fence and line == fence:
            fence = ""
        elif line.startswith("## ") and not fence:
            lines = sections.setdefault(line[3:].strip(), [])
            continue
        lines.append(line)
    return CheckDoc(
        summary.strip().removesuffix("."),
        {title: "\n".join(body).strip("\n") for title, body in sections.items()},
    )
