"""What is wrong with a YAML text, in words for people who write notes.

libyaml says what its grammar missed; this module looks at the line and says what was meant and
how to write it. Every problem covers the characters that have to change.

Tests: tests/unit/yaml_tree/test_complaints.py
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from vaultlint.text import Span
from vaultlint.yaml_tree.records import YamlProblem

_LINE_END = re.compile(r"\r?\n")
_QUOTE_IT = "put the whole value in quotes"
_MERGE = "keep what is right of the merge conflict and remove its three marks"
_LINK_LIST = 'one link is "[[A]]", several are a list: ["[[A]]", "[[B]]"]'


class _Failure(NamedTuple):
    """libyaml's error: ``at`` where it gave up, ``opened`` where the construct began."""

    text: str
    context: str
    problem: str
    at: int
    opened: int

    def line_start(self, offset: int) -> int:
        """Return the offset at which the line of ``offset`` begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return the offset at which the line of ``offset`` ends, without its line break."""
        match = _LINE_END.search(self.text, offset)
        return match.start() if match else len(self.text)

    def rest(self, offset: int) -> Span:
        """Return the span from ``offset`` to the end of its line, at least one character wide."""
        end = self.line_end(offset)
        return Span(offset, end) if end > offset else self.char(offset)

    def char(self, offset: int) -> Span:
        """Return the span of the character at ``offset``, or of the last one of the text."""
        offset = min(offset, max(len(self.text) - 1, 0))
        return Span(offset, min(offset + 1, len(self.text)))


class _Complaint(NamedTuple):
    span: Span
    message: str
    hint: str = ""
    code: str = "yaml-syntax"


def complaint(text: str, error: yaml.MarkedYAMLError) -> YamlProblem:
    """Return the problem behind libyaml's ``error``."""
    at = min(error.problem_mark.index, len(text)) if error.problem_mark is not None else 0
    opened = min(error.context_mark.index, len(text)) if error.context_mark is not None else at
    failure = _Failure(text, error.context or "", error.problem or "", at, opened)
    found = _dialect(failure)
    if found is not None:
        return YamlProblem(found.code, found.span, found.message, found.hint)
    for words, explain in _EXPLANATIONS:
        if words in failure.problem or words in failure.context:
            found = explain(failure)
            break
    else:
        found = _Complaint(failure.rest(at), "this is not valid YAML", _QUOTE_IT)
    if text.startswith("<<<<<<<", found.span.start):
        found = found._replace(hint=_MERGE)
    return YamlProblem(found.code, found.span, found.message, found.hint)


def _dialect(failure: _Failure) -> _Complaint | None:
    """Return what Obsidian may read although libyaml does not: empty names, odd anchors."""
    at = failure.at
    if "scanning an anchor" in failure.context and not failure.text[at : at + 1].isspace():
        char = failure.text[at : at + 1]
        message = f"`{char}` in the name of a YAML anchor may be read by Obsidian, not by vaultlint"
        return _Complaint(failure.char(at), message, _QUOTE_IT, "yaml-dialect") if char else None
    if failure.text[at : at + 1] != ":":
        return None
    before = failure.text[failure.line_start(at) : at].rstrip()
    if before.strip(" -?,{[") and before[-1:] not in ("]", "}", "{", ","):
        return None
    message = "`:` without a name before it may be read by Obsidian, not by vaultlint"
    return _Complaint(failure.char(at), message, "write the name of the property", "yaml-dialect")


def _bad_start(failure: _Failure) -> _Complaint:
    char = failure.text[failure.at : failure.at + 1]
    if char == "\t":
        end = (
            failure.at
            + len(failure.text[failure.at :])
            - len(failure.text[failure.at :].lstrip("\t"))
        )
        message = "a tab indents this line; YAML takes only spaces"
        return _Complaint(Span(failure.at, end), message, "use two spaces for each level")
    shown = "a backtick" if char == "`" else f"`{char}`"
    message = f"an unquoted value cannot start with {shown}"
    return _Complaint(failure.char(failure.at), message, _QUOTE_IT)


