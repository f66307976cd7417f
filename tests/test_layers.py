"""Who may import whom: the folders show the data flow, and nothing flows backwards."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "vaultlint"

# room -> rooms of ours that it may import. A room is a folder, or a module of the top level.
ALLOWED: dict[str, set[str]] = {
    "text": set(),
    "errors": {"text"},
    "options": set(),
    "yaml_tree": {"text"},
    "diagnostics": {"text"},
    "resources": {"errors"},
    "paths": {"errors", "resources"},
    "program": {"resources"},
    "note": {"text", "yaml_tree"},
    "source": {"note", "errors"},
    "terms": {"text", "errors"},
    "vault": {"note", "terms", "text", "errors"},
    "check": {"vault", "note", "options", "diagnostics", "text"},
    "checks": {"check", "terms", "note", "vault", "text", "diagnostics", "options"},
    "config": {
        "check", "checks", "options", "terms", "yaml_tree", "errors", "resources", "paths",
        "source", "text", "diagnostics", "note", "vault", "program",
    },
    "engine": {
        "check", "checks", "vault", "config", "source", "store", "note", "terms", "diagnostics", "text",
        "errors", "options",
    },
    "store": {"errors", "diagnostics", "note", "text"},
    "view": {"text", "note", "vault", "terms"},
    "fixing": {
        "engine", "check", "diagnostics", "text", "errors", "note", "vault", "source", "paths",
        "config", "terms", "checks", "yaml_tree",
    },
    "baseline": {"diagnostics", "errors", "text", "view"},
    "baseline_renames": {"baseline", "engine", "source", "config", "diagnostics", "note"},
    "report": {"diagnostics", "text", "errors", "view"},
    "sync": {
        "store", "engine", "view", "vault", "note", "checks", "config", "terms", "diagnostics",
        "errors", "text",
    },
    "watch": {
        "baseline", "baseline_renames", "fixing", "sync", "report", "engine", "config", "source", "note", "vault",
        "diagnostics", "errors", "text", "terms", "paths", "resources", "yaml_tree", "view", "store", "program",
    },
    "devtools": {
        "checks", "check", "config", "report", "resources", "errors", "options", "diagnostics",
        "cli", "sync", "text",
    },
}  # fmt: skip
UNRESTRICTED = {"cli", "__init__", "__main__"}

# library -> the only modules that may import it, at any level
ONLY_IN: dict[str, tuple[str, ...]] = {
    "pydantic": ("config/models", "report/models", "sync/models"),
    "jsonschema": ("config/schema_check", "config/schema_errors"),
    "referencing": ("config/schema_check",),
    "mistune": ("report/html/",),
    "jinja2": ("report/html/",),
    "markupsafe": ("report/html/",),
    "re2": ("terms/pattern",),
    "yaml": ("yaml_tree",),
    "sqlite3": ("store/",),
    "watchdog": ("watch/observer",),
    "pathspec": ("source/",),
    "platformdirs": ("paths",),
    "click": ("cli/", "devtools/", "report/"),
    "rich": ("cli/",),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def room_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "vaultlint" and len(parts) > 1 else None


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room in UNRESTRICTED:
        return
    assert room in ALLOWED, f"{room} is a new room: say in ALLOWED what it may import"
    seen = {found for name in imports(path) if (found := room_of(name)) is not None}
    known = {found for found in seen if found in ALLOWED or found in UNRESTRICTED}
    assert known - {room} <= ALLOWED[room]


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_library_is_imported_in_its_one_place(path: Path) -> None:
    where = path.relative_to(PACKAGE).with_suffix("").as_posix()
    for name in imports(path):
        places = ONLY_IN.get(name.split(".")[0])
        if places is not None:
            assert where.startswith(places), f"{where} imports {name}"


def test_no_check_imports_another_check() -> None:
    for path in (PACKAGE / "checks").glob("[!_]*.py"):
        others = [name for name in imports(path) if name.startswith("vaultlint.checks.")]
        assert [name for name in others if not name.startswith("vaultlint.checks._")] == [], path


def test_the_rooms_have_no_cycle() -> None:
    done: set[str] = set()

    def visit(room: str, above: tuple[str, ...]) -> None:
        assert room not in above, " -> ".join((*above, room))
        if room not in done:
            for below in ALLOWED.get(room, ()):
                visit(below, (*above, room))
            done.add(room)

    for room in ALLOWED:
        visit(room, ())
