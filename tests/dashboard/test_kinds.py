"""Each kind of measure is told by a module of its own, and nothing else asks which kind a measure is."""

import re
from pathlib import Path

import pytest

from dashboard import kinds as tellings
from etl import kinds
from etl.definitions import catalogue
from etl.kinds.kind import Judging

ROOT = Path(__file__).parents[2]
IDS = "|".join((*kinds.every(), "crime"))
COMPARED = re.compile(rf"(\.kind|\.basis|kind_of\([a-z.]+\)) *(==|!=|in|not in) *[(\[{{]?[\"']({IDS})[\"']")


def test_every_kind_has_words_of_its_own():
    assert tellings.every().keys() == kinds.every().keys()


def test_every_kind_has_a_measure():
    assert {m.kind for m in catalogue.measures().values()} == set(kinds.every())


@pytest.mark.parametrize("folder", ["etl", "dashboard"])
def test_no_kind_of_measure_is_compared_as_a_string(folder):
    lines = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if COMPARED.search(line)
    ]
    assert lines == []


@pytest.mark.parametrize("kind", kinds.every().values(), ids=lambda kind: kind.id)
def test_a_kind_that_is_not_judged_says_why(kind):
    assert (kind.judged is Judging.NONE) == bool(kind.not_judged_because)
