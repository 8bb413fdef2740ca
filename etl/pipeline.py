"""The whole run, in the order it happens. Read this first.

read -> check by itself -> (all editions together) contradictions -> derive -> check against neighbours -> judge ->
publish -> what changed
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl.checks import edition_moves, edition_rules
from etl.core.errors import AcceptanceNeeded, DataRejected, NotTaken, PipelineError, ReleaseUnusable, SourceUnavailable
from etl.core.period import first_day
from etl.definitions import catalogue
from etl.files.staged_rows import COLUMNS, Staged
from etl.files.table import file_sha256
from etl.release import assemble, derive, diff, refusals, snapshot
from etl.release.lock import only_writer
from etl.sources import read
from etl.warehouse import current_release
from etl.warehouse.made_with import is_current

Say = Callable[[str], None]


@dataclass
class Outcome:
    """What an addition did: the release, the editions added, the files already held or passed over, and every sentence said."""

    release: str | None
    added: list[str] = field(default_factory=list)
    already_held: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    moved: list[diff.Moved] = field(default_factory=list)
    ledger: list[str] = field(default_factory=list)
    """A line for each change that entered or left the ledger."""
    needs_a_reason: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Terms:
    """What the person adding says of the files: when they came out, why a warning may stand; and the day it is."""

    published: dt.date | None
    accept: str | None
    today: dt.date


def add(
    paths: Sequence[Path],
    warehouse_dir: Path,
    say: Say,
    *,
    published: dt.date | None,
    accept: str | None,
    publish_it: bool,
    today: dt.date,
) -> Outcome:
    """Read files (a folder adds all its tables), check them beside what is held, and publish a release that has them.

    Args:
        paths: files and folders.
        warehouse_dir: where releases live; a missing or empty one starts a new warehouse.
        say: called with each sentence of progress.
        published: the day the files came out; None to infer the month from the last month each covers.
        accept: the reason a warning may stand, recorded with the edition; None to refuse where there is a warning.
        publish_it: False to do all but publish.
        today: no edition may hold a period that ends after it, nor have come out after it.

    Raises:
        PipelineError: anything is refused. Every reason found in every file is listed; the live release is untouched.
    """
    terms = Terms(published, accept.strip() if accept and accept.strip() else None, today)
    with only_writer(warehouse_dir, say):
        files = _files(paths)
        try:
            return _add(files, warehouse_dir, say, terms, publish_it=publish_it)
        except PipelineError as error:
            # Of a release that cannot be read the files are not to blame.
            if publish_it and not isinstance(error, ReleaseUnusable):
                failures = error.failures if isinstance(error, DataRejected) else str(error).splitlines()
                refusals.note_refusal(warehouse_dir, [f for f, _ in files], str(error), failures)
            raise


def build(
    warehouse_dir: Path,
    say: Say,
    series: Path = snapshot.SERIES,
    until: dt.date | None = None,
    *,
    unless_built: bool = False,
) -> Path:
    """Make a release from the figures in `series` and make it live; returns its file.

    `until`: as it would have been made on that day, without the editions published since.
    `unless_built`: do nothing where one made with this copy is live by the time it is our turn.

    Raises:
        SourceUnavailable: the figures are not there.
    """
    with only_writer(warehouse_dir, say):
        if unless_built and is_current(warehouse_dir):
            say("Nothing to do: another run has built it.")
            return current_release(warehouse_dir)
        connection = assemble.new_connection()
        say(f"reading the figures in {series.name}/")
        editions = snapshot.read(connection, series, until)
        say(f"{editions} editions read; working out {len(catalogue.measures())} measures")
        return assemble.finish(connection, warehouse_dir, say)


def refresh(warehouse_dir: Path, say: Say) -> Path:
    """Work the live release out again with the code, definitions and reference tables of this copy; returns its file.

    Every edition is kept. Nothing is done where the live release was made with them already.

    Raises:
        WarehouseMissing: nothing has been built there.
    """
    with only_writer(warehouse_dir, say):
        if is_current(warehouse_dir):
            say("Nothing to do: the live release was made with what this copy holds.")
            return current_release(warehouse_dir)
        connection = assemble.new_connection()
        live = assemble.load_live(connection, warehouse_dir)
        if live is None:
            return current_release(warehouse_dir)
        say(f"working out {len(catalogue.measures())} measures again")
        path = assemble.finish(connection, warehouse_dir, say)
        for line in assemble.ledger_since(live, path):
            say(line)
        return path


def _add(files: Sequence[tuple[Path, bool]], warehouse_dir: Path, say: Say, terms: Terms, *, publish_it: bool) -> Outcome:
    connection = assemble.new_connection()
    live = assemble.load_live(connection, warehouse_dir)
    outcome = Outcome(live.stem if live else None)
    _read_all(connection, files, outcome, say, terms)
    if not outcome.added:
        if not outcome.already_held:
            raise NotTaken("nothing to add: " + ("; ".join(outcome.passed_over) or "no file named holds a table"))
        say("Nothing changed: every file is already held.")
        return outcome
    failures = edition_rules.contradictions(connection, outcome.added)
    derive.load_definitions(connection)
    derive.edition_values(connection)
    if failures:
        reasons = [
            *outcome.needs_a_reason,
            *(f"{e}: {s}" for e, s in edition_moves.moves_beyond_bounds(connection, outcome.added)),
        ]
        raise DataRejected("editions contradict each other", [*failures, *(() if terms.accept else reasons)])
    _compare_with_earlier_editions(connection, outcome, terms.accept, say)
    if not publish_it:
        for line in assemble.ledger_ahead(connection, live):
            say(line)
        say("Checked; nothing was published.")
        return outcome
    path = assemble.finish(connection, warehouse_dir, say, derived=True)
    outcome.release = path.stem
    outcome.moved = assemble.moved_since(live, path)
    outcome.ledger = assemble.ledger_since(live, path)
    return outcome


def _files(paths: Sequence[Path]) -> list[tuple[Path, bool]]:
    """Each file to read, and whether it was named (True) or met in a folder (False)."""
    files: list[tuple[Path, bool]] = []
    for path in paths:
        if path.is_dir():
            files += [(p, False) for p in sorted(path.rglob("*")) if p.is_file() and read.is_a_table(p)]
        elif path.exists():
            files.append((path, True))
        else:
            raise SourceUnavailable(f"{path}: no such file or folder")
    return files


def _read_all(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[tuple[Path, bool]],
    outcome: Outcome,
    say: Say,
    terms: Terms,
) -> None:
    refused: list[PipelineError] = []
    for path, is_named in files:
        try:
            sha256 = file_sha256(path)
            if connection.execute("SELECT 1 FROM edition WHERE sha256 = ?", [sha256]).fetchone():
                say(f"{path.name}: already held, byte for byte; nothing to do")
                outcome.already_held.append(path.name)
                continue
            for staged in read.read(connection, path):
                earlier_file = edition_rules.same_figures(connection, staged.source_id, staged.table)
                if earlier_file:
                    say(f"{path.name}: the same figures, one by one, as {earlier_file}, already held; nothing to do")
                    outcome.already_held.append(path.name)
                    continue
                outcome.needs_a_reason += [f"{path.name}: {sentence}" for sentence in staged.needs_acceptance]
                outcome.added.append(insert_edition(connection, path, sha256, staged, say, terms))
        except NotTaken as error:
            if is_named:
                refused.append(error)
            else:
                outcome.passed_over.append(str(error))
                say(f"passed over: {error}")
        except PipelineError as error:
            refused.append(error)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        sentences = [f"{line}" for error in refused for line in str(error).splitlines()]
        worst = max(refused, key=lambda e: e.exit_code)
        combined = DataRejected(f"{len(refused)} files refused", sentences)
        combined.exit_code = worst.exit_code
        raise combined


def insert_edition(connection: duckdb.DuckDBPyConnection, path: Path, sha256: str, staged: Staged, say: Say, terms: Terms) -> str:
    """Put one staged part into `edition` and `observation`; returns its id.

    Raises:
        DataRejected: the file holds a period that is not over, or is said to have come out before its last period was.
    """
    published, accept = terms.published, terms.accept
    first_in_use = catalogue.sources()[staged.source_id].forms[staged.form].in_use_from
    inferred = max(staged.edition_label, first_in_use)
    day = published or first_day(inferred)
    failures = edition_rules.dates(staged.last_period, day, terms.today)
    if failures:
        raise DataRejected(f"{path.name}: rejected", failures)
    label = f"{day:%Y-%m}"
    edition_id = f"{staged.source_id}/{label}/{staged.part}-{sha256[:8]}"
    basis = "given" if published else "inferred"
    basis_words = f"given as {day.isoformat()}" if published else f"not given: {staged.edition_basis}"
    if inferred != staged.edition_label and not published:
        basis_words = f"not given: no edition in this form came out before {inferred}"
    title = catalogue.sources()[staged.source_id].title
    period = f"{staged.first_period} to {staged.last_period}"
    say(f"{path.name}: {title}, form {staged.form}, {period}; edition {label} ({basis_words})")
    for notice in staged.notices:
        say(f"  {notice}")
    connection.execute(
        "INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            edition_id, staged.source_id, label, staged.form, staged.part, path.name, sha256, day, basis, staged.first_period,
            staged.last_period, staged.rows, staged.areas, staged.series, accept if staged.needs_acceptance else None,
        ],
    )  # fmt: skip
    connection.execute(f"INSERT INTO observation BY NAME SELECT ? AS edition_id, {COLUMNS} FROM {staged.table}", [edition_id])
    checks = [(edition_id, *c) for c in staged.checks]
    checks += [(edition_id, "Accepted with a reason", "warned", f"{n}. Reason: {accept}") for n in staged.needs_acceptance]
    if checks:
        connection.executemany("INSERT INTO check_result VALUES (?, ?, ?, ?)", checks)
    if staged.rejected:
        connection.executemany("INSERT INTO rejected_row VALUES (?, ?, ?, ?)", [(edition_id, *r) for r in staged.rejected])
    return edition_id


def _compare_with_earlier_editions(connection: duckdb.DuckDBPyConnection, outcome: Outcome, accept: str | None, say: Say) -> None:
    """Say how figures moved between neighbouring editions; refuse a move beyond its bound that touches an edition being added.

    A reason is recorded with the later edition of the two, whichever came last, so that the order of adding makes no difference.

    Raises:
        AcceptanceNeeded: such a move, or a file that by itself needs a reason, and none was given now or before.
    """
    moves = edition_moves.moves_beyond_bounds(connection, outcome.added)
    for line in edition_moves.moves_within_bounds(connection, outcome.added, moves):
        say(line)
    reasons = [*outcome.needs_a_reason, *(f"{e}: {s}" for e, s in moves)]
    if reasons and not accept:
        statement = "SELECT DISTINCT file_name FROM edition WHERE list_contains(?, edition_id) ORDER BY 1"
        files = connection.execute(statement, [outcome.added]).fetchall()
        named = ", ".join(name for (name,) in files)
        raise AcceptanceNeeded(f"{named}: not as any edition before; needs a reason (--accept) to be published", reasons)
    for reason in reasons:
        say(f"accepted ({accept}): {reason}")
    for edition_id, _ in moves:
        connection.execute("UPDATE edition SET accepted_reason = ? WHERE edition_id = ?", [accept, edition_id])
