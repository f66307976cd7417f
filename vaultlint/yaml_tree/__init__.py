"""YAML 1.2 core as Obsidian reads it, with the span of every key and value.

Obsidian reads properties with the JavaScript library ``yaml`` 2.7.0. This package reads the same
language on PyYAML's C loader: libyaml finds the structure, ``scalars`` gives values, ``dialect``
brings both to agree where they differ, ``limits`` refuses what would exhaust a parser, and
``complaints`` says in plain words what is wrong.

Invariant: ``compose`` never raises, whatever the text, and takes linear time. Spans count code
points of the text given, plus ``start``.

Tests: tests/unit/yaml_tree/, tests/properties/test_yaml_tree.py
"""

from vaultlint.yaml_tree.records import YamlProblem, YamlTree
from vaultlint.yaml_tree.scalars import plain_value
from vaultlint.yaml_tree.tree import compose

__all__ = ["YamlProblem", "YamlTree", "compose", "plain_value"]
