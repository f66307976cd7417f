"""Where a vault stands: its findings by rule and by folder, and what changed since last time.

Tests: tests/unit/report/html/test_standing.py
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from vaultlint.diagnostics import Diagnostic
from vaultlint.report.html.markdown import document
from vaultlint.report.html.model import Counts, Earlier, FolderRow, RuleRow, Since
from vaultlint.report.rule_page import RulePage

_WORST_FIRST = ("error", "warning", "info")


def count(found: Iterable[Diagnostic]) -> Counts:
    """Return how many of ``found`` are of each severity."""
    labels = Counter(each.severity.label for each in found)
    return Counts(*(labels[label] for label in _WORST_FIRST))


def count_by_file(found: Iterable[Diagnostic]) -> dict[str, Counts]:
    """Return the counts of each file that has findings."""
    files: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for each in found:
        files[each.file].append(each)
    return {file: count(held) for file, held in files.items()}


def by_rule(
    found: Sequence[Diagnostic], last: Earlier | None, pages: Mapping[str, RulePage]
) -> tuple[RuleRow, ...]:
    """Return a row for each rule with findings, now or last time, the worst and most first."""
    rules: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for each in found:
        rules[each.rule].append(each)
    new, gone = _changes(found, last)
    rows = []
    for rule in rules.keys() | gone.keys():
        counts = count(rules[rule])
        files = len({each.file for each in rules[rule]})
        page = pages.get(rule)
        summary = page.summary if page else ""
        why = document(page.sections.get("Why", "") if page else "")
        row = RuleRow(rule, counts.worst, counts, files, new[rule], gone[rule], summary, why)
        rows.append(row)
    return tuple(sorted(rows, key=lambda row: (*(-n for n in row.counts), row.id)))


def since(found: Sequence[Diagnostic], last: Earlier | None) -> Since | None:
    """Return how many findings came and went since ``last``."""
    if last is None or last.rules is None:
        return None
    new, gone = _changes(found, last)
    return Since(last.when, new.total(), gone.total())


def _changes(
    found: Sequence[Diagnostic], last: Earlier | None
) -> tuple[Counter[str], Counter[str]]:
    """Return by rule how many findings are new, and how many are gone, since ``last``."""
    if last is None or last.rules is None:
        return Counter(), Counter()
    now = {each.fingerprint: each.rule for each in found}
    new = Counter(rule for print_, rule in now.items() if print_ not in last.rules)
    gone = Counter(rule for print_, rule in last.rules.items() if print_ not in now)
    return new, gone


def by_folder(
    files: Mapping[str, Counts], folders: Mapping[str, Sequence[str]]
) -> tuple[FolderRow, ...]:
    """Return a row for each of ``folders``, in their order."""
    rows = []
    for number, (folder, notes) in enumerate(folders.items()):
        held = [files[note] for note in notes if note in files]
        worst = Counter(counts.worst for counts in held)
        counts = Counts(*(sum(each) for each in zip(*held, strict=True)))
        by_worst = Counts(*(worst[label] for label in _WORST_FIRST))
        rows.append(FolderRow(number, folder, len(notes), by_worst, counts))
    return tuple(rows)


def by_worst(files: Iterable[Counts], checked: int) -> tuple[tuple[str, int], ...]:
    """Return how many files have an error, else a warning, else a note of info, and none at all."""
    worst = Counter(counts.worst for counts in files)
    clean = max(checked - worst.total(), 0)
    return (*((label, worst[label]) for label in _WORST_FIRST), ("clean", clean))
