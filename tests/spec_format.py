"""Reads specs: Markdown with files in fenced blocks and findings as carets (tests/specs/README.md).

It knows nothing of the engine, so that a mistake there cannot hide one here.
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

_FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
_ATTRIBUTE = re.compile(r'([a-z]+)(?:="([^"]*)")?')
_ESCAPE = re.compile(r"\\(?:\\|[abfnrtv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
_CARETS = re.compile(
    r"^(?P<pad>[ \t\u3000]*)(?P<carets>\^+)(?P<how>[>0]?) (?P<rule>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"(?:\((?P<severity>error|warning|info)\))?"
    r"(?:: (?P<message>.*?))?(?: => (?P<help>.*))?$"
)
NEWLINES = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


class Expected(NamedTuple):
    """A finding that a spec asserts; ``end`` is None when it ends on a later line."""

    file: str
    rule: str
    start: int
    end: int | None
    severity: str | None
    message: str | None
    help: str | None


class Fixed(NamedTuple):
    """The text of ``file`` after fixes of at least ``safety``."""

    file: str
    data: bytes
    safety: str


class Scenario(NamedTuple):
    """One small vault, its findings and its repaired files."""

    title: str
    line: int
    files: dict[str, bytes]
    expected: tuple[Expected, ...]
    fixed: tuple[Fixed, ...]


class Block(NamedTuple):
    """A fenced block with the attributes of its info string."""

    attributes: dict[str, str | None]
    lines: list[str]


def scenarios(text: str) -> list[Scenario]:
    """Return the scenarios of a spec; one without any file is prose and left out."""
    found: list[Scenario] = []
    shared = Scenario("", 1, {}, (), ())
    current = shared
    for title, line, blocks in _sections(text):
        if title.casefold() == "fixed" and found:
            current = found.pop()
        elif title:
            current = Scenario(title, line, dict(shared.files), shared.expected, ())
        for block in blocks:
            current = _add(current, block)
        if not title:
            shared = current
        elif any("file" in block.attributes or "fixed" in block.attributes for block in blocks):
            found.append(current)
    return found


def files_of(text: str) -> Scenario:
    """Return the files and findings of all blocks of ``text``, headings disregarded."""
    scenario = Scenario("", 1, {}, (), ())
    for _, _, blocks in _sections(text):
        for block in blocks:
            scenario = _add(scenario, block)
    return scenario


def _sections(text: str) -> Iterator[tuple[str, int, list[Block]]]:
    title, at, blocks = "", 1, []
    fence, block = "", Block({}, [])
    for number, line in enumerate(text.split("\n"), 1):
        match = _FENCE.match(line)
        if fence:
            if match and match["mark"].startswith(fence) and not match["info"].strip():
                fence = ""
                blocks.append(block)
            else:
                block.lines.append(line)
        elif match:
            fence = match["mark"]
            pairs = _ATTRIBUTE.findall(match["info"].partition(" ")[2])
            block = Block(dict(pairs), [])
        elif line.startswith("#") and line.lstrip("#").startswith(" "):
            yield title, at, blocks
            title, at, blocks = line.lstrip("#").strip(), number, []
    assert not fence, f"the fence of a block is not closed: {block.attributes}"
    yield title, at, blocks


def _add(scenario: Scenario, block: Block) -> Scenario:
    attributes = block.attributes
    if "file" in attributes:
        path = attributes["file"] or ""
        data, expected = _content(path, block)
        kept = tuple(item for item in scenario.expected if item.file != path)
        return scenario._replace(files={**scenario.files, path: data}, expected=(*kept, *expected))
    if "fixed" in attributes:
        path = attributes["fixed"] or ""
        data, expected = _content(path, block)
        assert not expected, f"{path}: a fixed text has no carets"
        fixed = Fixed(path, data, attributes.get("safety") or "safe")
        return scenario._replace(fixed=(*scenario.fixed, fixed))
    return scenario


def _content(path: str, block: Block) -> tuple[bytes, list[Expected]]:
    """Return the bytes of a block's file and what its carets assert."""
    attributes = block.attributes
    if "hex" in attributes:
        return bytes.fromhex("".join(block.lines)), []
    newline = NEWLINES[attributes.get("newline") or "lf"]
    lines: list[str] = []
    expected: list[Expected] = []
    offset = 0  # where the last line of `lines` starts
    for line in block.lines:
        match = _CARETS.match(line)
        if match:
            expected.append(_expect(path, match, offset, lines[-1] if lines else ""))
            continue
        if lines:
            offset += len(lines[-1]) + len(newline)
        lines.append(_unescape(line) if "escape" in attributes else line)
    text = newline.join(lines)
    if lines and "eof" not in attributes:
        text += newline
    data = text.encode("utf-8", "surrogateescape")
    return (codecs.BOM_UTF8 + data if "bom" in attributes else data), expected


def _unescape(line: str) -> str:
    return _ESCAPE.sub(lambda match: codecs.decode(match[0], "unicode_escape"), line)


def _expect(path: str, match: re.Match[str], offset: int, line: str) -> Expected:
    start = offset + len(match["pad"])
    width = len(match["carets"])
    if match["how"] == "0":
        assert width == 1, f"{path}: ^0 has one caret"
        width = 0
    assert len(match["pad"]) + width <= len(line), f"{path}: carets pass the end of {line!r}"
    end = None if match["how"] == ">" else start + width
    return Expected(
        path, match["rule"], start, end, match["severity"], match["message"], match["help"]
    )