def _colon(failure: _Failure) -> _Complaint:
    begin = failure.line_start(failure.at)
    before = failure.text[begin : failure.at]
    if re.search(r":[ \t]", before):
        return _Complaint(
            failure.char(failure.at),
            "an unquoted value cannot contain a colon and a space"
            if failure.text[failure.at + 1 : failure.at + 2].strip() == ""
            and failure.at + 1 < failure.line_end(failure.at)
            else "an unquoted value cannot end with a colon",
            _QUOTE_IT,
        )
    previous = failure.text[failure.line_start(max(begin - 1, 0)) : max(begin - 1, 0)].strip()
    if before[:1] in (" ", "\t"):
        message = "this line is indented although the property above it already has a value"
        return _Complaint(
            Span(begin, begin + len(before) - len(before.lstrip())),
            message,
            "remove the spaces before it",
        )
    if previous and begin:
        start = failure.line_start(begin - 1)
        message = "this line is not a property: it has no `name: value`"
        hint = (
            "put a space after the colon" if ":" in previous else "write a name and a colon first"
        )
        return _Complaint(failure.rest(start), message, hint)
    return _Complaint(
        failure.char(failure.at), "this colon starts a value where none can stand", _QUOTE_IT
    )


def _alias(failure: _Failure) -> _Complaint:
    start = failure.opened
    span = _word(failure.text, start)
    if failure.text.startswith("**", start):
        return _Complaint(
            failure.rest(start), "an unquoted value cannot start with `**`", _QUOTE_IT
        )
    name = span.of(failure.text)
    return _Complaint(
        span, f"`{name}` refers to a YAML anchor that is not defined", f"{_QUOTE_IT} if it is text"
    )


def _anchor(failure: _Failure) -> _Complaint:
    return _Complaint(
        _word(failure.text, failure.opened), "an unquoted value cannot start with `&`", _QUOTE_IT
    )


def _tag(failure: _Failure) -> _Complaint:
    hint = _QUOTE_IT
    if failure.text.startswith("![[", failure.opened):
        hint = 'an embed is a quoted value: "![[A]]"'
    return _Complaint(failure.rest(failure.opened), "an unquoted value cannot start with `!`", hint)


def _after_value(failure: _Failure) -> _Complaint:
    begin = failure.line_start(failure.at)
    before = failure.text[begin : failure.at].rstrip(" \t")
    if before[-1:] in ("'", '"'):
        quote = before[-1]
        hint = (
            "double a quote inside of single quotes"
            if quote == "'"
            else 'write a quote inside of double quotes as \\"'
        )
        return _Complaint(failure.rest(failure.at), f"text follows the closing {quote}", hint)
    if before[-1:] in ("]", "}"):
        hint = _LINK_LIST if "[[" in before else _QUOTE_IT
        return _Complaint(
            failure.rest(failure.at), f"text follows the closing `{before[-1]}`", hint
        )
    if failure.text.startswith("- ", failure.at):
        message = "a list item stands where a property is expected"
        return _Complaint(failure.rest(failure.at), message, "indent the items of a list alike")
    message = "this line is indented differently from the lines that it belongs to"
    return _Complaint(
        failure.rest(failure.at), message, "start all properties of one level in the same column"
    )


def _quote(failure: _Failure) -> _Complaint:
    quote = failure.text[failure.opened : failure.opened + 1]
    hint = f"add {quote} at the end of the value, or put the value in the other kind of quotes"
    return _Complaint(failure.rest(failure.opened), f"the quote {quote} is never closed", hint)


def _escape(failure: _Failure) -> _Complaint:
    slash = failure.text.rfind("\\", failure.opened, failure.at + 1)
    start = failure.at if slash < 0 else slash
    span = Span(start, min(start + 2, len(failure.text)))
    message = f"`{span.of(failure.text)}` is not an escape that double quotes know"
    return _Complaint(span, message, "use single quotes, or write each backslash twice")


