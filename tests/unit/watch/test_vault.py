"""A live vault: what changed, and a config that breaks and is mended."""

from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import Delta
from vaultlint.engine.session import Change
from vaultlint.store.memo import MemoStore
from vaultlint.watch.vault import FollowedSession, LiveVault

GOOD = b"rules: {broken-link: error}\n"
OTHER = b"rules: {broken-link: warning}\n"
BROKEN = b"rules: {broken-link: [}\n"


def live(files):
    source = MemorySource(files)
    session = FollowedSession(source, ConfigRequest(), jobs=1)
    vault = LiveVault(session, source)
    vault.load()
    vault.take()
    return source.files, vault


def found(vault):
    return {(one.file, one.rule, one.severity.label) for one in vault.session.diagnostics()}


def test_a_changed_note_is_looked_at():
    files, vault = live({"a.md": b"text\n"})
    files["a.md"] = b"[[nothing]]\n"
    vault.look_at(["a.md"])
    delta = vault.take()
    assert delta.notes == ("a.md",)
    assert [one.rule for one in delta.diagnostics["a.md"]] == ["broken-link"]
    assert found(vault) == {("a.md", "broken-link", "error")}


def test_a_scan_finds_what_nobody_hinted():
    files, vault = live({"a.md": b"[[b]]\n", "b.md": b"\n"})
    del files["b.md"]
    files["c.md"] = b"[[nothing]]\n"
    vault.scan()
    delta = vault.take()
    assert delta.removed == ("b.md",)
    assert {file for file, _, _ in found(vault)} == {"a.md", "c.md"}


def test_a_broken_config_leaves_the_last_good_one_in_force():
    files, vault = live({"vaultlint.yaml": GOOD, "a.md": b"[[x]]\n"})
    files["vaultlint.yaml"] = BROKEN
    vault.look_at(["vaultlint.yaml"])
    assert vault.config_error is not None
    assert found(vault) == {("a.md", "broken-link", "error")}
    files["b.md"] = b"[[y]]\n"
    del files["a.md"]
    vault.look_at(["b.md", "a.md"])
    assert found(vault) == {("b.md", "broken-link", "error")}
    vault.scan()
    assert found(vault) == {("b.md", "broken-link", "error")}
    assert vault.config_error is not None


def test_a_mended_config_is_in_force_again():
    files, vault = live({"vaultlint.yaml": GOOD, "a.md": b"[[x]]\n"})
    files["vaultlint.yaml"] = BROKEN
    vault.scan()
    assert vault.config_error is not None
    files["vaultlint.yaml"] = OTHER
    vault.look_at(["vaultlint.yaml"])
    assert vault.config_error is None
    assert found(vault) == {("a.md", "broken-link", "warning")}
    files["vaultlint.yaml"] = GOOD
    vault.scan()
    assert found(vault) == {("a.md", "broken-link", "error")}


def test_a_config_is_mended_by_a_file_that_it_lacked():
    files, vault = live({"vaultlint.yaml": GOOD, "a.md": b"[[x]]\n"})
    files["vaultlint.yaml"] = b"extends: [packs/mine.yaml]\n"
    vault.look_at(["vaultlint.yaml"])
    assert vault.config_error is not None
    files["packs/mine.yaml"] = b"name: mine\ndescription: Mine.\nrules: {broken-link: info}\n"
    vault.look_at(["packs/mine.yaml"])
    assert vault.config_error is None
    assert found(vault) == {("a.md", "broken-link", "info")}


def test_a_first_config_that_is_broken_is_held_as_absent():
    files, vault = live({"a.md": b"[[x]]\n"})
    files["vaultlint.yaml"] = BROKEN
    vault.look_at(["vaultlint.yaml"])
    assert vault.config_error is not None
    assert found(vault) == {("a.md", "broken-link", "error")}
    del files["vaultlint.yaml"]
    vault.scan()
    assert vault.config_error is None
    assert found(vault) == {("a.md", "broken-link", "error")}


def test_a_broken_config_that_is_taken_back_to_what_it_was_is_in_force():
    files, vault = live({"vaultlint.yaml": GOOD, "a.md": b"[[x]]\n"})
    files["vaultlint.yaml"] = BROKEN
    vault.look_at(["vaultlint.yaml"])
    files["vaultlint.yaml"] = GOOD
    vault.look_at(["vaultlint.yaml"])
    assert vault.config_error is None
    files["vaultlint.yaml"] = OTHER
    vault.look_at(["vaultlint.yaml"])
    assert found(vault) == {("a.md", "broken-link", "warning")}


def test_what_did_not_really_change_is_not_told():
    _, vault = live({"a.md": b"[[x]]\n"})
    vault.look_at(["a.md"])
    assert vault.take() == Delta((), (), {}, frozenset())


def test_a_look_that_a_fix_takes_in_between_is_told_all_the_same():
    files, vault = live({"a.md": b"text\n"})
    files["a.md"] = b"[[x]]\n"
    vault.session.apply([Change("a.md", b"tried\n")])
    vault.session.apply([Change("a.md")])
    delta = vault.take()
    assert delta.notes == ("a.md",)
    assert list(delta.diagnostics) == ["a.md"]
    assert vault.found["a.md"] == vault.session.diagnostics()


def test_a_note_that_is_gone_is_told_with_no_findings():
    files, vault = live({"a.md": b"[[x]]\n"})
    del files["a.md"]
    vault.look_at(["a.md"])
    delta = vault.take()
    assert delta.removed == ("a.md",)
    assert delta.diagnostics == {"a.md": ()}


def test_what_an_earlier_session_kept_is_known_by_its_bytes(tmp_path):
    files = {"a.md": b"[[b]]\n", "b.md": b"a text that is long enough\n"}
    for _ in range(2):  # the second time from what the first has kept
        source = MemorySource(files)
        store = MemoStore(tmp_path / "memo.db", "program")
        session = FollowedSession(source, ConfigRequest(), jobs=1, store=store, verify=True)
        vault = LiveVault(session, source)
        vault.load()
        vault.take()
        session.save()
    assert vault.files["b.md"].digest == vault.session.digests["b.md"]
    source.files["c.md"] = source.files.pop("b.md")
    source.files["a.md"] = bytes(files["a.md"])
    vault.scan()
    assert vault.take().notes == ("c.md",)
    assert vault.gone["b.md"].digest == vault.arrived["c.md"].digest != ""
