"""The README.txt of a download: what it holds, the view it was made from, sources, caveats and licence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import fill

from dashboard.figures import queries, queries_sources
from dashboard.figures.records import Citation, Measure, MeasureSeries, Release
from dashboard.words.data import span_words
from dashboard.words.facts import break_sentence
from etl.core.written import day
from etl.definitions.reference import PARTING

WIDTH = 100
SITE = "Policing London"
CRIME, RESIDENTS = "mps_recorded_crime_borough", "ons_mid_year_population"
COLUMNS = (
    ("measure", "id of the measure and its form: a count, _rate (per 1,000 residents), _rolling_year (12 months added up)"),
    ("area", "code of the place; the names are below"),
    ("breakdown", "court, where courts are counted one by one; else empty"),
    ("period", "2025-06 is a month, 2025-Q2 a quarter; a figure of twelve months carries the last of them"),
    ("value", "the figure; a share is out of 1; empty where there is none, and status says why"),
    ("numerator, denominator", "what was divided by what, for a rate: offences and residents at mid-year"),
    (
        "lower, upper",
        "95% limits, where there are any; a survey’s are not published: they are worked out from how many it asks",
    ),
    (
        "status",
        "final, provisional (the newest period), suppressed, unavailable, not published, or straddles_restart: months on both "
        "sides of a restart, which are not added up",
    ),
    (
        "edition, cell",
        "the published file and the cells of it the figure was read from; or the restart that parts the months",
    ),
)


@dataclass(frozen=True)
class Note:
    """What a note says that differs from file to file.

    `view` are (words, value) pairs of what the reader chose; `address` is the page the file is of.
    """

    title: str
    address: str
    view: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


def readme(note: Note, labelled_series: Sequence[tuple[str, MeasureSeries]]) -> str:
    """The text of README.txt."""
    release = queries.release()
    series = [item for _, item in labelled_series]
    citations = _citations(series)
    attributions = {s.id: s.attribution for s in queries_sources.sources()}
    lines = [
        note.title,
        "=" * len(note.title),
        "",
        fill(f"Every figure of the page {note.address} of {SITE}, as it was shown in release {release.name}.", WIDTH),
        f"Release built {release.built_at[:10]}; {_newest(release)}.",
        "",
        *_listed("What was chosen", (f"{name}: {value}" for name, value in note.view)),
        *_listed("Files", (f"{name}: {what}" for name, what in note.files)),
        *_listed("Columns", (f"{name}: {what}" for name, what in COLUMNS)),
        *_listed("Places", sorted({f"{s.area.code}: {s.area.name}" for s in series})),
        *_listed("Measures", dict.fromkeys(_measure(s.measure) for s in series)),
        *_listed("Before quoting a figure", dict.fromkeys(c for s in series for c in s.measure.caveats)),
        *_listed("Breaks in series", dict.fromkeys(f"{s.measure.title}: {text}" for s in series for text in _breaks(s))),
        *_listed("Where the figures come from", (_source(c) for c in citations)),
        *_listed("Licence", dict.fromkeys(f"{attributions[c.source]} ({c.publisher}, {c.licence})" for c in citations)),
        *_listed("To work one figure out again", (_explain(series),)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _newest(release: Release) -> str:
    if release.is_date_given:
        return f"newest edition published {day(release.published_on)}"
    return f"newest month of recorded crime {release.data_to}, publication date not given"


def _citations(series: Sequence[MeasureSeries]) -> tuple[Citation, ...]:
    """The editions of the figures in the file, and that of the residents rates are divided by."""
    used = {p.edition for s in series for p in s.points}
    cited = {c.edition: c for s in series for c in s.citations if c.edition in used}
    if any(p.denominator for s in series if s.measure.source == CRIME for p in s.points):
        cited |= {c.edition: c for c in queries_sources.editions(RESIDENTS)[:1]}
    return tuple(cited.values())


def _listed(heading: str, items: Iterable[str]) -> list[str]:
    lines = [fill(item, WIDTH, initial_indent="- ", subsequent_indent="  ", break_long_words=False) for item in items]
    return [heading, "-" * len(heading), *(lines or ["- None on record."]), ""]


def _measure(measure: Measure) -> str:
    return f"{measure.id}: {measure.title}, {measure.unit}. {measure.definition}"


def _breaks(series: MeasureSeries) -> list[str]:
    if series.measure.form.startswith("rolling"):
        return []
    return [break_sentence(b) for b in series.breaks if b.treatment in PARTING]


def _source(c: Citation) -> str:
    published_note = f" (published {day(c.published_on)})" if c.published_basis == "given" else ""
    return (
        f"{c.edition}: {c.publisher}, {c.title}, {c.edition_words}{published_note}, "
        f"{span_words(c.first_period, c.last_period)}, file {c.file_name}, sha256 {c.sha256}. {c.landing_page}"
    )


def _explain(series: Sequence[MeasureSeries]) -> str:
    first = next((s for s in series if s.known), None)
    if first is None:
        return "No figure is held."
    return f"python -m etl explain {first.measure.id} {first.area.code} {first.known[-1].period}"
