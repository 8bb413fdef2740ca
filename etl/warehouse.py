"""The warehouse: its tables, declared once, and how to open one release of it.

A release is one immutable DuckDB file, `<release>.duckdb`; the file `current` beside it names the live one. Readers open it
read-only. A new release is a new file, so readers never wait for a writer and a bad build never reaches them.
"""

from pathlib import Path

from sqlalchemy import Boolean, Column, Date, Double, Engine, Integer, MetaData, String, Table, create_engine

from etl.errors import WarehouseMissing

tables = MetaData()


def _texts(*names: str) -> tuple[Column[str], ...]:
    return tuple(Column(name, String, nullable=False) for name in names)


def _numbers(*names: str) -> tuple[Column[float], ...]:
    return tuple(Column(name, Double) for name in names)


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

verdict = Table(
    "verdict",
    tables,
    Column("measure_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("state", String, nullable=False),
    Column("since", String),
    Column("window_first", String),
    Column("window_last", String),
    Column("observed", Double),
    Column("expected", Double),
    Column("expected_lower", Double),
    Column("expected_upper", Double),
    Column("ratio", Double),
    Column("ratio_lower", Double),
    Column("ratio_upper", Double),
    Column("p_value", Double),
    Column("q_value", Double),
    Column("visible_change", Double),
    Column("rule", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("would_change", String, nullable=False, comment="what would change it, or what is awaited"),
    comment="One per measure and area.",
)

verdict_family = Table(
    "verdict_family",
    tables,
    Column("family", String, nullable=False, comment="boroughs | commands | London"),
    Column("tested", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("by_chance", Double, nullable=False, comment="how many of the changed chance would be expected to add"),
    Column("newest_by_chance", Double, nullable=False, comment="how many newest months would lie outside their range by chance"),
    comment="The lists verdicts are looked at in together.",
)

year_change = Table(
    "year_change",
    tables,
    *_texts("measure_id", "area_code", "state", "window_first", "window_last", "baseline_asked"),
    Column("baseline_first", String, comment="first month compared with; none where nothing could be"),
    Column("baseline_last", String),
    *_numbers("observed", "expected", "expected_lower", "expected_upper", "ratio", "ratio_lower", "ratio_upper"),
    *_numbers("p_value", "q_value", "visible_change"),
    Column("reason", String, nullable=False),
    comment="Each financial year against up to 24 months before; and 2015/16 against the two years before the targets of 2013.",
)

expected_month = Table(
    "expected_month",
    tables,
    Column("measure_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("period", String, nullable=False),
    Column("expected", Double, nullable=False),
    Column("lower", Double, nullable=False),
    Column("upper", Double, nullable=False),
    Column("role", String, nullable=False, comment="segment (before the baseline) | baseline | window | provisional"),
    Column("signal", String, nullable=False, comment="the rule a month breaks, in words; empty for none"),
    comment="The range of single months behind each verdict on a count, for the time of year.",
)

settling = Table(
    "settling",
    tables,
    *_texts("measure_id", "kind", "basis"),
    Column("lag", Integer, nullable=False, comment="0 for the newest month of an edition, 1 for the one before it"),
    *_numbers("typical", "most"),
    Column("pairs", Integer, nullable=False),
    comment="How far months have moved since they were first published, as shares. basis: measure | all measures.",
)

expected_range = Table(
    "expected_range",
    tables,
    *_texts("measure_id", "area_code", "made_at", "period"),
    *_numbers("lower95", "lower80", "median", "upper80", "upper95"),
    Column("shown", Boolean, nullable=False, comment="false where last year's same month has foretold held-back months better"),
    comment="What the months after `made_at` may bring, from the area's own history.",
)

expected_total = Table(
    "expected_total",
    tables,
    *_texts("measure_id", "area_code", "made_at", "first", "last"),
    *_numbers("lower95", "lower80", "median", "upper80", "upper95"),
    Column("shown", Boolean, nullable=False, comment="as in expected_range"),
    comment="What the months from `first` to `last` may come to: to the end of a financial year, as far as the ranges run.",
)

time_to_see = Table(
    "time_to_see",
    tables,
    *_texts("measure_id", "area_code"),
    *_numbers("change"),
    Column("months", Integer, comment="none where three years would not do"),
    comment="Months until a change of that size is seen four times in five: the first honest review.",
)

area_comparison = Table(
    "area_comparison",
    tables,
    *_texts("measure_id", "area_code", "period"),
    *_numbers("events", "population", "rate", "rate_lower", "rate_upper", "rest_rate", "ratio", "ratio_lower", "ratio_upper"),
    Column("side", String, nullable=False, comment="above | below | similar"),
    *_numbers("z", "adjusted_z"),
    Column("funnel", String, nullable=False, comment="above 99.8% | above 95% | within | below 95% | below 99.8%"),
    *_numbers("phi", "tau2"),
    comment="A borough's last 12 months against the rest of London, and on the funnel widened by how much boroughs differ.",
)

contribution = Table(
    "contribution",
    tables,
    *_texts("measure_id", "area_code", "period"),
    *_numbers("before", "now", "change", "change_lower", "change_upper", "london_change", "share"),
    comment="What a borough adds to London's change, 12 months against the 12 before.",
)

similarity = Table(
    "similarity",
    tables,
    *_texts("area_code", "other_code"),
    *_numbers("distance"),
    Column("place", Integer, nullable=False, comment="1 for the most similar"),
    comment="How alike boroughs are with the published weights; 0 is identical.",
)

calibration_made = Table(
    "calibration_made",
    tables,
    Column("data_to", String, nullable=False, comment="newest month the simulated series were fitted to"),
    Column("effort", String, nullable=False, comment="full | quick"),
    Column("in_step", Boolean, nullable=False, comment="measured with the judging and the breaks of this release"),
    comment="What the tables of calibration were made with.",
)

calibration_false_alarm = Table(
    "calibration_false_alarm",
    tables,
    *_texts("method", "measure_id", "kind", "band"),
    Column("series", Integer, nullable=False),
    *_numbers("mean", "rate", "promise"),
    comment="How often each way of judging cries wolf on simulated series in which nothing changed.",
)

calibration_power = Table(
    "calibration_power",
    tables,
    *_texts("measure_id", "kind", "band"),
    Column("months", Integer, nullable=False),
    Column("series", Integer, nullable=False),
    *_numbers("mean", "change", "found"),
    comment="How often a real change is seen after so many months.",
)

calibration_backtest = Table(
    "calibration_backtest",
    tables,
    *_texts("as_of", "kind", "state"),
    Column("verdicts", Integer, nullable=False),
    *_numbers("survived_revision", "later_known", "lasted", "turned"),
    comment="Verdicts as of past dates, and what became of them.",
)

calibration_range_score = Table(
    "calibration_range_score",
    tables,
    *_texts("measure_id", "kind", "model"),
    Column("months", Integer, nullable=False),
    *_numbers("coverage80", "coverage95", "score80", "score95"),
    Column("shown", Boolean, nullable=False),
    comment="Expected ranges on months held back: coverage and interval score, lower is better.",
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


def current_release(warehouse_dir: Path) -> Path:
    """Path of the live release.

    Raises:
        WarehouseMissing: nothing has been built there.
    """
    pointer = warehouse_dir / "current"
    if not pointer.exists():
        raise WarehouseMissing(f"{warehouse_dir}: no release here yet. Build one with `python -m etl build`.")
    return warehouse_dir / pointer.read_text().strip()


def open_release(path: Path) -> Engine:
    """Read-only engine on one release file."""
    # threads=1: pages read small tables; the processes of the web server share the two cores between them.
    return create_engine(f"duckdb:///{path}", connect_args={"read_only": True, "config": {"threads": 1}})
