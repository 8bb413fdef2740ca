"""What no ordinary edition shows is published only with a reason, which stays with the edition."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.etl.commands import Ran, done, release, run, state
from tests.etl.made import BOROUGHS, MadeFile, edition, offences

NEEDS_A_REASON = 15
NEXT = edition(last="2025-06")
REASON = "checked with the publisher on 3 July, duty statistician"


@pytest.fixture
def held_back(live: Path, tmp_path: Path) -> Callable[..., Path]:
    """Add a file that must be held back for a reason and say these words; returns its path."""

    def add(made: MadeFile, *said: str) -> Path:
        path = made.write(tmp_path / "odd.csv")
        before = state(live)
        ran = run("add", path, "--warehouse", live)
        assert ran.code == NEEDS_A_REASON, ran.out + ran.err
        assert all(words in ran.err for words in ("odd.csv", "--accept", *said)), ran.err
        assert state(live) == before
        assert run("add", path, "--warehouse", live, "--accept", "  ").code == NEEDS_A_REASON
        return path

    return add


def scaled(made: MadeFile, column: int, times: float, borough: str | None = None) -> MadeFile:
    """The same with one month's counts multiplied."""
    return made.with_rows(
        lambda rows: [
            [*r[:column], str(round(int(r[column]) * times)), *r[column + 1 :]] if borough in (None, r[2]) else r for r in rows
        ]
    )


def test_london_beyond_its_bound_needs_a_reason_which_is_recorded_and_shown(held_back: Callable[..., Path], live: Path) -> None:
    path = held_back(scaled(NEXT, 12, 1.06), "London moved +0.2", "most in 2024-04, +6.0", "bound 5%")
    ran = done("add", path, "--warehouse", live, "--accept", REASON)
    assert f"accepted ({REASON})" in ran.out
    with duckdb.connect(str(live / f"{release(live)}.duckdb"), read_only=True) as connection:
        reasons = connection.execute("SELECT accepted_reason FROM edition WHERE label = '2025-07'").fetchall()
        found = connection.execute("SELECT found FROM check_result WHERE result = 'warned'").fetchall()
    assert reasons == [(REASON,)]
    assert any("most in 2024-04" in text for (text,) in found)


