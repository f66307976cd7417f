"""A loaded vault as a store keeps it.

Tests: tests/unit/engine/test_recall.py, tests/properties/test_restarts.py
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from vaultlint.engine.digests import content
from vaultlint.engine.given import History
from vaultlint.engine.memo import Memo
from vaultlint.engine.recall import Header, unpack_header
from vaultlint.engine.update import World
from vaultlint.note.model import NoteId
from vaultlint.store.memo import MemoStore
from vaultlint.store.snapshot import Listed, Snapshot


def keep(
    store: MemoStore,
    world: World,
    memo: Memo,
    fresh: Collection[NoteId],
    base: Snapshot | None,
    *,
    history: History,
) -> Snapshot | None:
    """Keep ``world`` and ``memo``, and return what is kept then; None when it cannot be.

    ``fresh`` are the files that were done again since ``base`` was kept; ``history`` is that of what
    changed, up to now.
    """
    index, inputs = world.checker.index, dict(world.setup.digests)
    header = Header(inputs, world.checker.problems, history)
    before = None if base is None else unpack_header(base.header)
    known = {} if base is None else base.files
    same = before is not None and before[:2] == header[:2]
    files = dict(_listed(world, memo, known if same else {}))
    again = {
        file
        for file, listed in files.items()
        if file in fresh or file not in known or known[file].digest != listed.digest
    }
    if before == header and not again and files == known:
        return base

    def pack(file: NoteId) -> tuple[Any, Any, Any]:
        facts = index.kept(file) if file in index.files else ()
        return (facts, *memo.plain(file))

    written = store.write(header.packed(), files, again, pack, base, partial=not memo.whole)
    if written is not None and (before is None or before.inputs != inputs):
        texts = {file: content(world.source, file) for file in inputs}
        store.write_inputs({file: data for file, data in texts.items() if data is not None})
    return written


def _listed(
    world: World, memo: Memo, known: Mapping[NoteId, Listed]
) -> Iterator[tuple[NoteId, Listed]]:
    """Yield the files of the vault as they are; ``known`` is what the same config said of them."""
    checked, digests = world.setup.config.checked, world.digests
    for file, entry in world.entries.items():
        old = known.get(file)
        answer = checked(file) if old is None else old.checked
        yield file, Listed(entry.size, entry.stamp, digests.get(file, ""), answer)
    for file in memo.files - world.entries.keys():
        yield file, Listed(-1, "", "", checked(file))
