"""A watcher as people run it: real files, real processes, real signals."""

import os
import select
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.watch import saves
from tests.watch.running import (
    LONG,
    PATIENCE,
    hangups_obeyed,
    index_from_scratch,
    index_of,
    watching,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

WRONG = b"---\nup: [[home]]\n---\n"
RIGHT = b'---\nup: "[[home]]"\n---\n'


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "vaultlint.yaml").write_bytes(b"watch: {settle: 0.5, settle_open: 1}\n")
    (folder / "home.md").write_bytes(b"# Home\n")
    (folder / "a.md").write_bytes(b"[[home]]\n")
    return folder


@pytest.mark.parametrize("save", saves.WAYS, ids=lambda way: way.__name__)
def test_every_way_of_saving_is_followed(vault, tmp_path, save):
    with watching(vault, tmp_path, "--no-fix") as running:
        running.started()
        for text in (b"[[nowhere]]\n", b"[[home]]\n", b"\n\n[[nowhere]] [[home#x]]\n"):
            save(vault / "a.md", text)
            running.until_true_to()
        save(vault / "new.md", b"[[nowhere]]\n")
        running.until_true_to()


@pytest.mark.skipif(saves.vim() is None, reason="vim is not installed")
def test_vim_is_followed(vault, tmp_path):
    with watching(vault, tmp_path, "--no-fix") as running:
        running.started()
        saves.by_vim(vault / "a.md", "[[nowhere]]", saves.vim())
        running.until_true_to()
        assert running.findings


def test_folders_that_move_are_followed(vault, tmp_path):
    (vault / "x/y").mkdir(parents=True)
    (vault / "x/y/b.md").write_bytes(b"[[nowhere]]\n")
    with watching(vault, tmp_path, "--no-fix") as running:
        running.started()
        (vault / "x").rename(vault / "z")
        running.until_true_to()
        (vault / "z/y/b.md").write_bytes(b"text\n[[nowhere]]\n")
        running.until_true_to()
        (vault / "z").rename(tmp_path / "out")
        running.until_true_to()
        (tmp_path / "out").rename(vault / "in")
        running.until_true_to()
        shutil.rmtree(vault / "in")
        running.until_true_to()


def test_polling_finds_it_all_too(vault, tmp_path):
    with watching(vault, tmp_path, "--no-fix", "--poll") as running:
        running.started()
        assert running.events[0]["observing"] == "polling"
        (vault / "a.md").write_bytes(b"[[nowhere]]\n")
        running.until_true_to()


def test_a_settled_note_is_fixed_and_can_be_undone(vault, tmp_path):
    with watching(vault, tmp_path) as running:
        running.started()
        assert running.events[0]["fixes"] == "on"
        (vault / "a.md").write_bytes(WRONG)
        running.until(lambda each: each.told("fixed"))
        assert (vault / "a.md").read_bytes() == RIGHT
        running.until_true_to()
        assert running.end() == 0
    assert index_of(vault, tmp_path) == index_from_scratch(vault, tmp_path)
    assert sorted(path.name for path in vault.iterdir()) == ["a.md", "home.md", "vaultlint.yaml"]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130), (signal.SIGHUP, 0)]
)
def test_a_signal_ends_it_cleanly(vault, tmp_path, number, code):
    with watching(vault, tmp_path) as running:
        running.started()
        assert running.end(number) == code
        running.until(lambda each: each.told("stopped"))
        assert running.process.stderr.read() == ""


