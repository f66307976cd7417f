"""What random histories are made of: small vaults, edits of them, and what a session knows of one."""

import os
from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Session
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
    RICH + "  broken-link: {severity: info, help: look it up, ignore: ['[n]owhere*']}\n",
    RICH + "  own: {check: pattern, on: heading, pattern: Head, message: a head}\n",
    RICH + "  own: {check: citation-kind, kinds: [BOOK]}\n  unused-suppression: off\n",
    RICH.replace("terms.md}}", "terms.md}, aliases: {three: one}, deprecated: [Two]}"),
    RICH.replace("duplicate-name: warning", "duplicate-name: {severity: error, allowed: [a]}"),
    "extends: [strict]\nrules: {orphan-note: warning, unused-attachment: warning}\n",
    "exclude: ['sub/**']\nrules: {broken-link: {message: 'gone: {target}'}}\n",
    "overrides: [{paths: ['sub/**'], rules: {broken-link: warning, broken-anchor: off}}]\n",
)
BROKEN_CONFIGS = ("rules: [", "rulez: {}\n", "extends: [no-such-pack]\n")
LISTS = (b"- one\n- Two\n", b"- one\n- two\n- three\n", b"# Head\n\n- Two\n- one\n", b"none\n")
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


def first_files(notes: Mapping[str, bytes], config: str) -> dict[str, bytes]:
    """Return a vault of ``notes`` with a vocabulary, a schema and, if it is not "", a config."""
    files = {"terms.md": LISTS[0], **notes, "s.schema.json": SCHEMAS[0].encode()}
    if config:
        files[CONFIG] = config.encode()
    return files


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
    st.tuples(st.just("terms.md"), st.sampled_from(LISTS)),
    *(st.tuples(st.just(file), st.sampled_from(texts)) for file, texts in SETTINGS.items()),
)


def state(session: Session) -> dict[str, Any]:
    """Return everything that a session knows, in a form that can be compared."""
    index = session.index
    assert session._memo is not None
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


def of_histories(*, steps: int) -> settings:
    """Return the settings of an oracle; VAULTLINT_HISTORIES says how many histories it plays."""
    return settings(
        max_examples=int(os.environ.get("VAULTLINT_HISTORIES", "25")),
        stateful_step_count=steps,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
