"""Measures that count the same offences are one finding."""

import pytest

from etl.definitions import catalogue
from etl.definitions.overlaps import families, folded, offences, overlap
from etl.kinds.kind import Judging

CRIME = [m.id for m in catalogue.judged_by(Judging.MONTHLY_COUNTS) if m.theme != "retired"]
ONE_FINDING = [
    ("violence_without_injury", "violence_without_injury_with_stalking"),
    ("stalking_and_harassment", "violence_without_injury_with_stalking"),
    ("burglary", "burglary_residential"),
    ("robbery", "robbery_personal"),
    ("sexual_offences", "rape"),
]
TWO_FINDINGS = [
    ("violence_without_injury", "stalking_and_harassment"),
    ("burglary_residential", "burglary_business_and_community"),
    ("robbery", "theft_from_person"),
    ("total_recorded_crime", "burglary"),
    ("drug_possession", "drug_trafficking"),
    ("trust_mps", "informed_local"),
]


@pytest.mark.parametrize(("one", "other"), ONE_FINDING)
def test_a_measure_and_what_it_contains_are_one_finding(one, other):
    assert overlap(one, other)
    assert overlap(other, one)


@pytest.mark.parametrize(("one", "other"), TWO_FINDINGS)
def test_measures_that_share_no_offence_and_the_total_are_findings_of_their_own(one, other):
    assert not overlap(one, other)
    assert not overlap(other, one)


def test_every_measure_of_recorded_crime_says_what_it_adds_up():
    assert all(offences(measure_id) for measure_id in CRIME)


def test_the_first_in_the_catalogue_is_named_and_the_others_are_folded_into_it():
    changes = [
        ("violence_without_injury_with_stalking", "Lambeth", "up"),
        ("burglary", "Lambeth", "up"),
        ("violence_without_injury", "Lambeth", "up"),
        ("burglary_residential", "Lambeth", "down"),
        ("burglary_residential", "Barnet", "up"),
    ]
    out = folded(changes, lambda c: c[0], lambda c: c[1:])
    assert [(f.leader[0], [o[0] for o in f.others]) for f in out] == [
        ("burglary", []),
        ("violence_without_injury", ["violence_without_injury_with_stalking"]),
        ("burglary_residential", []),
        ("burglary_residential", []),
    ]


def test_families_hold_each_measure_once():
    members = [m for family in families(CRIME) for m in family]
    assert sorted(members) == sorted(CRIME)
