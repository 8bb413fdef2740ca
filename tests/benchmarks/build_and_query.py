"""How long a build of the bundled figures and a question to the release take: `python -m tests.benchmarks.build_and_query`."""

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from etl import pipeline
from etl.commands.lookup import Lookup

TIMES = 5


def timed(what: Callable[[], object], times: int) -> float:
    """Median seconds."""
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        what()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def main() -> None:
    """Build once, ask several times, print."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder)
        print(f"build from data/series    {timed(lambda: pipeline.build(warehouse, lambda _: None), 1):7.2f} s")
        size = sum(p.stat().st_size for p in warehouse.glob("*.duckdb"))
        print(f"size of the release       {size / 1e6:7.1f} MB")
        past = dt.date(2024, 2, 29)
        questions: dict[str, Callable[[], object]] = {
            "series, newest": lambda: Lookup.live(warehouse).series("burglary", "Bromley", None),
            "series, as of a date": lambda: Lookup.live(warehouse).series("burglary", "Bromley", past),
            "all boroughs, one month": lambda: Lookup.live(warehouse).table(
                "SELECT area_code, value FROM measure_value WHERE measure_id = 'burglary_rate' AND period = '2025-06'"
            ),
        }
        for name, question in questions.items():
            print(f"{name:<25} {timed(question, TIMES) * 1000:7.1f} ms (median of {TIMES})")


if __name__ == "__main__":
    main()