def _flow(failure: _Failure) -> _Complaint:
    opened = failure.opened
    if failure.text[opened : opened + 1] not in ("[", "{"):
        opened = max(
            failure.text.rfind("[", 0, failure.at), failure.text.rfind("{", 0, failure.at), 0
        )
    bracket = failure.text[opened : opened + 1]
    close = {"[": "]", "{": "}"}.get(bracket, "]")
    line_end = failure.line_end(opened)
    comment = re.search(r"(?<=[\s\[{,])#", failure.text[opened:line_end])
    if comment:
        start = opened + comment.start()
        message = "`#` starts a comment here, so the rest of the line is not read"
        return _Complaint(
            Span(start, line_end),
            message,
            f"quote the tag, or leave the `#` out, and close the list with `{close}`",
        )
    if failure.at >= line_end:
        return _Complaint(
            failure.char(opened), f"`{bracket}` is never closed", f"add `{close}`, or {_QUOTE_IT}"
        )
    message = f"a comma or `{close}` is missing before this"
    return _Complaint(failure.rest(failure.at), message, _QUOTE_IT)


def _no_colon(failure: _Failure) -> _Complaint:
    message = "this line is neither `name: value` nor a list item"
    return _Complaint(
        failure.rest(failure.opened),
        message,
        "put a space after the colon, or indent the line if it continues the value above",
    )


def _dash(failure: _Failure) -> _Complaint:
    message = "a list cannot start on the line of its property"
    return _Complaint(failure.rest(failure.at), message, "put each `- item` on a line of its own")


def _item(failure: _Failure) -> _Complaint:
    message = "this line is not an item of the list that it stands in"
    return _Complaint(
        failure.rest(failure.at), message, "start it with `- `, or move it out of the list"
    )


def _block_text(failure: _Failure) -> _Complaint:
    mark = failure.text[failure.opened : failure.opened + 1]
    message = (
        f"`{mark}` starts a block of text on the lines below; nothing may follow it on its line"
    )
    return _Complaint(failure.rest(failure.opened), message, _QUOTE_IT)


def _tab_in_block(failure: _Failure) -> _Complaint:
    return _Complaint(
        failure.char(failure.at), "a tab indents this line; YAML takes only spaces", "use spaces"
    )


def _document(failure: _Failure) -> _Complaint:
    begin = failure.line_start(failure.at)
    line = failure.rest(begin).of(failure.text)
    above = failure.text[failure.line_start(max(begin - 1, 0)) : begin].rstrip()
    if above == "..." or line.startswith(("...", "---")):
        dots = "..." if above == "..." else line[:3]
        start = failure.line_start(begin - 1) if above == "..." else begin
        message = (
            f"`{dots}` ends the properties here, but more text follows before the closing `---`"
        )
        return _Complaint(Span(start, start + 3), message, "remove it")
    return _after_value(failure)


def _percent(failure: _Failure) -> _Complaint:
    return _Complaint(
        failure.rest(failure.opened),
        "a line of properties cannot start with `%`",
        "put the name in quotes",
    )


def _content(failure: _Failure) -> _Complaint:
    char = failure.text[failure.at : failure.at + 1]
    if failure.context.startswith("while parsing a block node") and char in (",", "]", "}"):
        return _Complaint(
            failure.char(failure.at), f"an unquoted value cannot start with `{char}`", _QUOTE_IT
        )
    return _flow(failure)


_EXPLANATIONS: tuple[tuple[str, Callable[[_Failure], _Complaint]], ...] = (
    ("cannot start any token", _bad_start),
    ("mapping values are not allowed", _colon),
    ("undefined alias", _alias),
    ("while scanning an alias", _alias),
    ("while scanning an anchor", _anchor),
    ("tag", _tag),
    ("scanning a quoted scalar", _quote),
    ("escape character", _escape),
    ("parsing a quoted scalar", _escape),
    ("found a tab character", _tab_in_block),
    ("scanning a block scalar", _block_text),
    ("while parsing a flow", _flow),
    ("expected node content", _content),
    ("could not find expected ':'", _no_colon),
    ("block sequence entries", _dash),
    ("'-' indicator", _item),
    ("did not find expected key", _after_value),
    ("document", _document),
    ("directive", _percent),
)  # fmt: skip


def _word(text: str, start: int) -> Span:
    match = re.compile(r"\S+").match(text, start)
    return Span(start, match.end()) if match else Span(start, min(start + 1, len(text)))
