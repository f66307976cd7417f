"""The oracle of a watcher: what it has told adds up to what a run from scratch finds.

Files come, change, go and move while a vault is watched, and while none watches: it then begins from
what a watcher, killed or ended, has kept. A config that breaks is held, and only then the two differ.

``VAULTLINT_HISTORIES=10000 pytest tests/properties/test_live_vault.py`` is the long form.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.histories import (
    CONFIG,
    CONFIGS,
    NOTES,
    SCHEMAS,
    contents,
    edits,
    first_files,
    from_scratch,
    of_histories,
    setups,
)
from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import Diagnostic
from vaultlint.errors import VaultlintError
from vaultlint.store.memo import MemoStore
from vaultlint.watch.vault import FollowedSession, LiveVault

Told = dict[str, tuple[Diagnostic, ...]]
written = st.one_of(edits, edits, setups)
deeds = st.lists(
    st.one_of(
        written,
        st.tuples(st.sampled_from(NOTES), st.sampled_from(NOTES).map(lambda new: f"-> {new}")),
    ),
    max_size=4,
)


class Watched(RuleBasedStateMachine):
    """``vault`` is the one that is watched; ``told`` and ``files`` what was made of its deltas."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="vaultlint-live-"))

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(
        files=st.dictionaries(st.sampled_from(NOTES), contents, min_size=3),
        config=st.sampled_from(CONFIGS),
    )
    def begin(self, files: dict[str, bytes], config: str) -> None:
        self.source = MemorySource(first_files(files, config))
        self.start()

    def start(self) -> None:
        store = MemoStore(self.folder / "memo.db", "stamp")
        session = FollowedSession(self.source, ConfigRequest(), jobs=1, store=store, verify=True)
        self.vault = LiveVault(session, self.source)
        self.told: Told = {}
        try:
            self.vault.load()
        except VaultlintError:  # a watcher does not start with a config that is broken
            self.source.files[CONFIG] = b""
            self.source.files["s.schema.json"] = SCHEMAS[0].encode()
            self.start()
            return
        self.files = frozenset(self.vault.files)
        self.take()
        session.save()

    def take(self) -> None:
        """Do what a watcher does with a delta."""
        before = {file: was.digest for file, was in self.vault.files.items()}
        delta = self.vault.take()
        self.told.update(self.vault.known.news(self.vault.found, delta.diagnostics))
        now = {file: each.digest for file, each in self.vault.files.items()}
        for file in delta.notes:
            assert now[file] != before.get(file)
        for file, was in self.vault.gone.items():
            assert was.digest == before[file]
        self.files = (self.files - self.vault.gone.keys()) | self.vault.arrived.keys()

    def do(self, done: list[tuple[str, Any]]) -> list[str]:
        """Change the vault; return the files that an observer would name."""
        files = self.source.files
        named = []
        for file, what in done:
            named.append(file)
            if isinstance(what, str) and what.startswith("-> "):
                if file in files:
                    named.append(what[3:])
                    files[what[3:]] = files.pop(file)
            elif what is None:
                files.pop(file, None)
            else:
                files[file] = what.encode() if isinstance(what, str) else what
        return named

    @rule(done=deeds, scans=st.booleans())
    def change(self, done: list[tuple[str, Any]], scans: bool) -> None:
        """Change the vault, and let the watcher look where that was, or at everything."""
        named = self.do(done)
        if scans:
            self.vault.scan()
        else:
            self.vault.look_at(named)
        self.take()

    @rule(done=deeds, saved=st.booleans())
    def restart(self, done: list[tuple[str, Any]], saved: bool) -> None:
        """End the watcher or kill it, change the vault, and begin another."""
        if saved:
            self.vault.session.save()
        self.do(done)
        self.start()

    @invariant()
    def what_was_told_is_what_there_is(self) -> None:
        seen = {file: each.digest for file, each in self.vault.files.items()}
        assert seen.keys() == self.files
        assert seen == {file: self.vault.session.digests.get(file, "") for file in seen}
        if self.vault.config_error is not None:
            return
        assert seen.keys() == set(self.source.list())
        expected: dict[str, list[Diagnostic]] = {}
        for finding in from_scratch(self.source.files).diagnostics():
            expected.setdefault(finding.file, []).append(finding)
        told = {file: list(found) for file, found in self.told.items() if found}
        assert told == expected


Watched.TestCase.settings = of_histories(steps=8)
TestWatched = Watched.TestCase
