"""The command line as a whole: it lists every command by its words, and loads the one that is called and no other."""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

NAMES = (
    "add", "check", "build", "refresh", "snapshot", "diff", "sources", "measures", "areas", "series", "explain", "verdict",
    "expected", "ledger", "judge", "breaks", "calibrate", "characteristics", "second-total", "bounds",
)  # fmt: skip
"""In the order a newcomer meets them."""
LINE = Path(__file__).with_name("line")
FUNCTION = "command"
"""What a command's module calls the function that does it."""


def whole(name: str) -> TyperCommand:
    """A command with its options, its module loaded."""
    module = import_module(f"etl.commands.line.{_module_name(name)}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, epilog=getattr(module, "EPILOG", None))(module.command)
    loaded = get_command(app)
    if not isinstance(loaded, TyperCommand):
        raise TypeError(f"{module.__name__} is no single command")
    return loaded


class LoadedWhenCalled(TyperGroup):
    """Commands that stand for themselves in a list and are loaded once called: their libraries take seconds together."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:  # noqa: ANN401 - Typer's own types are private
        """The name called, the command of that name loaded, and what follows it."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, whole(name) if name and listed else listed, rest


app = typer.Typer(
    cls=LoadedWhenCalled,
    no_args_is_help=True,
    # The library for boxes and colours takes longer to load than the help to read.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Published files in, a release of the warehouse out. A file is known by what is in it, not by its name. "
    "Nothing is published unless every check passes; the release before it stays up until then.",
    epilog="Start here: `python -m etl build`, then `python -m etl series burglary Bromley`. "
    "A new file: `python -m etl check FILE`, then `add FILE`. "
    "A command that is refused says why and ends with a number: 12 a file cannot be opened, 13 it is of no kind we read, 14 its "
    "figures are refused, 15 it needs `--accept`, 16 there is no release yet, 17 no such measure, area or period, 19 nothing can "
    "be written, 20 figures are late, 21 the live release is damaged, altered or in use by another tool, 22 steps are undecided.",
)


def _module_name(name: str) -> str:
    return name.replace("-", "_")


def _first_line(name: str) -> str:
    """What a command does, as the first line of its function says, read without loading it."""
    tree = ast.parse((LINE / f"{_module_name(name)}.py").read_text(encoding="utf-8"))
    (function,) = [part for part in tree.body if isinstance(part, ast.FunctionDef) and part.name == FUNCTION]
    return (ast.get_docstring(function) or "").partition("\n")[0]


def _listed() -> None:
    """Stands in the list for a command that is not loaded."""


for _name in NAMES:
    app.command(_name, short_help=_first_line(_name))(_listed)
