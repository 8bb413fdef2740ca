"""Export and import: the public record as JSON, without accounts, secrets or anybody's draft."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from dashboard.register import actions, audit, commentary, meetings, reading, recommendations
from dashboard.register.audit import acting
from dashboard.register.errors import ArchiveRejected
from dashboard.register.models import (
    Action,
    Base,
    BoroughPriority,
    Comment,
    Commentary,
    Meeting,
    PanLondonPriority,
    Plan,
    Recommendation,
    RecommendationSet,
    RecommendationStatus,
    Signature,
    StatedFact,
)
from dashboard.register.permissions import Actor, command
from dashboard.register.record_parts import Record
from dashboard.register.records import (
    ActionRecord,
    BoroughPriorityRecord,
    CommentaryRecord,
    Labelled,
    LondonPriorityRecord,
    MeetingRecord,
    PlanRecord,
    RecommendationRecord,
    RecommendationSetRecord,
    StatedFactRecord,
)

FORMAT = "register export 1"
# Which account did something is nobody else's business; the names stand beside.
_ACCOUNTS = frozenset({"author_id", "account_id", "owner_id", "raised_by_id"})
_ORDER: tuple[tuple[str, type[Record], type[Base]], ...] = (
    ("plans", PlanRecord, Plan),
    ("stated_facts", StatedFactRecord, StatedFact),
    ("london_priorities", LondonPriorityRecord, PanLondonPriority),
    ("borough_priorities", BoroughPriorityRecord, BoroughPriority),
    ("recommendation_sets", RecommendationSetRecord, RecommendationSet),
    ("recommendations", RecommendationRecord, Recommendation),
    ("meetings", MeetingRecord, Meeting),
    ("actions", ActionRecord, Action),
    ("commentary", CommentaryRecord, Commentary),
)
_PARTS: Mapping[str, type[Base]] = {"signatures": Signature, "comments": Comment, "history": RecommendationStatus}
_IGNORED = frozenset({"label", "version", "updated_at", "created_at"})


@dataclass(frozen=True)
class Imported:
    """How many records were new and how many were here already, the same."""

    added: int
    unchanged: int


def export(session: Session, viewer: Actor, *, now: datetime) -> dict[str, Any]:
    """Everything this viewer may see, as plain JSON values; made-up records carry the label "Example"."""
    plans = reading.plans(session)
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "plans": _plain(plans),
        "stated_facts": _plain(reading.stated_facts(session)),
        "london_priorities": _plain(
            priority for plan in plans for priority in reading.london_priorities(session, viewer, plan_id=plan.id)
        ),
        "borough_priorities": _plain(reading.borough_priorities(session, viewer)),
        "recommendation_sets": _plain(recommendations.recommendation_sets(session)),
        "recommendations": _plain(recommendations.recommendations(session)),
        "meetings": _plain(meetings.meetings(session)),
        "actions": _plain(actions.actions(session)),
        "commentary": _plain(commentary.commentary(session, standing_only=False)),
        "audit": _plain(audit.entries(session, viewer)),
    }


def audit_csv(session: Session, viewer: Actor) -> str:
    """The audit this viewer may see as CSV: one row a changed field."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("number", "at", "who", "role", "act", "kind", "id", "field", "from", "to", "why"))
    for entry in audit.entries(session, viewer):
        for field, (before, after) in entry.changes.items():
            row = (entry.id, entry.at.isoformat(), entry.actor_name, entry.actor_role, entry.act, entry.entity_kind,
                   entry.entity_id, field, before, after, entry.why)  # fmt: skip
            writer.writerow(_safe(value) for value in row)
    return text.getvalue()


def take_in(session: Session, document: Mapping[str, Any], *, now: datetime) -> Imported:
    """What an export holds, added where it is missing. The audit is not taken over: the import is audited here.

    Raises:
        ArchiveRejected: not an export, a record that does not read, or one that differs from what is here.
    """
    if document.get("format") != FORMAT:
        raise ArchiveRejected("This is not an export of a register.")
    present = export(session, command("import"), now=now)
    failures: list[str] = []
    to_add: list[tuple[type[Base], Record]] = []
    unchanged = 0
    for name, record_kind, model in _ORDER:
        present_by_id = {record["id"]: record for record in present[name]}
        for record in document.get(name, []):
            present_record = present_by_id.get(record.get("id"))
            if present_record is not None:
                unchanged += 1
                if _essence(present_record) != _essence(record):
                    failures.append(f"{name} {record['id']}: differs from the one here")
                continue
            try:
                to_add.append((model, record_kind.model_validate(_readable(record, record_kind))))
            except ValidationError as error:
                failures += [f"{name} {record.get('id')}: {fault['loc']}: {fault['msg']}" for fault in error.errors()]
    if failures:
        raise ArchiveRejected("\n  ".join(["Nothing was imported:", *failures]))
    with acting(session, command("import"), "import", now, f"export of {document.get('made_at')}"):
        for model, record in to_add:
            _add(session, model, record)
    return Imported(len(to_add), unchanged)


def _plain(records: Iterable[Record]) -> list[dict[str, Any]]:
    rows = []
    for record in records:
        plain = _without_accounts(record.model_dump(mode="json"))
        rows.append(plain | {"label": record.label} if isinstance(record, Labelled) else plain)
    return rows


def _without_accounts(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {name: _without_accounts(inner) for name, inner in value.items() if name not in _ACCOUNTS}
    return [_without_accounts(inner) for inner in value] if isinstance(value, list) else value


def _essence(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in _IGNORED}


def _readable(record: Mapping[str, Any], kind: type[Record]) -> dict[str, Any]:
    """The record with the account fields an export leaves out put back, empty."""
    missing = dict.fromkeys(_ACCOUNTS & set(kind.model_fields))
    values = {name: value for name, value in record.items() if name != "label"} | missing
    if "signatures" in values:
        values["signatures"] = [signature | {"account_id": None} for signature in values["signatures"]]
    return values


def _add(session: Session, model: type[Base], record: Record) -> None:
    row = model(**_columns_of(record, model))
    for part, part_model in _PARTS.items():
        if part in type(record).model_fields:
            parts = [part_model(**_columns_of(inner, part_model)) for inner in getattr(record, part)]
            if part == "signatures":
                for signature in parts:
                    signature.priority_version = record.version  # type: ignore[attr-defined]
            setattr(row, part, parts)
    session.add(row)
    session.flush()


def _columns_of(record: Record, model: type[Base]) -> dict[str, Any]:
    columns = set(model.__mapper__.columns.keys()) - {"version"}  # noqa: SIM118 - names, not columns
    return {name: value for name, value in record if name in columns}


def _safe(value: object) -> object:
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
