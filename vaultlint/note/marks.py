"""Where paired inline marks close: emphasis, highlight, math, code, comments.

Obsidian finds the end of emphasis by looking for the next mark, whatever lies between (not by
CommonMark's flanking rules); that decides where a tag may begin and what a link may contain.

Invariant: a search that failed is remembered for its stretch of text, so that repeated openers
cost one search. Source: remark-parse 8 and remark-math 3 as run; help vault, Basic formatting
syntax.

Tests: tests/unit/note/test_marks.py
"""

import re
from bisect import bisect_left

from vaultlint.note.obsidian import JS_SPACE

_STRONG = {
    "*": re.compile(r"(?:[^*\\]++|\\.|\*(?!\*(?!\*)))*+", re.DOTALL),
    "_": re.compile(r"(?:[^_\\]++|\\.|_(?!_(?!_)))*+", re.DOTALL),
}
_EMPHASIS = {
    "*": re.compile(r"(?:[^*\\]++|\\[^*]|\\\*(?!\*(?!\*))|(?:\*\*)+(?!\*))*+", re.DOTALL),
    "_": re.compile(
        r"(?:[^_\\]++|\\[^_]|\\_(?!_(?!_))|(?:__)+(?!_)|_(?=[A-Za-z0-9]))*+", re.DOTALL
    ),
}
_EMPHASIS_END = {"*": re.compile(r"\*(?!\*)"), "_": re.compile(r"_(?![A-Za-z0-9_])")}
_BLANK_THEN_MARK = {
    "*": re.compile(rf"[{JS_SPACE}]*\*(?!\*)"),
    "_": re.compile(rf"[{JS_SPACE}]*_(?!_)"),
}
_BLANK = re.compile(rf"[{JS_SPACE}]*+")
_MATH = re.compile(r"(?:[^$\\]++|\\.|(?<=[ \t])\$|\$(?=[0-9]))*+", re.DOTALL)
_DISPLAY = re.compile(r"(?:[^$\\]++|\\.|(?<=[ \t])\$|\$(?!\$))*+", re.DOTALL)
_COMMENT = re.compile(r"(?<!%)%%(?!%)")
_HIGHLIGHT = re.compile(rf"(?<![{JS_SPACE}])==")
_DELETE = re.compile(rf"(?<![{JS_SPACE}])~~")
_TICKS = re.compile("`+")


class Marks:
    """Finds closing marks in one stretch of text; remembers where there are none."""

    __slots__ = ("_dead", "_run_end", "_runs", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._dead: dict[tuple[str, int], int] = {}
        self._runs: dict[int, list[int]] | None = None
        self._run_end = 0

    def strong(self, at: int, mark: str, end: int) -> int | None:
        """Return where the two marks that close ``**`` at ``at`` start."""
        if at < self._dead.get((mark * 2, end), -1):
            return None
        body = _STRONG[mark].match(self.text, at + 2, end)
        stop = body.end() if body is not None else end
        if stop + 2 > end:
            self._dead[(mark * 2, end)] = end
            return None
        if _BLANK.match(self.text, at + 2, stop).end() == stop:  # type: ignore[union-attr]
            return None
        return stop

    def emphasis(self, at: int, mark: str, end: int) -> int | None:
        """Return where the mark that closes the one at ``at`` stands."""
        if at < self._dead.get((mark, end), -1):
            return None
        if _BLANK_THEN_MARK[mark].match(self.text, at + 1, end):
            return None
        stop = _EMPHASIS[mark].match(self.text, at + 1, end).end()  # type: ignore[union-attr]
        if _EMPHASIS_END[mark].match(self.text, stop, end):
            return stop
        self._dead[(mark, end)] = max(stop, at + 1)
        return None

    def delete(self, at: int, end: int) -> int | None:
        """Return where the ``~~`` that closes the one at ``at`` starts."""
        if _BLANK.match(self.text, at + 2, at + 3).end() != at + 2:  # type: ignore[union-attr]
            return None
        return self._search("~~", _DELETE, at, end)

    def highlight(self, at: int, end: int) -> int | None:
        """Return where the ``==`` that closes the one at ``at`` starts."""
        text = self.text
        if text.startswith("=", at + 2) or (at > 0 and text[at - 1] == "="):
            return None
        if at + 2 >= end or _BLANK.match(text, at + 2, at + 3).end() != at + 2:  # type: ignore[union-attr]
            return None
        return self._search("==", _HIGHLIGHT, at, end)

    def comment(self, at: int, end: int) -> int | None:
        """Return where the ``%%`` that closes the one at ``at`` starts."""
        if _COMMENT.match(self.text, at) is None:
            return None
        return self._search("%%", _COMMENT, at, end)

    def _search(self, mark: str, pattern: re.Pattern[str], at: int, end: int) -> int | None:
        if at < self._dead.get((mark, end), -1):
            return None
        closing = pattern.search(self.text, at + 2, end)
        if closing is None:
            self._dead[(mark, end)] = end
            return None
        return closing.start()

    def math(self, at: int, end: int) -> int | None:
        """Return the end (after the dollars) of the math that opens at ``at``."""
        text = self.text
        size = 2 if text.startswith("$$", at) and at + 1 < end else 1
        start = at + size
        if start >= end or text[start] in " \t":
            return None
        if at < self._dead.get(("$" * size, end), -1):
            return None
        pattern = _MATH if size == 1 else _DISPLAY
        stop = pattern.match(text, start, end).end()  # type: ignore[union-attr]
        if stop >= end or text[stop] != "$":
            self._dead[("$" * size, end)] = end
            return None
        return stop + size

    def code(self, at: int, end: int) -> int | None:
        """Return the end of the code span that opens at ``at`` with the backticks there."""
        text = self.text
        if not text.startswith("``", at):
            stop = text.find("`", at + 1, end)
            if stop == -1:
                return None
            if not text.startswith("`", stop + 1) or stop + 1 >= end:
                return stop + 1
        return self._long_code(at, end)

    def _long_code(self, at: int, end: int) -> int | None:
        if self._runs is None:
            self._runs = {}
            for match in _TICKS.finditer(self.text, at):
                self._runs.setdefault(match.end() - match.start(), []).append(match.start())
        if at >= self._run_end:
            self._run_end = _TICKS.match(self.text, at, end).end()  # type: ignore[union-attr]
        opening = self._run_end
        size = opening - at
        starts = self._runs.get(size)
        if starts is None:
            return None
        index = bisect_left(starts, opening)
        if index == len(starts) or starts[index] + size > end:
            return None
        return starts[index] + size
