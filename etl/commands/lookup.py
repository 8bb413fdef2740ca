"""Reading one release for the command line: a measure's series, a verdict, and the lists."""

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.core.areas import INCLUDE_THE_CITY, LONDON
from etl.core.errors import NoSuchThing
from etl.core.reason_words import sentence
from etl.definitions import catalogue, reference
from etl.definitions.survey_limits import is_surveyed, survey_limits
from etl.judging import forecast, month_ranges, shared_steps, terminal_lines
from etl.judging.finding import Finding
from etl.release import derive, judge
from etl.warehouse import attach, current_release

COLUMNS = (
    "measure",
    "area",
    "breakdown",
    "period",
    "value",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "status",
    "edition",
    "cell",
)
FEW_NAMED = 3
RETIRED = "retired"
NAMED = (("force", "borough", "bcu", "pseudo", "nation"), ("region",))
"""Kinds of area looked for by name, in this order: North West is a police command and a region of the courts."""
EXPECTED = ("measure_id", "area_code", "made_at", "period", "lower95", "lower80", "median", "upper80", "upper95")
VALUES = "measure_id, area_code, breakdown, period, value, numerator, denominator, lower, upper, status, edition_id, cells"


@dataclass(frozen=True)
class Lookup:
    """A read-only connection to the live release of a warehouse."""

    connection: duckdb.DuckDBPyConnection

    @classmethod
    def live(cls, warehouse_dir: Path) -> "Lookup":
        """The live release.

        Raises:
            WarehouseMissing: nothing has been built there.
        """
        connection = duckdb.connect(":memory:")
        attach(connection, current_release(warehouse_dir), "live")
        connection.execute("USE live")
        return cls(connection)

    def series(self, measure: str, area: str, as_of: dt.date | None) -> list[tuple[object, ...]]:
        """Rows of a measure in an area with `COLUMNS`, oldest first; as published by `as_of` where given.

        Raises:
            NoSuchThing: no such measure or area, or the measure has no figures there.
        """
        form, code = self.form_and_area(measure, area)
        table = "measure_value"
        if as_of is not None:
            derive.load_definitions(self.connection)
            derive.current_values(self.connection, "as_published", as_of, form.base)
            table = "as_published"
        rows = self.connection.execute(
            f"SELECT {VALUES} FROM {table} WHERE measure_id = ? AND area_code = ? ORDER BY breakdown, period", [form.id, code]
        ).fetchall()
        if not rows:
            raise NoSuchThing(no_figures_sentence(form, code, as_of, self.held_for(form.id)))
        return _with_survey_limits(rows, form, code)

    def verdict(self, measure: str, area: str, as_of: dt.date | None) -> list[tuple[str, str]]:
        """The verdict on a measure in an area as (label, text) lines; as the figures stood on `as_of` where given.

        Raises:
            NoSuchThing: no such measure or area, or it has not been judged there.
        """
        form, code = self.form_and_area(measure, area)
        judgement = self._judged(as_of)
        findings = [f for f in judgement.findings if f.measure == form.base and f.area == code]
        if not findings:
            raise NoSuchThing(no_verdict_sentence(form, code, as_of, self.held_for(form.id)))
        series_name = f"{catalogue.measures()[form.base].title}, {reference.areas()[code].name}"
        months = [
            line
            for expectations, groups in judgement.counted
            if expectations.panel.measure == form.base and code in expectations.panel.areas
            for line in (
                *terminal_lines.placed_line(expectations.panel, groups, code),
                *terminal_lines.month_lines(expectations.panel, month_ranges.expected_months(expectations, groups), code),
            )
        ]
        shared_caveat = shared_steps.caveats(judgement.findings).get((form.base, code))
        caveat = [("Caveat", sentence(shared_caveat))] if shared_caveat else []
        return [
            ("Series", series_name),
            *terminal_lines.verdict_lines(findings[0]),
            *_survey_limits_line(findings[0]),
            *caveat,
            *(months if findings[0].p_value is not None else []),
        ]

    def expected(self, measure: str, area: str, as_of: dt.date | None) -> list[tuple[object, ...]]:
        """Rows of what the coming months may bring with `EXPECTED`, soonest first; as it was made on `as_of` where given.

        Made on a day, it rests on the editions published by then and nothing later: a range fixed on that day comes out again.

        Raises:
            NoSuchThing: no such measure or area, or no range can be made there.
        """
        form, code = self.form_and_area(measure, area)
        table = "live.expected_range"
        if as_of is not None:
            table = "made"
            counted = [pair for pair in self._judged(as_of).counted if pair[0].panel.measure == form.base]
            frames = [forecast.expected(e.panel, groups, e.tables).months for e, groups in counted]
            frames = [frame for frame in frames if not frame.empty]
            if not frames:
                raise NoSuchThing(_no_range_sentence(form, code, as_of))
            self.connection.register(table, frames[0])
        rows = self.connection.execute(
            f"SELECT {', '.join(EXPECTED)} FROM {table} WHERE measure_id = ? AND area_code = ? ORDER BY period", [form.base, code]
        ).fetchall()
        if not rows:
            raise NoSuchThing(_no_range_sentence(form, code, as_of))
        return rows

    def _judged(self, as_of: dt.date | None) -> judge.Judgement:
        if as_of is None:
            return judge.judge(self.connection)
        derive.load_definitions(self.connection)
        derive.current_values(self.connection, "as_published", as_of)
        return judge.judge(self.connection, "as_published", as_of)

    def form_and_area(self, measure: str, area: str) -> tuple[catalogue.MeasureForm, str]:
        """The measure's form and the area's code; of two areas with one name, the one the measure has figures for.

        Raises:
            NoSuchThing: no such measure or area.
        """
        form = measure_form(measure)
        return form, area_code(area, self.held_for(form.id))

    def held_for(self, measure_id: str) -> list[str]:
        """Codes of the areas the live release has figures of a measure for, wider ones first."""
        rows = self.connection.execute("SELECT DISTINCT area_code FROM live.measure_value WHERE measure_id = ?", [measure_id])
        order = ("nation", "region", "force", "bcu", "borough", "pseudo")
        return sorted((code for (code,) in rows.fetchall()), key=lambda code: (order.index(reference.areas()[code].kind), code))

    def table(self, statement: str, *arguments: object) -> tuple[list[str], list[tuple[object, ...]]]:
        """Column names and rows of a query."""
        result = self.connection.execute(statement, list(arguments))
        return [d[0] for d in result.description or []], result.fetchall()