def test_a_terminal_that_is_closed_ends_it_cleanly(vault, tmp_path):
    pty = pytest.importorskip("pty")
    child, terminal = pty.fork()
    if child == 0:
        environment = {name: text for name, text in os.environ.items() if name != "CI"}
        environment |= {"XDG_STATE_HOME": str(tmp_path / "state"), "TERM": "xterm"}
        environment["VAULTLINT_CACHE_DIR"] = str(tmp_path / "cache")
        program = [sys.executable, "-m", "vaultlint", "watch", str(vault)]
        with hangups_obeyed():
            os.execve(program[0], program, environment)
    shown, end = b"", time.monotonic() + PATIENCE
    while b"current as of" not in shown:
        assert time.monotonic() < end
        shown += os.read(terminal, 10_000)
    (vault / "a.md").write_bytes(WRONG)
    while (vault / "a.md").read_bytes() != RIGHT:
        assert time.monotonic() < end
        if select.select([terminal], [], [], 0.1)[0]:
            os.read(terminal, 10_000)
    os.close(terminal)
    ended, status = 0, 0
    while not ended:
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.01)
    assert os.waitstatus_to_exitcode(status) == 0
    assert not [path for path in vault.iterdir() if path.name.startswith(".vaultlint-")]


def test_a_changed_section_watch_counts_at_once(vault, tmp_path):
    with watching(vault, tmp_path) as running:
        running.started()
        (vault / "vaultlint.yaml").write_bytes(b"watch: {fix: false, settle: 0.5}\n")
        running.until(lambda each: each.told("fixes-changed"))
        assert running.told("fixes-changed")[0]["fixes"] == "off"
        (vault / "a.md").write_bytes(WRONG)
        running.until_true_to()
        (vault / "vaultlint.yaml").write_bytes(b"watch: {pack: nowhere}\n")
        running.until(lambda each: "stays as it was" in each.told("remark")[-1]["message"])
        (vault / "vaultlint.yaml").write_bytes(b"watch: {settle: 0.5}\n")
        running.until(lambda each: each.told("fixes-changed")[-1]["fixes"] == "on")
        (vault / "a.md").write_bytes(b"\n" + WRONG)
        (vault / "b.md").write_bytes(b"%bb\n" % WRONG)
        running.until(lambda each: each.told("fixed"))
        assert [event["path"] for event in running.told("fixed")] == ["b.md"]


