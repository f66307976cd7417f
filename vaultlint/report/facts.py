"""One note's metadata as text: what is where, and what each link opens.

Invariant: the same metadata gives the same text; lines and columns are 1-based, as in findings,
columns in UTF-16 units, as in the metadata.

Tests: tests/unit/report/test_facts.py
"""

from collections.abc import Iterator
from typing import Any

from vaultlint.report.terminal import Paint, safe

_Json = dict[str, Any]


def facts(metadata: _Json, paint: Paint) -> str:
    """Return the text of one note, ended by an empty line."""
    lines = [paint(safe(metadata["path"]), bold=True)]
    for title, body in _groups(metadata):
        lines.append(f"  {paint(title, fg='blue')}")
        lines += [f"    {line}" for line in body]
    return "\n".join(lines) + "\n\n"


def _groups(metadata: _Json) -> Iterator[tuple[str, list[str]]]:
    more: _Json = metadata.get("vaultlint", {})
    groups = {
        "properties": [
            f"{safe(key)}: {_value(value)}"
            for key, value in metadata.get("frontmatter", {}).items()
        ],
        "property tags": [safe(tag) for tag in more.get("propertyTags", ())],
        "aliases": [safe(alias) for alias in more.get("aliases", ())],
        "property links": [
            f"{safe(link['key'])}: {_link(link)}" for link in metadata.get("frontmatterLinks", ())
        ],
        "headings": [
            f"{_at(each)}  {'#' * each['level']} {safe(each['heading'])}"
            for each in metadata.get("headings", ())
        ],
        "links": [f"{_at(link)}  {_link(link)}" for link in metadata.get("links", ())],
        "embeds": [f"{_at(link)}  {_link(link)}" for link in metadata.get("embeds", ())],
        "tags": [f"{_at(tag)}  {safe(tag['tag'])}" for tag in metadata.get("tags", ())],
        "blocks": [
            f"{_at(block)}  ^{safe(block['id'])}" for block in metadata.get("blocks", {}).values()
        ],
        "footnotes": [
            f"{_at(each)}  [^{safe(each['id'])}]" for each in metadata.get("footnotes", ())
        ],
        "callouts": [f"{_at(each)}  [!{safe(each['type'])}]" for each in more.get("callouts", ())],
        "tasks": [f"{_at(each)}  [{safe(each['status'])}]" for each in more.get("tasks", ())],
        "problems": [f"{_at(each)}  {safe(each['message'])}" for each in more.get("problems", ())],
    }
    return ((title, body) for title, body in groups.items() if body)


def _at(item: _Json) -> str:
    start = item["position"]["start"]
    return f"{start['line'] + 1}:{start['col'] + 1}"


def _link(link: _Json) -> str:
    text = safe(link["original"])
    if "resolved" not in link:
        return text
    resolved = link["resolved"]
    if resolved is None:
        return f"{text} -> nothing"
    path, anchor = resolved["path"], resolved["anchor"]
    if anchor is not None:
        return f"{text} -> {safe(path)}, {anchor['type']} at line {anchor['line'] + 1}"
    _, subpath, place = link["link"].partition("#")
    missing = subpath and place.strip("# ") and path.lower().endswith(".md")
    return f"{text} -> {safe(path)}{', no such place' if missing else ''}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{safe(key)}: {_value(item)}" for key, item in value.items()) + "}"
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
