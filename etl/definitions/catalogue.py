"""The definitions: sources, measures and how each measure is built from each form of a published file.

One YAML file a measure (`etl/measures/<measure>.yml`),
one folder a source (`etl/sources/<source>/source.yml`). A stray file is an error.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from etl import kinds
from etl.core.errors import CatalogueError
from etl.core.yaml_text import read_yaml
from etl.definitions.calendar import Cadence, Calendar
from etl.definitions.quarter_table import QuarterTable
from etl.definitions.table_layouts import Layout
from etl.kinds.kind import FormName, Judging, PeriodName

HERE = Path(__file__).parents[1]
SOURCES = HERE / "sources"
MEASURES = HERE / "measures"

RATE_PER = 1_000


def normalised(label: str) -> str:
    """The label in lower case, punctuation and double spaces taken out: "BURGLARY - RESIDENTIAL" -> "burglary residential"."""
    return re.sub(r"[^a-z0-9]+", " ", label.casefold()).strip()


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Form(_Definition):
    """One layout and category scheme a publisher has used."""

    title: str
    groups: dict[str, list[str]] = Field(default_factory=dict)
    core: list[str] = Field(default_factory=list)
    not_every_month: list[str] = Field(default_factory=list)
    marks: list[str] = Field(default_factory=list)
    in_use_from: str = ""
    """Month of the first edition in this form, 2024-05; "" where that is not known. No edition is dated before it."""
    in_use_to: str = ""
    """Month of the last edition in this form; "" where it is still in use. No edition is dated after it without a question."""
    table: Annotated[QuarterTable | Layout, Field(discriminator="a_row_is")] | None = None
    """How its tables are laid out, where that can be written down; None where the source has a `parse.py`."""

    def series(self) -> frozenset[str]:
        """Every offence the form holds, as "group / offence"."""
        return frozenset(f"{group} / {offence}" for group, offences in self.groups.items() for offence in offences)


class Source(_Definition):
    """Where figures come from and how their files are known."""

    id: str
    title: str
    publisher: str
    landing_page: str
    licence: str
    attribution: str
    cadence: Cadence
    calendar: Calendar | None = None
    """When its publisher puts figures out, and how that is known."""
    layout: Literal["wide_months", "long", "records"] = "long"
    note: str = ""
    is_awaited: bool = False
    """Whether the site says that it has none of its figures; others are not spoken of until their first edition."""
    aliases: dict[str, list[str]] = Field(default_factory=dict)
    missing_row_is_zero: bool = False
    restates_whole_series: bool = True
    """True where each edition gives the whole series anew and two must never be spliced; False where periods drop off it."""
    checks: dict[str, float] = Field(default_factory=dict)
    forms: dict[str, Form]

    @property
    def is_read_by_table(self) -> bool:
        """Whether its tables are known and read one by one, by `parse.py` or as its forms say; recorded crime is read in bulk."""
        return self.layout != "wide_months" or any(form.table is not None for form in self.forms.values())


class Published(_Definition):
    """How a measure stands in one form: which categories, and whether the result may be joined to the newest form's."""

    categories: list[str]
    join: Literal["comparable", "break", "not_comparable"]
    note: str = ""


class Measure(_Definition):
    """One published number: what it counts, which way is better, how it could be gamed, who answers for it."""

    id: str
    title: str
    noun: str
    unit: str
    theme: Literal["volume", "harm", "victims", "confidence", "outcomes", "retired"]
    kind: str
    source: str
    order: int
    period: PeriodName = "month"
    decimals: int = 0
    better: Literal["lower", "higher", "neither"]
    better_note: str = ""
    note_says_not_judged: bool = False
    """The note ends by saying that the direction is not judged, so nothing need be added to it."""
    definition: str
    counts: str
    leaves_out: str
    gamed_by: str
    counter_measure: str
    read_beside: list[str] = Field(default_factory=list)
    owner: str
    """Who answers for it: a role, never a person."""
    checker: str
    """Another role, who checks what the owner changes."""
    reviewed: str
    next_review: str
    next_review_why: str
    """Why then and not sooner or later."""
    caveats: list[str] = Field(default_factory=list)
    published: dict[str, Published] = Field(default_factory=dict)
    series: list[str] = Field(default_factory=list)
    is_percentage: bool = False
    headline: bool = False


@dataclass(frozen=True)
class MeasureForm:
    """One way a measure is published: its own id is its first form; the others carry their form's name after it."""

    id: str
    base: str
    form: FormName


def measure_forms(measure: Measure) -> tuple[MeasureForm, ...]:
    """The ids a measure is published under, as many as its kind has forms."""
    own, *others = kinds.of(measure).forms
    return (
        MeasureForm(measure.id, measure.id, own),
        *(MeasureForm(f"{measure.id}_{form}", measure.id, form) for form in others),
    )


