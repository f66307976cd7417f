"""The baseline: findings that a vault had when it began to be checked, known by fingerprint.

A fingerprint names a rule, a note, the flagged text and, among equal ones, an ordinal; so an entry
lives through moved lines. Its limits: of equal texts in one note only the number is known, and which
of them is new is told by their lines alone, and renames by git alone (``baseline_renames.py``).

Invariant: the same findings give the same file, one line a finding, each line ended alike: git
merges two baselines line by line, and a merge that keeps both sides ("union") is valid. A file that
is not one of ours is an error with its line and column, never a traceback.

Tests: tests/unit/test_baseline.py
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from vaultlint.diagnostics import Diagnostic
from vaultlint.errors import ConfigError
from vaultlint.text import LineIndex, without_surrogates
from vaultlint.view.as_json import dumps

VERSION = 1

_HEAD = re.compile(r'\s*\{\s*"version"\s*:\s*(\d{1,9})\s*,\s*"findings"\s*:\s*\[\s*')
_COMMA = re.compile(r"\s*,\s*")
_TAIL = re.compile(r"\s*\]\s*\}\s*\Z")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)", re.MULTILINE)
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_DECODE = json.JSONDecoder().raw_decode


class Entry(NamedTuple):
    """A known finding. Only ``fingerprint`` decides; path, rule and message are for people.

    ``line`` names the text of its line: of equal findings the one on another line is the new one.
    """

    path: str
    rule: str
    message: str
    fingerprint: str
    line: str


class Baseline(NamedTuple):
    """The known findings of a vault, sorted."""

    entries: tuple[Entry, ...] = ()

    @property
    def fingerprints(self) -> frozenset[str]:
        """Return the fingerprints of all entries."""
        return frozenset(entry.fingerprint for entry in self.entries)

    def elsewhere(self, found: Iterable[Diagnostic]) -> Callable[[Diagnostic], bool]:
        """Return whether one of ``found`` stands on a line on which none that is known stood."""
        there = {diagnostic.fingerprint for diagnostic in found}
        lines = {entry.line for entry in self.entries if entry.fingerprint in there}
        return lambda diagnostic: line_of(diagnostic) not in lines

    def by_rule(self) -> dict[str, int]:
        """Return how many entries each rule has."""
        return dict(Counter(entry.rule for entry in self.entries))

    def stale(
        self, found: Iterable[Diagnostic], judged: Callable[[Entry], bool]
    ) -> tuple[Entry, ...]:
        """Return the entries that are no longer found, of those that the run ``judged``."""
        there = {diagnostic.fingerprint for diagnostic in found}
        return tuple(
            entry for entry in self.entries if entry.fingerprint not in there and judged(entry)
        )

    def without(self, entries: Iterable[Entry]) -> "Baseline":
        """Return the baseline without ``entries``."""
        return Baseline(tuple(sorted(set(self.entries) - set(entries))))

    def grown_since(self, old: "Baseline") -> dict[str, tuple[int, int]]:
        """Return the rules with more entries than ``old`` has, and how many: then, now."""
        before, now = old.by_rule(), self.by_rule()
        return {
            rule: (before.get(rule, 0), count)
            for rule, count in sorted(now.items())
            if count > before.get(rule, 0)
        }


def baseline_of(found: Iterable[Diagnostic], others: Iterable[Entry] = ()) -> Baseline:
    """Return the baseline in which exactly ``found`` and ``others`` are known."""
    entries = (
        Entry(each.file, each.rule, each.message, each.fingerprint, line_of(each)) for each in found
    )
    return _baseline(Entry(*map(without_surrogates, entry)) for entry in (*others, *entries))


def line_of(found: Diagnostic) -> str:
    """Return 8 hex digits that name the text of the line on which ``found`` begins."""
    text = found.excerpt.strip().encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=4).hexdigest()


def _baseline(entries: Iterable[Entry]) -> Baseline:
    """Return the baseline with one entry for each fingerprint."""
    distinct = {entry.fingerprint: entry for entry in sorted(entries, reverse=True)}
    return Baseline(tuple(sorted(distinct.values())))


def as_text(baseline: Baseline) -> Iterator[str]:
    """Yield the lines of the file. The last element is null, so that each finding ends in a comma."""
    yield f'{{\n"version": {VERSION},\n"findings": [\n'
    yield from (f"{dumps(entry._asdict())},\n" for entry in baseline.entries)
    yield "null\n]\n}\n"


def parse_baseline(content: bytes, name: str) -> Baseline:
    """Return the baseline in ``content``. Raises ConfigError, which calls the file ``name``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        raise _error(name, before, len(before), "this is not valid UTF-8") from None
    head = _HEAD.match(text)
    if head is None:
        conflict = _CONFLICT.search(text)
        at = conflict.start() if conflict else 0
        raise _error(name, text, at, 'this is no baseline: it begins {"version": 1, "findings": [')
    if int(head[1]) != VERSION:
        raise _error(name, text, head.start(1), "this baseline is of another version of vaultlint")
    return _baseline(_entries(text, head.end(), name))


def _entries(text: str, at: int, name: str) -> Iterator[Entry]:
    more = True
    while not _TAIL.match(text, at):
        if not more:
            raise _error(name, text, at, "a comma or the end of the list must stand here")
        start = at
        try:
            value, at = _DECODE(text, start)
        except RecursionError:
            raise _error(name, text, start, "this is nested too deeply") from None
        except ValueError as error:  # json.JSONDecodeError, and numbers that are far too long
            raise _error(name, text, getattr(error, "pos", start), "this is no JSON") from None
        if value is not None:
            yield _entry(value, name, text, start)
        comma = _COMMA.match(text, at)
        more, at = comma is not None, comma.end() if comma else at


def _entry(value: Any, name: str, text: str, at: int) -> Entry:
    if (
        isinstance(value, dict)
        and value.keys() == set(Entry._fields)
        and all(isinstance(each, str) for each in value.values())
        and _FINGERPRINT.fullmatch(value["fingerprint"])
    ):
        return Entry(**value)
    told = ", ".join(Entry._fields)
    raise _error(name, text, at, f"a finding has the keys {told}, and text as their values")


def _error(name: str, text: str, at: int, message: str) -> ConfigError:
    conflict = _CONFLICT.search(text)
    if conflict and conflict.start() <= at:
        at = conflict.start()
        message = "a merge conflict is left here: keep the lines of both sides, without the marks"
    else:
        message += "; 'vaultlint baseline --update' writes it anew"
    return ConfigError(message, path=name, position=LineIndex(text).position(at))
