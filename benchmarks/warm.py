"""How long a check takes when nothing changed, as ratios measured alternately in one run.

    python benchmarks/warm.py PATH/TO/codecademy-docs [--pack codecademy-docs] [--runs 15]

Compared are: Python starting, walking the notes and asking for the times of each; rumdl with its
cache; Python importing what every run needs; ours over the whole vault, and over one note, both
unchanged and changed. The vault is copied first, so that nothing is written beside it. A ratio holds
when the machine's speed drifts; a single time does not. rumdl comes from PyPI (`pip install rumdl`);
without it its line is left out.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

WALK = """
import os, sys
pending = [sys.argv[1]]
while pending:
    for item in os.scandir(pending.pop()):
        if item.is_dir():
            pending.append(item.path)
        elif item.name.endswith(".md"):
            item.stat()
"""
IMPORTS = "import click, yaml, sqlite3"

Commands = dict[str, list[str]]


def wall(command: list[str], environ: dict[str, str]) -> float:
    """Return the wall time of one run, in seconds."""
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=environ)
    took = time.perf_counter() - begin
    if done.returncode not in (0, 1) or b"internal" in done.stderr:
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode()[-500:]}")
    return took


def commands(vault: Path, note: Path, pack: str, cache: Path) -> Commands:
    """Return what is measured, by name."""
    here = Path(sys.executable).parent
    check = [str(here / "vaultlint"), "check", "--vault", str(vault), "--pack", pack]
    measured = {
        "python, walk, stat": [sys.executable, "-c", WALK, str(vault)],
        "python, imports": [sys.executable, "-c", IMPORTS],
        "all, quiet": [*check, "--quiet"],
        "all, with advice": check,
        "one note": [*check, str(note)],
        "one changed note": [*check, str(note)],
    }
    rumdl = here / "rumdl"
    if shutil.which(rumdl):
        options = ["--isolated", "--flavor", "obsidian", "--cache-dir", str(cache / "rumdl")]
        measured["rumdl"] = [str(rumdl), "check", *options, str(vault)]
    return measured


def measure(measured: Commands, runs: int, cache: Path, change: Callable[[], None]) -> None:
    """Print the median of each command, and of the ratios to what it is held against."""
    environ = {**os.environ, "VAULTLINT_CACHE_DIR": str(cache)}
    for name in ("all, with advice", "rumdl", "all, with advice"):
        if name in measured:
            wall(measured[name], environ)
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(runs):
        for name, command in measured.items():
            if name == "one changed note":
                change()
            times[name].append(wall(command, environ))
        wall(measured["all, with advice"], environ)  # take in the change
    for name, taken in times.items():
        print(
            f"{name:20} median {statistics.median(taken) * 1e3:7.1f} ms   best {min(taken) * 1e3:7.1f} ms"
        )
    for name, base, limit in (
        ("all, quiet", "python, walk, stat", 4.0),
        ("all, with advice", "python, walk, stat", 4.0),
        ("all, with advice", "rumdl", 1.0),
        ("one note", "python, imports", 2.0),
        ("one changed note", "python, imports", 2.0),
    ):
        if base in times:
            ratio = statistics.median(a / b for a, b in zip(times[name], times[base], strict=True))
            best = min(times[name]) / min(times[base])
            print(f"{name} / {base}: median {ratio:.2f}, of the best {best:.2f} (aim: {limit})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("vault", type=Path)
    parser.add_argument("--pack", default="recommended")
    parser.add_argument("--runs", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault, cache = Path(folder) / "vault", Path(folder) / "cache"
        shutil.copytree(given.vault, vault)
        note = min(vault.rglob("*.md"))
        text = note.read_bytes()

        def change() -> None:
            note.write_bytes(text + os.urandom(4).hex().encode() + b"\n")

        measure(commands(vault, note, given.pack, cache), given.runs, cache, change)


if __name__ == "__main__":
    main()