def _survey_limits_line(finding: Finding) -> list[tuple[str, str]]:
    """The interval of the share a verdict on a survey is about, as a (label, text) line; none for what is counted."""
    area = reference.areas()[finding.area]
    if not is_surveyed(catalogue.measures()[finding.measure]):
        return []
    (limits,) = survey_limits([finding.observed], area.kind, len(reference.members(area.code)) or 1)
    return [("95% limits", f"of what was observed: {limits[0]:.1%} to {limits[1]:.1%}")] if limits else []


def _with_survey_limits(rows: list[tuple[object, ...]], form: catalogue.MeasureForm, code: str) -> list[tuple[object, ...]]:
    """The rows of a series; a survey's with the limits of each share, which no edition gives, worked out as every page does."""
    if not is_surveyed(catalogue.measures()[form.base]):
        return rows
    at_value, at_lower, at_upper = (COLUMNS.index(name) for name in ("value", "lower", "upper"))
    shares = [value if isinstance(value := row[at_value], float) else None for row in rows]
    limits = survey_limits(shares, reference.areas()[code].kind, len(reference.members(code)) or 1)
    return [
        (*row[:at_lower], *pair, *row[at_upper + 1 :]) if pair and row[at_lower] is None else row
        for row, pair in zip(rows, limits, strict=True)
    ]


def measure_form(measure_id: str) -> catalogue.MeasureForm:
    """The measure, in the form its id names.

    Raises:
        NoSuchThing: no such id; the message names the nearest.
    """
    forms = catalogue.forms_by_id()
    if measure_id not in forms:
        raise NoSuchThing(f"no measure {measure_id!r}{_nearest(measure_id, list(forms))}. `python -m etl measures` lists them")
    return forms[measure_id]


def area_code(area: str, held_for: Sequence[str] = ()) -> str:
    """The area's code, from a code or any known spelling of its name; of two with one name that in `held_for`, if one is.

    Raises:
        NoSuchThing: no such area; the message names the nearest.
    """
    areas = reference.areas()
    if area.upper() in areas:
        return area.upper()
    codes = [code for kinds in NAMED if (code := reference.area_code(area, kinds)) is not None]
    if not codes:
        raise NoSuchThing(
            f"no area {area!r}{_nearest(area, [*areas, *(a.name for a in areas.values())])}. `python -m etl areas` lists them"
        )
    return next((code for code in codes if code in held_for), codes[0])


def area_note(area: str) -> str | None:
    """What must be said to whoever asks by a code that takes in the City of London; None of any other code or name."""
    code = area.strip().upper()
    return f"Asked by {code}: {reference.areas()[LONDON].note}" if code in INCLUDE_THE_CITY else None


def _no_range_sentence(form: catalogue.MeasureForm, code: str, as_of: dt.date | None) -> str:
    day = f" on {as_of.isoformat()}" if as_of else ""
    requirements = "offences in a place that has them, and a year of unbroken months"
    return f"no range of {form.base!r} in {reference.areas()[code].name} can be made{day}: it takes {requirements}"


def no_figures_sentence(form: catalogue.MeasureForm, code: str, as_of: dt.date | None, held_for: Sequence[str]) -> str:
    """Why a measure that exists has no figures in an area that exists, and which areas the release has it for (`held_for`)."""
    area = reference.areas()[code]
    when = f" as published by {as_of.isoformat()}" if as_of else ""
    if code in held_for:
        return f"{form.id} has no figures for {area.name} ({code}){when}: every edition that has them came out later."
    note = f" {area.note}" if area.note and area.kind not in ("force", "bcu") else ""
    names = [reference.areas()[held_code].name for held_code in held_for]
    areas_held = (
        f" It is held for {', '.join(names[:FEW_NAMED])}{' and others' if len(names) > FEW_NAMED else ''}." if names else ""
    )
    return f"{form.id} has no figures for {area.name} ({code}){when}.{note}{areas_held}"


def no_verdict_sentence(form: catalogue.MeasureForm, code: str, as_of: dt.date | None, held_for: Sequence[str]) -> str:
    """Why a measure that exists has no verdict in an area that exists: its targets are over, or no figure is held."""
    if code in held_for and catalogue.measures()[form.base].theme == RETIRED:
        year = "what its years were told by is on the page of the retired targets"
        return f"{form.id} has no verdict: its targets ended, so its newest months are not judged; {year}"
    return no_figures_sentence(form, code, as_of, held_for)


def _nearest(value: str, choices: list[str]) -> str:
    near = difflib.get_close_matches(value, choices, n=3, cutoff=0.5)
    return f"; nearest: {', '.join(near)}" if near else ""
