"""The oracle across restarts: a session that begins from a store equals one built from scratch.

Between two sessions anything happens behind their backs: the same size and time as before, a time
that goes backwards, a folder in place of a file, another case of a name.

``VAULTLINT_HISTORIES=10000 pytest tests/properties/test_restarts.py`` is the long form.
"""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.histories import (
    CONFIGS,
    NOTES,
    contents,
    edits,
    first_files,
    from_scratch,
    of_histories,
    setups,
    state,
)
from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Change, Session
from vaultlint.errors import VaultlintError
from vaultlint.source import Entry
from vaultlint.store.memo import MemoStore


class StampedSource(MemorySource):
    """A vault in memory with stamps as a folder has them: times that may lie, and one that cannot.

    A file in ``young`` has no stamp. ``reads`` counts what was read.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(files)
        self.clock = len(files)
        self.times: dict[str, tuple[int, int]] = {file: (0, at) for at, file in enumerate(files, 1)}
        self.young: set[str] = set()
        self.reads = 0

    def touch(self, file: str, mtime: int) -> None:
        self.clock += 1
        self.times[file] = (mtime, self.clock)

    def list(self) -> Mapping[str, Entry]:
        listed = {}
        for file, entry in super().list().items():
            mtime, ctime = self.times.get(file, (0, 0))
            stamp = "" if file in self.young else f"{mtime}.{ctime}.1"
            listed[file] = entry._replace(stamp=stamp)
        return listed

    def read(self, file: str) -> bytes:
        self.reads += 1
        return super().read(file)


Deed = tuple[str, str, Any, int]
"""What happens to the vault: the kind, the file, a content or another name, and its time then."""

times = st.integers(0, 1)
written = st.builds(lambda edit, time: ("write", *edit, time), st.one_of(edits, setups), times)
configured = st.builds(lambda edit, time: ("write", *edit, time), setups, times)
moved = st.tuples(
    st.sampled_from(["same size", "folder", "case", "rename"]),
    st.sampled_from(NOTES),
    st.sampled_from(NOTES),
    times,
)


@st.composite
def one_deed(draw: st.DrawFn) -> Deed:
    """Return anything that may happen; a strategy that is a function has a name of sane length."""
    return draw(st.one_of(written, configured, moved, moved))


@st.composite
def another_config(draw: st.DrawFn) -> Deed:
    """Return a change of what rules depend on."""
    return draw(configured)


deeds = st.one_of(
    *(st.lists(one_deed(), min_size=1, max_size=size) for size in (1, 2, 4)), st.just([])
)


class Restarts(RuleBasedStateMachine):
    """``session`` is the one that runs; None between two of them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="vaultlint-restarts-"))

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(
        files=st.dictionaries(st.sampled_from(NOTES), contents, min_size=4),
        config=st.sampled_from(CONFIGS),
    )
    def begin(self, files: dict[str, bytes], config: str) -> None:
        self.source = StampedSource(first_files(files, config))
        self.session: Session | None = None
        self.start(verify=False, keep=True)

    def do(self, deed: Deed) -> None:
        """Change the vault; nobody is told."""
        kind, file, what, mtime = deed
        files = self.source.files
        if kind == "write":
            if what is None:
                files.pop(file, None)
            else:
                files[file] = what.encode() if isinstance(what, str) else what
            self.source.touch(file, mtime)
        elif file not in files:
            return
        elif kind == "same size":
            files[file] = bytes(reversed(files[file]))
            self.source.touch(file, mtime)
        elif kind == "folder":
            files[f"{file}/inside.md"] = files.pop(file)
            self.source.touch(f"{file}/inside.md", mtime)
        else:
            new = file.swapcase() if kind == "case" else str(what)
            if new != file:
                files[new] = files.pop(file)
                self.source.times[new] = self.source.times.get(file, (0, 0))  # it keeps its times

    @rule(done=deeds, told=st.booleans())
    def change(self, done: list[Deed], told: bool) -> None:
        """Change the vault while a session runs."""
        before = set(self.source.files)
        for deed in done:
            self.do(deed)
        names = {*before, *self.source.files, *(deed[1] for deed in done)}
        changes = [Change(file, deleted=file not in self.source.files) for file in sorted(names)]
        if self.session is not None:
            try:
                self.session.apply(changes if told else None)
            except VaultlintError:
                self.session = None

    @rule(
        saved=st.sampled_from([True, True, False]),
        done=deeds,
        young=st.sets(st.sampled_from(NOTES), max_size=2),
        verify=st.booleans(),
        keep=st.booleans(),
    )
    def restart(
        self, saved: bool, done: list[Deed], young: set[str], verify: bool, keep: bool
    ) -> None:
        """End the session, change the vault behind its back, and begin another."""
        if saved and self.session is not None:
            self.session.save()
        self.session = None
        self.source.young = young
        for deed in done:
            self.do(deed)
        self.start(verify=verify, keep=keep)

    @rule(changed=another_config(), advised=st.booleans())
    def restart_with_another_config(self, changed: Deed, advised: bool) -> None:
        """End the session, change one thing that all rules depend on and no note, and begin another."""
        if self.session is not None:
            for finding in self.session.diagnostics() if advised else ():
                self.session.advise(finding)
            self.session.save()
        self.session = None
        self.do(changed)
        self.start(verify=False, keep=True)

    def start(self, *, verify: bool, keep: bool = False) -> None:
        store = MemoStore(self.folder / "memo.db", "stamp")
        session = Session(self.source, ConfigRequest(), jobs=1, store=store, verify=verify)
        try:
            session.apply()
        except VaultlintError:
            return
        assert store.trouble == ""
        expected = from_scratch(self.source.files)
        assert session.diagnostics() == expected.diagnostics()  # perhaps without a rule loaded
        assert session.checked_count == expected.checked_count
        assert dict(session.digests) == dict(expected.digests)
        if keep:  # before anything asks for more
            session.save()
        self.session = session

    @invariant()
    def equals_a_session_from_scratch(self) -> None:
        if self.session is not None:
            scratch = from_scratch(self.source.files)
            for finding in scratch.diagnostics():
                assert self.session.advise(finding) == scratch.advise(finding)
            expected, found = state(scratch), state(self.session)
            for part, value in expected.items():
                assert found[part] == value, part


Restarts.TestCase.settings = of_histories(steps=8)
TestRestarts = Restarts.TestCase
