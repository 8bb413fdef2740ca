"""Reading a wide file of 105,000 rows by 160 months beside DuckDB's own bare reading of it.

Run `python -m tests.benchmarks.wide_read`. Ours reads, checks and lays out every cell; the bare one only reads and unpivots; each
once into a table and once only summed. Each run is a process of its own, in turns, so that neither finds memory warm and both
meet the same machine. The promise: at most 3 times as long, and under 2 GB of memory. The file is in the file cache for both.
Nothing here is a test: time depends on the machine; the ratio hardly does.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from etl.files import wide
from etl.files.sniff import sniff
from etl.files.wide_file import wide_file

KEYS = ["lsoa_code", "lsoa_name", "borough", "major", "minor"]
PER_LSOA = 21
MOST_TIMES, MOST_MEMORY = 3, 2_000


def make(path: Path, rows: int, months: int) -> None:
    """Write a made-up file in the shape of the LSOA historical file."""
    chance = random.Random(20)  # noqa: S311 - figures made up, not secrets
    labels = [f"{2010 + (i + 3) // 12}{(i + 3) % 12 + 1:02d}" for i in range(months)]
    pool = [",".join(str(int(chance.expovariate(1.2))) for _ in labels) for _ in range(800)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join([*KEYS, *labels]) + "\r\n")
        for n in range(rows):
            lsoa, kind = divmod(n, PER_LSOA)
            name = f"Borough {lsoa % 32:02d} {lsoa:04d}A"
            stream.write(
                f"E0100{lsoa:04d},{name},Borough {lsoa % 32:02d},GROUP {kind // 3},OFFENCE "
                f"{kind},{pool[chance.randrange(800)]}\r\n"
            )


def bare(path: Path, kind: str) -> None:
    """DuckDB's own read_csv and UNPIVOT: into a table, or only counted and summed."""
    months = [c for c in path.open(encoding="utf-8").readline().strip().split(",") if c not in KEYS]
    listed = ", ".join(f'"{m}"' for m in months)
    read = f"UNPIVOT (SELECT * FROM read_csv('{path}', header=true)) ON {listed} INTO NAME month VALUE n"
    with duckdb.connect(":memory:") as connection:
        if kind == "table":
            connection.execute(f"CREATE TABLE long AS {read}")
        else:
            connection.execute(f"SELECT count(*), sum(n) FROM ({read})").fetchall()


def ours(path: Path, kind: str) -> None:
    """The file through our reader and its checks to one row a cell: written into a table, or only counted and summed."""
    file = wide_file(path, sniff(path))
    if file is None:
        raise SystemExit("the file is not known as a wide one")
    with duckdb.connect(":memory:") as connection:
        failures = wide.read_checked(connection, file, KEYS, "lsoa", "lsoa_long")
        if failures:
            raise SystemExit("\n".join(failures[:5]))
        if kind == "table":
            connection.execute("CREATE TABLE long AS FROM lsoa_long")
        else:
            connection.execute("SELECT count(*), sum(value) FROM lsoa_long").fetchall()


RUNS = {
    "bare, into a table": lambda p: bare(p, "table"),
    "ours, into a table": lambda p: ours(p, "table"),
    "bare, summed only": lambda p: bare(p, "sum"),
    "ours, summed only": lambda p: ours(p, "sum"),
}


def measure(path: Path, name: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one run in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.wide_read", "--run", name, "--file", str(path)]
    measured = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return measured["seconds"], measured["megabytes"]


def run_one(path: Path, name: str) -> None:
    """Run one and print its seconds and peak memory."""
    started = time.perf_counter()
    RUNS[name](path)
    seconds = time.perf_counter() - started
    # Linux counts in kilobytes.
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


def main() -> None:
    """Make the file, run all in turns, print medians, ratios and peak memory."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=105_000)
    options.add_argument("--months", type=int, default=160)
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--run", choices=RUNS)
    options.add_argument("--file", type=Path)
    chosen = options.parse_args()
    if chosen.run:
        run_one(chosen.file, chosen.run)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lsoa historical.csv"
        make(path, chosen.rows, chosen.months)
        cells = chosen.rows * chosen.months
        print(f"{chosen.rows:,} rows by {chosen.months} months: {cells:,} cells, {path.stat().st_size / 1e6:.0f} MB")
        measured: dict[str, list[tuple[float, float]]] = {name: [] for name in RUNS}
        for _ in range(chosen.times):
            for name in RUNS:
                measured[name].append(measure(path, name))
    seconds = {name: statistics.median(s for s, _ in runs) for name, runs in measured.items()}
    peak = {name: max(m for _, m in runs) for name, runs in measured.items()}
    for name in RUNS:
        print(f"{name:<24} {seconds[name]:6.2f} s (median of {chosen.times})  {peak[name]:6.0f} MB at most")
    for how in ("into a table", "summed only"):
        print(f"ratio, {how + ':':<16} {seconds[f'ours, {how}'] / seconds[f'bare, {how}']:.2f} (at most {MOST_TIMES})")
    print(f"our memory: {max(peak['ours, into a table'], peak['ours, summed only']):.0f} MB at most (under {MOST_MEMORY:,})")


if __name__ == "__main__":
    main()
