"""Names say what a thing is: a participle says only that something was done to it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BANNED = frozenset({"said", "found", "held", "asked", "told", "shown", "meant", "gone", "twin", "twins", "strays"})
"""Words that stood for anything: sentences, rows, editions, choices. Say which."""


def _names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every function, parameter and assigned variable, with its line; fields of classes are not among them."""
    fields = {
        id(statement.target)
        for cls in ast.walk(tree)
        if isinstance(cls, ast.ClassDef)
        for statement in cls.body
        if isinstance(statement, ast.AnnAssign)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in fields:
            yield node.id, node.lineno


def _vague_names(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [f"{path.relative_to(ROOT)}:{line} {name}" for name, line in _names(tree) if name.strip("_") in BANNED]


@pytest.mark.parametrize("package", ["etl", "dashboard", "tests"])
def test_no_variable_parameter_or_function_is_called_by_a_word_that_says_nothing(package):
    modules = sorted((ROOT / package).rglob("*.py"))
    assert modules
    vague = [name for path in modules for name in _vague_names(path)]
    assert vague == []


def test_each_kind_of_name_is_seen():
    code = (
        "def told(asked, *, held=1):\n    said: list[str] = []\n    return [found for found in said]\nclass X:\n    shown: str\n"
    )
    assert sorted(name for name, _ in _names(ast.parse(code))) == ["asked", "found", "held", "said", "told"]
