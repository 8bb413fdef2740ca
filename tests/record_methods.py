"""Records the code that works numbers out, as the number of the methods stands for it: `python -m tests.record_methods`.

One line for each function, class or constant of that code: a hash of its syntax tree, without docstrings, comments, prose or
imports, and its name. Its module does not count, so moved code is the same code. Queries in `.sql` files count, comments do not.
"""

import ast
import hashlib
import re
import sys
from pathlib import Path

from etl.core.versions import METHODS_VERSION

ETL = Path(__file__).parents[1] / "etl"
RECORD = Path(__file__).parent / "etl" / "methods_recorded.txt"
WORKS_NUMBERS_OUT = (
    "methods/**/*.py", "judging/**/*.py", "kinds/**/*.py", "release/**/derive*.py", "release/**/judge*.py",
    "checks/crime_without_borough.py", "core/**/*.py", "**/*.sql",
)  # fmt: skip
VERSIONS = ETL / "core" / "versions.py"
SQL_WORD = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|INSERT|UPDATE|DELETE|CREATE|ATTACH|GROUP BY|ORDER BY|UNION|CASE|WITH|AND)\b")


def code_that_stands() -> list[str]:
    """`<hash> <name>` of every definition and query of today's code, in order of the names."""
    lines = []
    for path in sorted({p for pattern in WORKS_NUMBERS_OUT for p in ETL.glob(pattern)} - {VERSIONS}):
        text = path.read_text(encoding="utf-8")
        lines += definitions(text) if path.suffix == ".py" else [f"{_short(query(text))} {path.name}"]
    return sorted(lines, key=lambda line: (line.split(" ", 1)[1], line))


def definitions(code: str) -> list[str]:
    """`<hash> <name>` of each definition of a module; a statement without a name goes by what kind of statement it is."""
    statements = [node for node in ast.parse(code).body if not isinstance(node, ast.Import | ast.ImportFrom)]
    lines = [f"{_short(ast.dump(_Bare().visit(node)))} {_name(node)}" for node in statements if not _is_text(node)]
    return [line for line in lines if not line.endswith((" __all__", " HERE"))]


def query(text: str) -> str:
    """An SQL text without comments, in one line."""
    return " ".join(re.sub(r"--[^\n]*", "", text).split())


def recorded() -> tuple[int, list[str]]:
    """The number of the methods that was recorded, and the lines recorded for it."""
    first, *lines = RECORD.read_text(encoding="utf-8").splitlines()
    return int(first.removeprefix("methods ")), lines


class _Bare(ast.NodeTransformer):
    """Takes out of a syntax tree what changes no number: docstrings, prose, imports inside functions."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        prose = isinstance(node.value, str) and " " in node.value and not SQL_WORD.search(node.value)
        return ast.Constant("") if prose else node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if _is_text(node) else self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        return None

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        return None


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _name(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return type(node).__name__


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def main() -> int:
    """Writes the record; refuses a number lower than the one recorded."""
    before = recorded()[0] if RECORD.exists() else METHODS_VERSION
    if before > METHODS_VERSION:
        print(f"METHODS_VERSION is {METHODS_VERSION}, and {before} was recorded: it only rises")
        return 1
    RECORD.write_text("\n".join([f"methods {METHODS_VERSION}", *code_that_stands(), ""]), encoding="utf-8")
    print(f"Recorded the code of methods {METHODS_VERSION} in {RECORD.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
