"""A second process that saves notes as fast as it can, and looks whether its saves last.

Usage: python -m tests.torture.rival FOLDER SAVES PATIENCE. Each save has a number of its own; half of
them are made in place, half by rename. Before a note is saved again, it must show the number of its
last save: a fix keeps it. One that does not show it within PATIENCE seconds is printed, for its reader to
find out whether the text was kept aside.
"""

import os
import random
import sys
import time
from pathlib import Path


def text_of(number: int) -> bytes:
    return f"save {number}\n".encode() + b"old words\n" * 20


def save(note: Path, number: int, *, atomic: bool) -> None:
    text = text_of(number)
    if atomic:
        fresh = note.with_name("rival.part")
        fresh.write_bytes(text)
        fresh.replace(note)
        return
    handle = os.open(note, os.O_WRONLY | os.O_TRUNC | os.O_CREAT)
    try:
        os.write(handle, text)
    finally:
        os.close(handle)


def shows(note: Path, number: int, patience: float) -> bool:
    """Return whether the note is the save of that number, whole, fixed or not."""
    end = time.monotonic() + patience
    while True:
        try:
            found = note.read_bytes().replace(b"new words", b"old words")
        except FileNotFoundError:
            found = b""
        if found == text_of(number):
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.001)


def main() -> None:
    folder, saves, patience = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    pick = random.Random(3)
    notes = sorted(folder.glob("*.md"))
    last = dict.fromkeys(notes, 0)
    for number in range(1, saves + len(notes) + 1):
        note = notes[number % len(notes)]
        if not shows(note, last[note], patience):
            print(last[note], flush=True)
        if number <= saves:
            save(note, number, atomic=pick.random() < 0.5)
            last[note] = number
            time.sleep(pick.random() * 0.001)


if __name__ == "__main__":
    main()
