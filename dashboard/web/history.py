"""Changes as a table people can read: who, when, what, from what to what, and why."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from dash.development.base_component import Component

from dashboard.components.table import Column, data_table
from dashboard.format import day
from dashboard.register.audit import AuditRecord

SHOWN_CHARACTERS = 140
NOTHING = "nothing"
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


def history_table(entries: Sequence[AuditRecord]) -> Component:
    """One row a change, newest first; what is long is cut short here and whole in the file."""
    rows = [
        [
            _when(entry.at),
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
    if isinstance(before, list | dict) or isinstance(after, list | dict):
        # Its parts have places of their own on the page, and stand whole in the file.
        return f"{words}: {'recorded' if before is None else 'rewritten'}"
    return f"{words}: {_shown(after)}" if before is None else f"{words}: from {_shown(before)} to {_shown(after)}"


def _shown(value: object) -> str:
    if value is None:
        return NOTHING
    text = str(value)
    try:
        return _when(datetime.fromisoformat(text)) if _MOMENT.match(text) else day(date.fromisoformat(text))
    except ValueError:
        return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"


def _when(moment: datetime) -> str:
    return f"{day(moment)}, {moment:%H:%M} UTC"
