"""Questions about what is held: sources, editions, what was checked in them, what was left out and what was refused."""

import json
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from dashboard.figures.from_rows import record_of
from dashboard.figures.live_release import per_release, warehouse_dir
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.records import CheckResult, Citation
from etl import warehouse
from etl.core.areas import LONDON
from etl.core.written import any_period, month
from etl.definitions.revision_bounds import revision_bounds

MOST_OF_THE_LOG = 64 * 1024**2
"""Bytes of the end of the log of refusals that a page reads."""
LONGEST_LINE = 1024**2
MOST_REFUSALS = 100
MOST_TORN = 1_000_000
MOST_REASONS = 50
LONGEST = 500
"""Characters of a name or a sentence of the log that a page shows."""


@dataclass(frozen=True)
class SourceRecord:
    """Where figures come from."""

    id: str
    title: str
    publisher: str
    landing_page: str
    licence: str
    attribution: str
    cadence: str
    note: str


@dataclass(frozen=True)
class EditionRecord:
    """One file as one publisher released it, with what was counted in it."""

    citation: Citation
    form: str
    part: str
    rows: int
    areas: int
    series: int
    accepted_reason: str | None
    newest_total: float | None
    """London in its last month, recorded crime only."""


@dataclass(frozen=True)
class RejectedRow:
    """A part of an accepted file that was left out, and why."""

    edition: str
    where: str
    what: str
    reason: str


@dataclass(frozen=True)
class Refusal:
    """An addition that was refused; nothing it held is shown anywhere."""

    when: str
    files: tuple[str, ...]
    message: str
    reasons: tuple[str, ...]


@per_release
def sources() -> tuple[SourceRecord, ...]:
    """Every source of the release, A to Z: those with an edition, and those whose first edition is awaited."""
    s = warehouse.source
    rows = rows_of(select(s).order_by(s.c.title))
    return tuple(record_of(SourceRecord, r, id=r.source_id) for r in rows)


@per_release
def editions(source_id: str | None = None) -> tuple[Citation, ...]:
    """Every edition held, newest first; or those of one source."""
    return tuple(r.citation for r in edition_records(source_id))


@per_release
def edition_records(source_id: str | None = None) -> tuple[EditionRecord, ...]:
    """Every edition held with what was counted in it, newest first; or those of one source."""
    e, s, v = warehouse.edition, warehouse.source, warehouse.edition_value
    statement = select(e, s.c.title, s.c.publisher, s.c.landing_page, s.c.licence, v.c.value.label("newest_total")).join(
        s, s.c.source_id == e.c.source_id
    )
    statement = statement.outerjoin(
        v,
        (v.c.edition_id == e.c.edition_id)
        & (v.c.measure_id == "total_recorded_crime")
        & (v.c.area_code == LONDON)
        & (v.c.period == e.c.last_period),
    )
    if source_id is not None:
        statement = statement.where(e.c.source_id == source_id)
    rows = rows_of(statement.order_by(e.c.published_on.desc(), e.c.last_period.desc(), e.c.edition_id))
    return tuple(
        record_of(EditionRecord, r, citation=record_of(Citation, r, source=r.source_id, label=month_words(r.label))) for r in rows
    )


@per_release
def checks(edition: str | None = None) -> tuple[CheckResult, ...]:
    """Every check of every edition, or of one."""
    c = warehouse.check_result
    statement = select(c) if edition is None else select(c).where(c.c.edition_id == edition)
    rows = rows_of(statement.order_by(c.c.edition_id.desc()))
    return tuple(record_of(CheckResult, r) for r in rows)


@per_release
def rejected_rows() -> tuple[RejectedRow, ...]:
    """Every part of an accepted file that was left out."""
    rows = rows_of(select(warehouse.rejected_row))
    return tuple(record_of(RejectedRow, r) for r in rows)


