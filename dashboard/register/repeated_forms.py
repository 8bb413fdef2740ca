"""A form that is sent twice, by a double click or a page sent again, is kept once."""

import json
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Column, Enum, String, inspect, select
from sqlalchemy.orm import Session

from dashboard.register.models import Base

WITHIN = timedelta(minutes=10)
# What differs between two rows that say the same: their own numbers and times, and how far the first has come meanwhile.
_OF_ITS_OWN = frozenset({"id", "version", "created_at", "updated_at", "state", "published_at", "proposed_at"})

Row = TypeVar("Row", bound=Base)


def kept_already(session: Session, row: Row, moment: str, now: datetime) -> Row | None:
    """The row of this kind, written in the last ten minutes, that says what this new one says; None where there is none.

    Args:
        session: a writing session: of two that are sent at once, the second is asked about after the first is kept.
        row: the new row, not yet added.
        moment: the name of its column that holds when it was written.
        now: the moment it is.
    """
    names = [name for name in inspect(row).mapper.columns.keys() if name not in _OF_ITS_OWN and name != moment]  # noqa: SIM118
    # Words are compared by the database, so that a flood of others is not read one by one.
    columns = inspect(row).mapper.columns
    if not all(_can_be_kept(getattr(row, name)) for name in names if _is_text(columns[name])):
        return None
    alike = [columns[name] == getattr(row, name) for name in names if _is_text(columns[name])]
    recent = select(type(row)).where(getattr(type(row), moment) >= now - WITHIN, *alike)
    with session.no_autoflush:
        recent_rows = session.scalars(recent).all()
    return next(
        (earlier for earlier in recent_rows if all(_as_json(earlier, name) == _as_json(row, name) for name in names)), None
    )


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, String) and not isinstance(column.type, Enum)


def _can_be_kept(text: object) -> bool:
    # No database takes these two, so no row has them; what writes the row refuses them beside their field.
    return not (isinstance(text, str) and ("\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)))


def _as_json(row: Base, name: str) -> str:
    # A record reads back from its column as lists where it was written as tuples.
    return json.dumps(getattr(row, name), sort_keys=True, default=str)
