"""Every repair, on vaults made of fragments: it applies, mends what it is for, and harms nothing.

The fragments are right and wrong lines of notes, in LF and CRLF, with and without a byte order
mark; the config switches every check on and gives those that need one a vocabulary or a schema.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.memory_source import MemorySource
from tests.shared_data import SHARED, needs_vaults
from vaultlint.checks import check_ids, load_check
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Diagnostic, Fix, Safety, Severity
from vaultlint.engine.session import Change, Session
from vaultlint.fixing.equivalence import deviation
from vaultlint.fixing.plan import plan_fixes
from vaultlint.note.model import Note
from vaultlint.note.parse import parse_note
from vaultlint.source.folder import FolderSource
from vaultlint.text import apply_edits

CONFIG = """
vocabularies:
  genres:
    terms: [science fiction, crime, poésie, essays, "1984"]
    aliases: {sci-fi: science fiction, sf: science fiction}
    deprecated: {novel: null, whodunit: crime}
  tags: {terms: [idea, to-read, project], aliases: {concept: idea}, nested: true}
  subjects: {terms_from: {note: Subjects.md}}
schemas:
  - {paths: ["**"], schema: note.json}
rules:
  unknown-term: {severity: error, properties: {genres: genres, genre: genres}}
  unknown-tag: {severity: error, vocabulary: tags}
  tag-form: {severity: warning, vocabulary: tags}
  allowed-values: {severity: error, property: mood, values: [good, bad, "yes"]}
  vocabulary-hygiene: {severity: warning, ordered: [subjects]}
  citation-kind: {severity: warning, kinds: [PAPER, CODE]}
  citation-format: {severity: warning, formats: {PAPER: "{title} ({author} {year})"}}
  citation-url: {severity: warning}
  broken-link: {severity: error, encoded_names: true}
  required-section: {severity: warning, sections: [Sources]}
  alias-as-link: error
  unquoted-link: error
  link-case: warning
  ambiguous-link: warning
  malformed-link: {severity: warning, wikilink_urls: true}
  property-type: warning
  property-value: error
  missing-property: error
  unknown-property: error
  deprecated-property: warning
  reserved-property-shape: warning
  unused-suppression: warning
  unknown-rule: warning
