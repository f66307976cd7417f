"""The findings of each file as they are listed, with the line that each is about.

Invariant: no line is shown longer than ``LONGEST`` code points, and no more findings one by one
than asked for, the worst first; what is left out is counted.

Tests: tests/unit/report/html/test_excerpts.py
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from markupsafe import Markup

from vaultlint.diagnostics import Advice, Diagnostic
from vaultlint.report.html.inert import inert
from vaultlint.report.html.markdown import line
from vaultlint.report.html.model import Entry, Excerpt, Listing, Material, Shown
from vaultlint.report.html.standing import count
from vaultlint.text import Span
from vaultlint.view.passage import Passage

LONGEST = 280
_BEFORE = 100
_MOST_RELATED = 5
_ELLIPSIS = "…"


def chosen(found: Iterable[Diagnostic], most: int) -> list[Diagnostic]:
    """Return at most ``most`` of ``found``, the worst ones, in the order given."""
    order = sorted(enumerate(found), key=lambda item: (-item[1].severity, item[0]))
    return [each for _, each in sorted(order[:most])]


def listings(
    material: Material,
    listed: Iterable[Diagnostic],
    rules: Mapping[str, int],
    entries: Mapping[str, Entry],
) -> Iterator[Listing]:
    """Yield the findings of each file with any; ``rules`` numbers the rules."""

    def address(file: str | None) -> str | None:
        return f"#n{entries[file].place}" if file is not None and file in entries else None

    for number, (file, group) in enumerate(groupby(listed, key=lambda each: each.file)):
        found = list(group)

        def entry(target: str, file: str = file) -> str | None:
            return address(material.resolve(file, target))

        shown = tuple(
            _shown(each, material.advise(each), material.passage(each), entry, address)
            ._replace(rule=rules[each.rule], known=each.fingerprint in material.known)
            for each in found
        )  # fmt: skip
        own = entries.get(file)
        yield Listing(number, file, own.folder if own else None, own, count(found), shown)


def _shown(
    each: Diagnostic,
    advice: Advice,
    passage: Passage,
    entry: Callable[[str], str | None],
    address: Callable[[str | None], str | None],
) -> Shown:
    fix = advice.fix
    return Shown(
        rule=-1,
        known=False,
        severity=each.severity.label,
        line=each.start.line,
        column=each.start.column,
        message=each.message,
        help=advice.help,
        fix=f"{fix.title} ({fix.safety.label})" if fix else "",
        related=tuple(
            (f"{place.file}:{place.position.line}", address(place.file), place.message)
            for place in advice.related[:_MOST_RELATED]
        ),
        excerpt=excerpt(passage, entry),
    )


def excerpt(passage: Passage, entry: Callable[[str], str | None]) -> Excerpt:
    """Return the line of ``passage``, cut to ``LONGEST`` around what is flagged."""
    start, end = passage.flagged
    text, shift = _cut(passage.line, start)
    start, end = min(start - shift, len(text)), min(end - shift, len(text))
    rendered = None
    if passage.prose:
        low, high = _moved(passage.whole, -shift, len(text))
        rendered = line(text, (low, high), entry)
        if not _says(rendered, text[start:end]):
            rendered = None  # what is flagged cannot be seen there, such as an address
    return Excerpt(text[:start].lstrip(), text[start:end], text[end:].rstrip(), rendered)


def _says(rendered: Markup, flagged: str) -> bool:
    """Return whether a reader of ``rendered`` sees the ``flagged`` text."""
    words = inert(flagged).split()
    return " ".join(words) in rendered.striptags() if words else not flagged


def _cut(text: str, at: int) -> tuple[str, int]:
    """Return the part of ``text`` that is shown, and by how much its offsets are shifted."""
    if len(text) <= LONGEST:
        return text, 0
    start = max(0, min(at - _BEFORE, len(text) - LONGEST))
    cut = text[start : start + LONGEST]
    end = "" if start + LONGEST >= len(text) else _ELLIPSIS
    return (_ELLIPSIS + cut + end, start - 1) if start else (cut + end, 0)


def _moved(span: Span, by: int, length: int) -> tuple[int, int]:
    return max(0, min(span.start + by, length)), max(0, min(span.end + by, length))
