"""Tables of what the publishers said and what we say from it: editions, observations, measures, breaks, checks."""

from sqlalchemy import Column, Date, Double, Integer, String, Table

from etl.warehouse.schema import tables

release = Table(
    "release",
    tables,
    Column("name", String, primary_key=True),
    Column("built_at", String, nullable=False, comment="ISO time, UTC"),
    Column("data_to", String, nullable=False, comment="last month of recorded crime held, 2025-12"),
    Column("published_on", Date, nullable=False, comment="date of the newest edition"),
    Column("contents_sha256", String, nullable=False, comment="hash of every edition, definition and reference table"),
    comment="One row: what this file is.",
)

source = Table(
    "source",
    tables,
    Column("source_id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("publisher", String, nullable=False),
    Column("landing_page", String, nullable=False),
    Column("licence", String, nullable=False),
    Column("attribution", String, nullable=False),
    Column("cadence", String, nullable=False, comment="month | quarter | year"),
    Column("note", String, nullable=False),
)

edition = Table(
    "edition",
    tables,
    Column("edition_id", String, primary_key=True),
    Column("source_id", String, nullable=False),
    Column("label", String, nullable=False, comment="2026-01: the month of publication"),
    Column("form", String, nullable=False, comment="the publisher's layout and category scheme"),
    Column("part", String, nullable=False, comment="which of an edition's files: recent, historical, whole"),
    Column("file_name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("published_basis", String, nullable=False, comment="given | inferred"),
    Column("first_period", String, nullable=False),
    Column("last_period", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("areas", Integer, nullable=False),
    Column("series", Integer, nullable=False, comment="categories or measures in the file"),
    Column("accepted_reason", String, comment="why a warning was accepted, and by whom"),
    comment="One file as one publisher released it.",
)

area = Table(
    "area",
    tables,
    Column("area_code", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False, comment="force | borough | bcu | pseudo | region | nation"),
    Column("parent", String),
    Column("valid_from", String, nullable=False),
    Column("valid_to", String),
    Column("note", String, nullable=False),
)

observation = Table(
    "observation",
    tables,
    Column("edition_id", String, nullable=False),
    Column("series", String, nullable=False, comment="the publisher's category or measure, normalised"),
    Column("area_code", String, nullable=False),
    Column("breakdown", String, nullable=False),
    Column("period", String, nullable=False, comment="2025-06 | 2025-Q2 | 2025"),
    Column("value", Double, comment="NULL only where status says why"),
    Column("status", String, nullable=False),
    Column("sheet_column", String, nullable=False, comment="Y, or Sheet1!Y in a workbook"),
    Column("sheet_row", Integer, nullable=False, comment="1-based row in the file: with the column, the cell"),
    comment="The publisher's numbers, unchanged, every edition. Key: edition_id, series, area_code, breakdown, period.",
)

edition_value = Table(
    "edition_value",
    tables,
    Column("measure_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("breakdown", String, nullable=False),
    Column("period", String, nullable=False),
    Column("edition_id", String, nullable=False),
    Column("value", Double),
    Column("status", String, nullable=False),
    Column("cells", String, nullable=False, comment="cells of the file that were added up"),
    comment="A measure as each edition gives it (base form only): as published on a date is a query of this table.",
)

measure_value = Table(
    "measure_value",
    tables,
    Column("measure_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("breakdown", String, nullable=False),
    Column("period", String, nullable=False),
    Column("value", Double),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("lower", Double, comment="95% limit"),
    Column("upper", Double, comment="95% limit"),
    Column("status", String, nullable=False),
    Column("edition_id", String, nullable=False),
    Column("cells", String, nullable=False),
    comment="The numbers we show. Key: measure_id, area_code, breakdown, period.",
)

break_in_series = Table(
    "break_in_series",
    tables,
    Column("measure_id", String, nullable=False),
    Column("area_code", String, nullable=False, comment="* for every area"),
    Column("start", Date, nullable=False),
    Column("end", Date),
    Column("what", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("treatment", String, nullable=False),
    Column("source", String, nullable=False),
    Column("short", String, nullable=False, comment="a few words for the label on a chart"),
)

check_result = Table(
    "check_result",
    tables,
    Column("edition_id", String, nullable=False),
    Column("check", String, nullable=False),
    Column("result", String, nullable=False, comment="passed | warned | refused"),
    Column("found", String, nullable=False),
)

rejected_row = Table(
    "rejected_row",
    tables,
    Column("edition_id", String, nullable=False),
    Column("where", String, nullable=False),
    Column("what", String, nullable=False),
    Column("reason", String, nullable=False),
    comment="Parts of an accepted file that were left out, and why.",
)
