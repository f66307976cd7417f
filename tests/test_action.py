"""The GitHub Action: a valid description, and scripts that do what it says without a runner."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.git_repository import Repo, needs_git

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "action"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCHEMA = files("check_jsonschema") / "builtin_schemas" / "vendor" / "github-actions.json"

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


def steps() -> list[dict]:
    return ACTION["runs"]["steps"]


def test_the_description_follows_the_schema_of_actions() -> None:
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(ACTION)


def test_every_input_is_used_and_nothing_else_is() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\binputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert all(each["description"] and "default" in each for each in ACTION["inputs"].values())


def test_no_input_is_a_part_of_a_script() -> None:
    for step in steps():
        assert "${{" not in step.get("run", "")


def test_what_scripts_read_is_set_and_what_steps_promise_is_written() -> None:
    for script in ("install.sh", "check.sh"):
        (step,) = [step for step in steps() if script in step.get("run", "")]
        text = (SCRIPTS / script).read_text(encoding="utf-8")
        assert set(re.findall(r"\bVAULTLINT_\w+", text)) - {"VAULTLINT_"} == set(step["env"])
        promised = re.findall(
            rf"steps\.{step['id']}\.outputs\.([\w-]+)",
            (ROOT / "action.yml").read_text(encoding="utf-8"),
        )
        assert {f"printf '{name}=" in text for name in promised} == {True}


def test_the_rest_of_the_job_keeps_its_python() -> None:
    (setup,) = [step for step in steps() if "setup-python" in step.get("uses", "")]
    assert setup["with"]["update-environment"] is False
    for step in steps():
        assert not re.search(r"\bGITHUB_(?:PATH|ENV)\b", step.get("run", ""))
    for script in SCRIPTS.iterdir():
        assert not re.search(r"\bGITHUB_(?:PATH|ENV)\b", script.read_text(encoding="utf-8"))


class Runner:
    """A repository, and the surroundings that a runner gives to a step."""

    def __init__(self, folder: Path) -> None:
        self.repo = Repo(folder / "repository")
        self.folder = folder
        self.temporary = folder / "temporary place"
        self.temporary.mkdir()
        self.output, self.summary = folder / "output", folder / "summary"
        self.summary.write_text("before\n")

    def run(self, script: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        environ: Mapping[str, str] = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_WORKSPACE": str(self.repo.root),
            "RUNNER_TEMP": str(self.temporary),
            "VAULTLINT_PYTHON": sys.executable,
        }
        self.output.write_text("")
        return subprocess.run(
            ["bash", SCRIPTS / script],
            cwd=self.repo.root,
            env=environ | inputs,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def outputs(self) -> dict[str, str]:
        lines = self.output.read_text().splitlines()
        return {name: value for name, _, value in (line.partition("=") for line in lines)}


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    runner = Runner(tmp_path)
    runner.repo.write({"my vault/.obsidian/app.json": "{}", "my vault/a.md": "[[gone]]\n"})
    runner.repo.git("add", "-A")
    runner.repo.git("commit", "-q", "-m", "first")
    return runner


@needs_bash
@needs_git
class TestCheck:
    def test_annotations_a_report_and_a_summary(self, runner: Runner) -> None:
        done = runner.run("check.sh", VAULTLINT_PATH="my vault")
        assert done.returncode == 1
        assert "::error title=vaultlint (broken-link),file=my vault/a.md,line=1," in done.stdout
        assert runner.outputs["exit-code"] == "1"
        (run,) = json.loads(Path(runner.outputs["sarif"]).read_text())["runs"]
        place = run["results"][0]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "my%20vault/a.md"
        summary = runner.summary.read_text()
        assert summary.startswith("before\n## vaultlint\n")
        assert "`broken-link`" in summary
        assert runner.repo.git("status", "--porcelain") == ""

    def test_a_clean_vault(self, runner: Runner) -> None:
        runner.repo.write({"my vault/a.md": "[[a]]\n"})
        done = runner.run("check.sh", VAULTLINT_PATH="my vault")
        assert (done.returncode, runner.outputs["exit-code"]) == (0, "0")
        assert "No findings, 1 note checked." in runner.summary.read_text()

    def test_what_fails_may_be_chosen(self, runner: Runner) -> None:
        done = runner.run("check.sh", VAULTLINT_PATH="my vault", VAULTLINT_FAIL_ON="never")
        assert done.returncode == 0

    def test_only_what_a_branch_caused(self, runner: Runner) -> None:
        runner.repo.git("checkout", "-q", "-b", "work")
        runner.repo.write({"my vault/b.md": "[[nowhere]]\n"})
        done = runner.run("check.sh", VAULTLINT_PATH="my vault", VAULTLINT_CHANGED_SINCE="main")
        assert done.returncode == 1
        assert [line for line in done.stdout.splitlines() if line.startswith("::error")] == [
            line for line in done.stdout.splitlines() if "my vault/b.md" in line
        ]

    def test_the_ratchet(self, runner: Runner) -> None:
        made = {"version": 1, "findings": []}
        runner.repo.write({"my vault/vaultlint-baseline.json": json.dumps(made)})
        done = runner.run("check.sh", VAULTLINT_PATH="my vault", VAULTLINT_RATCHET="nowhere")
        assert done.returncode == 2
        assert "git knows no commit 'nowhere'" in done.stderr

    def test_an_error_leaves_no_report_of_another_run(self, runner: Runner) -> None:
        assert runner.run("check.sh", VAULTLINT_PATH="my vault").returncode == 1
        runner.repo.write({"my vault/vaultlint.yaml": "rulez: {}\n"})
        before = runner.summary.read_text()
        done = runner.run("check.sh", VAULTLINT_PATH="my vault")
        assert done.returncode == 2
        assert runner.outputs == {"exit-code": "2"}
        assert runner.summary.read_text() == before

    def test_more_arguments_one_a_line(self, runner: Runner) -> None:
        done = runner.run(
            "check.sh",
            VAULTLINT_PATH="my vault",
            VAULTLINT_ARGUMENTS="--select\r\nbroken-embed\n\n--pack\nstrict\n",
        )
        assert done.returncode == 0

    @pytest.mark.parametrize(
        "name",
        [
            "VAULTLINT_PATH",
            "VAULTLINT_CHANGED_SINCE",
            "VAULTLINT_RATCHET",
            "VAULTLINT_FAIL_ON",
            "VAULTLINT_ARGUMENTS",
        ],
    )
    @pytest.mark.parametrize(
        "value", ["$(touch stolen)", "`touch stolen`", "; touch stolen", '" && touch stolen #', "*"]
    )
    def test_no_input_is_run(self, runner: Runner, name: str, value: str) -> None:
        done = runner.run("check.sh", **{"VAULTLINT_PATH": "my vault", name: value})
        assert done.returncode == 2, done.stderr
        assert "vaultlint: " in done.stderr
        assert not list(runner.folder.rglob("stolen"))


@needs_bash
def test_the_environment_is_one_of_its_own(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    log = tmp_path / "log"
    python = tmp_path / "python"
    python.write_text(
        "#!/usr/bin/env bash\n"
        f'printf "%s\\n" "$*" >> "{log}"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi\n'
    )
    python.chmod(0o755)
    done = runner.run("install.sh", VAULTLINT_PYTHON=str(python))
    assert done.returncode == 0, done.stderr
    made = runner.temporary / "vaultlint" / "environment"
    assert runner.outputs == {"python": str(made / "bin" / "python")}
    venv, install = log.read_text().splitlines()
    assert venv == f"-m venv {made}"
    assert install.endswith(str(ROOT))


@needs_bash
@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.sh")), ids=lambda path: path.name)
def test_scripts_stop_at_the_first_error(script: Path) -> None:
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
