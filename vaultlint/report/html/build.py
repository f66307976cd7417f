"""From what is known of a vault to what its report shows.

Tests: tests/unit/report/html/test_build.py
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from vaultlint.report.html.charts import panels, year_columns
from vaultlint.report.html.excerpts import chosen, listings
from vaultlint.report.html.model import Counts, Earlier, Entry, Material, Page
from vaultlint.report.html.picture import picture
from vaultlint.report.html.standing import by_folder, by_rule, by_worst, count, count_by_file, since
from vaultlint.view.link_graph import LinkGraph, communities, hubs, out_of

_WORST = 20
_MOST_KINDS = 12


def build(material: Material) -> Page:
    """Return what the page of ``material`` shows."""
    files = count_by_file(material.found)
    folders = communities(material.graph.notes)
    last = material.earlier[-1] if material.earlier else None
    rules = by_rule(material.found, last, material.rules)
    listed = chosen(material.found, material.most)
    numbers = {file: n for n, file in enumerate(dict.fromkeys(each.file for each in listed))}
    entries = _entries(material.graph, folders, files, numbers)
    by_file = {entry.file: entry for entry in entries}
    now = Earlier(material.when, count(material.found), material.notes_checked, None)
    times = (*material.earlier, now)
    cited = material.sources
    return Page(
        material=material,
        counts=now.counts,
        known=sum(1 for each in material.found if each.fingerprint in material.known),
        files=len(files),
        clean=by_worst(files.values(), material.notes_checked)[-1][1],
        by_worst=by_worst(files.values(), material.notes_checked),
        rules=rules,
        folders=by_folder(files, folders),
        worst=_worst(entries),
        panels=panels(times),
        times=times,
        since=since(material.found, last),
        map=picture(material.graph, folders, files) if material.graph.notes else None,
        years=year_columns(source.year for source in cited if source.year),
        kinds=_most(source.kind for source in cited),
        tags_of_sources=_most(tag for source in cited for tag in source.tags),
        repeated=tuple(source for source in cited if len(source.places) > 1),
        listings=tuple(
            listings(material, listed, {row.id: n for n, row in enumerate(rules)}, by_file)
        ),
        unlisted=len(material.found) - len(listed),
        entries=entries,
        places={entry.file: entry.place for entry in entries},
    )


def _entries(
    graph: LinkGraph,
    folders: Mapping[str, Sequence[str]],
    files: Mapping[str, Counts],
    listed: Mapping[str, int],
) -> tuple[Entry, ...]:
    inlinks = hubs(graph)
    outlinks = Counter(source for source, _ in graph.links)
    home = {
        note: (number, folder)
        for number, (folder, notes) in enumerate(folders.items())
        for note in notes
    }
    found = []
    for place, file in enumerate(graph.notes):
        number, folder = home[file]
        label = out_of(folder, file)[: -len(".md")]
        counts = files.get(file, Counts())
        numbers = (counts, inlinks[place], outlinks[place], listed.get(file))
        found.append(Entry(place, file, label, number, *numbers))
    return tuple(found)


def _worst(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    flagged = [entry for entry in entries if entry.listed is not None]
    return tuple(
        sorted(flagged, key=lambda entry: (*(-n for n in entry.counts), entry.file))[:_WORST]
    )


def _most(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(names)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_KINDS])
