"""Findings made by hand, for the tests of reports."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from vaultlint.diagnostics import (
    Advice,
    Diagnostic,
    Edit,
    Fix,
    Related,
    Safety,
    Severity,
    fingerprint,
)
from vaultlint.report.listing import Listing
from vaultlint.report.summary import Parked, summarize
from vaultlint.text import LineIndex, Position, Span


def finding(
    text: str,
    flagged: str,
    *,
    file: str = "note.md",
    rule: str = "broken-link",
    severity: Severity = Severity.ERROR,
    message: str = "no note is named 'Gone'",
    **extra: Any,
) -> Diagnostic:
    """Return a finding at the first place of ``flagged`` in ``text``."""
    at = text.index(flagged)
    lines = LineIndex(text)
    span = Span(at, at + len(flagged))
    return Diagnostic(
        rule=rule,
        severity=severity,
        file=file,
        span=span,
        start=lines.position(span.start),
        end=lines.position(span.end),
        excerpt=lines.span_of_line(lines.line_at(at)).of(text),
        message=message,
        fingerprint=fingerprint(rule, file, flagged, 0),
        **extra,
    )


def no_advice(_: Diagnostic) -> Advice:
    return Advice()


def listing(found: Sequence[Diagnostic], advice: Advice | None = None, **extra: Any) -> Listing:
    """Return a listing of ``found``, each with the same advice."""
    summary = summarize(found, vault="/repository/vault", notes_checked=4, seconds=1.5)
    return Listing(found, lambda _: advice or Advice(), summary, **extra)


def with_complaints(listed: Listing, rule: str = "broken-link") -> Listing:
    """Return ``listed`` of a run with a baseline that has grown by a rule and holds what is fixed."""
    parked = Parked("vaultlint-baseline.json", 7, 2, {rule: (3, 4)}, ratchet=True)
    return listed._replace(summary=listed.summary._replace(parked=parked))


VILE = st.lists(
    st.sampled_from(
        [
            *[
                "::error::x",
                "##[error]",
                "::",
                "\n",
                "\r",
                "%",
                "%0A",
                ",",
                ":",
                "=",
                "\x1b[31m",
                "\0",
            ],
            *[
                "`",
                "``",
                "|",
                "\\",
                "[",
                "](",
                ")",
                "<",
                ">",
                "&",
                '"',
                "'",
                "@octocat",
                "#1",
                "*",
                "_",
            ],
            *[
                "<script>",
                "]]>",
                "\u202e",
                "\u2028",
                "\udc80",
                "\ufffe",
                "\uffff",
                " ",
                "é",
                "😀",
                "-",
            ],
            *["# ", "- ", "https://example.org", "![x](y)", "{0}", "$", "~~", "\t"],
        ]
    ),
    max_size=12,
).map("".join)
"""Text as a hostile vault would have it in names, notes and messages."""


@st.composite
def vile_listings(draw: st.DrawFn, *, prefix: str = "") -> Listing:
    """Draw a listing in which everything that comes from a vault is vile."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        text = draw(VILE) + "x" + draw(VILE)
        start = draw(st.integers(0, len(text)))
        lines = LineIndex(text)
        span = Span(start, draw(st.integers(start, len(text))))
        file = draw(VILE).replace("\0", "") or "note.md"
        found.append(
            Diagnostic(
                rule=draw(st.sampled_from(["broken-link", "my-rule"])),
                severity=draw(st.sampled_from(Severity)),
                file=file,
                span=span,
                start=lines.position(span.start),
                end=lines.position(span.end),
                excerpt=lines.span_around(start).of(text),
                message=draw(VILE),
                fingerprint=fingerprint("r", file, text, len(found)),
            )
        )
    related = (Related(draw(VILE) or "a.md", Position(1, 1), draw(VILE)),)
    fix = Fix(draw(VILE), Safety.SAFE, (Edit("a.md", Span(0, 1), draw(VILE)),), {})
    return listing(found, Advice(draw(VILE), related, fix), prefix=prefix)
