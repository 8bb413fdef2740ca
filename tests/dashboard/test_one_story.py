"""One story: whatever a reader opens, a verdict is told alike, and every count of changes is the same count."""

import re
from collections import Counter

import pytest

from dashboard.charts import verdict_shapes
from dashboard.features.home.changed_series import STATE_GROUPS
from dashboard.figures import queries
from dashboard.figures.evidence import Candidate
from dashboard.figures.records import MeasureSeries
from dashboard.register.measures import candidates as choosable
from dashboard.ui.verdict import mark_of, verdict_mark
from dashboard.words import evidence as evidence_words
from dashboard.words import london, measures, moves, summary, verdicts
from etl import kinds
from etl.core.areas import LONDON
from etl.core.grade import LETTERS, Grade, MoveState, letter_of
from etl.core.reason_words import in_sentences
from etl.core.state import ANSWERED, CHANGES, JUDGED, LEANS, MOVED, QUIET, State
from etl.core.written import count_word
from etl.definitions.overlaps import overlap
from etl.kinds.kind import Judging
from tests.dashboard.written import written

UP_WORDS, DOWN_WORDS = re.compile(r"\bup\b"), re.compile(r"\bdown\b")
NEVER = re.compile(
    r"\bNo are\b|\bno of\b|held level|than chance|significant change|\bnought\b|\bhonest|\bmay well have\b|\bof its own\b"
    r"|\b(\w+ \w+) \1\b|\bin london\b|\bNothing in [A-Z]|\bNo one month\b|\bNone is are\b|\b(phi|tau squared|q-value|p-value)\b"
)
NAMES = re.compile(r"[A-Z]\w+")


@pytest.fixture(scope="module")
def judged(warehouse):
    """Every verdict on recorded crime that was set against figures, with its place and measure, points left out to be quick."""
    counts = {m.id: m for m in queries.crimes()}
    places = {a.code: a for kind in ("force", "borough", "bcu") for a in queries.areas(kind)}
    every = [v for v in queries.verdicts() if v.state in JUDGED and v.measure in counts and v.area in places]
    return [(MeasureSeries(counts[v.measure], places[v.area], (), (), ()), v) for v in every]


@pytest.fixture(scope="module")
def titles(warehouse):
    return {m.id: m.title for m in queries.crimes()}


@pytest.fixture(scope="module")
def by_place(judged):
    """The verdicts of each place, by its code."""
    places: dict[str, list] = {}
    for _, verdict in judged:
        places.setdefault(verdict.area, []).append(verdict)
    return places


def candidates_of(here):
    """What a borough may choose, with the verdicts its evidence sheet reads."""
    of_measure = {v.measure: v for v in here}
    return [
        Candidate(queries.measure(m), False, None, of_measure.get(m), None, None)
        for m in (*choosable().harm, *choosable().volume)
    ]


def sentences(series, verdict):
    """Everything that is said of one verdict, wherever it stands."""
    return {
        "sentence": verdicts.verdict_sentence(series, verdict),
        "heading of the measure": measures.finding_headline(series, verdict, None) or "",
        "heading of London": london.london_headline(series, verdict, None),
        "under the heading": london.beside_expected(series, verdict),
        "mark": verdicts.verdict_words(verdict),
        "why": in_sentences(verdict.reason),
        "what would change it": in_sentences(verdict.would_change),
    }


def test_a_count_outside_its_printed_range_is_never_called_as_expected(judged):
    outside = [
        v
        for _, v in judged
        if v.expected_lower is not None and not v.expected_lower <= v.observed <= v.expected_upper and v.ratio is not None
    ]
    assert outside
    assert [(v.measure, v.area, v.state) for v in outside if v.state in QUIET or v.state == State.APART] == []


def test_the_letter_of_every_verdict_is_that_of_its_move(judged):
    assert {str(v.state) for _, v in judged} >= set("BWCMEN")
    for series, verdict in judged:
        # What rests on the newest month alone leans, and has a letter of its own.
        rests_on_newest = verdict.rests_on is not None and verdict.rests_on == verdict.window[1]
        letter = letter_of(MoveState(verdict.move), series.measure.better)
        assert verdict.state == (State.PROVISIONAL if letter == "M" and rests_on_newest else letter), (
            verdict.measure,
            verdict.area,
        )
        assert (verdict.grade is not None) == (verdict.state in MOVED and verdict.state != State.APART)


