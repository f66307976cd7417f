"""Random editors against a running watcher, for minutes: what did they write, and is it all there?

Every byte that an editor wrote last is on the disk, or a fix of it is that the journal knows; no
file came back, none is left over; findings and index are those of a run from scratch.

    python -m tests.watch.soak MINUTES [SEED]
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from tests.watch import saves
from tests.watch.running import (
    Watching,
    index_from_scratch,
    index_of,
    until_index_is_true,
    watching,
)
from vaultlint.fixing.journal import digest
from vaultlint.fixing.write import Writer
from vaultlint.paths import vault_paths

NOTES = 300
WORDS = ("harbor", "tide", "anchor", "[[n1]]", "[[n2|two]]", "[x](n3.md)", "[[nowhere]]")
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gc.auto=0"]


class Editors:
    """People and programs that write to ``vault``; ``wrote`` is what they wrote last, by file."""

    def __init__(self, vault: Path, state: Path, seed: int) -> None:
        self.vault = vault
        self.random = random.Random(seed)
        self.wrote: dict[str, bytes] = {}
        self.done: Counter[str] = Counter()
        self.writer = Writer(vault, state, grace=0)

    def text(self) -> bytes:
        pick = self.random
        head = "---\nup: [[n1]]\n---\n" if pick.random() < 0.4 else ""
        words = " ".join(pick.choices(WORDS, k=pick.randint(3, 60)))
        return f"{head}# {pick.random()}\n\n{words}\n".encode()

    def note(self) -> str:
        return self.random.choice([file for file in self.wrote if "conflict" not in file])

    def act(self) -> None:
        actions = [self.save] * 12 + [self.vim] * 2 + [self.rename, self.rename, self.delete]
        actions += [self.new, self.new, self.move_folder, self.conflict, self.checkout]
        action = self.random.choice(actions)
        action()
        self.done[action.__name__] += 1

    def save(self) -> None:
        self.put(self.note())

    def put(self, file: str) -> None:
        way = self.random.choice(saves.WAYS)
        path, data = self.vault / file, self.text()
        path.parent.mkdir(exist_ok=True)
        way(path, data)
        self.wrote[file] = data

    def new(self) -> None:
        folder = self.random.choice(["", "x/", "y/", "z/"])
        self.put(f"{folder}new-{self.random.randrange(10**6)}.md")

    def vim(self) -> None:
        program = saves.vim()
        if program is None:
            return
        file = self.note()
        before = self.read(file)
        line = f"vim was here {self.random.random()}"
        saves.by_vim(self.vault / file, line, program)
        self.wrote[file] = before.rstrip(b"\n") + b"\n" + line.encode() + b"\n"
        found = (self.vault / file).read_bytes()
        if found != self.wrote[file]:  # a fix came before it read the note
            assert line.encode() in found, file
            self.wrote[file] = found

    def read(self, file: str) -> bytes:
        """Return what is in ``file``, having made sure that it is what was written, or a fix."""
        data = (self.vault / file).read_bytes()
        self.check(file, data)
        return data

    def rename(self) -> None:
        old = self.note()
        new = f"{self.random.choice(['', 'x/', 'y/'])}moved-{self.random.randrange(10**6)}.md"
        (self.vault / new).parent.mkdir(exist_ok=True)
        (self.vault / old).rename(self.vault / new)
        self.wrote[new] = self.wrote.pop(old)

    def delete(self) -> None:
        file = self.note()
        (self.vault / file).unlink()
        del self.wrote[file]

    def move_folder(self) -> None:
        old, new = self.random.choice([("x", "w"), ("w", "x"), ("z", "y/z"), ("y/z", "z")])
        if not (self.vault / old).is_dir() or (self.vault / new).exists():
            return
        (self.vault / new).parent.mkdir(exist_ok=True)
        (self.vault / old).rename(self.vault / new)
        for file in [file for file in self.wrote if file.startswith(f"{old}/")]:
            self.wrote[new + file.removeprefix(old)] = self.wrote.pop(file)

    def conflict(self) -> None:
        file = self.note()
        stem = file.removesuffix(".md")
        copy = f"{stem}.sync-conflict-20261122-101112-ABCDEFG.md"
        saves.by_sync(self.vault / copy, self.text())
        self.wrote[copy] = (self.vault / copy).read_bytes()

    def git(self, *arguments: str) -> bytes | None:
        done = subprocess.run(
            [*GIT, *arguments], cwd=self.vault, capture_output=True, check=False, timeout=120
        )
        return done.stdout if done.returncode == 0 else None

    def checkout(self) -> None:
        """Commit, go to another branch, change some notes there, commit, and go back."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "work", "--allow-empty")
        if self.git("checkout", "-q", "-B", "other") is None:
            return
        self.take_from_git()
        for _ in range(self.random.choice([3, 100])):
            self.put(self.note())
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "elsewhere", "--allow-empty")
        if self.git("checkout", "-q", "main") is not None:
            self.take_from_git()

    def take_from_git(self) -> None:
        """Take what git has written for what was written last."""
        listed = self.git("ls-tree", "-r", "-z", "HEAD") or b""
        names = [entry.split(b"\t") for entry in listed.split(b"\0") if entry]
        blobs = {name.decode(): head.split()[2] for head, name in names}
        asked = b"".join(blob + b"\n" for blob in blobs.values())
        found = subprocess.run(
            [*GIT, "cat-file", "--batch"],
            cwd=self.vault,
            input=asked,
            capture_output=True,
            check=True,
        ).stdout
        self.wrote, at = {}, 0
        for name in blobs:
            end = found.index(b"\n", at)
            size = int(found[at:end].split()[2])
            self.wrote[name] = found[end + 1 : end + 1 + size]
            at = end + 2 + size
        del self.wrote["vaultlint.yaml"]

    # The truth at the end

    def fixes(self) -> dict[str, set[str]]:
        """Return what the journal says of which text (digest) became which."""
        after: defaultdict[str, set[str]] = defaultdict(set)
        for entry in self.writer.history().entries:
            for change in entry.changes:
                after[change.before].add(change.after)
        for record in self.writer.journal.records():
            for member in record.get("members", ()):
                after[member["before"]].add(member["after"])
        return after

    def check(self, file: str, data: bytes) -> None:
        """Fail unless ``data`` is what was written to ``file``, or fixes of it."""
        if data == self.wrote[file]:
            return
        after = self.fixes()
        reached, pending = set(), {digest(self.wrote[file])}
        while pending:
            each = pending.pop()
            reached.add(each)
            pending |= after.get(each, set()) - reached
        assert digest(data) in reached, f"{file} is neither what was written nor a fix of it"

    def check_all(self) -> int:
        """Check the whole vault and return how many notes hold fixes."""
        there = {
            path.relative_to(self.vault).as_posix()
            for path in self.vault.rglob("*")
            if path.is_file() and ".git" not in path.parts
        }
        assert there == self.wrote.keys(), there ^ self.wrote.keys()
        fixed = 0
        for file, wrote in self.wrote.items():
            data = (self.vault / file).read_bytes()
            self.check(file, data)
            fixed += data != wrote
        return fixed


