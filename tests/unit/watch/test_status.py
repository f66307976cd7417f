"""The status file."""

from vaultlint.fixing.lock import VaultLock
from vaultlint.watch import events
from vaultlint.watch.state_file import FOLDER
from vaultlint.watch.status import MOST_NAMED, Status, read_status

STARTED = events.Started("/vault", 4711, "events", "on")
TOTALS = {"error": 1, "warning": 0, "info": 0}


def test_nobody_runs_without_the_lock(tmp_path):
    assert read_status(tmp_path) is None
    status = Status(tmp_path)
    status.take(STARTED)
    status.save()
    assert read_status(tmp_path) is None, "a killed watcher leaves its file behind"


def test_a_watcher_that_has_written_nothing_yet_is_starting(tmp_path):
    with VaultLock(tmp_path / FOLDER):
        assert read_status(tmp_path) == {"state": "starting"}
        (tmp_path / FOLDER / "status.json").write_bytes(b"damaged")
        assert read_status(tmp_path) == {"state": "starting"}


def test_the_file_follows_the_events(tmp_path):
    status = Status(tmp_path)
    with VaultLock(tmp_path / FOLDER):
        status.take(STARTED)
        status.save()
        assert read_status(tmp_path)["state"] == "watching"
        assert read_status(tmp_path)["fixes"] == "on"
        status.take(events.Current(3, 100.0, 7, TOTALS))
        status.save()
        assert read_status(tmp_path)["by_severity"] == TOTALS
        status.take(events.LeftAlone("a.md", (), "why"))
        status.take(events.Fixed("b.md", ("one",), "run-1"))
        status.take(events.Waiting("gone"))
        status.take(events.ConfigRejected("no"))
        status.save()
        found = read_status(tmp_path)
        assert found["state"] == "waiting"
        assert found["waiting_for"] == "gone"
        assert found["left_alone"] == {"a.md": "why"}
        assert found["last_fixed"] == {"path": "b.md", "run": "run-1"}
        assert found["config_error"] == "no"
        status.take(events.Resumed())
        status.take(events.ConfigLoaded())
        status.save()
        found = read_status(tmp_path)
        assert found["state"] == "watching"
        assert "waiting_for" not in found
        assert "config_error" not in found


def test_what_settles_is_told_and_nothing_is_written_without_news(tmp_path):
    status = Status(tmp_path)
    with VaultLock(tmp_path / FOLDER):
        status.take(STARTED)
        status.take(events.Settling(("a.md",)))
        status.save()
        assert read_status(tmp_path)["settling"] == ["a.md"]
        (tmp_path / FOLDER / "status.json").unlink()
        status.save()
        assert read_status(tmp_path) == {"state": "starting"}


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / FOLDER).write_bytes(b"in the way")
    status = Status(tmp_path)
    status.take(STARTED)
    status.save()
    assert read_status(tmp_path) is None


def test_a_note_that_is_well_again_is_left_alone_no_more(tmp_path):
    status = Status(tmp_path)
    with VaultLock(tmp_path / FOLDER):
        for number in range(MOST_NAMED + 2):
            status.take(events.LeftAlone(f"{number}.md", (), "why"))
        status.save()
        found = read_status(tmp_path)["left_alone"]
        assert len(found) == MOST_NAMED
        assert list(found)[-1] == f"{MOST_NAMED + 1}.md"
        status.take(events.Fixed("50.md", ("one",), "run-1"))
        status.take(events.Findings("51.md", ()))
        status.save()
        assert found.keys() - read_status(tmp_path)["left_alone"].keys() == {"50.md", "51.md"}


def test_what_is_fixed_is_said_as_it_was_told_last(tmp_path):
    status = Status(tmp_path)
    with VaultLock(tmp_path / FOLDER):
        status.take(STARTED)
        status.take(events.FixesChanged("elsewhere", "watch.machine names 'desk'"))
        status.save()
        found = read_status(tmp_path)
        assert (found["fixes"], found["reason"]) == ("elsewhere", "watch.machine names 'desk'")
