"""What a session takes over from the one before, and what it never believes."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import Advice, Delta, Diagnostic
from vaultlint.engine import session as module
from vaultlint.engine.checker import Checker
from vaultlint.engine.plan import Plan
from vaultlint.engine.rows import Row
from vaultlint.engine.session import Change, Session
from vaultlint.errors import ConfigError
from vaultlint.source import Entry, walk
from vaultlint.source.folder import FolderSource
from vaultlint.store.memo import MemoStore

FILES = {
    "vaultlint.yaml": "extends: [strict]\nschemas: [{paths: ['**'], schema: s.schema.json}]\n",
    "s.schema.json": '{"properties": {"kind": {"enum": ["one", "two"]}}}',
    ".obsidian/app.json": '{"newLinkFormat": "shortest"}',
    "a.md": "---\nkind: one\n---\n# A\n[[b]] [[nowhere]] [[b#Head]]\n",
    "b.md": "# Bead\n[[a]] #tag\n",
    "c/d.md": "# D\n[[a]] [[image.png]] #Tag\n",
    "image.png": "not really",
}


class Vault:
    """A vault in a folder and its store; ``check`` is one run of a program."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "vault"
        self.store = folder / "cache" / "memo.db"
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.stat() if file.exists() else None
        file.write_bytes(text.encode())
        while before is not None and file.stat().st_ctime_ns == before.st_ctime_ns:
            file.write_bytes(text.encode())  # until the clock of the file system has moved on

    def session(self, *, verify: bool = False) -> Session:
        store = MemoStore(self.store, "stamp")
        source = FolderSource(self.root)
        return Session(source, ConfigRequest(), jobs=1, store=store, verify=verify)

    def check(self, *, verify: bool = False) -> tuple[Diagnostic, ...]:
        session = self.session(verify=verify)
        session.apply()
        found = session.diagnostics()
        session.save()
        assert session.trouble == ""
        return found

    def from_scratch(self) -> tuple[Diagnostic, ...]:
        session = Session(FolderSource(self.root), ConfigRequest(), jobs=1)
        session.apply()
        return session.diagnostics()


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setattr(walk, "YOUNG", -(10**15))  # stamps are believed at once
    made = Vault(tmp_path)
    assert {each.rule for each in made.check()} >= {"broken-link", "broken-anchor"}
    return made


