"""The site without a browser: every address is answered, whole, in words, and with the headers that keep it to itself."""

import re
from html import unescape

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wsgi import FileWrapper

from dashboard import features
from dashboard.factory import all_pages
from dashboard.site.answer import Answers
from dashboard.ui.navigation import menu_of
from tests.try_pages import TRY

MENU = menu_of(all_pages())
ADDRESSES = sorted({address for page in all_pages() for address in page.addresses} | {link.path for link in MENU} | {TRY})


def words(response):
    text = response.get_data(as_text=True)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(style|script).*?</\1>", "", text, flags=re.S))))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_answered_with_a_whole_page(get, address):
    answer = get(address)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert '<html lang="en-GB">' in text
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert text.count('id="main"') == 1
    assert re.search(r"<title>[^<]*Policing London</title>", text)
    assert re.search(r'<meta name="description" content="[^"]{10,}">', text)
    assert "Recorded crime to " in words(answer)
    assert re.search("Published |Publication date not given", words(answer))
    assert "Open Government Licence v3.0" in words(answer)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_id_stands_twice(get, address):
    ids = re.findall(r'<[a-z][^>]*? id="([^"]+)"', get(address).get_data(as_text=True))
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_heading_level_is_skipped(get, address):
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", get(address).get_data(as_text=True))]
    steps = [after - before for before, after in zip(levels, levels[1:], strict=False)]
    assert levels[0] == 1
    assert max(steps, default=0) <= 1


NEW_PAGE = """
from dashboard.figures.view import Option
from dashboard.ui.page import Page
from dashboard.ui.sections import page_opening

PAGE = Page(
    "/stops", "Stops", "A page that came with its folder.", "stops", 45, lambda view: [page_opening("Stops")],
    options=(Option("show", ("count",)),), menu="Stops",
)
"""


def test_one_folder_is_a_page_in_the_menu_that_refuses_what_it_does_not_know(warehouse, tmp_path, monkeypatch):
    (tmp_path / "stops").mkdir()
    (tmp_path / "stops" / "__init__.py").touch()
    (tmp_path / "stops" / "page.py").write_text(NEW_PAGE)
    monkeypatch.setattr(features, "__path__", [*features.__path__, str(tmp_path)])
    answers = Answers(all_pages(), tuple)
    assert [link.label for link in answers.menu] == [*labels("Confidence"), "Stops", *labels()[labels().index("Justice") :]]
    assert '<a aria-current="page" href="/stops">Stops</a>' in answers.page("/stops").body
    assert '<a href="/stops">Stops</a>' in answers.page("/").body
    assert answers.page("/stops", "show=%3Cscript%3E").status == 400


def labels(last=None):
    every = [link.label for link in MENU]
    return every[: every.index(last) + 1] if last else every


def test_the_menu_has_eight_links_in_their_order():
    assert labels() == ["London", "Boroughs", "Priorities", "Confidence", "Justice", "Vulnerability", "Meetings", "Data"]


@pytest.mark.parametrize("link", MENU, ids=lambda link: link.key)
def test_the_link_of_the_menu_one_stands_on_is_marked(get, link):
    text = get(link.path).get_data(as_text=True)
    assert re.findall(r'<a [^>]*aria-current="page"[^>]*>([^<]*)</a>', text) == [link.label]


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/nothing-here", 404, "“/nothing-here” is not an address on this site"),
        ("/borough/E99999999/x", 404, "There is no such page"),
        ("/<script>alert(1)</script>", 404, "<script>alert(1)</script>"),
        ("/" + "a" * 5000, 404, "aaa…"),
        ("/try/held/E1", 404, "No place has the code “E1”."),
        (f"{TRY}?form=rat", 400, "“rat” is not a value of “form”. It can be: rate, count."),
        (f"{TRY}?form=%3Cscript%3E", 400, "“<script>” is not a value of “form”"),
        (f"{TRY}?form=rate&form=count", 400, "more than once"),
        (f"{TRY}?form=%00%ff", 400, "not a value of “form”"),
        (f"{TRY}?colour=red", 200, "“colour” in this address means nothing here."),
    ],
)
def test_what_is_not_understood_is_said_on_a_page_that_helps(get, address, status, sentence):
    answer = get(address)
    assert answer.status_code == status
    assert sentence in words(answer)
    assert "Boroughs" in words(answer)
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_a_name_nearly_right_is_led_to_the_page(get):
    assert 'href="/confidence">Confidence</a>' in get("/confidance").get_data(as_text=True).partition("Did you mean")[2]


