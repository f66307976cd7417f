import pytest

from vaultlint import resources


def test_packs_and_schemas_are_found_by_name():
    assert {"recommended", "strict", "research", "codecademy-docs"} <= set(resources.pack_names())
    assert "research-note" in resources.schema_names()
    for name in resources.pack_names():
        assert resources.read_pack(name)
    for name in resources.schema_names():
        assert resources.read_schema(name)


@pytest.mark.parametrize("name", ["no-such", "../pyproject", "/etc/passwd", "", "recommended.yaml"])
def test_what_does_not_ship_is_a_key_error(name):
    with pytest.raises(KeyError):
        resources.read_pack(name)
    with pytest.raises(KeyError):
        resources.read_schema(name)


def test_a_wheel_keeps_its_data_inside_the_package(tmp_path, monkeypatch):
    package = tmp_path / "vaultlint"
    (package / "_data" / "rules").mkdir(parents=True)
    (package / "_data" / "rules" / "own.yaml").write_text("description: x\n")
    monkeypatch.setattr(resources, "__file__", str(package / "resources.py"))
    assert resources.pack_names() == ("own",)
    assert resources.read_pack("own") == b"description: x\n"
    assert resources.schema_names() == ()
