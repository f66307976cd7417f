"""Every system call of fixing, moving, undo and recovery: the process dies there, or it fails.

strace finds the calls between two marks, then the run is repeated once for each call, with SIGKILL
or an error injected at that very one. Afterwards the next run settles what is left; every note must
be the old or the new text, groups whole, what moved in its old or its new place and the notes with
it, nothing of ours in the vault, and undo must still work.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.torture.fixer import FILES, MOVED, act, make_vault
from tests.torture.ground import LONG, NEW, OLD, ground, ours
from vaultlint.fixing.history import History
from vaultlint.fixing.undo import undo
from vaultlint.fixing.write import Writer

REPOSITORY = Path(__file__).resolve().parents[2]
ERRORS = ("ENOSPC", "EIO", "EACCES", "EMFILE", "EXDEV")
ACTIONS = ("fix", "undo", "recover", "move", "unmove", "recover-move")
RUN = {"unmove": "undo", "recover-move": "recover"}  # what the process does, where it is not that

# Calls of the memory and the interpreter: dying there is dying before the next call of the writer.
_ELSEWHERE = re.compile(
    "mmap|munmap|mremap|brk|madvise|mprotect|futex|getppid|rt_sig.*|getrandom|clock_.*|exit_group|"
    "sched_.*|getpid"
)
WRITING = ("write", "close", "rename", "renameat", "renameat2")
_CALL = re.compile(r"(?:\[pid +\d+\] |\d+ +)?(\w+)\(")

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace injects the faults, and is not installed"
)


class Call(NamedTuple):
    """The ``ordinal``-th call of that name in the process."""

    name: str
    ordinal: int


class Case(NamedTuple):
    """A vault on which one action is about to run."""

    vault: Path
    state: Path


def prepare(folder: Path, action: str) -> Case:
    """Return a vault as ``action`` finds it: for "recover", one in which a run was killed midway."""
    if folder.exists():
        shutil.rmtree(folder)
    case = Case(folder / "vault", folder / "state")
    make_vault(case.vault)
    if action == "undo":
        act("fix", case.vault, case.state)
    elif action == "unmove":
        act("move", case.vault, case.state)
    elif action.startswith("recover"):
        pid = os.fork()
        if pid == 0:
            die_midway(case, "move" if action == "recover-move" else "fix")
        os.waitpid(pid, 0)
        assert ours(case.vault)
    return case


def die_midway(case: Case, action: str) -> None:
    """Fix or move, and end without warning after the first note of the group was exchanged."""
    from vaultlint.fixing import disk, exchange

    real, done = exchange.exchange, []

    def exchange_once(one: str, other: str) -> None:
        real(one, other)
        done.append(other)
        if len(done) == 2:  # the trial on two empty files is the first
            os._exit(9)

    disk.exchanging.exchange = exchange_once
    act(action, case.vault, case.state)
    os._exit(1)


def command(action: str, case: Case) -> list[str]:
    return [
        *(sys.executable, "-S", "-m", "tests.torture.fixer"),
        *(RUN.get(action, action), str(case.vault), str(case.state)),
    ]


def strace(options: list[str], action: str, case: Case, log: Path) -> int:
    environment = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath}
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), *options, *command(action, case)],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        check=False,
    )
    if b"Traceback" in done.stderr:
        print(done.stderr.decode(errors="replace"))
        return 1
    return done.returncode


_KNOWN: dict[str, list[Call]] = {}


def calls_of(folder: Path, action: str) -> list[Call]:
    """Return the calls between the marks, in order."""
    if action not in _KNOWN:
        _KNOWN[action] = _calls_of(folder, action)
    return _KNOWN[action]


def _calls_of(folder: Path, action: str) -> list[Call]:
    log = folder / "log"
    assert strace([], action, prepare(folder / "case", action), log) == 0
    counts: Counter[str] = Counter()
    found: list[Call] = []
    marks = 0
    for line in log.read_text(errors="replace").split("\n"):
        match = _CALL.match(line)
        if match is None:
            continue
        name = match[1]
        counts[name] += 1
        if name == "getppid":
            marks += 1
        elif marks == 1 and _ELSEWHERE.fullmatch(name) is None:
            found.append(Call(name, counts[name]))
    assert marks == 2
    return found


def chosen(calls: list[Call], start: int) -> list[Call]:
    """Return all calls in the long form, else some, spread evenly."""
    return calls if LONG else calls[start :: max(1, len(calls) // 7)]


def state_of(case: Case) -> list[str]:
    """Return for each note "old", "new", "moved" (and new), or what else it is."""
    found = []
    for file in FILES:
        path, other = case.vault / file, case.vault / MOVED
        new = "new"
        if file == FILES[2] and other.exists() and not path.parent.exists():
            path, new = other, "moved"
        data = path.read_bytes()
        found.append({OLD + file.encode(): "old", NEW + file.encode(): new}.get(data, repr(data)))
        if data == OLD + file.encode() and path == other:
            found[-1] = "old, but moved"
    return found


def is_whole(action: str, found: list[str]) -> bool:
    """Return whether what belongs together is done or not done together."""
    if action in ("move", "unmove", "recover-move", "naive-move"):
        return found in (["old", "old", "old"], ["new", "old", "moved"])
    return set(found) <= {"old", "new"} and (action == "undo" or found[0] == found[1])


def wrongs(case: Case, action: str) -> Iterator[str]:
    """Settle what is left, and yield what is not as it must be. Undo takes note by note."""
    writer = Writer(case.vault, case.state, grace=0)
    with writer.run("check --fix"):
        pass
    found = state_of(case)
    if not is_whole(action, found):
        yield f"notes are {found}"
    if ours(case.vault):
        yield f"left behind: {ours(case.vault)}"
    log = list(writer.journal.records())
    with writer.run("check --fix"):
        pass
    if list(writer.journal.records()) != log or state_of(case) != found:
        yield "recovering twice is not recovering once"
    yield from undo_wrongs(writer, case, found)


def undo_wrongs(writer: Writer, case: Case, found: list[str]) -> Iterator[str]:
    history: History = writer.history()
    for entry in reversed([each for each in history.entries if each.did_something]):
        if history.is_undone(entry) or entry.undoes:
            continue
        undo(writer, entry.id)
    if set(state_of(case)) != {"old"}:
        yield f"undo leads from {found} to {state_of(case)}"


def inject(folder: Path, action: str, call: Call, what: str) -> list[str]:
    """Return what is wrong after ``action`` met ``what`` at ``call``."""
    case = prepare(folder / "case", action)
    options = ["-e", f"trace={call.name}", "-e", f"inject={call.name}:{what}:when={call.ordinal}"]
    if what != "signal=SIGKILL":
        options.append("--seccomp-bpf")  # faster, but deaf to injected signals
    code = strace(options, action, case, folder / "log")
    at = f"{action}: {what} at {call.name} {call.ordinal}"
    if what == "signal=SIGKILL":
        if code not in (-signal.SIGKILL, 128 + signal.SIGKILL):
            return [f"{at}: not met (exit code {code})"]
    elif "INJECTED" not in (folder / "log").read_text(errors="replace"):
        return [f"{at}: not met"]
    elif code not in (0, 4):
        return [f"{at}: exit code {code}"]
    return [f"{at}: {wrong}" for wrong in wrongs(case, action)]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_at_any_call_leaves_every_note_whole(action: str) -> None:
    with ground() as folder:
        calls = calls_of(folder, action)
        met = chosen(calls, 0)
        found = [wrong for call in met for wrong in inject(folder, action, call, "signal=SIGKILL")]
        print(f"\n{action}: {len(met)} kills at {len(calls)} calls, {len(found)} wrong")
        assert found == []


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("error", ERRORS)
def test_an_error_at_any_call_leaves_every_note_whole(action: str, error: str) -> None:
    with ground() as folder:
        calls = calls_of(folder, action)
        met = chosen(calls, ERRORS.index(error))[:: 1 if LONG else 4]
        found = [wrong for call in met for wrong in inject(folder, action, call, f"error={error}")]
        print(f"\n{action}: {len(met)} times {error} at {len(calls)} calls, {len(found)} wrong")
        assert found == []


def met_by(folder: Path, action: str, what: str) -> list[list[str]]:
    """Return the state of the notes after each writing call of a careless ``action`` met ``what``."""
    found: list[list[str]] = []
    for call in calls_of(folder, action):
        if call.name in WRITING:
            case = prepare(folder / "case", action)
            options = ["-e", f"inject={call.name}:{what}:when={call.ordinal}"]
            strace(options, action, case, folder / "log")
            found.append(state_of(case))
    return found


@pytest.mark.parametrize("action", ["naive", "naive-move"])
def test_kills_catch_a_naive_writer(action: str) -> None:
    with ground() as folder:
        met = met_by(folder, action, "signal=SIGKILL")
        assert not all(is_whole(action, each) for each in met)


@pytest.mark.parametrize("action", ["naive", "naive-move"])
def test_errors_catch_a_naive_writer(action: str) -> None:
    with ground() as folder:
        met = met_by(folder, action, "error=ENOSPC")
        assert not all(is_whole(action, each) for each in met)