def test_a_reason_given_for_nothing_is_not_recorded(live: Path, tmp_path: Path) -> None:
    done("add", NEXT.write(tmp_path / "fine.csv"), "--warehouse", live, "--accept", REASON)
    with duckdb.connect(str(live / f"{release(live)}.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM edition WHERE accepted_reason IS NOT NULL").fetchall() == [(0,)]


@pytest.mark.parametrize("column", [3 + 12, 3 + 23])
def test_a_month_counted_twice_needs_a_reason(held_back: Callable[..., Path], column: int) -> None:
    held_back(scaled(NEXT, column, 2), "in all London against", "1.5 times the month before")


def test_a_month_counted_twice_needs_a_reason_in_the_first_edition_too(tmp_path: Path) -> None:
    path = scaled(NEXT, 9, 2).write(tmp_path / "odd.csv")
    assert run("add", path, "--warehouse", tmp_path / "new").code == NEEDS_A_REASON


def test_a_borough_month_counted_twice_needs_a_reason(held_back: Callable[..., Path]) -> None:
    held_back(scaled(NEXT, 26, 2, "Sutton"), "Sutton, 2025-06", "out of step with the rest of London")


def test_half_a_newest_month_needs_a_reason(held_back: Callable[..., Path]) -> None:
    held_back(scaled(NEXT, 26, 0.5), "2025-06", "the newest month looks like a part of one")


def test_months_shifted_by_one_need_a_reason(held_back: Callable[..., Path]) -> None:
    held_back(replace(edition(last="2025-05"), header=NEXT.header), "London moved", "bound 5%")


def test_two_boroughs_in_each_others_place_need_a_reason(held_back: Callable[..., Path]) -> None:
    # London does not move at all; Barking and Dagenham's counts and Westminster's change places.
    exchanged = {BOROUGHS[0]: BOROUGHS[-1], BOROUGHS[-1]: BOROUGHS[0]}
    large = NEXT.with_rows(lambda rows: [[*r[:3], *(str(int(n) * 2) for n in r[3:])] if r[2] == BOROUGHS[0] else r for r in rows])
    swapped = large.with_rows(lambda rows: [[*r[:2], exchanged.get(r[2], r[2]), *r[3:]] for r in rows])
    held_back(swapped, "Westminster moved +", "bound 20%")


def test_two_offences_in_each_others_place_need_a_reason(live: Path, tmp_path: Path) -> None:
    # Made so that exchanging them moves either by well over half.
    def weighted(last: str, first: str, second: str) -> MadeFile:
        labels = {first: second, second: first} if first != second else {}
        return edition(last=last).with_rows(
            lambda rows: [
                [
                    r[0],
                    labels.get(r[1], r[1]),
                    r[2],
                    *(str(int(n) * (3 if r[1] == "ROBBERY OF PERSONAL PROPERTY" else 1)) for n in r[3:]),
                ]
                for r in rows
            ]
        )

    assert ("theft", "shoplifting") in offences("C")
    warehouse = tmp_path / "w"
    done("add", weighted("2025-05", "", "").write(tmp_path / "a.csv"), "--warehouse", warehouse)
    ran = run("add", weighted("2025-06", "BICYCLE THEFT", "OTHER THEFT").write(tmp_path / "b.csv"), "--warehouse", warehouse)
    assert ran.code == 0, ran.err
    swap = edition(last="2025-07").with_rows(
        lambda rows: [[r[0], r[1], r[2], *(str(int(n) * (3 if r[1] == "SHOPLIFTING" else 1)) for n in r[3:])] for r in rows]
    )
    ran = run("add", swap.write(tmp_path / "c.csv"), "--warehouse", warehouse)
    assert ran.code == NEEDS_A_REASON
    assert "shoplifting in London moved +" in ran.err
    assert "robbery_personal in London moved −" in ran.err


def test_crimes_placed_in_the_city_need_a_reason(held_back: Callable[..., Path]) -> None:
    held_back(
        NEXT.with_rows(lambda rows: [*rows, [*rows[0][:2], "City of London", *["1"] * 24]]),
        "City of London: 24 offences; expected none",
    )


def test_the_order_of_adding_makes_no_difference_to_where_a_reason_stands(tmp_path: Path) -> None:
    early, late = NEXT.write(tmp_path / "early.csv"), scaled(edition(last="2025-08"), 12, 1.2).write(tmp_path / "late.csv")
    names = []
    for order in ([early, late], [late, early]):
        warehouse = tmp_path / "w"
        for path in order:
            done("add", path, "--warehouse", warehouse, "--accept", REASON)
        names.append(release(warehouse))
        shutil.rmtree(warehouse)
    assert names[0] == names[1]


def test_two_files_of_one_edition_that_contradict_are_refused_with_both_cells(live: Path, tmp_path: Path) -> None:
    one = NEXT.write(tmp_path / "one.csv")
    two = NEXT.with_cell(7, 7, "999").write(tmp_path / "two.csv")
    before = state(live)
    ran = run("add", one, two, "--warehouse", live)
    assert ran.code == 14
    assert all(words in ran.err for words in ("one.csv", "two.csv", "H9", NEXT.rows[7][7], "999", "2023-11", "--published")), (
        ran.err
    )
    assert state(live) == before


def test_a_row_only_one_of_two_files_of_an_edition_has_is_a_contradiction(live: Path, tmp_path: Path) -> None:
    more = NEXT.with_rows(lambda rows: [*rows, ["ARSON AND CRIMINAL DAMAGE", "ARSON", "Sutton", *["3"] * 24]])
    ran = run("add", NEXT.write(tmp_path / "one.csv"), more.write(tmp_path / "two.csv"), "--warehouse", live)
    assert ran.code == 14
    assert "has no row: says 0" in ran.err.replace("0.0", "0")


def test_a_correction_in_the_same_month_is_taken_with_the_day_it_came_out(live: Path, tmp_path: Path) -> None:
    done("add", NEXT.write(tmp_path / "one.csv"), "--warehouse", live)
    corrected = NEXT.with_cell(7, 7, "61").write(tmp_path / "two.csv")
    assert run("add", corrected, "--warehouse", live).code == 14
    ran: Ran = done("add", corrected, "--warehouse", live, "--published", "2025-07-20")
    assert "given as 2025-07-20" in ran.out


@pytest.mark.parametrize(
    ("day", "said"), [("2025-05", "after the last period"), ("2925-01-01", "day of publication that has come")]
)
def test_an_impossible_day_of_publication_is_refused(live: Path, tmp_path: Path, day: str, said: str) -> None:
    ran = run("add", NEXT.write(tmp_path / "one.csv"), "--warehouse", live, "--published", day)
    assert (ran.code, said in ran.err) == (14, True), ran.err


def test_a_day_that_is_no_day_is_refused(live: Path, tmp_path: Path) -> None:
    ran = run("add", NEXT.write(tmp_path / "one.csv"), "--warehouse", live, "--published", "July")
    assert (ran.code, "'July' is not a day" in ran.err) == (17, True)
