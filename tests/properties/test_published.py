"""The oracle of the published index: after any history it equals one made from scratch.

A history is told to a publisher that stays, to one that comes anew to the same file (a restart,
with changes made meanwhile), or to one whose index another publisher wrote in between.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.histories import CONFIG, CONFIGS, NOTES, SCHEMAS, contents, edits, setups
from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Change, Session
from vaultlint.errors import VaultlintError
from vaultlint.store.memo import MemoStore
from vaultlint.store.published import Published
from vaultlint.store.published_form import VIEWS
from vaultlint.sync.publish import Changes, Publisher


def content_of(published: Published) -> dict[str, list[Any]]:
    """Return everything that the views of an index show, in no particular order."""
    return {view: sorted(published.select(f"SELECT * FROM {view}"), key=repr) for view in VIEWS}


def publisher(session: Session, published: Published) -> Publisher:
    return Publisher(session, published, program="1", vault="/vault")


def from_scratch(files: dict[str, bytes]) -> dict[str, list[Any]] | None:
    session = Session(MemorySource(files), ConfigRequest(), jobs=1)
    try:
        session.apply()
    except VaultlintError:
        return None
    with tempfile.TemporaryDirectory() as folder, Published(Path(folder) / "index.db") as published:
        publisher(session, published).publish()
        return content_of(published)


class Histories(RuleBasedStateMachine):
    """One vault, one index; who publishes into it changes."""

    @initialize(
        files=st.dictionaries(st.sampled_from(NOTES), contents, max_size=6),
        config=st.sampled_from(CONFIGS),
    )
    def begin(self, files: dict[str, bytes], config: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "index.db"
        self.source = MemorySource({**files, "s.schema.json": SCHEMAS[0].encode()})
        if config:
            self.source.files[CONFIG] = config.encode()
        self.published: Published | None = None
        self.restart(follows=True)

    def teardown(self) -> None:
        if self.published is not None:
            self.published.close()
        self.folder.cleanup()

    @rule(follows=st.booleans())
    def restart(self, follows: bool) -> None:
        """Leave, and come back with a new session to the index as it is, to stay or for once."""
        if self.published is not None:
            self.published.close()
        self.published = Published(self.path)
        store = MemoStore(Path(self.folder.name) / "memo.db", "1")
        self.session = Session(self.source, ConfigRequest(), jobs=1, store=store)
        self.publisher = publisher(self.session, self.published)
        if follows:
            self.publisher.follow()
        self.loaded = False
        self.publish(None)

    def publish(self, changes: list[Change] | None) -> Changes | None:
        try:
            delta = self.session.apply(changes if self.loaded else None)
        except VaultlintError:
            self.loaded = False
            return None
        done = self.publisher.publish(delta if self.loaded else None)
        self.session.save()
        self.loaded = True
        return done

    @rule(some=st.lists(st.one_of(edits, setups), min_size=1, max_size=3))
    def edit(self, some: list[tuple[str, bytes | str | None]]) -> None:
        changes = []
        for file, content in some:
            self.write(file, content)
            changes.append(Change(file, deleted=content is None))
        self.publish(changes)

    def write(self, file: str, content: bytes | str | None) -> None:
        if content is None:
            self.source.files.pop(file, None)
        else:
            self.source.files[file] = content.encode() if isinstance(content, str) else content

    @rule(old=st.sampled_from(NOTES), new=st.sampled_from(NOTES))
    def rename(self, old: str, new: str) -> None:
        if old in self.source.files and new != old:
            self.source.files[new] = self.source.files.pop(old)
            self.publish([Change(old, deleted=True), Change(new)])

    @rule(some=st.lists(edits, min_size=1, max_size=3), follows=st.booleans())
    def edit_unseen_then_restart(self, some: list[tuple[str, bytes | None]], follows: bool) -> None:
        for file, content in some:
            self.write(file, content)
        self.restart(follows=follows)

    @rule(some=st.lists(edits, min_size=1, max_size=3))
    def another_process_publishes(self, some: list[tuple[str, bytes | None]]) -> None:
        for file, content in some:
            self.write(file, content)
        session = Session(self.source, ConfigRequest(), jobs=1)
        with suppress(VaultlintError), Published(self.path) as published:
            session.apply()
            publisher(session, published).publish()
        self.publish([Change(file, deleted=content is None) for file, content in some])

    @rule()
    def publish_again(self) -> None:
        """What was published is not written again."""
        if self.publish(None) is not None:
            assert not self.publisher.publish().any

    @invariant()
    def equals_an_index_from_scratch(self) -> None:
        if self.published is None or not self.loaded:
            return
        expected, found = from_scratch(self.source.files), content_of(self.published)
        assert expected is not None
        for view, rows in expected.items():
            assert found[view] == rows, view


Histories.TestCase.settings = settings(
    max_examples=int(os.environ.get("VAULTLINT_HISTORIES", "25")),
    stateful_step_count=10,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
TestHistories = Histories.TestCase
