"""The expectations of one panel, each made once however many ask for it: a verdict, the picture, the years."""

from dataclasses import dataclass, field

from etl.judging.expectation_made import Expectation, made
from etl.judging.fitted import Fitted
from etl.judging.panel import Panel


@dataclass(frozen=True)
class MadeOnce:
    """Expectations of a panel by the first and last month they are of, with the tables fitted on real windows."""

    panel: Panel
    tables: Fitted
    _kept: dict[tuple[str, str], Expectation] = field(default_factory=dict)

    def of(self, first: str, last: str) -> Expectation:
        """What was expected of the months from the first to the last, from those before the first alone."""
        months = (first, last)
        if months not in self._kept:
            self._kept[months] = made(self.panel, first, last, spread=self.tables.spread)
        return self._kept[months]
