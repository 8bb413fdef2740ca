"""What no ordinary edition shows is published only with a reason, which stays with the edition."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.etl.commands import Ran, done, release, run, state
from tests.etl.made import BOROUGHS, MadeFile, edition, total

pytestmark = pytest.mark.slow

NEEDS_A_REASON = 15
NEXT = edition(last="2025-06")
REASON = "checked with the publisher on 3 July, duty statistician"


@pytest.fixture
def held_back(live: Path, tmp_path: Path) -> Callable[..., Path]:
    """Add a file that must be held back for a reason and say these words; returns its path."""

    def add(made: MadeFile, *complaint: str) -> Path:
        path = made.write(tmp_path / "odd.csv")
        before = state(live)
        ran = run("add", path, "--warehouse", live)
        assert ran.code == NEEDS_A_REASON, ran.out + ran.err
        assert all(words in ran.err for words in ("odd.csv", "--accept", *complaint)), ran.err
        assert state(live) == before
        return path

    return add


def scaled(made: MadeFile, column: int, times: float, borough: str | None = None) -> MadeFile:
    """The same with one month's counts multiplied."""
    return made.with_rows(
        lambda rows: [
            [*r[:column], str(round(int(r[column]) * times)), *r[column + 1 :]] if borough in (None, r[2]) else r for r in rows
        ]
    )


def test_a_london_total_outside_its_bound_needs_a_reason_which_is_recorded_and_shown(
    held_back: Callable[..., Path], live: Path
) -> None:
    path = held_back(scaled(NEXT, 12, 1.06), "London moved +0.2", "most in 2024-04, +6.0", "bound 5%")
    ran = done("add", path, "--warehouse", live, "--accept", REASON)
    assert f"accepted ({REASON})" in ran.out
    with duckdb.connect(str(live / f"{release(live)}.duckdb"), read_only=True) as connection:
        reasons = connection.execute("SELECT accepted_reason FROM edition WHERE label = '2025-07'").fetchall()
        rows = connection.execute("SELECT found FROM check_result WHERE result = 'warned'").fetchall()
    assert reasons == [(REASON,)]
    assert any("most in 2024-04" in text for (text,) in rows)


@pytest.mark.parametrize("blank", ["", "  ", "\t\n"])
def test_a_blank_reason_is_none(live: Path, tmp_path: Path, blank: str) -> None:
    path = NEXT.with_cell(7, 7, "350").write(tmp_path / "odd.csv")
    assert run("add", path, "--warehouse", live, "--accept", blank).code == NEEDS_A_REASON


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


def test_two_offences_in_each_others_place_need_a_reason(held_back: Callable[..., Path]) -> None:
    # Of one size, so that neither's total moves: only the cells tell.
    exchanged = {"BICYCLE THEFT": "OTHER THEFT", "OTHER THEFT": "BICYCLE THEFT"}
    swapped = NEXT.with_rows(lambda rows: [[r[0], exchanged.get(r[1], r[1]), *r[2:]] for r in rows])
    held_back(swapped, "theft / bicycle theft and theft / other theft are exchanged", "that the other had in edition 2025-06")


def test_two_boroughs_of_one_size_in_each_others_place_need_a_reason(held_back: Callable[..., Path]) -> None:
    exchanged = {"Sutton": "Bexley", "Bexley": "Sutton"}
    swapped = NEXT.with_rows(lambda rows: [[*r[:2], exchanged.get(r[2], r[2]), *r[3:]] for r in rows])
    held_back(swapped, "Bexley and Sutton are exchanged: each has the figures that the other had in edition 2025-06")


def test_a_month_of_other_cells_and_the_same_total_needs_a_reason(held_back: Callable[..., Path]) -> None:
    # 15 more in one row and 15 fewer in the next: London does not move.
    moved = NEXT.with_rows(lambda rows: [[*r[:9], str(int(r[9]) + (15 if i % 2 else -15)), *r[10:]] for i, r in enumerate(rows)])
    held_back(moved, "2024-01: 544 of 544 older figures", "Are these another period's column?")


def test_a_little_noise_in_every_old_cell_needs_a_reason(held_back: Callable[..., Path]) -> None:
    noisy = NEXT.with_rows(
        lambda rows: [
            [*r[:3], *(str(round(int(n) * (1.03 if (i + j) % 2 else 0.97))) for j, n in enumerate(r[3:]))]
            for i, r in enumerate(rows)
        ]
    )
    held_back(noisy, "all areas together", "of 5,984 older figures", "real revisions have moved 30% of them at most")


def test_a_newest_cell_many_times_its_row_needs_a_reason_however_small(held_back: Callable[..., Path]) -> None:
    small = NEXT.with_rows(lambda rows: [*rows[:7], [*rows[7][:3], *["4", "9"] * 12], *rows[8:]])
    held_back(small.with_cell(7, 26, "50"), "AA9:", "50 offences, where every other month of the row has at most 9")


