"""How long a cold check takes beside rumdl's, on the same notes, measured alternately.

    python benchmarks/cold.py PATH/TO/codecademy-docs [--pack codecademy-docs] [--runs 7]

Prints the median wall time of each, the ratio pair by pair, and where a serial run spends its time.
A ratio holds when the machine's speed drifts; a single time does not. rumdl comes from PyPI
(`pip install rumdl`); without it only the profile is printed.
"""

import argparse
import compileall
import gc
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import vaultlint

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def wall(command: list[str], folder: Path) -> float:
    """Return the wall time of one run, in seconds."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, check=False, **QUIET)
    return time.perf_counter() - begin


def compare(vault: Path, pack: str, notes: str, runs: int) -> None:
    """Print the pairwise ratio of a cold check to rumdl's."""
    # An installed program has its bytecode; a checkout may be told not to write any.
    compileall.compile_dir(Path(vaultlint.__file__).parent, quiet=2)
    here = Path(sys.executable).parent
    ours = [str(here / "vaultlint"), "check", "--no-cache", "--vault", ".", "--pack", pack]
    theirs = [str(here / "rumdl"), "check", "--no-cache", "--isolated", "--flavor", "obsidian"]
    if not shutil.which(theirs[0]):
        print("rumdl is not installed beside this Python: no comparison")
        return
    pairs = []
    for run in range(runs + 1):
        pair = wall([*ours, "--quiet"], vault), wall([*theirs, notes], vault)
        if run:  # the first pair warms the page cache
            pairs.append(pair)
    ratios = sorted(a / b for a, b in pairs)
    print(f"vaultlint   median {statistics.median(a for a, _ in pairs):.3f} s")
    print(f"rumdl       median {statistics.median(b for _, b in pairs):.3f} s")
    median = statistics.median(ratios)
    print(f"ratio       median {median:.2f}  (from {ratios[0]:.2f} to {ratios[-1]:.2f})")


def profile(vault: Path, pack: str) -> None:
    """Print the wall time of each stage of one serial run in this process."""
    from vaultlint.config.load import ConfigRequest, load_config
    from vaultlint.engine.session import Session
    from vaultlint.note.parse import parse_note
    from vaultlint.source.folder import FolderSource
    from vaultlint.vault.keys import exports

    def timed(name: str, stage: Callable[[], Any]) -> Any:
        begin = time.perf_counter()
        result = stage()
        print(f"{name:12}{time.perf_counter() - begin:8.3f} s")
        return result

    gc.disable()  # as a run does
    source = FolderSource(vault)
    request = ConfigRequest(packs=(pack,))
    timed("config", lambda: load_config(source, request))
    entries = timed("list", source.list)
    notes = [file for file in entries if file.endswith(".md")]
    data = timed("read", lambda: [(file, source.read(file)) for file in notes])
    parsed = timed("parse", lambda: [parse_note(file, content) for file, content in data])
    timed("export", lambda: [exports(note) for note in parsed])
    timed("serial run", lambda: Session(source, request, jobs=1).apply())


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("vault", type=Path)
    parser.add_argument("--pack", default="codecademy-docs")
    parser.add_argument("--notes", default="content", help="the folder that rumdl is given")
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    compare(given.vault, given.pack, given.notes, given.runs)
    profile(given.vault, given.pack)


if __name__ == "__main__":
    main()
