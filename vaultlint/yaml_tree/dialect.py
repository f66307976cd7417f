"""Where libyaml and the library that Obsidian ships read YAML differently.

libyaml refuses, or takes for line breaks, characters that are ordinary to Obsidian; it refuses
some tabs, a lone dash, an extra closing quote and JSON's escapes of emoji that Obsidian takes; and
it takes quoted text and brackets that go on in a column where Obsidian does not, and a comment that
touches them. ``Readable`` replaces the former, character by character, so that spans stay true;
``badly_continued`` and ``glued_comment`` find the latter.

Source: npm yaml 2.7.0 (lexer: continueScalar, parseFlowCollection), compared by differential tests.

Tests: tests/unit/yaml_tree/test_dialect.py
"""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from vaultlint.text import Span
from vaultlint.yaml_tree.records import YamlProblem

# Controls, DEL and C1 with NEL, line and paragraph separators, BOM, lone surrogates, noncharacters,
# and a carriage return that is not part of CRLF.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)"
)
_STAND_INS = 0xF0000  # private use planes: no note can hold all of their characters
_BLANK_REST = re.compile(r"[ \t]*(?=\r?\n|#|\Z)")
_TABS = re.compile(r"[ \t]+")
_DASHES = re.compile(r"[ ]*(?:-[ ]+)*-[ ]*")
_NESTED = re.compile(r"[-?:][ \t]|[^\n]*:(?:[ \t\r\n]|\Z)")
_LONE_DASH = re.compile(r"-(?:[ \t]+\#[^\n]*|[ \t]*)(?=\r?\n|\Z)")
_EXTRA_QUOTES = ("''\n", "''\r\n", '\\"\n', '\\"\r\n')
_SURROGATES = re.compile(r"(?:\\u[dD][89A-Fa-f][0-9A-Fa-f]{2})+")
_LINE = re.compile(r"\n([ ]*)([^\n]?)")


class Readable(NamedTuple):
    """A text as libyaml can read it, of the same length; ``back`` maps stand-ins to originals.

    ``dash`` stands for a lone dash, which Obsidian reads as a list of one empty item.
    """

    text: str
    back: dict[int, str]
    dash: str | None = None

    def restore(self, value: str) -> str:
        """Return ``value`` with the original characters."""
        return value.translate(self.back)

    def replace(self, span: Span, new: str) -> "Readable":
        """Return this text with ``span`` replaced by ``new``, which has the same length."""
        return self._replace(text=self.text[: span.start] + new + self.text[span.end :])

    def repaired(self, error: yaml.MarkedYAMLError) -> "Readable | None":
        """Return this text without what ``error`` is about, if Obsidian takes it; else None."""
        if error.problem_mark is None:
            return None
        at = error.problem_mark.index
        problem = error.problem or ""
        refuses_tab = "cannot start any token" in problem or "tab character that" in problem
        if refuses_tab and self.text.startswith("\t", at):
            return self._without_tabs(at)
        if "block sequence entries" in problem and _LONE_DASH.match(self.text, at):
            return self._with_dash(at)
        if "invalid Unicode character escape" in problem:
            return self._with_surrogates(at - len("\\u"))
        if "expected key" in problem or "expected '-'" in problem or "expected <doc" in problem:
            return self._without_extra_quote(at)
        return None

    def _without_tabs(self, at: int) -> "Readable | None":
        """Replace tabs on a blank line, and between a dash and its item, by spaces."""
        start = self.text.rfind("\n", 0, at) + 1
        run = _TABS.match(self.text, at)
        assert run is not None
        blank = _BLANK_REST.match(self.text, at) and not self.text[start:at].strip(" \t")
        after_dash = _DASHES.fullmatch(self.text, start, at)
        if not blank and (not after_dash or _NESTED.match(self.text, run.end())):
            return None
        return self.replace(Span(*run.span()), " " * (run.end() - at))

    def _with_dash(self, at: int) -> "Readable":
        dash = self.dash or next(_free_characters(self.text))
        return self._replace(
            text=f"{self.text[:at]}{dash}{self.text[at + 1 :]}",
            back={**self.back, ord(dash): "-"},
            dash=dash,
        )

    def _with_surrogates(self, at: int) -> "Readable | None":
        r"""Replace the escapes ``\ud83d\ude00`` at ``at`` by what JavaScript makes of them."""
        run = _SURROGATES.match(self.text, at)
        if run is None:
            return None
        units = bytes.fromhex(run[0].replace("\\u", ""))
        meant, nothing = itertools.islice(_free_characters(self.text), 2)
        written = meant + nothing * (run.end() - at - 1)
        char = units.decode("utf-16-be", "surrogatepass")
        back = {**self.back, ord(meant): char, ord(nothing): ""}
        return self.replace(Span(*run.span()), written)._replace(back=back)

    def _without_extra_quote(self, at: int) -> "Readable | None":
        r"""Take the extra quote of ``'x''`` or ``"x\\""`` at the end of a line into the text.

        Obsidian closes a quote at the end of its line when the next line cannot continue it and
        any such quote follows; libyaml goes on to that quote.
        """
        start = max(self.text.rfind(end, 0, at) for end in _EXTRA_QUOTES)
        if start < 1 or self.text[start - 1] in " \t\n:,[{-":
            return None
        quote = self.text[start + 1]
        if quote not in self.text[start + 2 :]:
            return None
        stand_in = next(_free_characters(self.text))
        replaced = self.replace(Span(start, start + 1), stand_in)
        return replaced._replace(back={**self.back, ord(stand_in): quote})


