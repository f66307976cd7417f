"""The generated files: one page a rule, their index, and the JSON Schemas of config and report.

Invariant: a generated file is a function of the source code alone; CI fails when one is out of
date, and a page whose check is gone is out of date too.

Tests: tests/test_docs.py
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from vaultlint.checks import check_ids, load_check
from vaultlint.cli.explain import rule_page
from vaultlint.report.rule_page import index, markdown

DOCS = "docs/rules"
SCHEMAS = "schemas/tool"


def generated() -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every generated file, in order."""
    pages = [rule_page(load_check(check_id)) for check_id in check_ids()]
    yield f"{DOCS}/README.md", index(pages)
    for page in pages:
        yield f"{DOCS}/{page.id}.md", markdown(page)
    yield from _schemas()


def stale(root: Path) -> list[str]:
    """Return the paths of generated files below ``root`` that are missing, different or left over."""
    wanted = dict(generated())
    changed = [path for path, text in wanted.items() if _read(root / path) != text]
    present = (path.relative_to(root).as_posix() for path in (root / DOCS).glob("*.md"))
    return [*changed, *sorted(path for path in present if path not in wanted)]


def write(root: Path, paths: Iterable[str]) -> None:
    """Write the generated files ``paths`` below ``root``; one that is left over is removed."""
    wanted = dict(generated())
    for path in paths:
        target = root / path
        if path not in wanted:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(wanted[path], encoding="utf-8", newline="\n")


def _schemas() -> Iterator[tuple[str, str]]:
    from vaultlint.config.models_schema import config_schema
    from vaultlint.report.models import report_schema
    from vaultlint.report.models_events import events_schema
    from vaultlint.sync.models import index_schema

    yield f"{SCHEMAS}/config.schema.json", _pretty(config_schema())
    yield f"{SCHEMAS}/index.schema.json", _pretty(index_schema())
    yield f"{SCHEMAS}/report.schema.json", _pretty(report_schema())
    yield f"{SCHEMAS}/events.schema.json", _pretty(events_schema())


def _pretty(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