def test_tracking_in_a_link_changes_nothing(get):
    assert get(f"{TRY}?utm_source=mail").data.count(b"means nothing") == 0


def test_an_address_with_a_slash_too_many_is_led_to_the_right_one(get):
    answer = get(f"{TRY}/?form=rate")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{TRY}?form=rate")


@pytest.mark.parametrize("address", ["//elsewhere.example/", "/%2Felsewhere.example/", "/\\elsewhere.example/"])
def test_no_address_leads_off_the_site(get, address):
    location = get(address).headers.get("Location", "/")
    assert re.match(r"(http://localhost)?/(?![/\\])|/$", location)


def test_a_page_that_fails_says_so_and_names_no_cause(get, capsys):
    answer = get("/try/broken")
    assert answer.status_code == 500
    assert "The mistake is ours" in words(answer)
    assert "broken on purpose" not in answer.get_data(as_text=True)
    assert "request_failed" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["/", TRY, "/nothing-here", "/try/broken", "/assets/2-base.css", "/health", "/_dash-layout"])
def test_headers_keep_every_answer_to_itself(get, address):
    headers = get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"script-src[^;]*unsafe-inline", policy)
    assert not re.search(r"https?:|\*", policy)


def test_whoever_came_over_https_is_kept_there(get):
    assert "Strict-Transport-Security" not in get("/health").headers
    assert "max-age" in get("/health", base_url="https://localhost").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("address", [a for a in ADDRESSES if "explore=" not in a] + ["/nothing-here"])
def test_a_page_with_nothing_to_explore_may_run_no_script(get, address):
    answer = get(address)
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.get_data(as_text=True)


def test_a_reader_who_comes_back_is_told_nothing_changed(get):
    page = get(MENU[5].path)
    assert page.headers["Cache-Control"] == "no-cache"
    again = get(MENU[5].path, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_our_files_are_kept_for_ever_under_an_address_that_changes_with_them(get):
    text = get("/").get_data(as_text=True)
    for address in re.findall(r'href="(/assets/[^"]+)"', text):
        assert "immutable" in get(unescape(address)).headers["Cache-Control"]
    assert "immutable" not in get("/assets/2-base.css").headers["Cache-Control"]


def test_pages_are_compressed(get):
    assert get(MENU[5].path, headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_health_says_release_age_and_status(get):
    health = get("/health").get_json()
    assert health["status"] == ("late" if health["late"] else "ok")
    assert health["release"]
    assert health["age_days"] >= 0
    assert re.fullmatch(r"\d{4}-\d{2}", health["data_to"])
    assert health["is_stale"] is bool(health["late"])


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}, {"Range": "bytes=0-9"}, {"Accept-Encoding": "br"}], ids=str)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_file_is_closed_though_its_reader_hangs_up(app, monkeypatch, method, headers):
    opened = []
    wrapped = FileWrapper.__init__

    def kept(self, file, *args):
        opened.append(file)
        wrapped(self, file, *args)

    monkeypatch.setattr(FileWrapper, "__init__", kept)
    # A server whose reader has gone neither reads the answer to its end nor closes it.
    environ = EnvironBuilder("/assets/favicon.svg", method=method, headers=headers).get_environ()
    app.server.wsgi_app(environ, lambda *answer: None)
    assert [file.closed for file in opened] == [True]