def readable(text: str) -> Readable:
    """Return ``text`` with a stand-in for each character that libyaml treats unlike Obsidian."""
    odd = sorted(set(_ODD.findall(text)))
    if not odd:
        return Readable(text, {})
    stand_ins = dict(zip(odd, _free_characters(text), strict=False))
    back = {ord(stand_in): char for char, stand_in in stand_ins.items()}
    return Readable(_ODD.sub(lambda match: stand_ins[match.group()], text), back)


def _free_characters(text: str) -> Iterator[str]:
    taken = set(text)
    return (char for char in map(chr, range(_STAND_INS, 0x110000)) if char not in taken)


def badly_continued(text: str, span: Span, indent: int, *, quoted: bool) -> YamlProblem | None:
    """Return the problem of a value over several lines that Obsidian takes to end too early.

    ``span`` covers quoted text or a flow collection, ``indent`` is the least number of spaces that
    its lines must start with. A closing bracket may stand one column further left.
    """
    for line in _LINE.finditer(text, span.start, span.end):
        spaces, first = line.groups()
        if len(spaces) >= indent or first in ("", "\r") or (first == "#" and not quoted):
            continue
        if not quoted and len(spaces) == indent - 1 and line.end() == span.end:
            continue
        if not quoted and len(spaces) == indent - 1 and first == "\t":
            rest = text[line.end() : span.end].lstrip(" \t")
            if len(rest) == 1:
                continue
        what = "quote" if quoted else "bracket"
        start = line.start() + 1
        end = text.find("\n", start, span.end)
        message = (
            f"the {what} that opens above is still open here, in a line that is not indented enough"
        )
        place = Span(start, (end if end >= 0 else span.end))
        return YamlProblem(
            "yaml-syntax", place, message, f"close the {what} on its line, or indent this line"
        )
    return None


def glued_comment(text: str, at: int) -> YamlProblem:
    """Return the problem of the comment at ``at``, which directly follows a mark."""
    end = text.find("\n", at)
    place = Span(at, at + len(text[at : end if end >= 0 else len(text)].rstrip()))
    message = f"text follows `{text[at - 1]}`: a comment needs a space before its `#`"
    return YamlProblem("yaml-syntax", place, message, "put a space before the `#`, or quote it too")
