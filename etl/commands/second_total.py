"""Compiles the Met's dashboard into one small table: its own total of London by month, to stand beside the one counted here."""

import csv
from dataclasses import astuple, fields
from pathlib import Path

import duckdb

from etl.core.errors import SourceChanged, SourceUnavailable
from etl.core.sql_text import sql
from etl.definitions.second_total import SECOND_TOTAL, MonthOfDashboard

COLUMNS = ("month_year", "area_type", "area_code", "crime_type", "crime_subtype", "measure", "count", "refresh_date")
"""Those of the dashboard's long file that are read, in lower case."""
SOURCE = (
    "Metropolitan Police Service, MPS Monthly Crime Dashboard Data (London Datastore), total notifiable offences, as refreshed "
    "on {day}; Open Government Licence v3.0"
)


def compile_table(file: Path, folder: Path) -> int:
    """Write `second_total.csv` in `folder` from the dashboard's long file (CSV or Parquet); returns how many months it holds.

    The file holds each offence twice, by borough and by neighbourhood team, and beside offences their outcomes: the boroughs'
    offences of both kinds of notifiable offence are added up.

    Raises:
        SourceUnavailable: the file is not there.
        SourceChanged: a column is not there, or no month holds both kinds of offence.
    """
    if not file.exists():
        raise SourceUnavailable(f"{file}: no such file")
    with duckdb.connect(":memory:") as connection:
        read = "read_parquet" if file.suffix == ".parquet" else "read_csv"
        try:
            connection.execute(f"CREATE TABLE dashboard AS SELECT * FROM {read}(?)", [str(file)])
        except duckdb.Error as error:
            raise SourceChanged(f"{file.name}: it cannot be read as a table: {str(error).splitlines()[0]}") from error
        known = {str(row[0]).lower() for row in connection.execute("DESCRIBE dashboard").fetchall()}
        missing = [column for column in COLUMNS if column not in known]
        if missing:
            raise SourceChanged(f"{file.name}: no column {', '.join(missing)}")
        rows = connection.execute(sql(__file__, "dashboard_months")).fetchall()
    if not rows:
        raise SourceChanged(f"{file.name}: no month holds notifiable offences with a victim and without")
    months = [MonthOfDashboard(month, count, placed, SOURCE.format(day=day)) for month, count, placed, day in rows]
    with (folder / SECOND_TOTAL).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([field.name for field in fields(MonthOfDashboard)])
        writer.writerows(astuple(month) for month in months)
    return len(months)
