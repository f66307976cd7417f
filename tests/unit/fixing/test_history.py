"""Reading the log."""

from vaultlint.fixing.history import Group, Member, intent, read_history


def member(file: str, before: str = "b", after: str = "a", rule: str = "r") -> Member:
    return Member(file, f"/v/{file}", f"/v/.{file}.tmp", before, after, (rule,))


def log(*more) -> list:
    first = Group("1", 1, (member("A.md"), member("B.md")))
    return [
        {"record": "run", "run": "1", "time": 5, "command": "check --fix", "undoes": ""},
        intent(first, "/v"),
        {"record": "exchanged", "run": "1", "group": 1},
        *more,
    ]


def done(group: int, **files: str) -> dict:
    named = {f"{name}.md": status for name, status in files.items()}
    return {"record": "done", "run": "1", "group": group, "files": named}


def test_an_open_group_is_found_with_absolute_paths_wherever_the_vault_is() -> None:
    (group,) = read_history(log(), "/moved").open
    assert group.exchanged
    assert group.members[0].path == "/moved/A.md"
    assert group.members[0].temporary == "/moved/.A.md.tmp"


def test_what_was_written_is_the_entry() -> None:
    history = read_history(log(done(1, A="written", B="given-back")), "/v")
    assert history.open == ()
    (entry,) = history.entries
    assert [change.file for change in entry.changes] == ["A.md"]


def test_several_writes_of_a_note_are_one_change_in_their_order() -> None:
    second = Group("1", 2, (member("A.md", "a", "c", "s"),))
    records = log(intent(second, "/v"), done(2, A="written"), done(1, A="written", B="written"))
    (entry,) = read_history(records, "/v").entries
    assert entry.changes[0] == ("A.md", "b", "c", ("r", "s"))


def test_records_that_make_no_sense_are_passed_over() -> None:
    nonsense: list = [
        {},
        {"record": "intent", "run": "1", "group": "x", "members": []},
        {"record": "intent", "run": "1", "group": 3, "members": [{"file": "x"}]},
        {"record": "done", "run": "1", "group": 99, "files": {}},
        {"record": "exchanged", "run": "2", "group": 1},
        {"record": "kept", "run": "1"},
        {"record": "tomorrow's", "run": "1"},
        {"record": "run", "run": None},
    ]
    history = read_history([*nonsense, *log(), *nonsense], "/v")
    assert len(history.open) == 1
    assert history.entries[-1].changes == ()


def test_a_run_is_found_by_the_beginning_of_its_id_when_that_is_enough() -> None:
    records = [{"record": "run", "run": run} for run in ("2024-a1", "2024-a2", "2024-a")]
    history = read_history(records, "/v")
    assert history.entry("2024-a1").id == "2024-a1"
    assert history.entry("2024-a").id == "2024-a"
    assert history.entry("2024") is None
    assert history.entry("2025") is None
