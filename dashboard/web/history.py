"""Changes as a table people can read: who, when, what, from what to what, and why."""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard.components.table import Column, data_table
from dashboard.format import day
from dashboard.register.audit import AuditRecord
from dashboard.register.years import london_date

SHOWN_CHARACTERS = 140
NOTHING = "nothing"


def history_table(entries: Sequence[AuditRecord]) -> Component:
    """One row a change, newest first; what is long is cut short here and whole in the file."""
    rows = [
        [
            f"{day(london_date(entry.at))}, {entry.at:%H:%M} UTC",
            ", ".join(filter(None, (entry.actor_name, entry.actor_role))),
            f"{entry.act} ({entry.entity_kind.replace('_', ' ')})",
            "; ".join(_change(name, before, after) for name, (before, after) in entry.changes.items()),
            entry.why or "",
        ]
        for entry in reversed(entries)
    ]
    columns = (Column("When"), Column("Who"), Column("What was done"), Column("Changes"), Column("Why"))
    return data_table(columns, rows, caption="Changes, newest first", stack=True)


def _change(name: str, before: object, after: object) -> str:
    words = name.replace("_", " ")
    return f"{words}: {_cut(after)}" if before is None else f"{words}: from {_cut(before)} to {_cut(after)}"


def _cut(value: object) -> str:
    if value is None:
        return NOTHING
    text = str(value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"
