"""The page of a rule, from its check's docstring: Markdown for docs/rules, text for a terminal.

Invariant: a rule is documented in its check's file alone; this module adds only what the check
declares (severity, options with their defaults).

Tests: tests/unit/report/test_rule_page.py
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any, NamedTuple

from vaultlint.report.terminal import Paint, safe


class RulePage(NamedTuple):
    """What a page shows. ``severity`` is that of the default rule, None when it is off.

    ``options`` is the check's dataclass of options; ``sections`` map a title to Markdown.
    """

    id: str
    summary: str
    sections: Mapping[str, str]
    severity: str | None
    since: str
    fixable: bool
    options: type
    note: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what the check declares, as pairs of a label and a value."""
        return (
            ("Severity", self.severity or "off until a pack or vaultlint.yaml turns it on"),
            ("Fix", "offered" if self.fixable else "none"),
            ("Since", self.since),
        )


def markdown(page: RulePage) -> str:
    """Return the page for docs/rules."""
    lines = [f"# {page.id}", "", f"{page.summary}.", ""]
    lines += [f"- {label}: {value}" for label, value in page.facts]
    for title, body in page.sections.items():
        lines += ["", f"## {title}", "", *_with_file_names(body)]
    if defaults := default_yaml(page):
        lines += ["", "## Defaults", "", "```yaml", "# vaultlint.yaml", *defaults, "```"]
    return "\n".join(lines) + "\n"


def index(pages: list[RulePage]) -> str:
    """Return the table of all rules for docs/rules."""
    lines = [
        "# Rules",
        "",
        "Each rule with its default severity; `off` waits for a pack or a `vaultlint.yaml`.",
        "",
        "| rule | severity | what it finds |",
        "| --- | --- | --- |",
    ]
    for page in pages:
        summary = page.summary.replace("|", "\\|")
        lines.append(f"| [{page.id}]({page.id}.md) | {page.severity or 'off'} | {summary} |")
    return "\n".join(lines) + "\n"


def terminal(page: RulePage, paint: Paint) -> str:
    """Return the page as text: titles in bold, code indented."""
    lines = [paint(page.id, bold=True), f"{page.summary}.", ""]
    if page.note:
        lines += [page.note, ""]
    lines += [f"{label + ':':<10}{value}" for label, value in page.facts]
    for title, body in page.sections.items():
        lines += ["", paint(title, bold=True), *_plain(body)]
    if defaults := default_yaml(page):
        lines += ["", paint("Defaults", bold=True), *(f"    {line}" for line in defaults)]
    return "\n".join(lines) + "\n"


def default_yaml(page: RulePage) -> list[str]:
    """Return the lines of YAML that set every option of the rule to its default; [] without any."""
    values = {field.name: _default(field) for field in fields(page.options)}
    if not values:
        return []
    head = ["rules:", f"  {page.id}:"]
    return head + [f"    {name}: {_yaml(value)}" for name, value in values.items()]


def _default(field: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else None


def _yaml(value: Any) -> str:
    """Return a plain value in YAML's flow style, which JSON is part of."""
    if isinstance(value, frozenset | set):
        value = sorted(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _plain(body: str) -> Iterator[str]:
    """Yield Markdown as lines for a terminal: fenced code is indented, named after its file."""
    fence = ""
    for line in body.split("\n"):
        mark = line[: len(line) - len(line.lstrip("`"))]
        if not fence and len(mark) >= 3:
            fence = mark
            name = file_of(line[len(mark) :])
            if name:
                yield f"    --- {safe(name)}"
        elif fence and line == fence:
            fence = ""
        else:
            yield f"    {line}".rstrip() if fence else line


def _with_file_names(body: str) -> Iterator[str]:
    """Yield the lines of ``body``, the name of its file above each fenced block that has one."""
    fence = ""
    for line in body.split("\n"):
        mark = line[: len(line) - len(line.lstrip("`"))]
        if not fence and len(mark) >= 3:
            fence = mark
            if name := file_of(line[len(mark) :]):
                yield f"`{name}`"
                yield ""
        elif fence and line == fence:
            fence = ""
        yield line


def file_of(info: str) -> str:
    """Return the file that the ``info`` after a fence names, "" when it names none."""
    for name in ("file", "fixed"):
        _, found, rest = info.partition(f'{name}="')
        if found:
            return rest.partition('"')[0]
    return ""
