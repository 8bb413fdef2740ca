"""What one edition shows of a panel, as the ledger needs it: each area's move, the level before, and its newest months."""

from dataclasses import dataclass, field, replace

import numpy as np

from etl.core.period import month_of_year, moved
from etl.judging.expectation_made import FORCE, Expectation, made, usable_months
from etl.judging.fitted import Fitted
from etl.judging.ledger import NO_FIGURE_MONTHS, Month, Sight
from etl.judging.moves import judge_made, window_to
from etl.judging.panel import Panel

YEAR = 12


@dataclass
class Sights:
    """What the figures of one panel show at any month; an expectation made once serves every month of its year."""

    panel: Panel
    fitted: Fitted
    _made: dict[str, Expectation] = field(default_factory=dict)

    def at(self, month: str) -> dict[tuple[str, str], Sight]:
        """By (measure, area), what the months up to `month` show; empty where the panel does not reach so far or so far back."""
        window = window_to(month)
        if month not in self.panel.months or window[0] not in self.panel.months:
            return {}
        year = self._year(window[0])
        expectation = year.until(len(range(self.panel.months.index(window[0]), self.panel.months.index(month) + 1)))
        moves = judge_made(expectation, self.fitted, measure=self.panel.measure)
        usual = _by_month_of_year(year)
        shares = _usual_shares(expectation)
        rest = _rest(self.panel)
        return {
            (self.panel.measure, move.area): Sight(
                move, tuple(usual[row].tolist()), None if np.isnan(shares[row]) else float(shares[row]),
                _newest(self.panel, row, month, rest), _restarts(self.panel, move.area), _has_figures(self.panel, row, month),
            )
            for row, move in enumerate(moves)
        }  # fmt: skip

    def _year(self, first: str) -> Expectation:
        if first not in self._made:
            self._made[first] = made(_reaching(self.panel, moved(first, YEAR - 1)), first, moved(first, YEAR - 1),
                                     spread=self.fitted.spread)  # fmt: skip
        return self._made[first]


def _reaching(panel: Panel, last: str) -> Panel:
    """The panel with months still to come, none of which has a figure, so that it reaches `last`."""
    months = list(panel.months)
    while months[-1] < last:
        months.append(moved(months[-1], 1))
    more = len(months) - len(panel.months)
    ahead = np.full((len(panel.areas), more), np.nan)
    placed = None if panel.placed is None else np.concatenate([panel.placed, np.ones(more)])
    return replace(panel, months=tuple(months), counts=np.concatenate([panel.counts, ahead], axis=1), placed=placed)


def _by_month_of_year(year: Expectation) -> np.ndarray:
    """What was expected of twelve months, January first, shape (areas, 12)."""
    rates = np.mean([model.rates for model in year.own], axis=0)
    places = np.array([month_of_year(month) - 1 for month in year.months])
    out = np.empty_like(rates)
    out[:, places] = rates
    return np.asarray(out)


def _usual_shares(expectation: Expectation) -> np.ndarray:
    """The part of the rest of the force that was expected of each area, shape (areas,); NaN without a force."""
    panel = expectation.panel
    missing = np.full(len(panel.areas), np.nan)
    rest = _rest(panel)
    if expectation.beside is None or rest is None:
        return missing
    first = panel.months.index(expectation.months[0])
    window = rest[:, first : first + len(expectation.months)]
    usable = expectation.is_usable & np.isfinite(window)
    whole = np.where(usable, window, 0.0).sum(axis=1)
    usual = np.where(usable, expectation.beside.rates, 0.0).sum(axis=1)
    return np.asarray(np.where(expectation.has_beside & (whole > 0), usual / np.maximum(whole, 1.0), missing))


def _rest(panel: Panel) -> np.ndarray | None:
    """The force without each area, shape of the counts; None where no row is the force."""
    force = [row for row, kind in enumerate(panel.kinds) if kind == FORCE]
    return np.asarray(panel.counts[force[0]] - panel.counts) if force else None


def _newest(panel: Panel, row: int, month: str, rest: np.ndarray | None) -> tuple[Month, ...]:
    """The usable months of the newest twelve up to `month`; `rest` is the force without each area."""
    stop = panel.months.index(month) + 1
    usable = usable_months(panel, panel.areas[row], month)
    months = [i for i in range(max(0, stop - YEAR), stop) if usable[i] and np.isfinite(panel.counts[row, i])]
    beside = [None if rest is None or np.isnan(rest[row, i]) else float(rest[row, i]) for i in months]
    return tuple(Month(panel.months[i], float(panel.counts[row, i]), other) for i, other in zip(months, beside, strict=True))


def _restarts(panel: Panel, area: str) -> tuple[tuple[str, str], ...]:
    return tuple((gap.first, gap.what) for gap in panel.breaks_of(area) if gap.is_restart)


def _has_figures(panel: Panel, row: int, month: str) -> bool:
    stop = panel.months.index(month) + 1
    return bool(np.isfinite(panel.counts[row, max(0, stop - NO_FIGURE_MONTHS) : stop]).any())
