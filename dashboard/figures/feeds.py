"""How far each feed runs, and what of it is not known today by its publisher's calendar: worked out anew each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.figures import queries_sources
from dashboard.figures.queries_sources import EditionRecord, SourceRecord
from etl.core import clock
from etl.core.period import first_day, last_day, last_month_label
from etl.definitions import calendar, catalogue
from etl.definitions.calendar import Cadence, Calendar, Gap

CRIME = "mps_recorded_crime_borough"
"""The source whose months the masthead names."""


@dataclass(frozen=True)
class Feed:
    """One kind of file of one source: what is held of it, newest edition first, and what is not known of it on a day.

    `gap` is None where nothing is held at all.
    """

    source: SourceRecord
    name: str
    editions: tuple[EditionRecord, ...]
    gap: Gap | None
    basis: str
    """How it is known when its figures come out."""

    @property
    def runs(self) -> tuple[tuple[date, date], ...]:
        """Runs of days covered, first to last, oldest first; editions that meet or overlap are one run."""
        spans = sorted((first_day(e.citation.first_period), last_day(e.citation.last_period)) for e in self.editions)
        runs: list[tuple[date, date]] = []
        for start, end in spans:
            if runs and (start - runs[-1][1]).days <= 1:
                runs[-1] = (runs[-1][0], max(runs[-1][1], end))
            else:
                runs.append((start, end))
        return tuple(runs)

    @property
    def state(self) -> str:
        """held, late (something that should be public is not held) or not held."""
        return "not held" if self.gap is None else "late" if self.gap.is_late else "held"


@dataclass(frozen=True)
class _Uncatalogued:
    """A source of a release that this copy's catalogue no longer names."""

    cadence: Cadence
    calendar: Calendar | None = None


def feeds_today() -> tuple[Feed, ...]:
    """Every feed of the live release, as it stands today."""
    return feeds(queries_sources.sources(), queries_sources.edition_records(), clock.today())


def gap_of_source(source_id: str) -> Gap | None:
    """What is not known today of a source, by its newest period in any place; None where nothing is held."""
    periods = [c.last_period for c in queries_sources.editions(source_id)]
    return gap_of(source_id, max(periods, key=last_month_label)) if periods else None


def gap_of(source_id: str, last_period: str) -> Gap:
    """What is not known today of figures of a source that are held to `last_period`."""
    return calendar.gap(_published(source_id, "month"), last_period, clock.today())


def feeds(sources: Sequence[SourceRecord], editions: Sequence[EditionRecord], on: date) -> tuple[Feed, ...]:
    """Every feed, monthly ones first, in the order of its source; London and its boroughs in files of their own are two.

    Args:
        sources: every source known.
        editions: every edition held.
        on: the day lateness is counted to.
    """
    feeds_in_order = []
    for source in sorted(sources, key=lambda s: s.cadence != "month"):
        editions_of_source = tuple(e for e in editions if e.citation.source == source.id)
        alone, whole = tuple(e for e in editions_of_source if e.areas == 1), tuple(e for e in editions_of_source if e.areas > 1)
        if alone and whole:
            feeds_in_order += [
                _feed(source, f"{source.title}, boroughs", whole, on),
                _feed(source, f"{source.title}, London", alone, on),
            ]
        else:
            feeds_in_order.append(_feed(source, source.title, editions_of_source, on))
    return tuple(feeds_in_order)


def _feed(source: SourceRecord, name: str, of_feed: tuple[EditionRecord, ...], on: date) -> Feed:
    published = _published(source.id, source.cadence)
    newest = max((e.citation.last_period for e in of_feed), key=last_month_label, default=None)
    gap = calendar.gap(published, newest, on) if newest else None
    return Feed(source, name, of_feed, gap, calendar.calendar_of(published).basis)


def _published(source_id: str, cadence: str) -> calendar.Published:
    """A source with its calendar; one that the catalogue lacks comes out as its cadence usually does."""
    source = catalogue.sources().get(source_id)
    if source is not None:
        return source
    return _Uncatalogued("quarter" if cadence == "quarter" else "year" if cadence == "year" else "month")