def test_every_word_for_a_verdict_points_the_same_way(judged):
    for series, verdict in judged:
        is_up = moves.is_up(verdict)
        label = (verdict.measure, verdict.area)
        if verdict.state in MOVED and verdict.state != State.APART:
            assert is_up == (verdict.observed > verdict.expected), label
            text = sentences(series, verdict)
            way, other = ("more", "fewer") if is_up else ("fewer", "more")
            size = re.compile(rf"\d% {way} (?:\S+ )*?than expected|\d times (?:as many|what was expected)")
            assert size.search(text["sentence"]), (label, text["sentence"])
            assert size.search(text["heading of the measure"]), (label, text["heading of the measure"])
            assert f"% {other} than expected" not in text["sentence"], label
        elif verdict.state == State.ON_YEAR:
            back = next(b for b in verdict.long_run.back if b.years == 1)
            word = "(more than|as many as)" if back.change > 0 else "fewer than"
            assert re.search(f"{word} in the same months a year before", verdicts.verdict_sentence(series, verdict)), label
        mark = verdicts.verdict_words(verdict)
        assert not (UP_WORDS if not is_up else DOWN_WORDS).search(mark), (label, mark)


def test_no_sentence_about_a_verdict_says_two_things(judged):
    seen = Counter()
    for series, verdict in judged:
        for where, text in sentences(series, verdict).items():
            label = f"{verdict.measure} in {verdict.area}, {where}: {text}"
            assert not NEVER.search(text), label
            assert ("o clear change" in text) <= (verdict.state == State.NO_CHANGE), label
            assert ("not proven" in text) <= (verdict.state in LEANS), label
            assert not re.search(r"the (highest|lowest)[^.]*\bbetween\b", text), label
            assert len(re.findall(r"\bto last\b", text)) <= 1, label
            assert text == "" or text[0].isupper() or text[0].isdigit(), label
            assert "  " not in text, label
            assert ".." not in text, label
            seen[where] += 1
    assert min(seen.values()) > 1000


@pytest.mark.slow
def test_a_series_at_its_record_is_never_told_by_the_range_it_has_kept_within(titles):
    records = 0
    for series in queries.area_series(LONDON, tuple(f"{m}_rolling_year" for m in titles)):
        text = measures.extent_sentence(series)
        start = measures.comparable_from(series)
        known = [p for p in series.known if p.period >= start]
        values = [p.value for p in known]
        is_record = len(known) >= measures.LEAST_FOR_RECORD and values and values[-1] in (min(values), max(values))
        is_alone = is_record and values.count(values[-1]) == 1
        assert not (is_alone and "has stayed between" in text), (series.measure.id, series.area.code, text)
        records += bool(is_alone)
    assert records


def test_the_opening_of_a_borough_its_evidence_sheet_and_homes_list_count_the_same_changes(by_place, titles):
    boroughs = [a for a in queries.areas("borough") if a.code in by_place]
    at_home = Counter(v.area for v in queries.verdicts() if v.state in CHANGES and v.measure in titles)
    changed_places = 0
    for area in boroughs:
        here = by_place[area.code]
        assert sum(1 for v in here if v.state in CHANGES) == at_home[area.code]
        findings = summary.one_finding_each(here, CHANGES, titles)
        opening = summary.place_headline(area.name, here, titles, None)
        sheet = evidence_words.headline(area, candidates_of(here))
        may_be_chosen = [v for v in findings if v.measure in choosable().harm + choosable().volume]
        if not may_be_chosen:
            assert re.match(r"None of the \d+ measures a borough may choose", sheet), sheet
        if not findings:
            assert re.search(r"; nothing is proven from |no crime moved clearly", opening), opening
            continue
        changed_places += 1
        if may_be_chosen:
            assert sheet.startswith(f"{count_word(len(may_be_chosen)).capitalize()} of "), (opening, sheet)
        assert "nothing is proven" not in opening
        named = [title for v in here if v.state in CHANGES and (title := titles[v.measure]).lower() in opening.lower()]
        assert len(named) == len(findings), opening
    assert changed_places