def test_a_reader_that_leaves_ends_it(vault, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    command = f"{sys.executable} -m vaultlint watch --no-fix {vault} | head -1"
    shell = subprocess.Popen(["sh", "-c", command], stdout=subprocess.PIPE, text=True)
    end = time.monotonic() + PATIENCE
    number = 0
    while shell.poll() is None:
        assert time.monotonic() < end
        number += 1
        (vault / "a.md").write_bytes(b"[[nowhere]]\n" * (number % 5))
        time.sleep(0.2)
    assert "watching" in shell.stdout.read()
    shell.stdout.close()


def test_one_watcher_a_vault(vault, tmp_path):
    with watching(vault, tmp_path) as running:
        running.started()
        with watching(vault, tmp_path) as second:
            assert second.process.wait(PATIENCE) == 2
            assert f"process {running.process.pid}" in second.process.stderr.read()
        assert running.end(signal.SIGKILL) == -signal.SIGKILL
    with watching(vault, tmp_path) as third:
        third.started()  # the lock of a killed one is free


def test_a_vault_that_goes_away_and_comes_back(vault, tmp_path):
    with watching(vault, tmp_path) as running:
        running.started()
        before = running.found()
        vault.rename(tmp_path / "away")
        running.until(lambda each: each.told("waiting"))
        assert running.found() == before
        (tmp_path / "away").rename(vault)
        running.until(lambda each: each.told("resumed"))
        (vault / "a.md").write_bytes(b"[[nowhere]]\n")
        running.until_true_to()
        shutil.copytree(vault, tmp_path / "copy")
        shutil.rmtree(vault)
        running.until(lambda each: len(each.told("waiting")) == 2)
        (tmp_path / "copy").rename(vault)
        (vault / "a.md").write_bytes(b"[[home]] [[nowhere]]\n\n[[nowhere]]\n")
        running.until_true_to()


def test_a_config_that_breaks_and_is_mended(vault, tmp_path):
    with watching(vault, tmp_path, "--no-fix") as running:
        running.started()
        (vault / "vaultlint.yaml").write_bytes(b"rules: [\n")
        running.until(lambda each: each.told("config-rejected"))
        (vault / "b.md").write_bytes(b"[[nowhere]]\n")
        running.until(lambda each: ("b.md", "broken-link", 1) in each.found())
        (vault / "vaultlint.yaml").write_bytes(b"rules: {broken-link: off}\n")
        running.until(lambda each: each.told("config-loaded"))
        running.until_true_to()


def test_a_watcher_that_was_stopped_finds_what_it_missed(vault, tmp_path):
    changes = 20_000 if LONG else 200
    for number in range(changes):
        (vault / f"{number}.md").write_bytes(b"text\n")
    with watching(vault, tmp_path, "--no-fix") as running:
        running.started()
        running.process.send_signal(signal.SIGSTOP)
        for number in range(changes):
            (vault / f"{number}.md").write_bytes(b"[[nowhere]]\n")
        running.process.send_signal(signal.SIGCONT)
        running.until_true_to()
        assert len(running.found()) == changes


def test_a_burst_of_changes_is_followed(vault, tmp_path):
    changes = 50_000 if LONG else 1500
    with watching(vault, tmp_path, "--no-fix") as running:
        running.started()
        (vault / "many").mkdir()
        for number in range(changes):
            (vault / f"many/{number}.md").write_bytes(b"[[nowhere]]\n")
        running.until_true_to()
        shutil.rmtree(vault / "many")
        running.until_true_to()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_checkouts_of_another_branch_are_followed(vault, tmp_path):
    notes, flips = (3000, 5) if LONG else (300, 2)

    def git(*arguments):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=vault, check=True, capture_output=True)

    git("init", "-q", "-b", "one")
    for number in range(notes):
        (vault / f"{number}.md").write_bytes(WRONG)
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    git("checkout", "-q", "-b", "two")
    for number in range(notes):
        (vault / f"{number}.md").write_bytes(b"[[nowhere]]\n")
    git("commit", "-q", "-a", "-m", "two")
    with watching(vault, tmp_path) as running:
        running.started()
        for _ in range(flips):
            git("checkout", "-q", "one")
            running.until_true_to()
            git("checkout", "-q", "two")
            running.until_true_to()
        assert running.told("fixed") == []
        running.end()
    assert index_of(vault, tmp_path) == index_from_scratch(vault, tmp_path)
    git("diff", "--exit-code")


def test_killed_at_any_moment_it_starts_clean(vault, tmp_path):
    kills = 200 if LONG else 4
    bytes_of = {}
    for number in range(kills):
        with watching(vault, tmp_path) as running:
            running.started()
            name = f"{number % 7}.md"
            bytes_of[name] = b"%b%d\n" % (WRONG, number)
            (vault / name).write_bytes(bytes_of[name])
            time.sleep((number * 37 % 100) / 50)  # a moment, anywhere in the work that follows
            running.end(signal.SIGKILL)
    with watching(vault, tmp_path) as running:
        running.started()
        running.until_true_to()
        assert running.end() == 0
    assert index_of(vault, tmp_path) == index_from_scratch(vault, tmp_path)
    left = {path.name for path in vault.iterdir()}
    assert left == {"vaultlint.yaml", "home.md", "a.md", *bytes_of}
    for name, data in bytes_of.items():
        assert (vault / name).read_bytes() in (data, data.replace(WRONG, RIGHT))


def test_where_ci_is_set_nothing_is_fixed(vault, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("CI", "true")
    command = [sys.executable, "-m", "vaultlint", "watch", "--format", "jsonl", str(vault)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert '"fixes": "off"' in process.stdout.readline()
    process.terminate()
    _, complaints = process.communicate(timeout=PATIENCE)
    assert "nothing is fixed where CI is set" in complaints
    assert process.returncode == 0