"""
SCHEMA = """{
  "required": ["status"],
  "properties": {
    "status": {"enum": ["to read", "reading", "read"], "default": "to read"},
    "year": {"type": "integer", "minimum": 1000},
    "isbn": {"type": "string"}, "lent": {"type": "boolean"}, "kinds": {"items": {"enum": ["a", "B"]}},
    "when": {"format": "date"}, "writer": {"deprecated": true, "x-vaultlint": {"suggest": "author"}},
    "author": {"type": "string"}, "tags": {}, "aliases": {}, "cssclasses": {}, "genres": {},
    "genre": {}, "mood": {}, "up": {}, "tag": {}, "alias": {}, "number": {}, "done": {}, "day": {}
  },
  "additionalProperties": false
}"""
TYPES = '{"types": {"number": "number", "done": "checkbox", "day": "date", "up": "text"}}'
OTHERS = {
    "vaultlint.yaml": CONFIG.encode(),
    "note.json": SCHEMA.encode(),
    ".obsidian/types.json": TYPES.encode(),
    "Subjects.md": b"- Biology\n- Physics\n- Chemistry\n- Biology\n",
    "People/Robert Miller.md": b'---\nstatus: read\naliases: [Bob, "Bob\'s"]\n---\n# Life\n\n# Sources\n',
    "My Note.md": b"---\nstatus: read\n---\n# See also\n\nA block. ^in-short-form\n\n# Sources\n",
    "a/Twin.md": b"",
    "b/Twin.md": b"",
    'old/It\'s "here".md': b"",
    "50% off.md": b"",
    "pics/harbour (1).png": b"",
    "Cited.md": b"- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)\n",
}
PROPERTIES = (
    "status: Read", "status: 'readng'", 'status: "to  read" # c', "status: read", "Status: read",
    'year: "1965"', 'year: "12"', "year: 1965", "isbn: 9780441013593", "isbn: 0x1F", "lent: 'false'",
    "lent: yes", "when: 2024/1/31", "kinds: [A, b, B]", "writer: Doe", "Writer: Roe", "auhtor: Doe",
    "autor: 'Roe' # c", "tags: idea, project", "tags: [Idea, '#concept', idea]", "tags:\n  - projct\n  - project",
    "tags:\n- Idea # c\n- idea", 'tags: ["to read", x]', "tags:\n  -\n  - #idea", "tag: idea", "alias: 1984",
    "aliases: [1984, , true]", "aliases: [1984, true]", "aliases:\n-\n- x", "cssclasses: 7",
    "genres: [sci-fi, SF, science fiction]", "genres: [Crime, crimes]", "genres:\n  - whodunit\n  - 'CRIME' # c",
    'genre: "Sci-Fi"', "genre: novel", "genre: &x poesie", "genre: |\n  crimes", "mood: Good", "mood: [godo, GOOD]",
    "up: [[My Note]]", "up: [[Lost]]", 'up: "[[Bob]]"', "up: '[[Bob''s|a ''b'']]'", 'up: "[[My Nte#See]]"',
    'up: "[[old/x \\"y\\"]]"', "up: [ [[Bob]], '[x](my%20note.md)' ]", "number: '1.5'", 'done: "true"',
    "day: '2024.2.29'", "# comment", "", "vaultlint: {ignore: [broken-lnk, pattern]}", "x: {y: [1, {z: 'Idea'}]}",
)  # fmt: skip
LINES = (
    "# Title", "## Sources", "", "text", "[[Bob]]", "[[Bob#Life]] ![[Bob]]", "[[Bob#Lost|x]]", "[[bob's]]",
    "[[my note]]", "[[My Nte]]", "[[My Note#See Also|x]]", "[[My Note#see-alsoo]]", "[[My Note#^in-short-frm]]",
    "[[Lost#^in-short-form]]", "[[x/My%20Note]]", "[[My%20Note]]", "[x](My Note.md)", '[x](My Note.md "t")',
    "[x](50% off.md)", "[x](Lost Note.md)", "[x](my%20note.md)", "[x](<my note.md#see also>)", "[[Twin]]",
    "[[old/Its here]]", "![[harbor (1).png|300]]", "![x](pics/harbor%20(1).png)", "[[https://example.org/a|b]]",
    "[x]( https://example.org/a )", "[x](https://example.org/a", "| a | b |\n| - | - |\n| [[My Note|x]] | [[Bob]] |",
    "| a |\n| - |\n| ![[Lost|9]] |", "An #Idea and a #concept/x, #projct.", '"#idea" (#idea)', "#code [x](https://example.org)",
    "- #PAPPER/x [Lists](https://example.org)", "- #PAPER [Lists (Doe, 2021)](http://arxiv.org/pdf/2101.00009v2#p)",
    "- #PAPER [**Lists**](https://arxiv.org/abs/2101.00001)", "- #PAPER [x (Doe 2021)](http://dx.doi.org/10.1000/x)",
    "- #PAPER [x (Doe 2021)]( https://arxiv.orga/abs/2101.00002)", "x %% vaultlint-ignore pattern %%",
    "%% vaultlint-ignore pattern, broken-link, broken-lnk %%", "```", "> [[Bob]]", "- [ ] [[my note]] ^id-1", "$$", "%%",
    "a\u2028b [[bob]] \u00a0", "[[Bob]]\t[[Bob|]]", "é🪴 [[My nte]]",
)  # fmt: skip
LAYS_BARE = {"alias-as-link", "broken-link", "malformed-link", "table-pipe", "unquoted-link"}
"""UNSAFE repairs of these make a link of what was none; what it opens may be missing."""
READ_ANEW = {"deprecated-property", "reserved-property-shape", "tag-form", "unknown-property"}
"""A value that nobody read before may be wrong itself."""
PLACE = "here/Any.md"

notes = st.builds(
    lambda properties, lines, newline, bom: written(properties, lines, newline, bom=bom),
    st.none() | st.lists(st.sampled_from(PROPERTIES), max_size=5, unique=True),
    st.lists(st.sampled_from(LINES), max_size=8),
    st.sampled_from(("\n", "\r\n")),
    st.booleans(),
)


def written(properties: list[str] | None, lines: list[str], newline: str, *, bom: bool) -> bytes:
    block = [] if properties is None else ["---", *properties, "---"]
    text = "".join(f"{line}\n" for line in (*block, *lines)).replace("\n", newline)
    return (b"\xef\xbb\xbf" if bom else b"") + text.encode()


@pytest.fixture(scope="module")
def session() -> Session:
    session = Session(MemorySource({**OTHERS, PLACE: b""}), ConfigRequest(), jobs=1)
    session.apply()
    return session


def repaired(note: Note, fix: Fix) -> bytes:
    text = apply_edits(note.text, [(edit.span, edit.text) for edit in fix.edits])
    return (b"\xef\xbb\xbf" if note.bom else b"") + text.encode("utf-8", "surrogateescape")


def errors(found: tuple[Diagnostic, ...]) -> Counter[str]:
    return Counter(one.rule for one in found if one.severity is Severity.ERROR)


def _told(finding: Diagnostic, among: tuple[Diagnostic, ...]) -> int:
    return sum((one.rule, one.message) == (finding.rule, finding.message) for one in among)


def judge(session: Session, found: Diagnostic, fix: Fix) -> None:
    """Assert of one fix all that must hold of it before and after it is applied."""
    note = session.note(found.file)
    assert {edit.note for edit in fix.edits} == {found.file}
    assert found.file in fix.base
    assert all(fix.base[file] == session.note(file).digest for file in fix.base)
    new = repaired(note, fix)
    if "\r\n" in note.text:
        assert b"\n" not in new.replace(b"\r\n", b""), "a line end of another kind"
    delta = session.what_if([Change(found.file, new)])
    before = tuple(one for one in session.diagnostics() if one.file == found.file)
    after = delta.diagnostics[found.file]
    assert _told(found, after) < _told(found, before), "the finding is still there"
    if found.rule not in READ_ANEW and (fix.safety is Safety.SAFE or found.rule not in LAYS_BARE):
        assert not errors(after) - errors(before), "a new error"
    changes = session.config.check_of(found.rule).changes
    again = parse_note(found.file, new)
    reason = deviation(note, again, changes, session.index, session.note)
    assert not reason, reason


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=notes)
def test_a_repair_mends_what_it_is_for_and_nothing_else(session: Session, data: bytes) -> None:
    session.apply([Change(PLACE, data)])
    assert not session.failed
    for found in session.diagnostics():
        fix = session.advise(found).fix if found.file == PLACE else None
        if fix is not None and fix.safety is not Safety.MANUAL:
            try:
                judge(session, found, fix)
            except AssertionError as error:
                raise AssertionError(f"{error}\n{found}\n{fix}") from error


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=notes, safety=st.sampled_from((Safety.SAFE, Safety.UNSAFE)))
def test_repairs_come_to_rest_and_no_safe_one_is_refused(
    session: Session, data: bytes, safety: Safety
) -> None:
    session.apply([Change(PLACE, data)])
    plan = plan_fixes(session, safety)
    refused = [each.message for each in plan.notices]
    guessed = "it would cause an error" if safety is Safety.UNSAFE else "nothing"
    assert not [each for each in refused if not each.startswith(guessed)]
    session.apply([Change(file, new) for file, new in plan.after.items()])
    again = plan_fixes(session, safety)
    session.apply([Change(file, old) for file, old in plan.before.items()])
    assert not again.taken


def test_every_repair_is_among_them(session: Session) -> None:
    offered = set()
    single = [written([line], [], "\n", bom=False) for line in PROPERTIES]
    single += [written(None, [line], "\n", bom=False) for line in LINES]
    for data in single:
        session.apply([Change(PLACE, data)])
        offered |= {one.rule for one in session.diagnostics() if session.advise(one).fix}
    assert {name for name in check_ids() if load_check(name).repair is not None} <= offered


@needs_vaults
@pytest.mark.parametrize(
    ("name", "pack"),
    [("codecademy-docs", "codecademy-docs"), ("digitalgarden", "research")],
)
def test_safe_fixes_of_a_real_vault(name: str, pack: str) -> None:
    request = ConfigRequest(packs=(pack,))
    session = Session(FolderSource(SHARED / "vaults" / name), request, jobs=1)
    session.apply()
    plan = plan_fixes(session, Safety.SAFE)
    assert plan.taken
    assert [each.message for each in plan.notices] == []
    opened = {file: targets(session, parse_note(file, data)) for file, data in plan.before.items()}
    before = Counter((one.file, one.rule) for one in session.diagnostics())
    session.apply([Change(file, data) for file, data in plan.after.items()])
    after = session.diagnostics()
    assert not Counter((one.file, one.rule) for one in after) - before
    left = [session.advise(one).fix for one in after if one.file in plan.after]
    assert not [fix for fix in left if fix is not None and fix.safety is Safety.SAFE]
    for file, data in plan.after.items():
        assert targets(session, parse_note(file, data)) == opened[file]


def targets(session: Session, note: Note) -> list[tuple[str, str | None]]:
    """Return file and subpath of each link of ``note`` that opens something."""
    view = session.view(note.id)
    found = [(view.resolve(link).target, link.anchor) for link in note.links]
    return [(target, anchor) for target, anchor in found if target is not None]
