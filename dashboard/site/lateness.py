"""What of the figures is late, for the programs that watch the site."""

from typing import Any

from dashboard.figures.feeds import feeds_today, gap_of_source
from etl.core import clock


def of_feeds() -> dict[str, Any]:
    """What `/health` says of lateness, counted to today.

    `months_unknown` has every source that is held, and how many whole calendar months are over of which it holds nothing; `late`
    each feed of which something should be public by its publisher's calendar and is not held. Where London and its boroughs come
    in files of their own, a source counts to its newest period and its feeds each to theirs.
    """
    feeds = [(feed, feed.gap) for feed in feeds_today() if feed.gap is not None]
    sources = dict.fromkeys(feed.source.id for feed, _ in feeds)
    return {
        "today": clock.today().isoformat(),
        "months_unknown": {source: gap.months_unknown for source in sources if (gap := gap_of_source(source)) is not None},
        "late": [
            {
                "source": feed.source.id,
                "feed": feed.name,
                "held_to": gap.held_to,
                "due_to": gap.due_to,
                "late_since": gap.late_since.isoformat() if gap.late_since else None,
                "periods_late": gap.periods_late,
                "months_unknown": gap.months_unknown,
            }
            for feed, gap in feeds
            if gap.is_late
        ],
    }
