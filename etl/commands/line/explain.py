"""The command `explain`."""

from typing import Annotated

import typer

from etl.commands import lookup, passport
from etl.commands.arguments import DEFAULT_WAREHOUSE, AreaName, Measure, Warehouse, note, say
from etl.commands.lookup import Lookup

EPILOG = "For example: `python -m etl explain theft_from_person Westminster 2025-11`."


def command(
    measure: Measure,
    area: AreaName,
    period: Annotated[str, typer.Argument(help="2025-06 or 2025-Q2.")],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """Print one number's whole passport: source, file, sha256, cells, what each edition said, method, caveats."""
    lines = passport.passport(Lookup.live(warehouse), measure, area, period)
    note(lookup.area_note(area))
    for label, text in lines:
        say(f"{label + ':':<18}{text}")
