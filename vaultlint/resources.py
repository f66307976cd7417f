"""Finds the packs and schemas that ship with vaultlint, in a checkout and in a wheel.

Tests: tests/unit/test_resources.py
"""

from pathlib import Path


def data_folder(name: str) -> Path:
    """Return the folder of shipped data called ``name``: "rules" or "schemas"."""
    package = Path(__file__).resolve().parent
    shipped = package / "_data" / name
    return shipped if shipped.is_dir() else package.parent / name


def pack_names() -> tuple[str, ...]:
    """Return the names of the shipped packs, sorted."""
    return tuple(sorted(path.stem for path in data_folder("rules").glob("*.yaml")))


def read_pack(name: str) -> bytes:
    """Return the text of the shipped pack ``name``. Raises KeyError if there is none."""
    if name not in pack_names():
        raise KeyError(name)
    return (data_folder("rules") / f"{name}.yaml").read_bytes()


def schema_names() -> tuple[str, ...]:
    """Return the names of the shipped schemas for notes, sorted: file names without suffixes."""
    return tuple(sorted(_schemas()))


def read_schema(name: str) -> bytes:
    """Return the text of the shipped schema ``name``. Raises KeyError if there is none."""
    return _schemas()[name].read_bytes()


def _schemas() -> dict[str, Path]:
    folder = data_folder("schemas") / "notes"
    found = [*folder.glob("*.json"), *folder.glob("*.yaml")]
    return {path.name.removesuffix(path.suffix).removesuffix(".schema"): path for path in found}
