"""Changes as a table people can read: who, when, what, from what to what, and why. The file holds every field as it is kept."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from types import MappingProxyType

from dashboard.register.audit import AuditRecord
from dashboard.ui import html
from dashboard.ui.addresses import action_address, explanation_address, priority_address
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, data_table
from dashboard.web.measure_choices import area_words, measure_words
from dashboard.words.people import actor_words
from etl.core.written import day

SHOWN_CHARACTERS = 140
NOTHING = "nothing"
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
ACTS = MappingProxyType(
    {
        "amend": "move the review",
        "seed": "load the public record",
        "fill with examples": "fill with made-up examples",
        "judge accepted": "judge whether it was accepted",
        "judge delivered": "judge whether it was delivered",
        "edit": "rewrite",
        "record": "record a past choice",
    }
)
KINDS = MappingProxyType(
    {
        "commentary": "explanation",
        "recommendation_status": "where a recommendation stands",
        "sent_comment": "comment sent in",
        "stated_fact": "fact of the public record",
    }
)
FIELDS = MappingProxyType(
    {
        "area_code": "place",
        "measure_id": "measure",
        "plan_id": "plan",
        "sort": "about",
        "rag": "colour",
        "as_at": "as it stood on",
        "oidc_issuer": "sign-in service",
    }
)
# Numbers for the program alone; and what another field of the same change says already.
UNSAID = frozenset({"kind", "origin", "is_example", "is_mandatory", "as_at_words", "oidc_subject", "updated_at"})
SAID_OF = MappingProxyType({"area_code": area_words, "measure_id": measure_words})


def history_table(entries: Sequence[AuditRecord], *, leads_there: bool) -> Element:
    """One row a change, newest first; what is long is cut short here and whole in the file.

    `leads_there`: whether each change leads to the page of what was changed, where the table does not stand on it.
    """
    rows: list[list[Cell]] = [
        [
            _when(entry.at),
            ", ".join(filter(None, (actor_words(entry.actor_name), entry.actor_role))),
            _what(entry, leads_there=leads_there),
            _changes(entry),
            entry.why or "",
        ]
        for entry in reversed(entries)
    ]
    columns = (Column("When"), Column("Who"), Column("What was done"), Column("Changes"), Column("Why"))
    return data_table(columns, rows, caption="Changes, newest first", stack=True)


def _what(entry: AuditRecord, *, leads_there: bool) -> Cell:
    act = ACTS.get(entry.act, entry.act)
    kind = KINDS.get(entry.entity_kind, entry.entity_kind.replace("_", " "))
    sentence = act if kind in act else f"{act} ({kind})"
    sentence = f"{sentence[:1].upper()}{sentence[1:]}"
    address = _address(entry) if leads_there else None
    return html.A(sentence, href=address) if address else sentence


def _address(entry: AuditRecord) -> str | None:
    """The page of what was changed; None where it has none of its own."""
    own = {
        "priority": priority_address,
        "action": action_address,
        "commentary": explanation_address,
        "recommendation": "/recommendation/{}".format,
        "account": "/accounts/{}".format,
    }
    parents = {"priority_id": priority_address, "recommendation_id": "/recommendation/{}".format}
    if entry.entity_kind in own:
        return own[entry.entity_kind](entry.entity_id)
    for name, address in parents.items():
        parent = entry.changes.get(name, (None, None))[1]
        if parent is not None:
            return address(str(parent))
    return None


def _changes(entry: AuditRecord) -> str:
    shown_changes = {name: pair for name, pair in entry.changes.items() if _is_told(name)}
    return "; ".join(_change(name, before, after) for name, (before, after) in shown_changes.items())


def _is_told(name: str) -> bool:
    return name in FIELDS or (name not in UNSAID and not name.endswith("_id"))


def _change(name: str, before: object, after: object) -> str:
    words = FIELDS.get(name, name.replace("_", " "))
    if isinstance(before, list | dict) or isinstance(after, list | dict):
        # Its parts have places of their own on the page, and stand whole in the file.
        return f"{words}: {'recorded' if before is None else 'rewritten'}"
    if before is None:
        return f"{words}: {_value_words(name, after)}"
    return f"{words}: from {_value_words(name, before)} to {_value_words(name, after)}"


def _value_words(name: str, value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = SAID_OF[name](str(value)) if name in SAID_OF else actor_words(str(value))
    try:
        return _when(datetime.fromisoformat(text)) if _MOMENT.match(text) else day(date.fromisoformat(text))
    except ValueError:
        return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"


def _when(moment: datetime) -> str:
    return f"{day(moment)}, {moment:%H:%M} UTC"
