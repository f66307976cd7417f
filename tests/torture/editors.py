"""Models of programs that save a note: each is a list of system calls, made one at a time."""

import os
from collections.abc import Callable
from pathlib import Path

Step = Callable[[], None]


class Editor:
    """One save of ``text``. Calls fail as they would for the program: it then gives up or goes on."""

    def __init__(self, note: Path, text: bytes) -> None:
        self.note = note
        self.text = text
        self.handle: int | None = None
        self.acted = False  # for delete and rename: whether there was a note to act on

    @property
    def steps(self) -> list[Step]:
        raise NotImplementedError

    @property
    def saving(self) -> bool:
        """Whether the save has begun and has not ended."""
        return self.handle is not None

    def open(self, flags: int) -> None:
        self.handle = os.open(self.note, flags | os.O_CREAT, 0o644)

    def write(self) -> None:
        assert self.handle is not None
        os.write(self.handle, self.text)

    def close(self) -> None:
        assert self.handle is not None
        os.close(self.handle)
        self.handle = None


class InPlace(Editor):
    """Obsidian, VS Code, nano: truncate and write."""

    @property
    def steps(self) -> list[Step]:
        return [lambda: self.open(os.O_WRONLY | os.O_TRUNC), self.write, self.close]


class Overwrite(Editor):
    """Open without truncating, write, then cut to length."""

    def cut(self) -> None:
        assert self.handle is not None
        os.ftruncate(self.handle, len(self.text))

    @property
    def steps(self) -> list[Step]:
        return [lambda: self.open(os.O_RDWR), self.write, self.cut, self.close]


class Append(Editor):
    """A capture tool: adds a line at the end of whatever is there."""

    @property
    def steps(self) -> list[Step]:
        return [lambda: self.open(os.O_WRONLY | os.O_APPEND), self.write, self.close]


class Atomic(Editor):
    """A careful program: writes a new file and renames it over the note."""

    def make(self) -> None:
        self.note.with_name("editor.tmp").write_bytes(self.text)

    def rename(self) -> None:
        self.note.with_name("editor.tmp").replace(self.note)

    @property
    def steps(self) -> list[Step]:
        return [self.make, self.rename]


class Vim(Editor):
    """Moves the note to a backup, writes a new one, removes the backup."""

    _saving = False

    def away(self) -> None:
        self._saving = True
        if self.note.exists():
            self.note.rename(self.note.with_name("Note.md~"))

    def done(self) -> None:
        self.note.with_name("Note.md~").unlink(missing_ok=True)
        self._saving = False

    @property
    def saving(self) -> bool:
        return self._saving

    @property
    def steps(self) -> list[Step]:
        return [
            self.away,
            lambda: self.open(os.O_WRONLY | os.O_TRUNC),
            self.write,
            self.close,
            self.done,
        ]


class Delete(Editor):
    """A person deletes the note."""

    def delete(self) -> None:
        self.acted = self.note.exists()
        self.note.unlink(missing_ok=True)

    @property
    def steps(self) -> list[Step]:
        return [self.delete]


class Rename(Delete):
    """A person renames the note."""

    def delete(self) -> None:
        self.acted = self.note.exists()
        if self.acted:
            self.note.rename(self.note.with_name("Renamed.md"))


SAVING = (InPlace, Overwrite, Append, Atomic, Vim)
REMOVING = (Delete, Rename)
