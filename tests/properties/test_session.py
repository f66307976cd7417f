"""The oracle: after any history of changes a session equals one built from scratch.

``VAULTLINT_HISTORIES=10000 pytest tests/properties/test_session.py`` is the long form.
"""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.histories import (
    CONFIGS,
    NOTES,
    SCHEMAS,
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


class Histories(RuleBasedStateMachine):
    """``source`` is the disk; what the session was told of it is always up to date after a rule."""

    @initialize(
        files=st.dictionaries(st.sampled_from(NOTES), contents, max_size=6),
        config=st.sampled_from(CONFIGS),
    )
    def begin(self, files: dict[str, bytes], config: str) -> None:
        self.source = MemorySource(first_files(files, config))
        self.session = Session(self.source, ConfigRequest(), jobs=1)
        self.broken = False
        self.apply(None)

    def write(self, file: str, content: bytes | str | None) -> None:
        if content is None:
            self.source.files.pop(file, None)
        else:
            data = content.encode() if isinstance(content, str) else content
            self.source.files[file] = data

    def apply(self, changes: list[Change] | None) -> None:
        """Apply, or see that a config that does not load changes nothing."""
        before = None if self.session._world is None else state(self.session)
        try:
            self.session.apply(None if self.broken else changes)
            self.broken = False
        except VaultlintError:
            self.broken = True
            assert before is None or state(self.session) == before
            with pytest.raises(VaultlintError):
                from_scratch(self.source.files)

    @rule(edit=st.one_of(edits, setups), told=st.booleans())
    def one_file(self, edit: tuple[str, bytes | str | None], told: bool) -> None:
        file, content = edit
        self.write(file, content)
        gone = content is None
        self.apply([Change(file, deleted=gone)] if told else None)

    @rule(some=st.lists(edits, min_size=1, max_size=4), told=st.booleans())
    def some_files(self, some: list[tuple[str, bytes | None]], told: bool) -> None:
        for file, content in some:
            self.write(file, content)
        changes = [Change(file, deleted=content is None) for file, content in some]
        self.apply(changes if told else None)

    @rule(terms=st.sets(st.sampled_from(["one", "Two", "two", "three"]), min_size=1))
    def list_terms(self, terms: set[str]) -> None:
        self.write("terms.md", "".join(f"- {term}\n" for term in sorted(terms)))
        self.apply([Change("terms.md")])

    @rule(schema=st.sampled_from(SCHEMAS))
    def write_the_schema(self, schema: str) -> None:
        self.write("s.schema.json", schema)
        self.apply([Change("s.schema.json")])

    @rule(old=st.sampled_from(NOTES), new=st.sampled_from(NOTES), told=st.booleans())
    def rename(self, old: str, new: str, told: bool) -> None:
        if old in self.source.files and new != old:
            self.source.files[new] = self.source.files.pop(old)
            self.apply([Change(old, deleted=True), Change(new)] if told else None)

    @precondition(lambda self: self.session._world is not None and not self.broken)
    @rule(edit=st.one_of(edits, setups))
    def what_if(self, edit: tuple[str, bytes | str | None]) -> None:
        file, content = edit
        before = state(self.session)
        data = content.encode() if isinstance(content, str) else content
        try:
            delta = self.session.what_if([Change(file, data, deleted=data is None)])
        except VaultlintError:
            delta = None
        assert state(self.session) == before
        if delta is not None:
            files = dict(self.source.files)
            if data is None:
                files.pop(file, None)
            else:
                files[file] = data
            assert self.session._memo is not None
            expected_memo = from_scratch(files)._memo
            assert expected_memo is not None
            after = {name: row.diagnostics for name, row in expected_memo.rows.items()}
            known = {name: row.diagnostics for name, row in self.session._memo.rows.items()}
            expected = {**known, **delta.diagnostics}
            assert {name: each for name, each in expected.items() if each} == {
                name: each for name, each in after.items() if each
            }

    @precondition(lambda self: self.session._world is not None and not self.broken)
    @rule(file=st.sampled_from(NOTES[:-1]), content=contents)
    def edit_in_a_buffer_then_close_it(self, file: str, content: bytes) -> None:
        self.session.apply([Change(file, content)])
        expected = from_scratch({**self.source.files, file: content})
        assert state(self.session) == state(expected)
        self.session.apply([Change(file, deleted=file not in self.source.files)])

    @invariant()
    def equals_a_session_from_scratch(self) -> None:
        if self.session._world is not None and not self.broken:
            expected, found = state(from_scratch(self.source.files)), state(self.session)
            for part, value in expected.items():
                assert found[part] == value, part


Histories.TestCase.settings = of_histories(steps=12)
TestHistories = Histories.TestCase
