"""Reference tables are whole, and every published spelling of a place finds it."""

import datetime as dt

import pytest

from etl.core.areas import CITY_OF_LONDON, LONDON
from etl.definitions import reference


def test_london_has_thirty_two_boroughs_and_the_city_stands_apart() -> None:
    boroughs = [a for a in reference.areas().values() if a.kind == "borough"]
    assert len(boroughs) == 33
    assert len(reference.members(LONDON)) == 32
    assert CITY_OF_LONDON not in reference.members(LONDON)


def test_every_borough_but_the_city_is_in_one_of_twelve_commands() -> None:
    commands = {a.code for a in reference.areas().values() if a.kind == "bcu"}
    assert len(commands) == 12
    inside = [code for command in commands for code in reference.members(command)]
    assert sorted(inside) == sorted(reference.members(LONDON))


def test_every_area_is_dated() -> None:
    assert all(area.valid_from for area in reference.areas().values())
    assert {a.valid_from for a in reference.areas().values() if a.kind == "bcu"} == {"2019-03"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Richmond upon Thames", "E09000027"),
        ("Richmond Upon Thames", "E09000027"),
        ("RICHMOND-UPON-THAMES", "E09000027"),
        ("City of Westminster", "E09000033"),
        ("Hammersmith & Fulham", "E09000013"),
        ("  Kensington  and Chelsea ", "E09000020"),
        ("E09000002", "E09000002"),
        ("London Heathrow and London City Airports", "AIRPORTS"),
        ("Aviation Security (SO18)", "AIRPORTS"),
        ("Aviation Security(SO18)", "AIRPORTS"),
        ("Aviation Security (SO18) (Legacy Only)", "AIRPORTS"),
        ("SO18", "AIRPORTS"),
        ("Unknown", "UNKNOWN"),
        ("Other / NK", "UNKNOWN"),
        ("N/K (Legacy Only)", "UNKNOWN"),
        ("-1", "UNKNOWN"),
        ("NON", "OUTSIDE"),
    ],
)
def test_every_published_spelling_finds_its_place(name: str, code: str) -> None:
    assert reference.area_code(name, ("borough", "pseudo")) == code


def test_one_name_may_be_a_command_and_a_court_region() -> None:
    assert reference.area_code("North West", ("bcu",)) == "BCU-NW"
    assert reference.area_code("North West", ("region", "nation")) == "HMCTS-NORTH-WEST"


def test_a_place_of_another_force_is_not_found_but_the_nearest_is_named() -> None:
    assert reference.area_code("Croyden", ("borough",)) is None
    assert reference.nearest_area("Croyden", ("borough",)) == "Croydon"
    assert reference.nearest_area("Birmingham", ("borough",)) is None


def test_the_known_steps_of_march_2024_restart_three_families_and_no_other() -> None:
    def restarts(measure: str) -> bool:
        breaks = reference.breaks_for(measure, "E09000006")
        return any(b.treatment == "restart" and b.start == dt.date(2024, 3, 1) for b in breaks)

    stepped = ("violence_with_injury", "violence_with_injury_rolling_year_rate", "shoplifting", "robbery_business")
    assert all(restarts(m) for m in stepped)
    assert not any(restarts(m) for m in ("burglary", "robbery", "robbery_personal", "violence_without_injury", "homicide"))


def test_burglary_as_a_whole_is_untouched_by_the_redefinition_of_its_parts() -> None:
    def restarted(measure: str) -> bool:
        return any(b.start == dt.date(2017, 4, 1) for b in reference.breaks_for(measure, "E09000006"))

    assert restarted("burglary_residential")
    assert restarted("burglary_business_and_community_rate")
    assert not restarted("burglary")


def test_the_airports_moved_to_hillingdon_and_its_command_and_nowhere_else() -> None:
    def touched(area: str) -> bool:
        return any(b.areas == ("E09000017", "AIRPORTS", "BCU-WA") for b in reference.breaks_for("theft_from_person", area))

    assert touched("E09000017")
    assert touched("BCU-WA")
    assert not touched("E09000006")


def test_covid_is_left_out_of_baselines() -> None:
    (covid,) = [b for b in reference.breaks_for("robbery", "E09000006") if b.treatment == "leave_out"]
    assert (covid.start, covid.end) == (dt.date(2020, 3, 1), dt.date(2021, 6, 30))


def test_at_least_forty_words_are_explained_in_whole_sentences() -> None:
    terms = reference.glossary()
    assert len(terms) >= 40
    assert all(term.meaning.endswith(".") and term.meaning[0].isupper() for term in terms)


def test_every_borough_has_an_outline_and_only_boroughs_do() -> None:
    outlined = {f["properties"]["code"]: f["properties"]["name"] for f in reference.boundaries()["features"]}
    assert outlined == {a.code: a.name for a in reference.areas().values() if a.kind == "borough"}
