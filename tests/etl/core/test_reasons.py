"""Reasons: what is stored, and the sentences made from it."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.core.reason import Code, Reason, has, read_stored, stored, without
from etl.core.reason_words import SENTENCES, in_sentences, missing_figures, sentence

ROOT = Path(__file__).parents[3]
RELEASE = json.loads((Path(__file__).parent / "reasons_of_a_release.json").read_text(encoding="utf-8"))
"""Sentences of the release of March 2026 to data of December 2025, one of every code it holds, each beside the reasons stored for
it. `of` says which column of which table."""
NOT_IN_IT = (
    (Reason.of(Code.MONTHS_NOT_HELD, months=("2025-05",)), "May 2025 is not held and left out."),
    (
        Reason.of(Code.MONTHS_LEFT_OUT, months=("2020-03", "2020-04", "2020-05", "2021-01")),
        "March to May 2020 and January 2021 are left out of every comparison.",
    ),
    (Reason(Code.NO_FIGURE), "No figure is held."),
    (Reason(Code.NO_MONTH_JUDGED), "No month of it can be judged yet."),
    (
        Reason.of(Code.EMPTY_MONTHS, months=("2025-07", "2025-08"), expected=61.4),
        "Not one offence is recorded in July and August 2025, where about 61 a month would be expected. That is more likely a "
        "fault in the figures than a change, so there is no verdict.",
    ),
    (
        Reason.of(Code.NEWEST_LEFT_OUT, what="Covid: lockdowns."),
        "The newest months are left out of every comparison. Covid: lockdowns.",
    ),
    (
        Reason.of(Code.TOO_FEW_MONTHS, held=1, needed=15, review="2026-06"),
        "One month is held; 15 are needed. First honest review: after June 2026.",
    ),
    (
        Reason.of(Code.TOO_FEW_MONTHS_SINCE, since="2024-03", held=13, needed=15, review="2025-06"),
        "Counts start again in March 2024. 13 months are held since; 15 are needed. First honest review: after June 2025.",
    ),
    (
        Reason.of(Code.NOT_COMPARABLE, since="2024-03", what="The system changed.", held=4, needed=15, review="2025-06"),
        "Counts before and after March 2024 cannot be compared. The system changed. Four months are held since; 15 are needed. "
        "First honest review: after June 2025.",
    ),
    (
        Reason.of(Code.YEAR_BEFORE_NOT_HELD, before="2024-09"),
        "The year to September 2024, which the newest would be set against, is not held.",
    ),
    (
        Reason.of(Code.SAMPLE_TOO_SMALL, is_borough=True),
        "With so few asked, the figure cannot tell whether this borough changed.",
    ),
    (Reason(Code.CHANCE_IN_FIGURES), "Among so many figures looked at together, one as large comes by chance too often."),
    (Reason(Code.NEITHER_WAY_BETTER), "Neither way is better by itself."),
    (
        Reason.of(Code.TOO_FEW_QUARTERS, held=5, needed=12, review="2027-06"),
        "Five quarters are held outside the Covid months; 12 are needed. First honest review: after June 2027.",
    ),
    (Reason.of(Code.TRIAL_LIMITS, quarters=11), "These are trial limits: they rest on 11 quarters."),
    (Reason(Code.YEAR_NOT_WHOLE), "Not every month of this year is held."),
    (
        Reason.of(Code.STEP_EVERYWHERE, changed=31, judged=32, is_rise=True, month="2025-04"),
        "31 of 32 boroughs rose, most of them from April 2025: a step that so many take in one month is more often a change in "
        "how crime is recorded than in crime.",
    ),
    (
        Reason.of(
            Code.SET_AGAINST_SIMILAR,
            count=9,
            first="2025-04",
            last="2025-12",
            before=12,
            since="2024-04",
            until="2025-03",
            compared=10,
        ),
        "The nine months April to December 2025 are set against the twelve months April 2024 to March 2025, beside the "
        "same months "
        "in ten similar boroughs where nothing of the kind was done.",
    ),
    (
        Reason.of(Code.PARTED_BY_THEMSELVES, lower=-0.12, upper=0.09),
        "Places part by as much with nothing done, so nobody can tell: the effect may be anything from 12% fewer to 9% more.",
    ),
    (
        Reason.of(Code.PARTED_MORE, is_rise=False, lower=-0.3, upper=-0.05),
        "It fell more or rose less than they did: 5% to 30% fewer. 19 of 20 places where nothing was done part by less. That it "
        "followed does not prove that the change caused it.",
    ),
    (
        Reason.of(Code.NOTHING_TO_COMPARE, count=1, needed=4),
        "Only one borough can be compared with: in the others the same was done in these months, or counts started "
        "again. Four are "
        "needed.",
    ),
    (
        Reason.of(Code.MONTHS_BEFORE_NEEDED, count=3, needed=9),
        "Three of the twelve months before can be used; nine are needed.",
    ),
    (Reason.of(Code.MONTHS_AFTER_NEEDED, count=1, needed=3), "One month after it can be used; three are needed."),
    (Reason(Code.TIME), "Time: the verdict comes when enough months are held to compare."),
    (
        Reason(Code.EMPTY_MONTHS_EXPLAINED),
        "Figures for the empty months, or the publisher's word that they were truly empty.",
    ),
    (Reason(Code.TWO_YEARS_NEEDED), "Two separate years of it."),
    (Reason(Code.MORE_QUARTERS), "More quarters."),
)
SURGERY = re.compile(
    r"""\.split\(["'](\ [A-Z]|\.\ )"""
    r"""|\.(replace|r?partition|r?split)\(\s*f?["'](\ \ |\ \(|[^"'=]*\ [a-z]+[\ "'])"""
    r"""|\.replace\(\s*\w+\("""
    r"""|\b\w*sentence\w*(\([^()]*\))?\.(replace|r?partition|r?split)\("""
    r"""|\.removesuffix\(["'],\ """
    r"""|["'][^"']*["']\ in\ (verdict\.(reason|caveat|would_change)|why)\b""",
    re.VERBOSE,
)
"""Cutting a sentence at a word, bracket or full stop, writing over a part of it, or looking into it for words."""
VALUES = st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.lists(st.text()).map(tuple))


