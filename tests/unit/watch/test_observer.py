"""The adapter to watchdog, with real files; every wait is for a condition."""

import logging
import os
import queue
import sys
import threading
import time
import warnings

import pytest

from vaultlint.watch import observer as module
from vaultlint.watch.hints import RESCAN, Hint
from vaultlint.watch.observer import (
    Deaf,
    Observer,
    below,
    count_folders,
    watch_limit,
    watches_held,
)

PATIENCE = 30.0
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc and inotify are Linux's")


class Heard:
    """The hints of a running observer."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[Hint] = queue.SimpleQueue()
        self.hints: list[Hint] = []

    def until(self, *files: str) -> None:
        """Wait until all of ``files`` were hinted."""
        end = time.monotonic() + PATIENCE
        while missing := set(files) - {hint.file for hint in self.hints}:
            assert time.monotonic() < end, f"no hint at {missing}, only {self.hints}"
            try:
                self.hints.append(self.queue.get(timeout=1))
            except queue.Empty:
                continue


@pytest.fixture
def heard(tmp_path):
    heard = Heard()
    (tmp_path / "folder").mkdir()
    (tmp_path / "old.md").write_bytes(b"old\n")
    observer = Observer(tmp_path, heard.queue.put)
    observer.start()
    assert observer.is_listening()
    yield heard
    observer.stop()
    assert not observer.is_listening()


def test_a_new_note_is_heard_of(tmp_path, heard):
    (tmp_path / "folder/a.md").write_bytes(b"text\n")
    heard.until("folder/a.md")


def test_a_note_that_is_written_in_place_is_heard_of(tmp_path, heard):
    with (tmp_path / "old.md").open("ab") as note:
        note.write(b"more\n")
    heard.until("old.md")


def test_a_note_that_is_replaced_is_heard_of(tmp_path, heard):
    (tmp_path / "old.md.tmp").write_bytes(b"new\n")
    (tmp_path / "old.md.tmp").rename(tmp_path / "old.md")
    heard.until("old.md")


def test_a_note_that_is_backed_up_and_written_anew_is_heard_of(tmp_path, heard):
    (tmp_path / "old.md").rename(tmp_path / "old.md~")
    (tmp_path / "old.md").write_bytes(b"new\n")
    (tmp_path / "old.md~").unlink()
    heard.until("old.md")


def test_a_note_that_is_deleted_is_heard_of(tmp_path, heard):
    (tmp_path / "old.md").unlink()
    heard.until("old.md")


def test_a_note_that_moves_in_or_out_is_heard_of(tmp_path, heard, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "in.md").write_bytes(b"text\n")
    (outside / "in.md").rename(tmp_path / "in.md")
    (tmp_path / "old.md").rename(outside / "old.md")
    heard.until("in.md", "old.md")


def test_a_move_tells_both_ends(tmp_path, heard):
    (tmp_path / "old.md").rename(tmp_path / "folder/new.md")
    heard.until("old.md", "folder/new.md")
    if sys.platform == "linux":
        assert Hint("old.md", "folder/new.md") in heard.hints


def test_notes_in_a_new_folder_are_heard_of(tmp_path, heard):
    (tmp_path / "x/y/z").mkdir(parents=True)
    (tmp_path / "x/y/z/a.md").write_bytes(b"text\n")
    heard.until("x/y/z/a.md")


@on_linux
def test_reading_is_not_heard_of(tmp_path, heard):
    (tmp_path / "old.md").read_bytes()
    (tmp_path / "end.md").write_bytes(b"")
    heard.until("end.md")
    assert "old.md" not in {hint.file for hint in heard.hints}


@on_linux
def test_a_name_that_is_not_utf_8_is_heard_of(tmp_path, heard):
    (tmp_path / "caf\udce9.md").write_bytes(b"")
    heard.until("caf\udce9.md")


def test_a_folder_met_twice_is_no_error(tmp_path, heard):
    name, line = "watchdog.observers.inotify", 365
    text = "Callback with id '1' already exists for watch 2. It will be Overwritten."
    warnings.warn_explicit(text, RuntimeWarning, "inotify.py", line, name)
    with pytest.raises(RuntimeWarning):
        warnings.warn_explicit(text, RuntimeWarning, "other.py", line, "other")


@on_linux
def test_without_the_thread_that_reads_nothing_is_heard(tmp_path):
    observer = Observer(tmp_path, lambda _: None)
    observer.start()
    assert observer._readers
    ended = threading.Thread(target=lambda: None)
    ended.start()
    ended.join()
    observer._readers.append(ended)
    assert not observer.is_listening()
    observer.stop()
    with pytest.raises(Deaf, match="has ended"):
        observer.start()


def test_an_overflow_becomes_a_rescan(tmp_path, heard):
    logging.getLogger("watchdog.observers.inotify").warning("Inotify queue overflowed; lost")
    assert heard.queue.get(timeout=PATIENCE) == RESCAN


@on_linux
def test_an_observer_whose_folder_was_deleted_listens_no_more(tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    observer = Observer(folder, lambda _hint: None)
    observer.start()
    folder.rmdir()
    end = time.monotonic() + PATIENCE
    while observer.is_listening() and time.monotonic() < end:
        time.sleep(0.01)
    assert not observer.is_listening()
    observer.stop()


@on_linux
def test_a_folder_that_is_not_there_cannot_be_listened_to(tmp_path):
    with pytest.raises(Deaf, match="refuses"):
        Observer(tmp_path / "nowhere", lambda _hint: None).start()


def test_more_folders_than_the_system_allows_are_told_with_the_remedy(tmp_path, monkeypatch):
    for number in range(10):
        (tmp_path / str(number)).mkdir()
    monkeypatch.setattr(module, "watch_limit", lambda: 10)
    with pytest.raises(Deaf) as caught:
        Observer(tmp_path, lambda _hint: None).start()
    assert "has 11 folders" in str(caught.value)
    assert "sysctl fs.inotify.max_user_watches=524288" in str(caught.value)


def test_a_limit_that_was_met_silently_is_noticed(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    monkeypatch.setattr(module, "watches_held", lambda: 1)
    observer = Observer(tmp_path, lambda _hint: None)
    with pytest.raises(Deaf):
        observer.start()
    assert not observer.is_listening()


def test_folders_are_counted_hidden_ones_too_and_links_not_followed(tmp_path):
    (tmp_path / "a/.hidden").mkdir(parents=True)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert count_folders(str(tmp_path)) == 3


@on_linux
def test_the_system_tells_its_limit_and_what_is_held(tmp_path):
    limit = watch_limit()
    assert limit is not None
    assert limit > 0
    before = watches_held()
    assert before is not None
    (tmp_path / "a").mkdir()
    observer = Observer(tmp_path, lambda _hint: None)
    observer.start()
    assert watches_held() == before + 2
    observer.stop()


def test_a_system_without_limits_says_none(tmp_path):
    assert watch_limit(tmp_path) is None
    assert watches_held(tmp_path) is None


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/v", ""),
        ("/v/a/b.md", "a/b.md"),
        (b"/v/a.md", "a.md"),
        ("/vault/a.md", None),
        ("/elsewhere", None),
        ("", None),
    ],
)
@pytest.mark.skipif(os.sep != "/", reason="these are POSIX paths")
def test_paths_are_told_from_the_vault(path, file):
    assert below("/v", path) == file
