"""How long a watcher takes from the last write to the finding, and what it costs at rest.

    python benchmarks/latency.py VAULT [SAVES]

Runs ``vaultlint watch`` on a copy of VAULT (or, for a number, on so many generated notes), saves notes
one after the other, and waits for each finding. The quiet time that is waited on purpose is taken off.
"""

import json
import os
import queue
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

QUIET = 0.3
REST = 30.0


def copy_of(asked: str, folder: Path) -> Path:
    vault = folder / "vault"
    if not asked.isdigit():
        shutil.copytree(asked, vault, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        return vault
    count, pick = int(asked), random.Random(1)
    for number in range(count):
        path = vault / f"{number % 97}/note-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        links = " ".join(f"[[note-{pick.randrange(count)}]]" for _ in range(12))
        path.write_text(f"# Note {number}\n\n{links}\n{'words ' * 150}\n", encoding="utf-8")
    return vault


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rest_after(pid: int, started: float) -> float:
    """Wait until the process does nothing for some seconds; return when that began."""
    while True:
        before, moment = cpu_seconds(pid), time.perf_counter()
        time.sleep(4)
        if cpu_seconds(pid) - before < 0.08:
            return moment - started


class Watcher:
    def __init__(self, vault: Path, home: Path) -> None:
        environment = {
            **os.environ,
            "XDG_STATE_HOME": str(home / "state"),
            "VAULTLINT_CACHE_DIR": str(home / "cache"),
        }
        command = [sys.executable, "-m", "vaultlint", "watch", "--no-fix", "--format", "jsonl"]
        self.process = subprocess.Popen(
            [*command, str(vault)], stdout=subprocess.PIPE, text=True, env=environment
        )
        self.events: queue.SimpleQueue[tuple[float, dict]] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.events.put((time.perf_counter(), json.loads(line)))

    def until(self, wanted) -> float:
        """Return when an event came that is ``wanted``."""
        while True:
            when, event = self.events.get(timeout=300)
            if wanted(event):
                return when


def main() -> None:
    asked, saves = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    folder = Path(tempfile.mkdtemp(prefix="vaultlint-latency-"))
    vault = copy_of(asked, folder)
    notes = sorted(vault.rglob("*.md"))
    watcher = Watcher(vault, folder)
    started = time.perf_counter()
    ready = watcher.until(lambda event: event["event"] == "current") - started
    at_rest = rest_after(watcher.process.pid, started)
    pick, taken = random.Random(2), []
    for number in range(saves):
        note = pick.choice(notes)
        path = note.relative_to(vault).as_posix()
        text = note.read_bytes()
        note.write_bytes(text + f"\n[[there is no such note {number}]]\n".encode())
        written = time.perf_counter()
        found = watcher.until(
            lambda event, path=path: event["event"] == "findings" and event["path"] == path
        )
        taken.append((found - written - QUIET) * 1000)
        watcher.until(lambda event: event["event"] == "current")
        time.sleep(0.5)
    before = cpu_seconds(watcher.process.pid)
    time.sleep(REST)
    rest = (cpu_seconds(watcher.process.pid) - before) / REST
    status = Path(f"/proc/{watcher.process.pid}/status").read_text()
    watcher.process.terminate()
    watcher.process.wait()
    taken.sort()
    print(f"{len(notes)} notes, findings after {ready:.1f} s, first index after {at_rest:.1f} s")
    print(f"from the last write to the finding, less {QUIET} s of quiet, {saves} saves:")
    print(f"  p50 {statistics.median(taken):.0f} ms, p95 {taken[int(len(taken) * 0.95)]:.0f} ms")
    print(f"CPU at rest: {rest * 100:.2f} % of one core over {REST:.0f} s")
    print(f"memory: {int(status.split('VmRSS:')[1].split()[0]) // 1024} MB")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
