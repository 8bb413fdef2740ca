"""The command `add`."""

from etl import pipeline
from etl.commands import dates
from etl.commands.arguments import DEFAULT_WAREHOUSE, Accept, Paths, Published, Warehouse, say
from etl.commands.printing import moved_lines
from etl.core import clock

EPILOG = (
    'For example: `python -m etl add "MPS Borough Level Crime (most recent 24 months).csv" --published 2026-02-12`; '
    'and where it asks for a reason: `--accept "Confirmed by the publisher on 13 February. A. Smith"`.'
)


def command(paths: Paths, warehouse: Warehouse = DEFAULT_WAREHOUSE, published: Published = None, accept: Accept = None) -> None:
    """Read files, check them beside what is held, and publish a new release that has them.

    A file already held changes nothing. An edition older than the live one adds history and never replaces newer figures.
    A refusal lists every reason and leaves the live release as it was.
    """
    outcome = pipeline.add(
        paths, warehouse, say, published=dates.day(published), accept=accept, publish_it=True, today=clock.today()
    )
    for line in (*moved_lines(outcome.moved), *outcome.ledger):
        say(line)
