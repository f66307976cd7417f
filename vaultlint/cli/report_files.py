"""Files that a command writes beside the notes: reports, and what the vault itself keeps of us.

Invariant: a file is there whole or not at all; a link is replaced, not followed. No note, setting or
part of the configuration is ever replaced by a report. Devices and pipes are written to where a
person names one, never where a vault holds one at the path of a file of ours.

Tests: tests/unit/cli/test_report_files.py
"""

import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path

from vaultlint.cli.place import CONFIG_FILE, SETTINGS_FOLDER
from vaultlint.errors import UsageError
from vaultlint.note.model import NoteId

REPORT_ENDINGS = frozenset({".html", ".json", ".jsonl", ".log", ".sarif", ".txt", ".xml"})
"""What a report inside of a vault may end in: Obsidian takes none of these for a note."""

_STREAMS = ("/dev", "/proc")


def check_target(path: Path, root: Path, config: Collection[NoteId] = ()) -> None:
    """Raise UsageError if no report may be written to ``path``.

    ``config`` are the files that the configuration of the vault at ``root`` is made from.
    """
    if path.is_dir():
        raise UsageError(f"--output {path}: this is a folder")
    folder = Path(os.path.realpath(path.parent))
    if not folder.is_dir():
        raise UsageError(f"--output {path}: there is no folder {path.parent}")
    vault = Path(os.path.realpath(root))
    if not folder.is_relative_to(vault):
        return
    file = (folder / path.name).relative_to(vault)
    if file.as_posix() in {CONFIG_FILE, *config} or file.parts[0] == SETTINGS_FOLDER:
        raise UsageError(f"--output {path}: this is a part of the vault's configuration")
    hidden = any(part.startswith(".") for part in file.parts)
    if not hidden and path.suffix.lower() not in REPORT_ENDINGS:
        allowed = ", ".join(sorted(REPORT_ENDINGS))
        raise UsageError(
            f"--output {path}: in the vault this would be a note or an attachment; write it outside "
            f"of the vault, into a hidden folder, or with an ending of {allowed}"
        )


def write_file(path: Path, parts: Iterable[str]) -> None:
    """Write ``parts`` (text whose lines end in LF) to ``path``. Raises UsageError if it cannot."""
    if not _is_stream(path):
        replace_file(path, parts)
        return
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(parts)
    except OSError as error:
        raise _unwritable(path, error) from None


def replace_file(path: Path, parts: Iterable[str]) -> None:
    """Put a file with ``parts`` in the place of whatever is at ``path``, as ``write_file`` does."""
    temporary = path.parent / f".{path.name[:100]}.{os.urandom(6).hex()}"
    try:
        with temporary.open("x", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(parts)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _unwritable(path, error) from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path} cannot be written: {error.strerror or error}")


def _is_stream(path: Path) -> bool:
    """Return whether ``path`` is a device, a pipe, or what a shell names a stream by."""
    if any(Path(os.path.abspath(path)).is_relative_to(top) for top in _STREAMS):  # noqa: PTH100
        return True
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISLNK(mode))