def test_an_unchanged_vault_is_recalled_and_nothing_is_read(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    original = FolderSource.read

    def remembered(source: FolderSource, file: str) -> bytes:
        read.append(file)
        return original(source, file)

    monkeypatch.setattr(FolderSource, "read", remembered)
    session = vault.session()
    delta = session.apply()
    assert [file for file in read if file.endswith(".md")] == []
    assert session.diagnostics() == vault.from_scratch()
    assert delta == Delta((), (), delta.diagnostics)
    assert [each for group in delta.diagnostics.values() for each in group] == list(
        session.diagnostics()
    )
    assert session.checked_count == 3
    assert not session.failed
    assert session._world is None
    assert session.index.files.keys() == FILES.keys() - {".obsidian/app.json"}


def change_config(vault: Vault) -> None:
    vault.write("vaultlint.yaml", FILES["vaultlint.yaml"] + "rules: {broken-link: off}\n")


def change_schema(vault: Vault) -> None:
    vault.write("s.schema.json", FILES["s.schema.json"].replace("one", "six"))


def change_settings(vault: Vault) -> None:
    vault.write(".obsidian/app.json", '{"newLinkFormat": "absolute"}')


def change_bytes_but_not_size_and_time(vault: Vault) -> None:
    file = vault.root / "b.md"
    before = file.stat()
    vault.write("b.md", FILES["b.md"].replace("Bead", "Head"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def change_with_a_time_that_goes_backwards(vault: Vault) -> None:
    vault.write("b.md", "# Head\n")
    os.utime(vault.root / "b.md", ns=(10**9, 10**9))


def put_a_folder_in_place_of_a_note(vault: Vault) -> None:
    (vault.root / "b.md").unlink()
    vault.write("b.md/b.md", "# Head\n")


def put_a_note_in_place_of_a_folder(vault: Vault) -> None:
    (vault.root / "c" / "d.md").unlink()
    (vault.root / "c").rmdir()
    vault.write("c", "no note")


def rename_but_for_case(vault: Vault) -> None:
    (vault.root / "b.md").rename(vault.root / "between.md")
    (vault.root / "between.md").rename(vault.root / "B.md")


def replace_by_another_file_of_the_same_times(vault: Vault) -> None:
    before = (vault.root / "b.md").stat()
    vault.write("other", "# Head\n[[a]] #tag\n")
    os.utime(vault.root / "other", ns=(before.st_atime_ns, before.st_mtime_ns))
    (vault.root / "other").replace(vault.root / "b.md")


def make_what_was_missing(vault: Vault) -> None:
    vault.write("nowhere.md", "# Here\n[[a]]\n")


def remove_an_attachment(vault: Vault) -> None:
    (vault.root / "image.png").unlink()


def make_a_link_that_leads_out(vault: Vault) -> None:
    (vault.root / "out.md").symlink_to("/")


CHANGES = [
    change_config,
    change_schema,
    change_settings,
    change_bytes_but_not_size_and_time,
    change_with_a_time_that_goes_backwards,
    put_a_folder_in_place_of_a_note,
    put_a_note_in_place_of_a_folder,
    rename_but_for_case,
    replace_by_another_file_of_the_same_times,
    make_what_was_missing,
    remove_an_attachment,
    make_a_link_that_leads_out,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_changed_between_two_runs_is_seen(
    vault: Vault, change: Callable[[Vault], None]
) -> None:
    before = vault.from_scratch()
    change(vault)
    after = vault.from_scratch()
    assert vault.check() == after
    assert vault.check() == after
    if change not in {change_settings, put_a_note_in_place_of_a_folder}:
        assert after != before, "the change matters"


def test_a_young_file_is_read_again(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "YOUNG", 10**15)
    vault.check()
    note = vault.root / "b.md"
    before = note.stat()
    note.write_bytes(b"# Head\n[[a]] #tag\n")  # the times may well be the same
    assert note.stat().st_size == before.st_size
    assert vault.check() == vault.from_scratch()


def test_verify_reads_what_stamps_would_hide(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        walk._Walk,
        "_file",
        lambda walking, file, found: walking.entries.update(
            {file: Entry(file, found.st_size, "the same")}
        ),
    )
    expected = vault.check(verify=True)
    vault.write("b.md", FILES["b.md"].replace("Bead", "Head"))
    assert vault.check() == expected  # nothing tells that it changed
    assert vault.check(verify=True) == vault.from_scratch() != expected


def test_advice_is_kept_with_its_state_and_a_fix_with_its_bytes(vault: Vault) -> None:
    vault.write("b.md", "# B\n[[A]]\n")

    def advised(session: Session) -> list[Advice]:
        session.apply()
        given = [session.advise(each) for each in session.diagnostics()]
        session.save()
        return given

    expected = advised(Session(FolderSource(vault.root), ConfigRequest(), jobs=1))
    assert any(advice.fix for advice in expected)
    assert advised(vault.session()) == expected
    session = vault.session()
    assert advised(session) == expected
    assert session._world is None, "no rule was needed"
    finding = next(each for each in session.diagnostics() if session.advise(each).fix)
    session = vault.session()
    session.apply()
    vault.write(finding.file, "changed since\n")
    assert session.advise(finding).fix is None or session._world is not None
    verifying = vault.session(verify=True)
    advised(verifying)
    assert verifying._world is not None, "a fix is computed from what was read"


def test_a_session_goes_on_from_what_was_recalled(vault: Vault) -> None:
    session = vault.session()
    session.apply()
    vault.write("nowhere.md", "# Here\n[[a]]\n")
    delta = session.apply([Change("nowhere.md")])
    assert "a.md" in delta.diagnostics
    assert session.diagnostics() == vault.from_scratch()
    session.save()
    again = vault.session()
    again.apply()
    assert again._world is None
    assert again.diagnostics() == session.diagnostics()


def test_the_delta_of_a_changed_config_tells_every_finding_that_changed(vault: Vault) -> None:
    session = vault.session()
    told = dict(session.apply().diagnostics)
    vault.write("vaultlint.yaml", "extends: [recommended]\nexclude: [b.md]\n")
    (vault.root / "c" / "d.md").unlink()
    delta = session.apply()
    told.update(delta.diagnostics)
    assert delta.removed == ("c/d.md",)
    assert [each for file in sorted(told) for each in told[file]] == [*vault.from_scratch()]
    assert session.diagnostics() == vault.from_scratch()


def test_changed_texts_are_not_kept(vault: Vault) -> None:
    expected = vault.from_scratch()
    session = vault.session()
    session.apply([Change("a.md", b"nothing to find")])
    assert session.diagnostics() != expected
    session.save()
    again = vault.session()
    again.apply()
    assert again._world is None
    assert again.diagnostics() == expected


def test_findings_of_some_files_can_be_asked_for(vault: Vault) -> None:
    session = vault.session()
    session.apply()
    covered = session.diagnostics(lambda file: file == "a.md")
    assert covered
    assert covered == tuple(each for each in vault.from_scratch() if each.file == "a.md")


def test_a_store_that_another_process_replaced_meanwhile_is_done_without(vault: Vault) -> None:
    session = vault.session()
    session.apply()
    vault.write("a.md", "# A\n[[elsewhere]]\n")
    other = vault.check()
    assert session.diagnostics() == other  # what was recalled is gone: all is read again
    assert session._world is not None


def change_and_let_another_process_replace_the_store(vault: Vault) -> Session:
    """Return a session that has checked one note again, and whose other rows are not there."""
    vault.write("b.md", "# Bead\n[[a]] [[nowhere]] #tag\n")
    session = vault.session()
    session.apply()
    assert session._memo is not None
    assert not session._memo.whole
    (vault.root / "c/d.md").unlink()
    vault.store.unlink()
    vault.check()
    vault.write("c/d.md", FILES["c/d.md"])
    return session


def test_what_is_kept_is_fetched_when_somebody_asks_for_it(vault: Vault) -> None:
    vault.write("b.md", "# Bead\n[[a]] [[nowhere]] #tag\n")
    session = vault.session()
    delta = session.apply()
    assert session._memo is not None
    assert set(session._memo.loaded) == {"b.md"}
    assert session.diagnostics(lambda file: file == "b.md") == delta.diagnostics["b.md"]
    assert not session._memo.whole
    assert session.diagnostics() == vault.from_scratch()
    session.what_if([Change("b.md", b"# Head\n")])
    session.apply([Change("b.md", b"# Head\n")])
    assert "broken-anchor" not in {each.rule for each in session.diagnostics()}
    session.apply([Change("b.md", None)])
    assert session.diagnostics() == vault.from_scratch()


def test_findings_are_true_when_kept_rows_are_gone(vault: Vault) -> None:
    session = change_and_let_another_process_replace_the_store(vault)
    before = vault.store.read_bytes()
    assert session.diagnostics() == vault.from_scratch()
    assert vault.store.read_bytes() == before


def test_an_update_is_true_when_kept_rows_are_gone(vault: Vault) -> None:
    session = change_and_let_another_process_replace_the_store(vault)
    vault.write("a.md", "# Ay\n")
    session.apply()
    assert session.diagnostics() == vault.from_scratch()


def test_a_trial_is_true_when_kept_rows_are_gone(vault: Vault) -> None:
    session = change_and_let_another_process_replace_the_store(vault)
    trial = session.what_if([Change("b.md", deleted=True), Change("a.md", b"[[b]]")])
    assert "broken-link" in {each.rule for each in trial.diagnostics["a.md"]}
    assert session.diagnostics() == vault.from_scratch()


def test_kept_rows_are_found_where_this_session_saved_them(vault: Vault) -> None:
    vault.write("a.md", "# A\n[[nowhere]] [[b]]\n")
    session = vault.session()
    session.apply()
    session.save()
    assert session._memo is not None
    assert not session._memo.whole
    assert len(session._memo.rows) == 5, "each is read without an error"
    assert session.diagnostics() == vault.from_scratch()


def test_what_another_process_kept_is_not_replaced_by_a_part(vault: Vault) -> None:
    session = change_and_let_another_process_replace_the_store(vault)
    before = vault.store.read_bytes()
    session.save()
    assert session.trouble == ""
    assert vault.store.read_bytes() == before


def change_every_note(vault: Vault) -> None:
    for name in ("a.md", "b.md", "c/d.md"):
        vault.write(name, f"# {name}\n[[missing]]\n")


def add_a_rule_for_every_note(vault: Vault) -> None:
    rule = "rules: {own: {check: pattern, on: body, pattern: '#', message: a sign}}\n"
    vault.write("vaultlint.yaml", FILES["vaultlint.yaml"] + rule)


@pytest.mark.parametrize("change", [change_every_note, add_a_rule_for_every_note])
def test_a_vault_that_changed_much_is_read_in_several_processes(
    vault: Vault, change: Callable[[Vault], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultlint.engine.recall._MANY", 1)
    change(vault)
    loads: list[object] = []
    original = module.Session._load_all

    def counted(session: Session, surveyed: object) -> Delta:
        loads.append(surveyed)
        return original(session, surveyed)  # type: ignore[arg-type]

    monkeypatch.setattr(module.Session, "_load_all", counted)
    assert vault.check() == vault.from_scratch()
    assert len(loads) == 2


def test_advice_is_forgotten_when_the_vault_changes(vault: Vault) -> None:
    session = vault.session()
    session.apply()
    finding = next(each for each in session.diagnostics() if each.rule == "broken-link")
    before = session.advise(finding)
    session.save()
    session = vault.session()
    session.apply()
    assert session.advise(finding) == before
    vault.write("nowhera.md", "# Nearly\n")
    session.apply()
    assert finding in session.diagnostics()
    assert "nowhera" in session.advise(finding).help != before.help


def test_advice_outlives_a_change_of_stamps_alone(vault: Vault) -> None:
    session = vault.session()
    session.apply()
    given = [session.advise(each) for each in session.diagnostics()]
    session.save()
    vault.write("b.md", FILES["b.md"])  # other times, the same bytes
    vault.check()
    session = vault.session()
    session.apply()
    assert [session.advise(each) for each in session.diagnostics()] == given
    assert session._world is None


def rechecked(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, *wanted: str
) -> dict[str, set[str] | None]:
    """Return the rules that one more run does again by file, None for all rules of the file.

    Files of which no rule is run again are left out, but for those ``wanted``.
    """
    done: dict[str, set[str] | None] = {}

    def check(checker: Checker, file: str, plan: Plan) -> Row:
        done[file] = None
        return originals[0](checker, file, plan)

    def check_again(checker: Checker, file: str, plan: Plan, row: Row, rules: set[str]) -> Row:
        done[file] = set(rules)
        return originals[1](checker, file, plan, row, rules)

    originals = Checker.check, Checker.check_again
    monkeypatch.setattr(Checker, "check", check)
    monkeypatch.setattr(Checker, "check_again", check_again)
    found = vault.check()
    done, seen = {}, done
    monkeypatch.undo()
    assert found == vault.from_scratch()
    configured = {"vaultlint.yaml", "terms.md"}  # looked at whenever the config changes
    return {
        file: rules
        for file, rules in seen.items()
        if (rules != set() or file in wanted) and file not in configured
    }


BROKEN, TAGS = {"broken-link"}, {"unknown-tag"}
BOUND = """
extends: [recommended]
vocabularies:
  kinds: {terms_from: {note: terms.md}}
  others: {terms: [one, two]}
schemas: [{paths: [c/**], schema: s.schema.json}]
rules:
  unknown-term: {severity: error, properties: {kind: kinds}}
  no-bead: {check: pattern, on: heading, pattern: Bead, message: no beads}
overrides: [{paths: [c/**], rules: {broken-embed: error}}]
"""


@pytest.fixture
def bound(vault: Vault) -> Vault:
    vault.write("terms.md", "- one\n- Two\n")
    vault.write("vaultlint.yaml", BOUND)
    vault.check()
    return vault


def test_a_changed_option_runs_its_rule_again(
    bound: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound.write("vaultlint.yaml", BOUND.replace("pattern: Bead", "pattern: D"))
    done = rechecked(bound, monkeypatch)
    assert done == {file: {"no-bead"} for file in ("a.md", "b.md", "c/d.md")}


def test_a_changed_override_concerns_its_paths(
    bound: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("a.md", "c/e.md"):
        bound.write(file, "![[missing.png]]\n")
    bound.check()
    bound.write("vaultlint.yaml", BOUND.replace("broken-embed: error", "broken-embed: info"))
    assert rechecked(bound, monkeypatch) == {"c/e.md": {"broken-embed"}}


def test_a_rule_that_is_turned_off_takes_no_note(
    bound: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound.write("b.md", "[[nowhere]] %% vaultlint-ignore broken-link %%\n")
    bound.check()
    bound.write("vaultlint.yaml", BOUND.replace("rules:", "rules:\n  broken-link: off", 1))
    assert rechecked(bound, monkeypatch, "b.md") == {"b.md": set()}
    bound.write("vaultlint.yaml", BOUND)
    assert rechecked(bound, monkeypatch) == dict.fromkeys(("a.md", "b.md", "c/d.md"), BROKEN)


def test_what_a_rule_has_read_is_forgotten_with_it(bound: Vault) -> None:
    bound.write("vaultlint.yaml", BOUND.replace("rules:", "rules:\n  broken-anchor: off", 1))
    bound.check()
    session = bound.session()
    session.apply()
    scratch = Session(FolderSource(bound.root), ConfigRequest(), jobs=1)
    scratch.apply()
    assert session.index is not None
    assert session._memo is not None
    assert scratch._memo is not None
    assert dict(session._memo.rows) == dict(scratch._memo.rows)


def test_a_rule_that_reads_what_a_note_lacks_does_not_read_the_note(
    bound: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = "rules:\n  unknown-tag: {severity: error, vocabulary: others}"
    bound.write("vaultlint.yaml", BOUND.replace("rules:", tags, 1))
    assert rechecked(bound, monkeypatch) == dict.fromkeys(("b.md", "c/d.md"), TAGS)


def test_a_changed_vocabulary_runs_what_reads_it(
    bound: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound.write("terms.md", "- one\n- Two\n- three\n")
    assert rechecked(bound, monkeypatch) == {"a.md": {"unknown-term"}}
    bound.write("vaultlint.yaml", BOUND.replace("[one, two]", "[one]"))
    assert rechecked(bound, monkeypatch) == {}


def test_a_changed_schema_concerns_its_paths(bound: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    bound.write("s.schema.json", '{"required": ["kind"]}')
    done = rechecked(bound, monkeypatch)
    assert done.keys() == {"c/d.md"}
    assert done["c/d.md"] is not None
    assert "missing-property" in done["c/d.md"]
    assert "broken-link" not in done["c/d.md"]


def test_a_changed_setting_runs_what_reads_it(
    bound: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound.write(".obsidian/app.json", '{"newLinkFormat": "shortest", "promptDelete": false}')
    assert rechecked(bound, monkeypatch) == {}


def test_a_changed_baseline_runs_nothing(bound: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    bound.write("vaultlint-baseline.json", "{}")
    assert "a.md" not in rechecked(bound, monkeypatch)
    bound.write("vaultlint-baseline.json", "{ }")
    assert rechecked(bound, monkeypatch) == {}
    session = bound.session()
    session.apply()
    assert session._world is None


def test_a_config_that_breaks_leaves_what_is_kept(
    bound: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound.write("vaultlint.yaml", "rules: [")
    session = bound.session()
    with pytest.raises(ConfigError):
        session.apply()
    assert session.diagnostics() == ()
    session.save()
    with pytest.raises(ConfigError):
        session.apply()
    bound.write("vaultlint.yaml", BOUND.replace("pattern: Bead", "pattern: D"))
    session.apply()
    assert session.diagnostics() == bound.from_scratch()
    assert "broken-link" not in rechecked(bound, monkeypatch).get("a.md", ())  # type: ignore[operator]


def test_a_config_whose_bytes_were_not_kept_is_no_reason_to_fail(bound: Vault) -> None:
    with sqlite3.connect(bound.store) as database:
        database.execute("DELETE FROM inputs")
    database.close()
    bound.write("vaultlint.yaml", BOUND.replace("pattern: Bead", "pattern: D"))
    assert bound.check() == bound.from_scratch()


def test_a_config_beside_the_vault_is_known_as_it_was(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "beside.yaml"
    request = ConfigRequest(config=beside)

    def check() -> tuple[Diagnostic, ...]:
        store = MemoStore(tmp_path / "beside.db", "stamp")
        session = Session(FolderSource(vault.root), request, jobs=1, store=store)
        session.apply()
        session.save()
        return session.diagnostics()

    beside.write_text("extends: [strict]\n")
    before = check()
    beside.write_text("extends: [strict]\nrules: {broken-link: off}\n")
    loaded: list[object] = []
    original = Session._load_all
    monkeypatch.setattr(Session, "_load_all", lambda *args: loaded.append(args) or original(*args))
    after = check()
    assert not loaded
    assert after == tuple(each for each in before if each.rule != "broken-link")
