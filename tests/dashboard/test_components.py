"""The shared pieces: order, names for screen readers, classes of the style sheet."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.features.home.card import card, cards
from dashboard.figures.view import Option, view_of
from dashboard.ui.attributes import attributes
from dashboard.ui.figure import Drawing, drawn, figure
from dashboard.ui.links import download_link, links
from dashboard.ui.notice import ICONS, empty, icon, notice, tag
from dashboard.ui.passport import pairs, passport, source_line
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import Column, Group, closed, data_table
from dashboard.ui.tiles import Tile, tiles
from dashboard.ui.verdict import verdict_key, verdict_mark
from dashboard.ui.why_verdict import why_verdict
from dashboard.words.verdicts import STATES
from etl.core.reason import Code, Reason
from tests.dashboard.small_records import JANUARY_2026, LONDON_AREA, ROBBERY, series, verdict
from tests.dashboard.written import written

PICTURE = Drawing('<svg data-w="560"></svg><svg data-w="340"></svg>', (560, 340))
COLUMNS = (Column("Month"), Column("Offences", is_number=True))
TABLE = data_table(COLUMNS, [("December 2025", "1,900")], label="Robbery by month")


@pytest.mark.parametrize(("state", "word"), STATES.items())
def test_a_verdict_is_a_word_beside_a_shape_that_is_not_read_out(state, word):
    letter, shape = ("?", "N") if state == "U" else (state, state)
    markup = written(verdict_mark(state))
    assert f'<i aria-hidden="true" class="glyph glyph-{shape}">{letter}</i><span>{word}</span>' in markup


def test_a_quiet_verdict_still_says_its_word_to_a_screen_reader():
    assert '<span class="visually-hidden">No clear change</span>' in written(verdict_mark("N", is_quiet=True))


def test_unknown_verdict_letter_is_refused():
    with pytest.raises(ValueError, match="is not a verdict"):
        verdict_mark("Q")


def test_the_key_names_every_letter():
    markup = written(verdict_key())
    assert all(word in markup for word in STATES.values())


@pytest.mark.parametrize("kind", ["late", "break", "refused", "quietly"])
def test_notice_starts_with_its_main_statement_in_bold(kind):
    markup = written(notice(kind, "Recorded crime runs to December 2025.", "Later months are not held."))
    assert f'class="notice {kind}"' in markup
    assert "<p><strong>Recorded crime runs to December 2025.</strong> Later months are not held.</p>" in markup


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_hidden_from_a_screen_reader(name):
    assert 'aria-hidden="true"' in written(icon(name))


def test_empty_panel_says_what_is_missing_and_why():
    markup = written(empty("Courts do not publish by borough", "Look at London’s courts."))
    assert markup == '<div class="empty"><strong>Courts do not publish by borough</strong>Look at London’s courts.</div>'


def test_an_example_is_marked_by_a_dashed_tag():
    assert 'class="tag example"' in written(tag("Example", is_example=True))


def test_words_and_table_come_before_the_picture_and_the_source_after():
    markup = written(figure("Robberies fell to 1,900.", "Offences a month", TABLE, PICTURE, "Source: the Met."))
    order = ["<h3>Robberies fell", 'class="unit"', "<summary>", "<svg", 'class="source"']
    assert [markup.index(part) for part in order] == sorted(markup.index(part) for part in order)


def test_figure_lists_the_widths_of_its_drawings():
    assert 'data-set="560 340"' in written(figure("A", "B", TABLE, drawn(("<svg/>", "<svg/>"), (340, 560)), "C"))


def test_table_without_caption_or_label_is_refused():
    with pytest.raises(ValueError, match="caption or a label"):
        data_table(COLUMNS, [("December 2025", "1,900")])


def test_a_row_that_lacks_a_cell_is_refused():
    with pytest.raises(ValueError, match="1 cells"):
        data_table(COLUMNS, [("December 2025",)], label="Robbery")


def test_a_labelled_table_scrolls_and_can_be_reached_by_keyboard():
    markup = written(TABLE)
    assert markup.startswith('<div aria-label="Robbery by month" class="scroll" role="region" tabindex="0">')
    assert '<th scope="row">December 2025</th><td class="n">1,900</td>' in markup


def test_a_stacked_table_repeats_the_column_name_in_each_cell():
    markup = written(data_table(COLUMNS, [("December 2025", "1,900")], caption="Robbery", stack=True))
    assert '<td class="n"><span class="stack-label">Offences: </span>1,900</td>' in markup
    assert "<caption>Robbery</caption>" in markup


def test_a_group_of_rows_has_a_head_and_a_body_of_its_own():
    groups = [Group((("Robbery", "1"),), head="Volume crime"), Group((("All", "2"),), is_total=True)]
    markup = written(data_table(COLUMNS, groups, label="x"))
    assert '<tr class="group"><th colspan="2" scope="rowgroup">Volume crime</th></tr>' in markup
    assert markup.count("<tbody>") == 2
    assert '<tr class="total">' in markup


def test_plain_rows_share_one_body():
    assert written(data_table(COLUMNS, [("a", "1"), ("b", "2")], label="x")).count("<tbody>") == 1


def test_closed_table_is_still_in_the_page():
    markup = written(closed(TABLE))
    assert markup.startswith('<details class="data-table"><summary><span>Table of these figures</span></summary>')
    assert "1,900" in markup


def test_a_card_holds_theme_title_sentence_table_picture_and_caveat_in_that_order():
    one = card(
        theme="Volume crime",
        title="Personal robbery",
        href="/measure/robbery_personal",
        sentences="1,900 robberies.",
        drawing=PICTURE,
        table=TABLE,
        caveat="Newest month provisional.",
        verdict=verdict("B"),
    )
    markup = written(cards([one]))
    order = ["Volume crime", "Personal robbery</a>", "Better", "1,900 robberies.", "<details", "<svg", "Newest month"]
    assert [markup.index(part) for part in order] == sorted(markup.index(part) for part in order)


def test_a_card_without_figures_has_no_picture_and_no_verdict():
    markup = written(card(theme="a", title="b", href="/", sentences="No figure is held.", drawing=None, table=None, caveat=""))
    assert "<figure" not in markup
    assert "glyph" not in markup


def test_a_passport_names_source_edition_file_rows_method_caveats_and_next_edition():
    markup = written(
        passport(
            (JANUARY_2026,),
            rows="BoroughName = Bromley",
            method="Added up.",
            caveats=("Some crimes have no borough.",),
            next_edition="Not held.",
        )
    )
    for part in (
        "Metropolitan Police Service, Recorded crime by borough",
        "January 2026 (publication date not given; taken as January 2026 from its last period, December 2025)",
        "MPS Borough Level Crime (most recent 24 months).csv",
        "a" * 64,
        "January 2024 to December 2025",
        "BoroughName = Bromley",
        "Added up.",
        "Some crimes have no borough.",
        "Not held.",
        "Open Government Licence v3.0",
        'href="https://data.london.gov.uk/',
    ):
        assert part in markup


def test_a_source_line_names_publisher_title_and_edition_and_no_date_that_nobody_gave():
    one = series(ROBBERY, LONDON_AREA, {"2025-12": 1900})
    edition = "edition to December 2025, publication date not given"
    assert source_line(one) == f"Source: Metropolitan Police Service, Recorded crime by borough, {edition}."
    given = replace(one, citations=(replace(JANUARY_2026, published_basis="given"),))
    assert source_line(given).endswith("edition of January 2026.")


def test_pairs_are_a_definition_list():
    assert written(pairs([("Owner", "None recorded")])) == '<dl class="pairs"><dt>Owner</dt><dd>None recorded</dd></dl>'


def test_a_picker_works_without_a_script_and_keeps_choices_it_does_not_show():
    options = (Option("show", ("rate", "count"), "rate"), Option("since", ("2015-04", "2022-01"), "2022-01"))
    view, unknown = view_of("/borough/<code>", options, "/borough/E09000006", "show=count&since=2015-04")
    assert unknown == ()
    markup = written(picker(view, (Pick("show", "Twelve months as", {"rate": "Rate", "count": "Count"}),)))
    assert 'method="get"' in markup
    assert 'action="/borough/E09000006"' in markup
    assert '<option selected value="count">Count</option>' in markup
    assert '<select hidden name="since"><option selected value="2015-04">2015-04</option></select>' in markup
    assert 'type="submit">Show</button>' in markup


def test_links_say_where_they_lead():
    markup = written(links([("All 33 boroughs", "/boroughs")], label="Places"))
    assert '<nav aria-label="Places"><ul class="links"><li><a href="/boroughs">All 33 boroughs</a></li></ul></nav>' in markup
    assert 'href="/x.csv"' in written(download_link("Figures behind this page", "/x.csv"))


def test_page_starts_with_its_place_and_headline():
    markup = written(page_opening("Nothing has changed", place="Bromley", standfirst="Since April."))
    assert '<h1><span class="place">Bromley</span>Nothing has changed</h1><p class="standfirst">Since April.</p>' in markup


def test_a_section_is_named_by_its_heading():
    markup = written(section("late", "Late feeds", [], say="Two are late."))
    assert markup == '<section aria-labelledby="late"><h2 id="late">Late feeds</h2><p class="say">Two are late.</p></section>'


def test_tiles_are_placed_like_the_boroughs_and_changed_ones_show_their_verdict():
    markup = written(
        tiles(
            [
                Tile("Barnet", "/b", "2.1", "<svg></svg>", 3, 1, "N"),
                Tile("Camden", "/c", "4.0", "<svg></svg>", 4, 2, "B"),
            ]
        )
    )
    assert 'class="tiles london"' in markup
    assert "--col:3;--row:1" in markup
    assert markup.count("glyph") == 2
    assert 'class="tile changed"' in markup


def test_attributes_set_to_none_are_left_out():
    assert attributes(aria_label="x", className=None, data_set=1) == {"aria-label": "x", "data-set": 1}


def test_manually_dated_citation_says_when_it_was_published():
    given = replace(JANUARY_2026, published_on=date(2026, 1, 20), published_basis="given")
    markup = written(passport((given,), rows="", method="", caveats=(), next_edition=""))
    assert "January 2026 (published 20 January 2026)" in markup


def test_verdict_panel_of_a_card_gives_reason_what_would_change_it_and_a_link():
    compared = Reason.of(Code.MONTHS_COMPARED, count=9, first="2025-04", last="2025-12", made="2025-03", restart="")
    inside = Reason.of(Code.COUNT_OUTSIDE, low=19000.0, high=21990.0, first="2025-04", last="2025-12")
    compared_verdict = verdict("B", reason=(compared,), would_change=(inside,))
    markup = written(why_verdict(series(ROBBERY, LONDON_AREA, {"2025-12": 1900}), compared_verdict))
    assert "Why this verdict" in markup
    assert "The nine months April to December 2025 are set beside what was expected of them in March 2025" in markup
    assert "What would change it: fewer than 19,000 or more than 21,990 from April to December 2025 would" in markup
    assert "/measure/robbery_personal?area=E12000007" in markup
