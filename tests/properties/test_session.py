"""The oracle: after any history of changes a session equals one built from scratch.

``VAULTLINT_HISTORIES=10000 pytest tests/properties/test_session.py`` is the long form.
"""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Change, Session
from vaultlint.errors import VaultlintError
from vaultlint.vault.settings import DEFAULTS

CONFIG = "vaultlint.yaml"
NOTES = ("a.md", "b.md", "B.md", "sub/b.md", "sub/c.md", "sub/deep/a.md", "Größe.md", "terms.md")
ATTACHMENTS = ("img.png", "sub/img.png", "data.txt", "sub/board.canvas")

LINES = (
    "[[b]]", "[[B#Head]]", "[[sub/b|x]]", "[x](sub/c.md#Head)", "[x](c.md)", "![[img.png]]",
    "![[sub/img.png]]", "[[a#^id]]", "[[Größe]]", "[[gröSSE]]", "[[Alias]]", "[[nowhere]]",
    "# Head", "## Head", "# Other", "text ^id", "#tag #Tag/sub #other", "- one", "- Two",
    "- #PAPER [One title (Author 2020)](https://arxiv.org/abs/2001.00001)",
    "- #PAPER [Another title (Author 2021)](https://arxiv.org/abs/2001.00001v2)",
    "%% vaultlint-ignore broken-link %%", "[[nowhere]] %% vaultlint-ignore broken-link, no-head %%",
    "```", "%%", "$$",
)  # fmt: skip
HEADS = (
    "", "", "",
    "---\naliases: [Alias, b]\ntags: [tag, Two]\n---\n",
    "---\nkind: one\ntopic: [Two, three]\n---\n",
    "---\nvaultlint: {ignore: [broken-link, no-head, orphan-note]}\nkind: Two\n---\n",
    "---\nvaultlint: false\n---\n",
    "---\nkind: [unclosed\n---\n",
    "---\nup: '[[b]]'\ntopic: one\n---\n",
)  # fmt: skip
RICH = """
vocabularies: {kinds: {terms_from: {note: terms.md}}}
schemas: [{paths: ['**'], schema: s.schema.json}]
rules:
  unknown-term: {severity: error, properties: {kind: kinds, topic: kinds}}
  vocabulary-hygiene: {severity: warning, unused: true}
  unused-attachment: warning
  orphan-note: warning
  duplicate-name: warning
  alias-conflict: warning
"""
CONFIGS = (
    "",
    RICH,
    RICH,
    RICH + "  broken-lnk: off\n  no-head: {check: pattern, on: body, pattern: H, message: no}\n",
    RICH.replace("kind: kinds, ", "").replace("paths: ['**']", "paths: ['sub/**']"),
    RICH.replace("{terms_from: {note: terms.md}}", "{terms: [one, two]}"),
    RICH + "include: ['sub/**', 'nothing/**']\n",
    "extends: [strict]\nrules: {orphan-note: warning, unused-attachment: warning}\n",
    "exclude: ['sub/**']\nrules: {broken-link: {message: 'gone: {target}'}}\n",
    "overrides: [{paths: ['sub/**'], rules: {broken-link: warning, broken-anchor: off}}]\n",
)
BROKEN_CONFIGS = ("rules: [", "rulez: {}\n", "extends: [no-such-pack]\n")
SCHEMAS = (
    '{"type": "object", "required": ["kind"]}',
    '{"type": "object", "properties": {"kind": {"enum": ["one"]}}, "additionalProperties": false}',
    '{"type": "nonsense"}',
)
CANVASES = (
    b'{"nodes": [{"file": "a.md"}, {"text": "[[b]] ![[img.png]]"}]}',
    b'{"nodes": [{"file": "sub/img.png"}]}',
)
SETTINGS = {
    ".obsidian/app.json": ('{"newLinkFormat": "relative"}', '{"userIgnoreFilters": ["sub/"]}', "{"),
    ".obsidian/templates.json": ('{"folder": "sub"}', '{"folder": "sub/deep"}', "[]"),
    ".obsidian/types.json": ('{"types": {"kind": "number"}}', '{"types": {"topic": "text"}}'),
}

bodies = st.builds(
    lambda head, lines, end: (head + end.join(lines) + end).encode(),
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(LINES), max_size=6),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
damaged = st.sampled_from([b"\xff\xfe[[b]]", b"\xef\xbb\xbf# Head\n[[nowhere]]\n", b"a\x00b"])
contents = st.one_of(bodies, bodies, bodies, damaged)
edits = st.one_of(
    st.tuples(st.sampled_from(NOTES), st.one_of(contents, contents, st.none())),
    st.tuples(st.sampled_from(NOTES), contents),
    st.tuples(st.sampled_from(ATTACHMENTS), st.one_of(st.just(b"data"), st.just(b"2"), st.none())),
    st.tuples(st.just("sub/board.canvas"), st.sampled_from(CANVASES)),
)
setups = st.one_of(
    st.tuples(st.just(CONFIG), st.sampled_from((*CONFIGS, *CONFIGS, *BROKEN_CONFIGS))),
    st.tuples(st.just("s.schema.json"), st.sampled_from(SCHEMAS)),
    *(st.tuples(st.just(file), st.sampled_from(texts)) for file, texts in SETTINGS.items()),
)


def state(session: Session) -> dict[str, Any]:
    """Return everything that a session knows, in a form that can be compared."""
    index = session.index
    return {
        "diagnostics": session.diagnostics(),
        "rows": {
            file: (row.found, row.keys, row.diagnostics, row.plan)
            for file, row in session._memo.rows.items()
        },
        "files": dict(index.files),
        "names": {name: list(each.entries) for name, each in index.names.items()},
        "claims": {key: dict(each) for key, each in index._claims.items()},
        "settings": [index.settings.get(name) for name in DEFAULTS],
        "types": [index.settings.type_of(name) for name in ("kind", "topic")],
        "config": (session.config.path, session.config.rule_ids(), session.config.inputs),
        "checked": session.checked_count,
        "inlinks": {file: index.inlinks(file) for file in index.files},
    }


def from_scratch(files: dict[str, bytes]) -> Session:
    session = Session(MemorySource(files), ConfigRequest(), jobs=1)
    session.apply()
    return session


class Histories(RuleBasedStateMachine):
    """``source`` is the disk; what the session was told of it is always up to date after a rule."""

    @initialize(
        files=st.dictionaries(st.sampled_from(NOTES), contents, max_size=6),
        config=st.sampled_from(CONFIGS),
    )
    def begin(self, files: dict[str, bytes], config: str) -> None:
        self.source = MemorySource({**files, "s.schema.json": SCHEMAS[0].encode()})
        self.source.files.setdefault("terms.md", b"- one\n- Two\n")
        if config:
            self.source.files[CONFIG] = config.encode()
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
            after = {name: row.diagnostics for name, row in from_scratch(files)._memo.rows.items()}
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


Histories.TestCase.settings = settings(
    max_examples=int(os.environ.get("VAULTLINT_HISTORIES", "25")),
    stateful_step_count=12,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
TestHistories = Histories.TestCase