@pytest.mark.parametrize("entry", RELEASE, ids=lambda entry: f"{entry['of']}: {entry['sentence'][:60]}")
def test_a_stored_reason_reads_as_the_release_said_it(entry):
    assert in_sentences(read_stored(json.dumps(entry["reasons"]))) == entry["sentence"]


@pytest.mark.parametrize(("reason", "words"), NOT_IN_IT, ids=lambda part: part.code.value if isinstance(part, Reason) else "")
def test_a_reason_the_release_did_not_need_has_its_sentence(reason, words):
    assert sentence(reason) == words


def test_every_code_has_a_sentence_and_an_example_of_it():
    assert set(SENTENCES) == set(Code)
    codes = {Code(part["code"]) for entry in RELEASE for part in entry["reasons"]} | {reason.code for reason, _ in NOT_IN_IT}
    assert codes == set(Code)


@given(st.sampled_from(Code), st.dictionaries(st.text(min_size=1).filter(lambda name: name != "code"), VALUES))
def test_what_is_stored_is_read_back_as_it_was(code, values):
    reasons = (Reason(code, tuple(values.items())), Reason(Code.LEANS_INSIDE))
    assert read_stored(stored(reasons)) == reasons


def test_an_unknown_code_is_refused():
    with pytest.raises(ValueError, match="no such code"):
        read_stored('[{"code": "no such code"}]')


def test_a_part_of_a_reason_is_asked_for_and_not_cut_out():
    late = Reason.of(Code.LATE, last="2025-07", is_year=False, missing=1, noun="month")
    assert missing_figures(late) == "One later month should be out by now and are not held"
    both = (late, Reason(Code.LEANS_INSIDE))
    assert has(both, Code.LATE)
    assert without(both, Code.LATE) == (Reason(Code.LEANS_INSIDE),)


def test_no_module_cuts_or_rewrites_a_finished_sentence():
    modules = [path for room in ("dashboard", "etl") for path in (ROOT / room).rglob("*.py")]
    assert [f"{path.relative_to(ROOT)}: {cut}" for path in modules for cut in _cuts(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "code",
    [
        'size.replace(" than expected", other)',
        'size_words(2, 1, 3).partition(" (")',
        'difference_words(level).split(" (")[0]',
        'f"{feeds} ".replace("  ", " ")',
        'sentence.replace(in_period(last, "quarter"), when)',
        "text.replace(\n    opened(number), exact, 1)",
        'first_sentence(series).split(",")',
    ],
)
def test_each_way_of_rewriting_a_sentence_is_seen(code):
    assert _cuts(code)


@pytest.mark.parametrize(
    "code", ['name.replace(" ", "_")', 'category.partition(" / ")', 'year.replace("/", "-")', 'words.split(" ")']
)
def test_taking_an_id_or_a_line_apart_is_no_rewriting(code):
    assert _cuts(code) == []


def _cuts(code: str) -> list[str]:
    """The places in a module's text that cut or rewrite a sentence, each with its line number."""
    return [f"{code.count(chr(10), 0, cut.start()) + 1}: {cut[0]}" for cut in SURGERY.finditer(code)]
