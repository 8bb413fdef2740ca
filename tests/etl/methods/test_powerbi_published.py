"""A point outside its limits is marked as PowerBI-SPC marks it."""

import pytest

from etl.methods.spc_rules import beyond
from tests.etl.methods.published import read_json

RULES = read_json("spc_powerbi_rules.json")
NAMES = {1: "upper", -1: "lower", 0: "none"}


def names(flags):
    return [NAMES[int(flag)] for flag in flags]


def by_name(rule):
    return [pytest.param(case, id=case["name"][:60]) for case in RULES[rule]]


@pytest.mark.parametrize("case", by_name("astronomical"))
def test_outside_limits(case):
    assert names(beyond(case["val"], case["ll99"], case["ul99"])) == case["expected"]