@cache
def sources() -> dict[str, Source]:
    """Every source by id.

    Raises:
        CatalogueError: a folder holds no definition, or a definition is not whole.
    """
    by_id = {}
    for folder in sorted(p for p in SOURCES.iterdir() if p.is_dir() and p.name != "__pycache__"):
        path = folder / "source.yml"
        if not path.exists():
            raise CatalogueError(f"{folder.name}: a source folder without source.yml")
        by_id[folder.name] = _load(Source, path, folder.name)
    return by_id


@cache
def measures() -> dict[str, Measure]:
    """Every measure by id, in catalogue order.

    Raises:
        CatalogueError: a file is not a definition, names an unknown source, category or measure.
    """
    definitions = []
    for path in sorted(MEASURES.iterdir()):
        if path.suffix != ".yml":
            raise CatalogueError(f"{path.name}: only measure definitions (.yml) belong in {MEASURES.name}/")
        definitions.append(_load(Measure, path, path.stem))
    by_id = {m.id: m for m in sorted(definitions, key=lambda m: (m.order, m.id))}
    problems = [problem for m in by_id.values() for problem in _problems(m, by_id)]
    if problems:
        raise CatalogueError("measures are not whole:\n  " + "\n  ".join(problems))
    return by_id


def judged_by(way: Judging) -> tuple[Measure, ...]:
    """Every measure that is judged in this way, in catalogue order."""
    return tuple(m for m in measures().values() if kinds.of(m).judged is way)


@cache
def forms_by_id() -> dict[str, MeasureForm]:
    """Every id a reader may ask for, with the measure it is a form of."""
    return {f.id: f for m in measures().values() for f in measure_forms(m)}


@dataclass(frozen=True)
class Concordance:
    """One line of the concordance: this series of this form of a source counts towards this measure."""

    measure_id: str
    source_id: str
    form: str
    series: str
    join: str


@cache
def concordance() -> tuple[Concordance, ...]:
    """Every line of the concordance; `*` categories are written out."""
    lines = []
    for measure in measures().values():
        source = sources()[measure.source]
        if not kinds.of(measure).is_added_up:
            lines += [Concordance(measure.id, source.id, form, s, "comparable") for form in source.forms for s in measure.series]
            continue
        for form_id, published in _published_by_form(measure).items():
            series = source.forms[form_id].series()
            for category in published.categories:
                lines += [
                    Concordance(measure.id, source.id, form_id, s, published.join)
                    for s in sorted(series)
                    if _matches(s, category)
                ]
    return tuple(lines)


def published_names(measure: Measure) -> tuple[tuple[str, str, str, str], ...]:
    """(form, categories, join, note) rows of a measure's card, newest form first."""
    rows = [(form, "; ".join(p.categories), p.join, p.note) for form, p in _published_by_form(measure).items()]
    return tuple(reversed(rows))


def join_note(measure_id: str, form: str) -> str:
    """What the concordance says of joining this form to the newest one; empty when comparable."""
    published = _published_by_form(measures()[measure_id]).get(form)
    return published.note if published else ""


def _published_by_form(measure: Measure) -> dict[str, Published]:
    written = {form.strip(): p for forms, p in measure.published.items() for form in forms.split(",")}
    return {form: written[form] for form in sources()[measure.source].forms if form in written}


def _matches(series: str, category: str) -> bool:
    group, _, offence = category.partition(" / ")
    if category == "*":
        return True
    return series == category or (offence == "*" and series.startswith(f"{group} / "))


def _problems(measure: Measure, known: dict[str, Measure]) -> list[str]:
    problems = [f"{measure.id}: read_beside names no measure {other!r}" for other in measure.read_beside if other not in known]
    kind = kinds.every().get(measure.kind)
    if kind is None:
        return [*problems, f"{measure.id}: kind: there is no kind {measure.kind!r}; there are {', '.join(kinds.every())}"]
    problems += kind.problems(measure)
    source = sources().get(measure.source)
    if source is None:
        return [*problems, f"{measure.id}: no source {measure.source!r}"]
    for forms, published in measure.published.items():
        named = [f.strip() for f in forms.split(",")]
        problems += [f"{measure.id}: {measure.source} has no form {f!r}" for f in named if f not in source.forms]
        series = {s for f in named if f in source.forms for s in source.forms[f].series()}
        problems += [
            f"{measure.id}: form {forms} has no category {c!r}"
            for c in published.categories
            if not any(_matches(s, c) for s in series)
        ]
    return problems


def _load(kind: type[Any], path: Path, name: str) -> Any:  # noqa: ANN401
    try:
        content = read_yaml(path.read_text(encoding="utf-8"))
        return kind(id=name, **content)
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise CatalogueError(f"{path.parent.name}/{path.name}: {error}") from error
