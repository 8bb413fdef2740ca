"""Long SQL statements stand in files of their own: `sql/<name>.sql` in the room that runs them."""

from functools import cache
from pathlib import Path


@cache
def sql(module_file: str, name: str) -> str:
    """The statement `name` of the room a module is in; the module gives its own `__file__`."""
    return (Path(module_file).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")
