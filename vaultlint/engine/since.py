"""What a change caused: the findings of now that were not there before, wherever they stand.

Both moments are judged as whole vaults, each by its own configuration, so a link that broke because
its target was renamed counts, in whatever note it stands. Findings are told apart by fingerprint:
the rule, the note and the flagged text, so lines that moved are the same.

Invariant: a finding is caused or known, never both. Of several equal ones in a note as many are
caused as there are more than before: first those on lines that are new, then the last.

Tests: tests/unit/engine/test_since.py, tests/properties/test_since.py
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vaultlint.diagnostics import Diagnostic, fingerprint
from vaultlint.engine.render import flagged_text
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId

Texts = Mapping[NoteId, str]
NewLines = Callable[[Texts], Mapping[NoteId, Sequence[range] | None]]
"""Tells which lines were added or changed, counted by LF from 1, in each of some texts that changed.

None stands for all lines. It is asked about files with new findings only.
"""


class Caused(NamedTuple):
    """``known`` are the fingerprints of before; ``lines`` tells what changed since then."""

    known: frozenset[str]
    lines: NewLines

    def is_new(self, finding: Diagnostic) -> bool:
        """Return whether nothing equal was found before."""
        return finding.fingerprint not in self.known

    def among(self, session: Session, *, strictly: bool = False) -> list[Diagnostic]:
        """Return what was caused of the findings of ``session``, in their order.

        With ``strictly`` only what touches a line that was added or changed.
        """
        of_file: defaultdict[NoteId, list[Diagnostic]] = defaultdict(list)
        for finding in session.diagnostics():
            of_file[finding.file].append(finding)
        caused = {file: list(filter(self.is_new, found)) for file, found in of_file.items()}
        texts = {file: text_of(session, file) for file, new in caused.items() if new}
        lines = self.lines(texts)
        for file, text in texts.items():
            if file in lines:
                touched = _touching(text, lines[file])
                new = likeliest(of_file[file], self.is_new, text, touched)
                caused[file] = [finding for finding in new if not strictly or touched(finding)]
            elif strictly:
                caused[file] = []
        return [finding for new in caused.values() for finding in new]


def known_findings(session: Session, renamed: Mapping[NoteId, NoteId]) -> frozenset[str]:
    """Return the fingerprints of what ``session`` finds, as they are after files were renamed.

    ``renamed`` holds the old path of each new one.
    """
    later = {old: new for new, old in renamed.items()}
    of_file: defaultdict[NoteId, list[Diagnostic]] = defaultdict(list)
    known: set[str] = set()
    for finding in session.diagnostics():
        if finding.file in later:
            of_file[finding.file].append(finding)
        else:
            known.add(finding.fingerprint)
    for old, found in of_file.items():
        known.update(fingerprints_at(later[old], found, text_of(session, old)))
    return frozenset(known)


def fingerprints_at(path: NoteId, found: Iterable[Diagnostic], text: str) -> Iterator[str]:
    """Yield the fingerprint of each finding of a file with ``text``, were the file at ``path``.

    ``found`` are all its findings, in the order of the text.
    """
    seen: defaultdict[tuple[str, str], int] = defaultdict(int)
    for finding in found:
        flagged = flagged_text(text, finding.span, finding.data)
        yield fingerprint(finding.rule, path, flagged, seen[finding.rule, flagged])
        seen[finding.rule, flagged] += 1


def likeliest(
    findings: Iterable[Diagnostic],
    is_new: Callable[[Diagnostic], bool],
    text: str,
    touched: Callable[[Diagnostic], bool],
) -> list[Diagnostic]:
    """Return as many of each group of equal findings of a note as are new.

    Those that are ``touched`` (they stand on new lines) come first, then the last in ``text``.
    """
    groups: defaultdict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule, flagged_text(text, finding.span, finding.data)].append(finding)
    chosen: list[Diagnostic] = []
    for group in groups.values():
        count = sum(map(is_new, group))
        likely = sorted(group, key=lambda each: (touched(each), each.span), reverse=True)
        chosen += likely[:count]
    return sorted(chosen, key=lambda each: each.sort_key)


def _touching(text: str, lines: Sequence[range] | None) -> Callable[[Diagnostic], bool]:
    """Return whether a finding in ``text`` touches one of ``lines``."""
    if lines is None:
        return lambda _: True
    ends = [at for at, char in enumerate(text) if char == "\n"]  # the only end that git knows

    def touches(finding: Diagnostic) -> bool:
        span = finding.span
        first = bisect_left(ends, span.start) + 1
        last = bisect_left(ends, max(span.start, span.end - 1)) + 1
        return any(each.start <= last and first < each.stop for each in lines)

    return touches


def text_of(session: Session, file: NoteId) -> str:
    """Return the text of ``file``, "" for one that cannot be read or is no text."""
    try:
        return session.note(file).text
    except SourceError:
        return ""
