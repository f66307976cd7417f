"""The long form: as many inputs as asked, and what it took."""

import argparse
import sys
import time

from tests.fuzz.run import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    asked = parser.parse_args()
    started = time.perf_counter()

    def progress(done: int) -> None:
        print(f"\r{done:,} of {asked.inputs:,}", end="", file=sys.stderr, flush=True)

    result = run(asked.seed, asked.first, asked.inputs, progress)
    seconds = time.perf_counter() - started
    print(
        f"\n{result.inputs:,} inputs ({result.bytes / 1e6:,.0f} MB), seed {asked.seed}, "
        f"in {seconds:,.0f} s; the slowest took {result.slowest:.3f} s of processor time "
        f"(--first {result.slowest_number} --inputs 1); {len(result.failures)} failed"
    )
    for number, failure in result.failures.items():
        print(f"--seed {asked.seed} --first {number} --inputs 1: {failure}")
    return bool(result.failures)


if __name__ == "__main__":
    sys.exit(main())
