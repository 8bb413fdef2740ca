"""What the calibration rests on, as one hash: the code that judges and measures, and the table of breaks.

A calibration that was measured with other code says nothing of this one, so it is stored with its stamp, a test holds the stored
one to the code that stands, and every release says whether it is in step. Words do not count: docstrings, comments and sentences
may change without a new measurement.
"""

import ast
import csv
import hashlib
from pathlib import Path

from etl.definitions.reference import REFERENCE

ETL = Path(__file__).parent.parent
JUDGING = ("counts", "evidence", "finding", "lateness", "panel", "reading", "reasons", "settling")
METHODS = (
    "arrays", "autocorrelation", "discovery", "drift", "expectation", "glm", "level_change", "moderated", "scoring", "season",
    "spc", "spc_rules",
)  # fmt: skip
BREAKS = "breaks.csv"
TREATMENTS_THAT_COUNT = ("restart", "do_not_compare", "leave_out")
"""Breaks that are only marked change no verdict."""
PARTS_THAT_COUNT = ("measures", "areas", "start", "end", "treatment")


def stamp() -> str:
    """Hex SHA-256 of every line of code and every break that the numbers of the calibration depend on."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(f"{path.relative_to(ETL)}\n{_bare(path.read_text(encoding='utf-8'))}\n".encode())
    with (REFERENCE / BREAKS).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["treatment"] in TREATMENTS_THAT_COUNT]
        for row in sorted(tuple(row[part] for part in PARTS_THAT_COUNT) for row in rows):
            digest.update("|".join(row).encode())
    return digest.hexdigest()


def sources() -> list[Path]:
    """The modules that judge counts and those that measure how well it is done."""
    judging = [ETL / "judging" / f"{name}.py" for name in JUDGING]
    methods = [ETL / "methods" / f"{name}.py" for name in METHODS]
    return [ETL / "commands" / "calibrate.py", *sorted((ETL / "calibration").glob("*.py")), *judging, *methods]


def _bare(code: str) -> str:
    """The syntax tree of a module without docstrings and prose; queries stay."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value and "SELECT" not in node.value:
            node.value = ""
    return ast.dump(tree)