def refusals() -> tuple[Refusal, ...]:
    """Every addition refused since the warehouse was made, newest first. Read afresh each time: it changes without a release."""
    read = (_refusal(line) for line in reversed(_log()[0]))
    return tuple(refusal for refusal in read if refusal)[:MOST_REFUSALS]


def refusals_torn() -> int:
    """How many lines of the log can't be read: a run was stopped while it wrote one, or somebody else has."""
    lines, too_long = _log()
    return too_long + sum(_torn(line) for line in lines)


def refusals_state() -> str:
    """The same for as long as the log of refusals is."""
    try:
        status = (warehouse_dir() / "refusals.jsonl").stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"


def _log() -> tuple[Sequence[str], int]:
    """The last lines of the log, and how many were passed over for their length."""
    try:
        lines, too_long = _newest_lines(warehouse_dir() / "refusals.jsonl")
    except OSError:
        return (), 0
    return [text for line in lines if (text := line.decode("utf-8", "replace").strip())], too_long


def _newest_lines(path: Path) -> tuple[Sequence[bytes], int]:
    """The last lines of the log, a few at a time in memory; one that is longer than any of ours is passed over and counted."""
    # Beside the refusals a line says how many torn ones were let go.
    lines: deque[bytes] = deque(maxlen=MOST_REFUSALS + 1)
    too_long = 0
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - MOST_OF_THE_LOG))
        is_part = False
        while line := stream.readline(LONGEST_LINE):
            is_whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            if is_whole and not is_part:
                lines.append(line)
            too_long += not is_whole and not is_part
            is_part = not is_whole
    return lines, too_long


def _torn(line: str) -> int:
    """How many refusals a line stands for that can't be read: itself, or those it counts."""
    if _refusal(line) is not None:
        return 0
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return 1
    many = content.get("torn") if isinstance(content, dict) else None
    return many if type(many) is int and 0 < many < MOST_TORN else 1


def _refusal(line: str) -> Refusal | None:
    """One line of the log, cut to a readable length; None where it is torn or none of ours."""
    try:
        content = json.loads(line)
        when, message = content["when"], content["message"]
        files, reasons = list(content["files"]), list(content["reasons"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    texts = [when, message, *files, *reasons]
    if not all(isinstance(text, str) for text in texts):
        return None
    return Refusal(
        when[:LONGEST], tuple(name[:LONGEST] for name in files[:MOST_REASONS]), message[:LONGEST],
        tuple(reason[:LONGEST] for reason in reasons[:MOST_REASONS]),
    )  # fmt: skip


@per_release
def edition_names() -> dict[tuple[str, str], str]:
    """By source and the month an edition is kept under ("2026-01"): "January 2026" where that was given when it was added.

    Else "to December 2025", its newest period: the month that it was taken to have come out in is no fact.
    """
    e = warehouse.edition
    rows = rows_of(
        select(
            e.c.source_id,
            e.c.label,
            func.bool_or(e.c.published_basis == "given").label("is_given"),
            func.max(e.c.last_period).label("last"),
        ).group_by(e.c.source_id, e.c.label)
    )
    names = {(r.source_id, r.label): month_words(r.label) if r.is_given else f"to {any_period(r.last)}" for r in rows}
    kept = Counter((source, name) for (source, _), name in names.items())
    # Two that reach as far, as when one was told twice, are still told apart.
    return {key: name if kept[key[0], name] == 1 else f"{name}, taken as {month_words(key[1])}" for key, name in names.items()}


@per_release
def bounds_by_basis() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles of the sources held whose bounds on revisions were measured, and of those whose bounds are set, not measured."""
    bounds = revision_bounds()
    held_sources = [source for source in sources() if source.id in bounds]
    measured = tuple(source.title for source in held_sources if bounds[source.id].is_measured)
    return measured, tuple(source.title for source in held_sources if not bounds[source.id].is_measured)


def month_words(label: str) -> str:
    """2026-01 as January 2026."""
    return month(label)
