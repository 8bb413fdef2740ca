"""What this copy of the program is, in a few letters: pages made by another copy are other pages."""

from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("dashboard", "etl", "assets", "data/reference", "data/plans")
"""All that a page is made of beside the release and the register."""
SUFFIXES = frozenset({".py", ".yml", ".css", ".js", ".svg", ".csv", ".json", ".sql"})


@cache
def program_stamp() -> str:
    """The same in every process and on every machine that runs the same files; worked out once a process."""
    contents = sha256()
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in SUFFIXES:
                contents.update(f"{file.relative_to(ROOT)}\n".encode())
                contents.update(file.read_bytes())
    return contents.hexdigest()[:16]
