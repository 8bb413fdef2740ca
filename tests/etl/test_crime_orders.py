"""Whatever the order of adding, the warehouse is the same; nothing newer is ever replaced by something older."""

import random
import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import duckdb
import pytest

from etl.checks import edition_rules
from etl.release import derive
from etl.warehouse import tables
from tests.etl.commands import done, release, state, values
from tests.etl.made import SOURCE, MadeFile, edition

pytestmark = pytest.mark.slow
# built_at is when, not what.
CONTENTS = [t.name for t in tables.sorted_tables if t.name != "release"]

EDITIONS: dict[str, MadeFile] = {
    "a-2018-12": edition("A", "2018-12"),
    "b-2020-06": edition("B", "2020-06", months=18),
    "c-2024-06": edition("C", "2024-06", revision=1),
    "c-2025-03": edition("C", "2025-03"),
    "c-2025-05": edition("C", "2025-05", revision=-1),
    # A historical part and the 24 months that follow it are one edition in two files.
    "c-2023-05-historical": edition("C", "2023-05", months=32),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six files of five editions, two forms of category and months that overlap."""
    path = tmp_path_factory.mktemp("editions")
    for name, made in EDITIONS.items():
        made.write(path / f"{name}.csv")
    return path


@pytest.fixture(scope="module")
def together(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse to which the folder was added at once. Read it; do not change it."""
    warehouse = tmp_path_factory.mktemp("together") / "w"
    done("add", folder, "--warehouse", warehouse)
    return warehouse


def differences(one: Path, other: Path) -> list[str]:
    """Names of the tables whose rows differ between the live releases of two warehouses."""
    with duckdb.connect(":memory:") as connection:
        for name, warehouse in (("one", one), ("other", other)):
            connection.execute(f"ATTACH '{warehouse / release(warehouse)}.duckdb' AS {name} (READ_ONLY)")
        return [
            table
            for table in CONTENTS
            if connection.execute(
                f"(FROM one.{table} EXCEPT ALL FROM other.{table}) UNION ALL (FROM other.{table} EXCEPT ALL FROM one.{table}) "
                "LIMIT 1"
            ).fetchall()
        ]


@pytest.mark.parametrize("seed", [7])
def test_adding_editions_one_by_one_in_any_order_gives_the_same_release_and_rows(
    folder: Path, together: Path, tmp_path: Path, seed: int
) -> None:
    files = sorted(folder.glob("*.csv"))
    random.Random(seed).shuffle(files)  # noqa: S311 - an order, not a secret
    for file in files:
        done("add", file, "--warehouse", tmp_path / "w")
    assert release(tmp_path / "w") == release(together)
    assert differences(tmp_path / "w", together) == []


def test_adding_newest_first_in_two_batches_gives_the_same_release_and_rows(folder: Path, together: Path, tmp_path: Path) -> None:
    files = sorted(folder.glob("*.csv"), reverse=True)
    done("add", *files[:2], "--warehouse", tmp_path / "w")
    done("add", *files[2:], "--warehouse", tmp_path / "w")
    assert release(tmp_path / "w") == release(together)
    assert differences(tmp_path / "w", together) == []


def test_a_snapshot_built_again_is_the_same_release_and_rows(together: Path, tmp_path: Path) -> None:
    done("snapshot", "--warehouse", together, "--series", tmp_path / "series")
    done("build", "--warehouse", tmp_path / "w", "--series", tmp_path / "series")
    assert release(tmp_path / "w") == release(together)
    assert differences(tmp_path / "w", together) == []


def test_a_snapshot_of_a_snapshot_is_byte_for_byte_the_same(together: Path, tmp_path: Path) -> None:
    done("snapshot", "--warehouse", together, "--series", tmp_path / "one")
    done("build", "--warehouse", tmp_path / "w", "--series", tmp_path / "one")
    done("snapshot", "--warehouse", tmp_path / "w", "--series", tmp_path / "two")
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert len(files) == len(EDITIONS) + 3
    assert [p for p in files if (tmp_path / "one" / p).read_bytes() != (tmp_path / "two" / p).read_bytes()] == []


def test_adding_a_file_again_changes_nothing_and_says_so(folder: Path, together: Path) -> None:
    before = state(together)
    ran = done("add", folder, "--warehouse", together)
    assert ran.out.count("already held, byte for byte") == len(EDITIONS)
    assert "Nothing changed" in ran.out
    assert state(together) == before


def test_a_file_already_held_under_another_name_changes_nothing(folder: Path, together: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(folder / "c-2025-05.csv", tmp_path / "download (1).csv"))
    before = state(together)
    assert "download (1).csv: already held" in done("add", copy, "--warehouse", together).out
    assert state(together) == before


def test_a_file_saved_again_with_another_layout_changes_nothing_and_says_so(live: Path, tmp_path: Path) -> None:
    before = state(live)
    plain = edition()
    wider = MadeFile([*plain.header, "Total"], [[*r, str(sum(map(int, r[3:])))] for r in plain.rows], line_end="\n")
    ran = done("add", wider.write(tmp_path / "again.csv"), "--warehouse", live)
    assert "again.csv: the same figures, one by one, as made.csv of edition 2025-06, already held" in ran.out
    assert state(live) == before


def test_the_newest_edition_gives_the_figure_and_older_ones_the_months_before(together: Path) -> None:
    with duckdb.connect(str(together / f"{release(together)}.duckdb"), read_only=True) as connection:
        by_month = dict(
            connection.execute(
                "SELECT period, label FROM measure_value v JOIN edition e USING (edition_id) WHERE measure_id = 'robbery' AND "
                "area_code = 'E09000006'"
            ).fetchall()
        )
    assert by_month["2025-05"] == by_month["2023-06"] == "2025-06"  # the 24 months to May 2025
    assert by_month["2023-05"] == by_month["2020-10"] == "2025-06"  # and its historical part
    assert by_month["2020-06"] == by_month["2019-01"] == "2020-07"
    assert by_month["2018-12"] == by_month["2017-01"] == "2019-01"
    assert "2020-07" not in by_month


def test_an_older_edition_adds_history_and_replaces_nothing(folder: Path, tmp_path: Path) -> None:
    done("add", folder / "c-2025-05.csv", "--warehouse", tmp_path / "w")
    before = values(tmp_path / "w", "total_recorded_crime", "London")
    ran = done("add", folder / "c-2024-06.csv", "--warehouse", tmp_path / "w")
    after = values(tmp_path / "w", "total_recorded_crime", "London")
    assert {period: after[period] for period in before} == before
    assert sorted(set(after) - set(before))[0] == "2022-07"
    assert "new (2022-07 to 2023-05)" in ran.out
    assert "figures moved" not in ran.out


def test_as_of_a_date_shows_what_had_been_published_by_then(together: Path) -> None:
    def figures_as_of(as_of: str) -> dict[str, float | None]:
        return values(together, "total_recorded_crime", "London", "--as-of", as_of)

    def in_file(name: str) -> dict[str, float]:
        made = EDITIONS[name]
        return {f"{h[:4]}-{h[4:]}": float(sum(int(r[i]) for r in made.rows)) for i, h in enumerate(made.header) if i > 2}

    assert figures_as_of("2025-06") == values(together, "total_recorded_crime", "London")
    assert figures_as_of("2019-01") == in_file("a-2018-12")
    july = figures_as_of("2024-07-15")
    assert {p: july[p] for p in in_file("c-2024-06")} == in_file("c-2024-06")
    assert july["2024-06"] != figures_as_of("2025-06")["2024-06"]
    assert max(july) == "2024-06"


def test_as_of_the_day_before_publication_does_not_know_the_edition(together: Path) -> None:
    assert max(values(together, "burglary", "Bromley", "--as-of", "2025-03-31")) == "2024-06"
    assert max(values(together, "burglary", "Bromley", "--as-of", "2025-04-01")) == "2025-03"


def test_every_pair_of_published_editions_is_within_bounds_so_that_any_order_may_be_added(warehouse: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{warehouse / release(warehouse)}.duckdb' AS live (READ_ONLY)")
        derive.load_definitions(connection)
        rows = connection.execute("SELECT edition_id FROM live.edition WHERE source_id = ? ORDER BY 1", [SOURCE.id]).fetchall()
        # What the checks look at: the total everywhere, every measure in London.
        connection.execute(
            "CREATE TEMP TABLE looked_at AS FROM live.edition_value WHERE area_code = 'E12000007' OR measure_id = "
            "'total_recorded_crime'"
        )
        beyond, compared = [], 0
        for (one,), (other,) in combinations(rows, 2):
            for table, source in (("edition", "live.edition"), ("edition_value", "looked_at")):
                connection.execute(
                    f"CREATE OR REPLACE TEMP TABLE {table} AS FROM {source} WHERE edition_id IN (?, ?)", [one, other]
                )
            comparisons = edition_rules.comparisons(connection)
            compared += len(comparisons)
            beyond += [sentence for c in comparisons for fine, sentence in [edition_rules.movement(c, SOURCE.id)] if not fine]
            beyond += [stray.sentence for stray in edition_rules.large_moves(connection)]
    assert beyond == []
    assert compared >= 28


@pytest.fixture
def published_editions(published_data: Path) -> Callable[[str], list[Path]]:
    """The published files of editions whose month begins with a text."""
    return lambda month: sorted((published_data / "mps-recorded-crime-borough").glob(f"{month}*/*.csv"))


def test_published_editions_added_one_by_one_newest_first_equal_those_bundled(
    published_editions: Callable[[str], list[Path]], warehouse: Path, tmp_path: Path
) -> None:
    # The whole run on real input: each published file read here gives, cell for cell, what is bundled.
    for month in ("2026-01", "2019-01", "2024-02"):
        done("add", *published_editions(month), "--warehouse", tmp_path / "w", whole_catalogue=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{tmp_path / 'w' / release(tmp_path / 'w')}.duckdb' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{warehouse / release(warehouse)}.duckdb' AS other (READ_ONLY)")
        connection.execute("CREATE TEMP TABLE shared AS SELECT edition_id FROM one.edition")
        for table in ("edition", "observation", "edition_value"):
            rows = f"FROM other.{table} SEMI JOIN shared USING (edition_id)"
            comparisons = connection.execute(
                f"(FROM one.{table} EXCEPT ALL ({rows})) UNION ALL (({rows}) EXCEPT ALL FROM one.{table}) LIMIT 3"
            ).fetchall()
            assert comparisons == [], table
        assert connection.execute("SELECT count(*) FROM shared").fetchall() == [(5,)]
