"""Questions about what is held: sources, editions, what was checked in them, what was left out and what was refused."""

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from dashboard.figures.from_rows import record_of
from dashboard.figures.live_release import per_release, warehouse_dir
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.records import CheckResult, Citation
from etl import warehouse
from etl.core.areas import LONDON
from etl.core.written import month

MOST_OF_THE_LOG = 64 * 1024**2
"""Bytes of the end of the log of refusals that a page reads."""
LONGEST_LINE = 1024**2
MOST_REFUSALS = 100
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
    try:
        lines = _newest_lines(warehouse_dir() / "refusals.jsonl")
    except OSError:
        return ()
    read = (_refusal(line.decode("utf-8", "replace")) for line in reversed(lines))
    return tuple(refusal for refusal in read if refusal)


def refusals_state() -> str:
    """The same for as long as the log of refusals is."""
    try:
        status = (warehouse_dir() / "refusals.jsonl").stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"


def _newest_lines(path: Path) -> Sequence[bytes]:
    """The last lines of the log, a few at a time in memory; one that is longer than any of ours is passed over."""
    lines: deque[bytes] = deque(maxlen=MOST_REFUSALS)
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - MOST_OF_THE_LOG))
        is_part = False
        while line := stream.readline(LONGEST_LINE):
            is_whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            if is_whole and not is_part:
                lines.append(line)
            is_part = not is_whole
    return lines


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


def month_words(label: str) -> str:
    """2026-01 as January 2026."""
    return month(label)
