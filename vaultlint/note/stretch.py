"""The state of reading one stretch of inline text; what spans.py and brackets.py work on.

Emphasis, link texts and comments are stretches with an end of their own, kept on a stack.
``fresh`` is the offset after the last syntax that was eaten: a tag may begin there, and after
white space, nowhere else.

Invariant: offsets only grow within a frame; ``MAX_MARKS`` bounds the stack.

Tests: tests/unit/note/test_inline.py
"""

from collections.abc import Callable

from vaultlint.note.facts import Facts
from vaultlint.note.frame import Frame
from vaultlint.note.links import BareUrls
from vaultlint.note.marks import Marks
from vaultlint.text import Span

MAX_MARKS = 24
PLAIN, IN_ANCHOR, IN_LINK = 0, 1, 2


class Stretch:
    """Where the reader is, what surrounds it, and what it has found out about the text ahead."""

    __slots__ = (
        "_frame",
        "_known",
        "_urls",
        "ahead",
        "at",
        "brackets",
        "end",
        "facts",
        "fresh",
        "in_table",
        "last",
        "link",
        "marks",
        "stack",
        "text",
        "unclosed",
    )

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.text = ""
        self.at: Callable[[int, int], Span] = Span
        self.end = self.last = self.fresh = self.unclosed = 0
        self.link = PLAIN
        self.in_table = False
        self.marks = Marks("")
        self.ahead: dict[str, int] = {}
        self.stack: list[tuple[int, int, int | None]] = []
        self.brackets: dict[int, int] | None = None
        self._frame: Frame | None = None
        self._known: dict[int, tuple[Marks, dict[str, int]]] = {}
        self._urls: dict[int, BareUrls] = {}

    def begin(self, frame: Frame, start: int, end: int, *, in_table: bool) -> None:
        """Go to ``frame.text[start:end]``."""
        if frame is not self._frame:
            self._change_frame(frame)
        self.fresh = self.unclosed = start
        self.end = self.last = end
        self.brackets = None
        self.in_table = in_table
        self.link = PLAIN

    def _change_frame(self, frame: Frame) -> None:
        """Go on in ``frame``, with what was found out about it when it was read before."""
        self._frame = frame
        self.text = frame.text
        self.at = frame.at
        known = self._known.get(id(frame))
        if known is None:
            known = self._known[id(frame)] = (Marks(frame.text), {})
        self.marks, self.ahead = known

    @property
    def urls(self) -> BareUrls:
        """Return what is known of the bare URLs of the text."""
        known = self._urls.get(id(self._frame))
        if known is None:
            known = self._urls[id(self._frame)] = BareUrls(self.text)
        return known

    def enter(self, start: int, stop: int, resume: int, *, link: bool = False) -> int:
        """Go on at ``start``; at ``stop`` leave for ``resume``. In a link there are no links."""
        self.stack.append((self.end, resume, self.link if link else None))
        if link:
            self.link = IN_LINK
        self.end = stop
        self.fresh = start
        return start

    def leave(self) -> int:
        """Leave the innermost stretch; return where to go on."""
        self.end, self.fresh, link = self.stack.pop()
        if link is not None:
            self.link = link
        return self.fresh

    def skip(self, at: int) -> int:
        """Go on at ``at``, where a tag may begin."""
        self.fresh = at
        return at

    def next_offset(self, mark: str, at: int) -> int:
        """Return where ``mark`` stands next in the whole text, or its length; amortized O(1)."""
        known = self.ahead.get(mark, -1)
        if known < at:
            known = self.text.find(mark, at)
            known = len(self.text) if known == -1 else known
            self.ahead[mark] = known
        return known