def memory_of(running: Watching) -> int:
    """Return how many KB of memory the watcher holds."""
    status = Path(f"/proc/{running.process.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0])


def soak(folder: Path, minutes: float, seed: int) -> dict[str, object]:
    """Run editors against a watcher in ``folder``, check all, and return figures."""
    vault, state = folder / "vault", folder / "state" / "vaultlint"
    vault.mkdir()
    editors = Editors(vault, state / vault_paths(vault).id, seed)
    config = b"watch: {settle: 1, settle_open: 2}\n"
    (vault / "vaultlint.yaml").write_bytes(config)
    editors.wrote["vaultlint.yaml"] = config
    for number in range(NOTES):
        editors.put(f"n{number}.md")
    editors.wrote.pop("vaultlint.yaml")
    editors.git("init", "-q", "-b", "main")
    (vault / ".git/info/exclude").write_bytes(b".vaultlint-*\n")
    editors.git("add", "-A")
    editors.git("commit", "-q", "-m", "start")
    memory: list[int] = []
    with watching(vault, folder) as running:
        running.started()
        end = time.monotonic() + minutes * 60
        while time.monotonic() < end:
            editors.act()
            time.sleep(editors.random.choice([0, 0.05, 0.3, 1.5]))
            if sum(editors.done.values()) % 20 == 0:
                memory.append(memory_of(running))
        began = time.monotonic()
        time.sleep(4)  # what has settled may still be fixed
        running.until_true_to()
        until_index_is_true(vault, folder)
        quiet = time.monotonic() - began
        told = Counter(event["event"] for event in running.events)
        assert running.end() == 0
    editors.wrote["vaultlint.yaml"] = config
    fixed = editors.check_all()
    assert index_of(vault, folder) == index_from_scratch(vault, folder)
    third = max(len(memory) // 3, 1)
    return {
        "minutes": minutes,
        "actions": dict(editors.done),
        "files": len(editors.wrote),
        "notes that hold fixes at the end": fixed,
        "texts kept aside": len(editors.writer.history().kept),
        "events": {kind: told[kind] for kind in sorted(told)},
        "seconds to the end of the last action and its findings": round(quiet, 1),
        "memory in MB, after a third and at the end": (memory[third] // 1024, memory[-1] // 1024)
        if len(memory) > third
        else None,
    }


def main() -> None:
    minutes = float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    folder = Path(tempfile.mkdtemp(prefix="vaultlint-soak-"))
    print(f"seed {seed}, {folder}")
    for name, value in soak(folder, minutes, seed).items():
        print(f"{name}: {value}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