def test_home_names_nothing_that_is_not_in_its_list_and_counts_what_is(by_place, titles):
    boroughs = {a.code: a.name for a in queries.areas("borough")}
    listed = [v for code in boroughs for v in by_place.get(code, [])]
    text = summary.counts_sentence(listed, 0.4, "borough series")
    moved, leaning = (sum(1 for v in listed if v.state in states) for states in (CHANGES, LEANS))
    assert text.startswith(f"{moved} of {len(listed)} borough series moved")
    assert f"{leaning} more lean" in text
    assert {state for state, _ in STATE_GROUPS} == set(MOVED)
    heading = summary.list_headline(listed, titles, boroughs, None)
    for clause in heading.split("; "):
        crime = next(m for m, title in titles.items() if clause.lower().startswith(title.lower()))
        for way, names in re.findall(r"(up|down) in (.+?)(?= and (?:up|down) in|$)", clause):
            areas = {v.area for v in listed if v.measure == crime and v.state in CHANGES and moves.is_up(v) == (way == "up")}
            if "boroughs" in names:
                assert names == f"{count_word(len(areas))} boroughs"
            else:
                assert {boroughs[a] for a in areas} == {n for n in boroughs.values() if n in names}, clause


def test_no_heading_names_two_measures_that_count_the_same_offences_the_same_way(by_place, titles):
    folded = 0
    for here in by_place.values():
        for states in (CHANGES, LEANS):
            findings = summary.one_finding_each(here, states, titles)
            pairs = [(a, b) for a in findings for b in findings if a.measure < b.measure and moves.is_up(a) == moves.is_up(b)]
            assert [(a.measure, b.measure, a.area) for a, b in pairs if overlap(a.measure, b.measure)] == []
            folded += sum(1 for v in here if v.state in states) - len(findings)
    assert folded


def test_the_heading_of_every_place_and_measure_names_it(judged, by_place, titles):
    names = {a.code: a.name for kind in ("force", "borough", "bcu") for a in queries.areas(kind)}
    for code, here in by_place.items():
        heading = summary.place_headline(names[code], here, titles, None)
        assert heading.startswith(f"In {names[code]} "), heading
        assert len(heading) < 260, heading
    for series, verdict in judged:
        heading = measures.finding_headline(series, verdict, None)
        noun = series.measure.noun
        assert heading.startswith(f"{noun[:1].upper()}{noun[1:]} {measures.in_place(series.area)}"), heading


@pytest.mark.parametrize("state", list(State))
def test_letter_shape_and_name_of_a_state_are_the_same_on_pages_and_charts(state):
    word = verdicts.verdict_word(state)
    assert verdict_shapes.WORDS[state] == word.split(",")[0].lower().replace("london", "London")
    letter = "?" if state == State.CANNOT_TELL else str(state)
    mark = written(verdict_mark(state))
    assert f">{letter}</i>" in mark
    assert word in mark
    assert f">{letter}</text>" in verdict_shapes.glyph(state)
    drawn = State.NO_CHANGE if state == State.CANNOT_TELL else state
    assert f"glyph-{drawn}" in mark
    assert f"g-{drawn}" in verdict_shapes.glyph(state)
    assert state in verdicts.MEANS


def test_every_state_has_one_name_one_letter_and_one_meaning_and_every_move_a_state():
    assert len({verdicts.STATES[s] for s in State}) == len(State) == len({verdicts.MEANS[s] for s in State})
    assert {State(letter) for letter in LETTERS.values()} | {State.BETTER, State.WORSE, State.PROVISIONAL} == set(State)
    assert set(ANSWERED) < set(JUDGED)
    assert not set(CHANGES) & set(LEANS)


@pytest.mark.parametrize("grade", list(Grade))
def test_a_grade_has_its_own_word_letter_and_shape(grade):
    others = [g for g in Grade if g is not grade]
    assert grade.letter not in {g.letter for g in others}
    assert verdict_shapes.grade_disc(grade) not in {verdict_shapes.grade_disc(g) for g in others}


def test_the_mark_of_a_verdict_is_that_of_its_state_and_grade(judged):
    for _, verdict in judged[::17]:
        mark = written(mark_of(verdict))
        assert f"glyph-{verdict.state}" in mark
        assert ("disc-ring" in mark) == (verdict.grade is not None)


@pytest.mark.slow
def test_surveys_and_courts_are_told_by_what_they_were_set_against(warehouse):
    for verdict in queries.verdicts():
        measure = queries.measure(verdict.measure)
        if verdict.state in JUDGED and kinds.of(measure).judged is not Judging.MONTHLY_COUNTS:
            assert verdict.move is None
            assert verdict.grade is None
            text = verdicts.verdict_sentence(queries.measure_series(verdict.measure, verdict.area), verdict)
            assert not NEVER.search(text.replace("more than chance", "")), text
