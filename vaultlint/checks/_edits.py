"""The smallest fixes: one edit of one note, and the taking out of whole lines.

Invariant: a fix names the digest of every note it was computed from.

Tests: tests/unit/checks/test_edits.py
"""

from vaultlint.check import Edit, Fix, Note, Safety, Span


def one_edit(title: str, safety: Safety, note: Note, span: Span, text: str, *also: Note) -> Fix:
    """Return a fix of one edit in ``note``, computed from it and from ``also``."""
    base = {note.id: note.digest, **{other.id: other.digest for other in also}}
    return Fix(title, safety, (Edit(note.id, span, text),), base)


def newline_of(text: str) -> str:
    """Return the line ending that ``text`` uses first, LF when it has none."""
    at = text.find("\n")
    if at > 0 and text[at - 1] == "\r":
        return "\r\n"
    return "\n" if at >= 0 or "\r" not in text else "\r"


def line_start(text: str, at: int) -> int:
    """Return the offset of the start of the line that holds ``at``."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Return the offset of the end of the line that holds ``at``, before its line ending."""
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))


def next_line(text: str, at: int) -> int:
    """Return the offset after the line ending of the line that holds ``at``."""
    end = line_end(text, at)
    return end + (2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0)
