"""What stands round every page, without a warehouse: dates, notices, margins, and what a broken site still says."""

from datetime import date

from dashboard.factory import all_pages
from dashboard.figures.records import Release
from dashboard.site.answer import Answers
from dashboard.site.document import margin_rule
from dashboard.ui.frame import breadcrumb, framed, margin_text
from dashboard.ui.navigation import menu_of
from dashboard.ui.notice import notice
from dashboard.ui.render import to_html
from dashboard.ui.sections import page_opening

RELEASE = Release("2026-03-31-abc", "2026-04-02T09:30:00+00:00", "2025-12", date(2026, 3, 31))


def test_every_page_says_what_the_figures_run_to_and_when_they_were_published():
    text = to_html(framed(page_opening("Something was found"), menu=(), nav=None, release=RELEASE))
    assert "Recorded crime to December 2025. Published 31 March 2026." in text
    assert "Release 2026-03-31-abc, built here on 2 April 2026." in text


def test_notices_come_after_the_headline_and_before_the_figures():
    content = [breadcrumb((("Home", "/"),), "Here"), page_opening("The finding"), page_opening("The figures")]
    text = to_html(framed(content, menu=(), nav=None, release=RELEASE, notices=[notice("late", "The notice")]))
    assert text.index("The finding") < text.index("The notice") < text.index("The figures")


def test_the_margin_of_a_sheet_names_page_period_release_and_licence():
    text = margin_text("Bromley", RELEASE)
    for part in ("Bromley", "December 2025", "31 March 2026", "2026-03-31-abc", "Open Government Licence"):
        assert part in text


def test_title_cannot_break_out_of_the_print_margin_rule():
    rule = margin_rule('a"; } body { display: none } </style><script>')
    assert rule.count("{") == 2
    assert "<" not in rule
    assert rule.count('"') == 2


def test_site_without_figures_still_serves_its_frame_and_says_so():
    text = Answers(all_pages(), tuple).broken().body
    assert "No figures are loaded." in text
    assert "The mistake is ours" in text
    assert all(link.path in text for link in menu_of(all_pages()))