def test_two_boroughs_exchanged_in_the_newest_month_alone_need_a_reason(held_back: Callable[..., Path]) -> None:
    newest = {(r[1], r[2]): r[26] for r in NEXT.rows}
    one, two = BOROUGHS[0], BOROUGHS[2]
    other = {one: two, two: one}
    made = NEXT.with_rows(lambda rows: [[*r[:26], newest[r[1], other.get(r[2], r[2])]] for r in rows])
    held_back(made, f"{one} and {two} look exchanged")


def test_a_row_displaced_by_a_month_needs_a_reason(held_back: Callable[..., Path]) -> None:
    held_back(
        NEXT.with_rows(lambda rows: [*rows[:40], [*rows[40][:3], *rows[40][4:], rows[40][3]], *rows[41:]]),
        f"row 42: {NEXT.rows[40][2]}",
        "one month displaced",
    )


def test_a_slip_in_one_cell_needs_a_reason_with_its_address(held_back: Callable[..., Path]) -> None:
    held_back(NEXT.with_cell(7, 7, "350"), "H9:", "2023-11", f"{NEXT.rows[7][7]} in edition 2025-06, 350 now")


def test_a_slip_in_the_newest_month_needs_a_reason_with_its_address(held_back: Callable[..., Path]) -> None:
    held_back(NEXT.with_cell(7, 26, "350"), "AA9:", "350 offences, where every other month of the row has at most")


@pytest.mark.parametrize(("times", "refused"), [(1.9, "at most"), (0.5, "at least"), (1.3, ""), (0.85, "")])
def test_an_offence_far_out_all_over_london_in_the_newest_month_needs_a_reason(
    live: Path, tmp_path: Path, times: float, refused: str
) -> None:
    # Every borough moves alike and none far enough by itself.
    made = NEXT.with_rows(lambda rows: [[*r[:26], str(round(int(r[26]) * times))] if r[1] == "SHOPLIFTING" else r for r in rows])
    ran = run("add", made.write(tmp_path / "odd.csv"), "--warehouse", live)
    assert ran.code == (NEEDS_A_REASON if refused else 0), ran.err
    count = sum(int(r[26]) for r in made.rows if r[1] == "SHOPLIFTING")
    assert not refused or f"shoplifting in London, 2025-06: {count:,} offences, against {refused}" in ran.err


def test_a_measure_missing_from_a_new_edition_needs_a_reason(live: Path, tmp_path: Path) -> None:
    # Homicides are too few to be in every borough, so their absence is no hole by itself.
    def with_homicides(last: str) -> MadeFile:
        rows = [["VIOLENCE AGAINST THE PERSON", "HOMICIDE", b, *["0", "1"] * 12] for b in BOROUGHS[:9]]
        return edition(last=last).with_rows(lambda made: [*made, *rows])

    done("add", with_homicides("2025-06").write(tmp_path / "a.csv"), "--warehouse", live, whole_catalogue=True)
    ran = run("add", edition(last="2025-07").write(tmp_path / "b.csv"), "--warehouse", live, whole_catalogue=True)
    assert ran.code == NEEDS_A_REASON
    assert "homicide: expected about" in ran.err
    assert "found none" in ran.err


@pytest.mark.parametrize(("share", "refused"), [(0.72, True), (0.85, False)])
def test_a_newest_month_cut_short_needs_a_reason(live: Path, tmp_path: Path, share: float, refused: bool) -> None:
    ran = run("add", scaled(NEXT, 26, share).write(tmp_path / "short.csv"), "--warehouse", live)
    assert ran.code == (NEEDS_A_REASON if refused else 0), ran.err
    assert ("looks like a part of one" in ran.err) == refused


def test_a_month_without_a_borough_for_many_is_said_and_marked_on_every_borough(tmp_path: Path) -> None:
    unknown = ["THEFT", "OTHER THEFT", "Unknown", *["9"] * 11, "4000", *["9"] * 12]
    made = NEXT.with_rows(lambda rows: [*rows, unknown])
    share = 4000 / total(made, "2024-06")
    ran = done("add", made.write(tmp_path / "unknown.csv"), "--warehouse", tmp_path / "w")
    assert f"2024-06: {share:.1%} of London's offences have no borough" in ran.out
    output = done("explain", "burglary", "Bromley", "2024-06", "--warehouse", tmp_path / "w").out
    assert f"2024-06-01: In the edition of 2025-07, {share:.1%} of London crime in 2024-06 has no borough" in output
    assert "has no borough" not in done("explain", "burglary", "London", "2024-06", "--warehouse", tmp_path / "w").out


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
    ("day", "complaint"), [("2025-05", "after the last period"), ("2925-01-01", "day of publication that has come")]
)
def test_an_impossible_day_of_publication_is_refused(live: Path, tmp_path: Path, day: str, complaint: str) -> None:
    ran = run("add", NEXT.write(tmp_path / "one.csv"), "--warehouse", live, "--published", day)
    assert (ran.code, complaint in ran.err) == (14, True), ran.err


def test_a_day_of_publication_that_is_not_a_date_is_refused(live: Path, tmp_path: Path) -> None:
    ran = run("add", NEXT.write(tmp_path / "one.csv"), "--warehouse", live, "--published", "July")
    assert (ran.code, "'July' is not a day" in ran.err) == (17, True)
