"""Which files link to which, kept right as names and links change.

Invariant: a change of a file name resolves again exactly the links that looked it up. Every file
that links to another counts once, however often it does; a link to its own note does not count.

Tests: tests/unit/vault/test_inlinks.py, tests/properties/test_index.py
"""

from collections.abc import Iterable, Mapping

from vaultlint.note.model import NoteId
from vaultlint.vault.candidates import Candidates
from vaultlint.vault.keys import Key, LinkRef
from vaultlint.vault.resolve import resolve_ref

_Site = tuple[NoteId, LinkRef]  # one distinct link of one note


class Inlinks:
    """For each file the files that link to it."""

    __slots__ = ("_lookups", "_readers", "_sources", "_targets")

    def __init__(self) -> None:
        self._targets: dict[NoteId, dict[LinkRef, NoteId | None]] = {}
        self._lookups: dict[_Site, set[Key]] = {}
        self._readers: dict[Key, set[_Site]] = {}
        self._sources: dict[NoteId, dict[NoteId, int]] = {}  # target -> source -> distinct links

    def of(self, file: NoteId) -> frozenset[NoteId]:
        """Return the files that link to ``file``, itself excluded."""
        return frozenset(self._sources.get(file, ()))

    def put(
        self, source: NoteId, refs: Iterable[LinkRef], by_name: Mapping[str, Candidates]
    ) -> set[Key]:
        """Replace the links of ``source``. Return the ("inlink", file) keys that changed."""
        known = self._targets.get(source, {})
        wanted = set(refs)
        touched: dict[NoteId, bool] = {}
        for ref in known.keys() - wanted:
            self._drop(source, ref, touched)
        for ref in wanted - known.keys():
            self._link(source, ref, by_name, touched)
        return self._changed(source, touched)

    def follow(self, names: Iterable[str], by_name: Mapping[str, Candidates]) -> set[Key]:
        """Resolve again the links that looked up ``names``. Return the keys that changed."""
        sites: set[_Site] = set()
        for name in names:
            sites.update(self._readers.get(("name", name), ()))
        changed: set[Key] = set()
        for source, ref in sites:
            touched: dict[NoteId, bool] = {}
            self._drop(source, ref, touched)
            self._link(source, ref, by_name, touched)
            changed.update(self._changed(source, touched))
        return changed

    def _changed(self, source: NoteId, touched: Mapping[NoteId, bool]) -> set[Key]:
        """Return the keys of the targets whose being linked from ``source`` is not as ``touched``."""
        return {
            ("inlink", target)
            for target, linked in touched.items()
            if (source in self._sources.get(target, ())) != linked
        }

    def _link(
        self,
        source: NoteId,
        ref: LinkRef,
        by_name: Mapping[str, Candidates],
        touched: dict[NoteId, bool],
    ) -> None:
        reads: set[Key] = set()
        target = resolve_ref(by_name, ref, source, reads).target
        self._targets.setdefault(source, {})[ref] = target
        site = (source, ref)
        self._lookups[site] = reads
        for key in reads:
            self._readers.setdefault(key, set()).add(site)
        if target is not None and target != source:
            counts = self._sources.setdefault(target, {})
            touched.setdefault(target, source in counts)
            counts[source] = counts.get(source, 0) + 1

    def _drop(self, source: NoteId, ref: LinkRef, touched: dict[NoteId, bool]) -> None:
        site = (source, ref)
        for key in self._lookups.pop(site):
            readers = self._readers[key]
            readers.discard(site)
            if not readers:
                del self._readers[key]
        refs = self._targets[source]
        target = refs.pop(ref)
        if not refs:
            del self._targets[source]
        if target is None or target == source:
            return
        counts = self._sources[target]
        touched.setdefault(target, True)
        counts[source] -= 1
        if not counts[source]:
            del counts[source]
            if not counts:
                del self._sources[target]
