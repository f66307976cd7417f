"""Whatever happens to a store, the findings are those of a run without one.

Each damage is done to the store of a checked vault; then the vault is checked as by the command
line, findings and advice. ``VAULTLINT_DAMAGES=4000 pytest tests/store`` is the long form.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultlint.cli.opening import open_store
from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import Advice, Diagnostic
from vaultlint.engine.session import Session
from vaultlint.source import walk
from vaultlint.source.folder import FolderSource

DAMAGES = int(os.environ.get("VAULTLINT_DAMAGES", "400"))

Findings = list[tuple[Diagnostic, Advice]]
Damage = Callable[[Path, random.Random], None]


def check(vault: Path, cache: Path | None) -> Findings:
    """Check ``vault`` as a run of the program does, and leave its store to the next."""
    request = ConfigRequest(cache=cache)
    session = Session(FolderSource(vault), request, jobs=1, store=open_store(request))
    session.apply()
    findings = [(each, session.advise(each)) for each in session.diagnostics()]
    session.save()
    return findings


def truncated(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(file.stat().st_size))


def with_flipped_bits(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 1, 3, 30, 1000))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def with_a_page_of_zeros(file: Path, chance: random.Random) -> None:
    with file.open("r+b") as content:
        content.seek(4096 * chance.randrange(file.stat().st_size // 4096))
        content.write(bytes(4096))


def with_pages_swapped(file: Path, chance: random.Random) -> None:
    data = file.read_bytes()
    pages = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    one, other = (chance.randrange(len(pages)) for _ in range(2))
    pages[one], pages[other] = pages[other], pages[one]
    file.write_bytes(b"".join(pages))


def garbage(file: Path, chance: random.Random) -> None:
    file.write_bytes(chance.randbytes(chance.choice((0, 1, 100, 5000, 200_000))))


def of_another_version(file: Path, chance: random.Random) -> None:
    pragma = chance.choice(("user_version = 99", "user_version = 0", "application_id = 5"))
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA {pragma}")
    database.close()


def with_rows_lost(file: Path, chance: random.Random) -> None:
    table = chance.choice(("state", "listing", "facts", "found", "keys", "advice"))
    with sqlite3.connect(file) as database:
        database.execute(f"DELETE FROM {table} WHERE abs(random()) % 3 = 0")
    database.close()


def with_rows_of_others(file: Path, chance: random.Random) -> None:
    table = chance.choice(("listing", "facts", "found", "keys"))
    with sqlite3.connect(file) as database:
        first = f"(SELECT data FROM {table} LIMIT 1)"
        database.execute(f"UPDATE {table} SET data = {first} WHERE abs(random()) % 3 = 0")
    database.close()


def with_a_log_of_garbage(file: Path, chance: random.Random) -> None:
    Path(f"{file}-wal").write_bytes(chance.randbytes(10_000))


def a_folder(file: Path, _: random.Random) -> None:
    file.unlink()
    file.mkdir()


def read_only(file: Path, _: random.Random) -> None:
    file.chmod(0o400)


def gone(file: Path, _: random.Random) -> None:
    file.unlink()


COMMON: tuple[Damage, ...] = (
    truncated, with_flipped_bits, with_flipped_bits, with_flipped_bits, with_a_page_of_zeros,
    with_pages_swapped, garbage, of_another_version, with_rows_lost, with_rows_of_others,
    with_a_log_of_garbage,
)  # fmt: skip
RARE: tuple[Damage, ...] = (a_folder, read_only, gone)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vault")
    for at in range(20):
        head = "---\nkind: [one\n---\n" if at == 3 else ""
        links = f"[[note {at + 1}#Nothing]] [[nowhere {at}]] ![[image {at}.png]] #tag{at % 7}"
        (folder / f"note {at}.md").write_text(f"{head}# Note {at}\n{links}\n" * 4, "utf-8")
    return folder


def memo(cache: Path) -> Path:
    (file,) = cache.glob("memo-*.db")
    return file


def test_a_damaged_store_changes_no_finding(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "YOUNG", -(10**15))  # the vault is young, but nobody changes it
    expected = check(vault, None)
    assert len(expected) > 200
    sound = tmp_path / "sound"
    assert check(vault, sound) == check(vault, sound) == expected
    chance = random.Random(7)
    for number in range(DAMAGES):
        cache = tmp_path / "damaged"
        shutil.copytree(sound, cache)
        damage = chance.choice(RARE if number % 20 == 0 else COMMON)
        damage(memo(cache), chance)
        assert check(vault, cache) == expected, (number, damage.__name__)
        if number % 10 == 0:
            assert check(vault, cache) == expected, (number, damage.__name__, "after its repair")
        shutil.rmtree(cache)


def test_a_log_that_is_lost_changes_no_finding(vault: Path, tmp_path: Path) -> None:
    """A process that was killed leaves the newest state in the log; a sync tool loses it."""
    expected = check(vault, None)
    cache = tmp_path / "cache"
    assert check(vault, cache) == expected
    reader = sqlite3.connect(memo(cache))  # keeps the log from being emptied
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM state").fetchall()
    (vault / "note 7.md").write_text("# Seven\n[[nowhere to go]]\n", encoding="utf-8")
    changed = check(vault, None)
    assert check(vault, cache) == changed
    assert Path(f"{memo(cache)}-wal").stat().st_size > 0
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(memo(cache), copy)
    reader.close()
    assert check(vault, copy) == changed


def test_no_room_is_no_reason_to_fail(vault: Path, tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("there is no device without room")
    expected = check(vault, None)
    cache = tmp_path / "cache"
    assert check(vault, cache) == expected
    file = memo(cache)
    file.unlink()
    file.symlink_to("/dev/full")
    assert check(vault, cache) == expected
