"""The command line of the pipeline: `python -m etl --help`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from etl.commands import ending, judge

if __name__ == "__main__" and sys.argv[1:2] == ["judge"]:
    # Judging a file needs none of the modules below, which take longer to load than it takes.
    ending.run(judge.alone)
    sys.exit()

import duckdb

from etl import pipeline
from etl.commands import calibrate, calibrate_real, characteristics, dates, late_feeds, lookup, passport, second_total
from etl.commands.lookup import Lookup
from etl.commands.printing import moved_lines, print_rows
from etl.core import clock
from etl.core.errors import FiguresLate, NoSuchThing, PromiseBroken, ReleaseUnusable
from etl.definitions import catalogue, reference
from etl.judging import calibrated
from etl.release import snapshot
from etl.release.diff import moved
from etl.warehouse import current_release

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Published files in, a release of the warehouse out. A file is known by what is in it, not by its name. "
    "Nothing is published unless every check passes; the release before it stays up until then.",
    epilog="Start here: `python -m etl build`, then `python -m etl series burglary Bromley`. "
    "A new file: `python -m etl check FILE`, then `add FILE`. "
    "A command that is refused says why and ends with a number: 12 a file cannot be opened, 13 it is of no kind we read, 14 its "
    "figures are refused, 15 it needs `--accept`, 16 there is no release yet, 17 no such measure, area or period, 19 nothing can "
    "be written, 20 figures are late, 21 the live release is damaged, altered or in use by another tool.",
)

DEFAULT_WAREHOUSE = Path(__file__).parent.parent / "data" / "warehouse"

Warehouse = Annotated[
    Path, typer.Option("--warehouse", envvar="WAREHOUSE_DIR", help="Folder of the releases.", show_default="data/warehouse")
]
Format = Annotated[str, typer.Option("--format", help="csv, json or table.")]
Measure = Annotated[str, typer.Argument(help="A measure's id, such as burglary or burglary_rate; `measures` lists them.")]
AreaName = Annotated[
    str,
    typer.Argument(
        metavar="AREA",
        help="A code such as E09000006, BCU-SN or E23000001 (the Met), or a name such as Bromley; `areas` lists them.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(help="The day (2025-07-02) or month (2025-07) the files came out. Without it the month is inferred and said."),
]
Accept = Annotated[str | None, typer.Option(help="Why a warning may stand, and who says so. Recorded with the edition.")]
Paths = Annotated[list[Path], typer.Argument(help="Files, or folders whose tables are all added.")]


@app.command(
    epilog='For example: `python -m etl add "MPS Borough Level Crime (most recent 24 months).csv" --published 2026-02-12`; '
    'and where it asks for a reason: `--accept "Confirmed by the publisher on 13 February. A. Smith"`.'
)
def add(paths: Paths, warehouse: Warehouse = DEFAULT_WAREHOUSE, published: Published = None, accept: Accept = None) -> None:
    """Read files, check them beside what is held, and publish a new release that has them.

    A file already held changes nothing. An edition older than the live one adds history and never replaces newer figures.
    A refusal lists every reason and leaves the live release as it was.
    """
    outcome = pipeline.add(
        paths, warehouse, _say, published=dates.day(published), accept=accept, publish_it=True, today=clock.today()
    )
    for line in moved_lines(outcome.moved):
        _say(line)


@app.command(epilog="For example: `python -m etl check downloads/`. It ends as `add` would: with 0 if all would be taken.")
def check(paths: Paths, warehouse: Warehouse = DEFAULT_WAREHOUSE, published: Published = None, accept: Accept = None) -> None:
    """Do all that `add` does, except publish."""
    pipeline.add(paths, warehouse, _say, published=dates.day(published), accept=accept, publish_it=False, today=clock.today())


@app.command()
def build(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    series: Annotated[
        Path, typer.Option(help="Folder of figures in our own form.", show_default="data/series")
    ] = snapshot.SERIES,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only the editions published by this day, into a folder of its own.")
    ] = None,
    unless_built: Annotated[
        bool, typer.Option("--unless-built", help="Do nothing where a release made with this copy is live already.")
    ] = False,
) -> None:
    """Make a release from the figures in data/series: what a fresh clone has."""
    until = dates.day(as_of, end=True)
    if until is not None and (warehouse / "current").exists():
        raise typer.BadParameter(
            f"{warehouse} has a live release already: an earlier one needs a folder of its own (--warehouse)"
        )
    pipeline.build(warehouse, _say, series, until, unless_built=unless_built)


@app.command()
def refresh(warehouse: Warehouse = DEFAULT_WAREHOUSE) -> None:
    """Work the live release out again with this copy's methods and definitions; every edition is kept."""
    pipeline.refresh(warehouse, _say)


