"""``vaultlint query``: shapes of output, limits, and what wrong SQL looks like."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    "a.md": '---\nt: "x, \\"y\\""\n---\n[[b]] one two\n',
    "b.md": "日本\n",
    "c\x1b.md": "",
}


@pytest.fixture(autouse=True)
def vault(make_vault: MakeVault) -> Path:
    return make_vault(NOTES)


def test_a_table_is_aligned_and_printable(run: Run) -> None:
    assert run("query", "SELECT path, words FROM notes ORDER BY path").stdout == (
        "path      words\n--------  -----\na.md          3\nb.md          2\nc\\x1b.md      0\n"
    )


def test_wide_characters_and_what_is_not_there(run: Run) -> None:
    sql = "SELECT '日本' AS a, NULL AS b, 1.5 AS c UNION ALL SELECT 'x', 'y', -2"
    assert run("query", sql).stdout == ("a     b    c\n----  -  ---\n日本     1.5\nx     y   -2\n")


def test_an_empty_table_has_a_head(run: Run) -> None:
    assert run("query", "SELECT path FROM aliases").stdout == "path\n----\n"


def test_json_jsonl_and_csv(run: Run) -> None:
    sql = "SELECT path, value, x'00ff' AS bytes FROM properties"
    record = {"path": "a.md", "value": 'x, "y"', "bytes": "00ff"}
    assert json.loads(run("query", sql, "--format", "json").stdout) == [record]
    assert json.loads(run("query", sql, "--format", "jsonl").stdout) == record
    assert run("query", sql, "--format", "csv").stdout == (
        'path,value,bytes\na.md,"x, ""y""",00ff\n'
    )
    assert json.loads(run("query", "SELECT path FROM aliases", "--format", "json").stdout) == []


def test_rows_beyond_the_limit_are_cut_and_said(run: Run) -> None:
    result = run(
        "query", "SELECT path FROM notes ORDER BY path", "--max-rows", "2", "--format", "csv"
    )
    assert (result.exit_code, result.stdout) == (1, "path\na.md\nb.md\n")
    assert result.stderr == "vaultlint: there are more than 2 rows; --max-rows shows more\n"
    for most in ("3", "0"):
        assert run("query", "SELECT path FROM notes", "--max-rows", most).exit_code == 0


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELEC", 'error: near "SELEC": syntax error'),
        ("DROP TABLE _file", "error: the query may only read the views of the index"),
        ("SELECT x FROM blocks", "error: no such column: x; blocks has path, id, line"),
        ("SELECT '\x1b[2J' FROM nothing_here", "error: no such table: nothing_here"),
    ],
)
def test_wrong_sql_is_one_line_and_exit_code_2(run: Run, sql: str, message: str) -> None:
    result = run("query", sql)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_error_among_the_rows_is_exit_code_2(run: Run) -> None:
    result = run("query", "SELECT json(name) FROM notes", "--format", "csv")
    assert result.exit_code == 2
    assert "malformed JSON" in result.stderr


def test_a_function_that_does_not_stop_is_stopped(vault: Path) -> None:
    # A process of its own, because only its end is sure to stop a function of SQLite.
    sql = "SELECT instr(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || 'x')"
    command = [sys.executable, "-m", "vaultlint", "query", sql, "--timeout", "0.2"]
    done = subprocess.run(
        command, cwd=vault, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "did not stop in time" in done.stderr


def test_a_reader_that_leaves_early(vault: Path) -> None:
    sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    command = [
        sys.executable,
        "-m",
        "vaultlint",
        "query",
        sql,
        "--format",
        "csv",
        "--max-rows",
        "0",
    ]
    with subprocess.Popen(
        command, cwd=vault, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as job:
        assert job.stdout is not None
        assert [job.stdout.readline().strip() for _ in range(3)] == [b"x", b"1", b"2"]
        job.stdout.close()
        assert job.wait(60) == 1
        assert job.stderr is not None
        assert job.stderr.read() == b""
