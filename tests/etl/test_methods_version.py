"""The number of the methods rises with the numbers, and with nothing else: releases and calibrations go by it."""

import pytest

from etl.core.versions import JUDGED_THE_SAME_SINCE, METHODS_VERSION
from tests import record_methods

WHAT_TO_DO = """
The code that works numbers out is not the code recorded for METHODS_VERSION = {number}: {names}.
If any number or verdict may come out differently, raise METHODS_VERSION in etl/core/versions.py (and, where it is the judging,
JUDGED_THE_SAME_SINCE, and run `python -m etl calibrate`). Then, either way: python -m tests.record_methods
"""


def test_code_that_works_numbers_out_is_the_code_recorded_for_the_number_of_the_methods():
    number, lines = record_methods.recorded()
    changed = sorted({line.split(" ", 1)[1] for line in set(lines) ^ set(record_methods.code_that_stands())})
    if changed or number != METHODS_VERSION:
        pytest.fail(WHAT_TO_DO.format(number=METHODS_VERSION, names=", ".join(changed[:20]) or f"{number} was recorded"))


def test_the_judging_does_not_count_as_newer_than_the_methods():
    assert 1 <= JUDGED_THE_SAME_SINCE <= METHODS_VERSION


def test_docstrings_comments_prose_and_imports_do_not_count():
    usual = record_methods.definitions('def rate(n):\n    return n * 2, "some prose here"\n')
    rewritten = 'import x\n\ndef rate(n):\n    """Words."""\n    import z\n    # why\n    return n * 2, "other prose"\n'
    assert record_methods.definitions(rewritten) == usual


@pytest.mark.parametrize("other", ["return n * 3", 'return n * 2, "SELECT value FROM x"', "return m * 2"])
def test_arithmetic_and_queries_count(other):
    usual = 'def rate(n):\n    return n * 2, "SELECT value FROM y"\n'
    assert record_methods.definitions(f"def rate(n):\n    {other}\n") != record_methods.definitions(usual)


def test_a_query_in_a_file_of_its_own_counts_without_its_comments_and_line_breaks():
    assert record_methods.query("SELECT 1 -- why\n  FROM x\n") == record_methods.query("SELECT 1 FROM x")