@app.command("snapshot")
def snapshot_command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    series: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/series")] = snapshot.SERIES,
) -> None:
    """Write data/series from the live release, every edition of it."""
    _say(f"{snapshot.write(Lookup.live(warehouse).connection, series)} editions written to {series}")


@app.command(epilog="For example: `python -m etl diff 2026-01-01-4e23f2d4ef`, or without a name after `add`.")
def diff(
    other: Annotated[
        str | None, typer.Argument(help="An older release's name; without it, the release built before the live one.")
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """Print what the live release says that another does not: new months, and figures that moved."""
    live = Lookup.live(warehouse)
    (current,) = live.table("SELECT name FROM release")[1][0]
    releases = sorted(warehouse.glob("*.duckdb"), key=lambda p: p.stat().st_mtime)
    older_releases = [p for p in releases if p.stem == other] if other else [p for p in releases if p.stem != current][-1:]
    if not older_releases:
        raise NoSuchThing(
            f"no other release{f' {other!r}' if other else ''} in {warehouse}; held: {', '.join(p.stem for p in releases)}"
        )
    lines = moved_lines(moved(older_releases[0], current_release(warehouse)))
    _say(f"{older_releases[0].stem} to {current}")
    for line in lines or ["Nothing differs."]:
        _say(line)


@app.command(
    epilog="For a timer that is to raise an alarm: `python -m etl sources --late` prints nothing and ends with 0 while none is."
)
def sources(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    late: Annotated[
        bool,
        typer.Option("--late", help="Only what is late today by its publisher's calendar; ends with 20 where anything is."),
    ] = False,
    format: Format = "table",  # noqa: A002
) -> None:
    """List the sources, and each edition held of them; or what is late of them today."""
    live = Lookup.live(warehouse)
    if late:
        rows = late_feeds.late_rows(live.connection, clock.today())
        if rows:
            print_rows(late_feeds.COLUMNS, rows, format)
            raise FiguresLate(late_feeds.sentence(rows, clock.today()))
        return
    statement = (
        "SELECT s.source_id AS source, e.label AS edition, CASE e.published_basis WHEN 'given' THEN e.published_on::VARCHAR "
        "WHEN 'inferred' THEN 'not given, taken as ' || e.label END AS published, e.part, e.form, e.first_period AS first, "
        "e.last_period AS last, e.rows, e.areas, "
        "e.series AS categories, substr(e.sha256, 1, 12) AS sha256, e.file_name AS file "
        "FROM source s LEFT JOIN edition e USING (source_id) ORDER BY 1, e.published_on, e.edition_id"
    )
    print_rows(*live.table(statement), format)


@app.command()
def measures(format: Format = "table") -> None:  # noqa: A002
    """List the measures: every id `series` and `explain` take."""
    rows: list[tuple[object, ...]] = []
    for form in catalogue.forms_by_id().values():
        m = catalogue.measures()[form.base]
        length = "12 months" if "rolling" in form.form or m.period == "rolling_year" else m.period
        rows.append((form.id, m.title, form.form.replace("_", " "), length, _unit(form, m), m.better, m.source))
    print_rows(["measure", "title", "form", "period", "unit", "better", "source"], rows, format)


@app.command()
def areas(format: Format = "table") -> None:  # noqa: A002
    """List the areas: London, boroughs, basic command units and the places that are neither."""
    rows: list[tuple[object, ...]] = [(a.code, a.name, a.kind, a.parent, a.note) for a in reference.areas().values()]
    print_rows(["area", "name", "kind", "parent", "note"], rows, format)


@app.command(
    epilog="For example: `python -m etl series burglary_rate Bromley --format table`; all London as it stood a year ago: "
    "`python -m etl series total_recorded_crime London --as-of 2025-06`. A count's id may end in _rate, _rolling_year or "
    "_rolling_year_rate."
)
def series(
    measure: Measure,
    area: AreaName,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As published by this day (2024-03-31) or by the end of this month (2024-03).")
    ] = None,
    format: Format = "csv",  # noqa: A002
) -> None:
    """Print a measure's series: one row a period, with its limits, edition and cell.

    A month is 2025-06, a quarter 2025-Q2; a 12-month figure is named by its last month. An empty value has its
    reason in `status`.
    """
    rows = Lookup.live(warehouse).series(measure, area, dates.day(as_of, end=True))
    _note(area)
    print_rows(list(lookup.COLUMNS), rows, format)


@app.command(epilog="For example: `python -m etl explain theft_from_person Westminster 2025-11`.")
def explain(
    measure: Measure,
    area: AreaName,
    period: Annotated[str, typer.Argument(help="2025-06 or 2025-Q2.")],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """Print one number's whole passport: source, file, sha256, cells, what each edition said, method, caveats."""
    lines = passport.passport(Lookup.live(warehouse), measure, area, period)
    _note(area)
    for label, text in lines:
        _say(f"{label + ':':<18}{text}")


@app.command(epilog="For example: `python -m etl verdict shoplifting BCU-SN`.")
def verdict(
    measure: Measure,
    area: AreaName,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As the figures stood on this day, or at the end of this month.")
    ] = None,
) -> None:
    """Print what may be said of a measure in an area: the verdict, its numbers and why."""
    lines = Lookup.live(warehouse).verdict(measure, area, dates.day(as_of, end=True))
    _note(area)
    for label, text in lines:
        _say(f"{label + ':':<18}{text}")


@app.command(epilog="For example: `python -m etl expected burglary Bromley --format table`.")
def expected(
    measure: Measure,
    area: AreaName,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As it was made on this day, from the editions published by then.")
    ] = None,
    format: Format = "csv",  # noqa: A002
) -> None:
    """Print what the next 24 months may bring: the ranges that four and nineteen in twenty futures keep within.

    `shown` is false where last year's same month has foretold the measure better, so that no page shows the range.
    A range fixed when a priority was agreed comes out again with the day of the agreement.
    """
    rows = Lookup.live(warehouse).expected(measure, area, dates.day(as_of, end=True))
    _note(area)
    print_rows(list(lookup.EXPECTED), rows, format)


app.command("judge", epilog=judge.EPILOG)(judge.command)


@app.command("calibrate")
def calibrate_command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of the simulation: a minute instead of several.")] = False,
    real: Annotated[
        bool, typer.Option("--real", help="On real windows instead: what `judge` reads from, and how well it does.")
    ] = False,
    folder: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/calibration")] = calibrated.CALIBRATION,
) -> None:
    """Measure false alarms, power, past verdicts and past ranges on series like the live release's, and store the tables.

    Build again afterwards to have them in a release. Exits with 18 where a promise on false alarms is broken.
    """
    if real:
        for line in calibrate_real.calibrate(Lookup.live(warehouse).connection, folder, _say, is_quick=quick):
            _say(line)
        return
    broken = calibrate.calibrate(Lookup.live(warehouse).connection, folder, calibrate.QUICK if quick else calibrate.FULL, _say)
    if broken:
        raise PromiseBroken("false alarms above what is promised", broken)
    _say(f"Every promise on false alarms is kept. Tables written to {folder}")


@app.command("characteristics")
def characteristics_command(
    profiles: Annotated[Path, typer.Argument(help="London borough profiles, as published (CSV).")],
    deprivation: Annotated[Path, typer.Argument(help="English Indices of Deprivation 2019 for London, as published (workbook).")],
    folder: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/reference")] = reference.REFERENCE,
) -> None:
    """Compile what is published about boroughs into the table that "most similar" is worked out from."""
    _say(f"{characteristics.compile_table(profiles, deprivation, folder)} figures written to {folder}")


@app.command("second-total")
def second_total_command(
    file: Annotated[Path, typer.Argument(help="The long file of the Met's Monthly Crime Dashboard (CSV or Parquet).")],
    folder: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/reference")] = reference.REFERENCE,
) -> None:
    """Compile the Met's dashboard into the table of its own total of London, which pages set beside the one counted here."""
    _say(f"{second_total.compile_table(file, folder)} months written to {folder}")


def _unit(form: catalogue.MeasureForm, measure: catalogue.Measure) -> str:
    return f"{measure.unit} per {catalogue.RATE_PER:,} residents" if "rate" in form.form else measure.unit


def _say(text: str) -> None:
    typer.echo(text)


def _note(area: str) -> None:
    """What must be said of the code asked by, beside the figures and not among them."""
    if note := lookup.area_note(area):
        typer.echo(note, err=True)


def main() -> None:
    """Run the command; a refusal prints its message and exits with its own code, no traceback."""
    ending.run(_started)


def _started() -> None:
    try:
        app()
    except duckdb.Error as error:
        # Its file has gone bad while it was read, or it was made by another copy of the project.
        typer.echo(f"the release cannot be read: {str(error).splitlines()[0]}; try `python -m etl refresh`", err=True)
        sys.exit(ReleaseUnusable.exit_code)


if __name__ == "__main__":
    main()
