"""Signing in and staying signed in: what the cookie holds and when it ends, and what nobody learns from being refused."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from dashboard.register import guesses, passwords
from dashboard.register.models import Account, LoginSession
from dashboard.register.sign_in import FAILURES_ALLOWED, LOCKED_FOR
from dashboard.web import limits
from tests.dashboard.web.browser import Browser, Form, errors_beside, words
from tests.register.people import ADMIN, BROMLEY, COUNCIL, LEWISHAM
from tests.signed_in import PASSWORD

HTTPS = "https://policing.example.org"
PROPOSE = f"/priorities/2027-28/{LEWISHAM}/propose"


def sign_in(browser, email="council@example.org", password=PASSWORD, expect=303, **typed):
    return browser.send("/sign-in", email=email, password=password, expect=expect, **typed)


def sessions(register):
    with register.reading() as session:
        rows = session.scalars(select(LoginSession).order_by(LoginSession.created_at))
        return [(row.token_hash, row.id, row.account_id, row.ended_because) for row in rows]


def test_reading_needs_no_account_and_leaves_no_cookie(browser_of):
    browser = browser_of()
    for address in ("/", "/boroughs", "/priorities", "/actions", "/register.json"):
        assert browser.get(address).status_code == 200
    assert browser.cookies() == {}


def test_signing_in_goes_on_to_what_waits(browser_of):
    answer = sign_in(browser_of())
    assert answer.headers["Location"] == "/my-work"


def test_a_page_that_needs_an_account_is_shown_after_signing_in(browser_of):
    browser = browser_of()
    response = browser.get(f"/commentary/new?measure=burglary&area={LEWISHAM}")
    assert response.status_code == 303
    answer = sign_in_at(browser, response.headers["Location"])
    assert answer.headers["Location"] == f"/commentary/new?measure=burglary&area={LEWISHAM}"
    assert browser.get(answer.headers["Location"]).status_code == 200


def sign_in_at(browser, address):
    return browser.send(address, email="council@example.org", password=PASSWORD)


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "/a\nb", "x"]
)
def test_signing_in_never_leads_to_another_site(browser_of, there):
    browser = browser_of()
    form = browser.form("/sign-in")
    answer = browser.send_form(form, email="council@example.org", password=PASSWORD, next=there)
    assert answer.headers["Location"] == "/my-work"


def test_the_cookie_holds_a_random_number_and_the_register_only_its_hash(browser_of, register):
    browser = browser_of()
    sign_in(browser)
    token = browser.cookies()["session"].value
    assert len(token) >= 43
    assert token not in sessions(register)[-1]
    with register.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM login_session").all()
    assert all(token not in str(row) for row in rows)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites_forms(browser_of):
    browser = browser_of()
    answer = sign_in(browser)
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("session="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_for_https_and_this_host_alone(app, register, clock):
    browser = Browser(app.server, register, clock, base=HTTPS)
    answer = sign_in(browser)
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain=" not in cookie
    assert browser.get("/my-work").status_code == 200


def test_no_password_is_asked_for_over_an_unencrypted_network(app, register, clock, settings):
    browser = Browser(app.server, register, clock, base="http://policing.example.org")
    answer = browser.get("/sign-in")
    assert answer.status_code == 400
    assert 'type="password"' not in answer.get_data(as_text=True)
    assert "https" in words(answer)
    settings(cookie_secure=False)
    assert sign_in(Browser(app.server, register, clock, base="http://policing.example.org")).status_code == 303


def test_cookies_can_be_made_for_https_only_on_this_machine_too(app, register, clock, settings):
    settings(cookie_secure=True)
    assert Browser(app.server, register, clock, base="http://localhost").get("/sign-in").status_code == 400


def test_a_session_is_new_at_each_signing_in_and_the_one_before_is_ended(browser_of, register):
    browser = browser_of(COUNCIL)
    first = browser.cookies()["session"].value
    sign_in(browser)
    second = browser.cookies()["session"].value
    assert first != second
    browser.client.set_cookie("session", first, domain="localhost")
    assert browser.get("/my-work").status_code == 303
    assert [one[-1] for one in sessions(register)] == ["signed out", None]


def test_a_session_number_chosen_by_someone_else_is_never_used(browser_of):
    browser = browser_of()
    browser.client.set_cookie("session", "chosen-by-an-attacker", domain="localhost")
    sign_in(browser)
    assert browser.cookies()["session"].value != "chosen-by-an-attacker"


def test_a_form_token_from_before_signing_in_is_refused_after(browser_of):
    browser = browser_of()
    before = browser.form("/sign-in").values["form_token"]
    sign_in(browser)
    assert browser.post("/sign-out", {"form_token": before}).status_code == 403


def test_signing_out_ends_the_session_here_and_in_the_register(browser_of, register):
    browser = browser_of(COUNCIL)
    token = browser.cookies()["session"].value
    assert browser.send("/sign-out").headers["Location"] == "/sign-in"
    assert "You are signed out." in browser.read("/sign-in")
    assert "You are signed out." not in browser.read("/sign-in")
    assert "session" not in browser.cookies()
    browser.client.set_cookie("session", token, domain="localhost")
    assert browser.get("/my-work").status_code == 303
    assert sessions(register)[-1][-1] == "signed out"


def test_a_browser_left_alone_is_signed_out_and_one_in_use_is_not(browser_of, clock):
    used, left = browser_of(COUNCIL), browser_of(COUNCIL)
    for _ in range(4):
        clock.now += timedelta(minutes=20)
        assert used.get("/my-work").status_code == 200
    assert left.get("/my-work").status_code == 303


def test_a_session_lasts_as_long_as_it_is_set_to(browser_of, clock, settings):
    settings(session_hours=1)
    browser = browser_of()
    sign_in(browser)
    for _ in range(2):
        clock.now += timedelta(minutes=25)
        assert browser.get("/my-work").status_code == 200
    clock.now += timedelta(minutes=15)
    assert browser.get("/my-work").status_code == 303


def test_what_was_typed_when_a_session_ended_is_there_after_signing_in_again(browser_of, clock):
    browser = browser_of(COUNCIL)
    form = browser.form(PROPOSE)
    clock.now += timedelta(hours=1)
    typed = {"title": "Burglary & <theft>", "rationale": "Line one\nLine two “quoted”", "sort": "harm"}
    refused = browser.send_form(form, press="save", expect=403, **typed, success__measure_ids=["burglary", "robbery"])
    assert "What you typed is kept" in words(refused)
    again = browser.send_form(
        Form(refused.get_data(as_text=True)), email="council@example.org", password="wrong at first", expect=403
    )
    back = browser.send_form(Form(again.get_data(as_text=True)), email="council@example.org", password=PASSWORD, expect=200)
    assert "It has not been saved yet" in words(back)
    page = Form(back.get_data(as_text=True))
    assert {name: page.values[name][0] for name in typed} == typed
    assert sorted(page.values["success.measure_ids"]) == ["burglary", "robbery"]
    saved = browser.send_form(page, press="save")
    assert "Burglary & <theft>" in browser.read(saved.headers["Location"])


def test_what_was_typed_is_not_shown_to_someone_it_is_not_for(browser_of, clock):
    browser = browser_of(COUNCIL)
    form = browser.form(PROPOSE)
    clock.now += timedelta(hours=1)
    refused = browser.send_form(form, press="save", expect=403, title="Of Lewisham")
    other = browser.send_form(Form(refused.get_data(as_text=True)), email="clerk@example.org", password=PASSWORD, expect=403)
    assert "may not draft" in words(other)


def test_a_password_is_never_kept_for_later(browser_of, clock):
    browser = browser_of(COUNCIL)
    form = browser.form("/account/password")
    clock.now += timedelta(hours=1)
    refused = browser.send_form(form, current=PASSWORD, password="a new secret phrase", again="a new secret phrase", expect=403)
    assert "a new secret phrase" not in refused.get_data(as_text=True)
    assert PASSWORD not in refused.get_data(as_text=True)


def test_being_refused_tells_nobody_whether_there_is_an_account(browser_of, register):
    with register.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET is_active = 0 WHERE id = 'mayor'")
    headers = set()
    for email in ("council@example.org", "nobody@example.org", "mayor@example.org", ""):
        answer = sign_in(browser_of(), email=email, password="not the password", expect=403)
        headers.add(words(answer).replace(email, "") if email else words(answer))
    assert len(headers) == 1


def test_a_locked_account_is_refused_in_the_same_words_even_with_its_password(browser_of, clock, app):
    wrong = [words(sign_in(browser_of(), password="not the password", expect=403)) for _ in range(FAILURES_ALLOWED)]
    locked = words(sign_in(browser_of(), expect=403))
    assert {*wrong, locked} == {locked}
    clock.now += LOCKED_FOR + timedelta(minutes=1)
    assert sign_in(browser_of()).status_code == 303


def test_who_tries_one_account_too_often_is_made_to_wait(browser_of):
    for _ in range(guesses.HERE[0].most):
        sign_in(browser_of(), password="guess", expect=403)
    assert "too many wrong tries" in words(sign_in(browser_of(), expect=429))


@pytest.mark.parametrize("tried", ["nobody{n}@example.org", "council@example.org"], ids=["no account", "one account"])
def test_wrong_tries_of_one_person_keep_nobody_else_of_their_office_out(browser_of, tried):
    browser = browser_of()
    form = browser.form("/sign-in")
    for n in range(20):
        browser.post("/sign-in", form.values | {"email": [tried.format(n=n)], "password": ["guess"]})
    assert sign_in(browser_of(), email="police@example.org").status_code == 303


def test_a_network_that_tries_every_account_is_slowed_down_and_never_shut_out(browser_of, clock, monkeypatch):
    monkeypatch.setattr(guesses, "FROM_A_NETWORK", (guesses.Limit(10, timedelta(minutes=10)),))
    monkeypatch.setattr(guesses, "FROM_A_NETWORK_AGAIN", guesses.Limit(2, timedelta(minutes=1)))
    browser = browser_of()
    form = browser.form("/sign-in")

    def codes():
        values = [form.values | {"email": [f"p{n}@example.org"], "password": ["guess"]} for n in range(12)]
        return [browser.post("/sign-in", one).status_code for one in values]

    assert codes() == [403] * 10 + [429] * 2
    clock.now += timedelta(seconds=61)
    assert codes() == [403] * 2 + [429] * 10


def test_a_right_invitation_is_taken_however_many_wrong_ones_were_tried(browser_of):
    typed = {"name": "Hal New", "email": "hal@example.org", "role": "borough lead", "body": "police", "area_code": BROMLEY}
    page = browser_of(ADMIN).send("/accounts/new", expect=200, **typed)
    invitation = page.get_data(as_text=True).split("<code>")[1].split("</code>")[0]
    browser = browser_of()
    form = browser.form("/invitation")
    chosen = {"password": ["nine more quiet words"], "again": ["nine more quiet words"]}
    codes = [browser.post("/invitation", form.values | chosen | {"invitation": [f"wrong {n}"]}).status_code for n in range(40)]
    assert codes[0] == 422
    assert codes[-1] == 429
    assert browser.post("/invitation", form.values | chosen | {"invitation": [invitation]}).status_code == 303


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        (None, "None"),
        ("unix:", "unix:"),
    ],
)
def test_whoever_has_many_addresses_of_one_network_counts_once(address, network):
    assert limits.network_of(address) == network


def test_what_is_counted_has_an_end(monkeypatch):
    monkeypatch.setattr(limits, "MOST_REMEMBERED", 50)
    tries = limits.limiter()
    for n in range(200):
        tries.count("comment", "network", f"p{n}")
    assert len(tries.storage.events) <= 52


class InItsTurn(PasswordHasher):
    """The hasher the site uses, which fails where nobody else could write while it works."""

    def __init__(self, url):
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.path, self.asked = url.database, 0

    def hash(self, password, **options):
        self.require_free()
        return super().hash(password, **options)

    def verify(self, stored_hash, password):
        self.require_free()
        return super().verify(stored_hash, password)

    def require_free(self):
        self.asked += 1
        with closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")


def test_others_may_write_while_a_password_is_checked_or_chosen(browser_of, register, monkeypatch):
    typed = {"name": "Hal New", "email": "hal@example.org", "role": "borough lead", "body": "police", "area_code": BROMLEY}
    page = browser_of(ADMIN).send("/accounts/new", expect=200, **typed)
    invitation = page.get_data(as_text=True).split("<code>")[1].split("</code>")[0]
    hasher = InItsTurn(register.engine.url)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    sign_in(browser_of())
    sign_in(browser_of(), password="not the password", expect=403)
    browser_of().send("/invitation", invitation=invitation, password="nine more quiet words", again="nine more quiet words")
    new = "eight other quiet words"
    browser_of(COUNCIL).send("/account/password", current=PASSWORD, password=new, again=new)
    assert hasher.asked == len(("sign in", "wrong", "invitation", "current", "new"))


def test_one_network_that_must_wait_does_not_keep_others_out(app, browser_of):
    browser = browser_of()
    form = browser.form("/sign-in")
    values = form.values | {"email": ["police@example.org"], "password": ["guess"]}
    codes = [browser.post("/sign-in", values).status_code for _ in range(guesses.HERE[0].most + 1)]
    assert codes[-1] == 429
    values = browser.form("/sign-in").values | {"email": ["council@example.org"], "password": [PASSWORD]}
    there = {"REMOTE_ADDR": "203.0.113.7"}
    answer = browser.client.post(
        "/sign-in", data=values, headers={"Origin": browser.base}, base_url=browser.base, environ_base=there
    )
    assert answer.status_code == 303


def test_where_a_request_comes_from_is_not_believed_without_a_proxy_of_ours(app, browser_of):
    browser = browser_of()
    form = browser.form("/sign-in")
    values = form.values | {"email": ["nobody@example.org"], "password": ["guess"]}
    codes = [browser.post("/sign-in", values, **{"X-Forwarded-For": f"203.0.113.{n}"}).status_code
             for n in range(guesses.HERE[0].most + 1)]  # fmt: skip
    assert codes[-1] == 429


def test_a_changed_password_signs_out_every_other_browser(browser_of):
    here, there = browser_of(COUNCIL), browser_of(COUNCIL)
    here.send("/account/password", current=PASSWORD, password="eight other quiet words", again="eight other quiet words")
    assert "Your password is changed. Your other browsers are signed out." in here.read("/my-work")
    assert there.get("/my-work").status_code == 303
    assert sign_in(browser_of(), password="eight other quiet words").status_code == 303


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"current": "wrong", "password": "eight other quiet words", "again": "eight other quiet words"}, "field-current"),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "field-password"),
        ({"current": PASSWORD, "password": "eight other quiet words", "again": "eight other quiet word"}, "field-again"),
    ],
)
def test_what_is_wrong_with_a_password_is_said_beside_it(browser_of, typed, field):
    answer = browser_of(COUNCIL).send("/account/password", expect=422, **typed)
    beside, links = errors_beside(answer)
    assert list(beside) == [field] == list(links)
    assert not any(secret in answer.get_data(as_text=True) for secret in typed.values() if secret != "wrong")


def test_someone_invited_chooses_a_password_and_signs_in(browser_of, register):
    typed = {"name": "Hal New", "email": "hal@example.org", "role": "borough lead", "body": "police", "area_code": BROMLEY}
    page = browser_of(ADMIN).send("/accounts/new", expect=200, **typed)
    invitation = page.get_data(as_text=True).split("<code>")[1].split("</code>")[0]
    guest = browser_of()
    assert 'href="/invitation"' in guest.get("/sign-in").get_data(as_text=True)
    guest.send("/invitation", invitation=invitation, password="nine more quiet words", again="nine more quiet words")
    assert "Your password is chosen. Sign in with it." in guest.read("/sign-in")
    assert sign_in(guest, email="hal@example.org", password="nine more quiet words").status_code == 303
    assert "Hal New, for the police, Bromley" in guest.read("/my-work")
    used = browser_of().send(
        "/invitation", invitation=invitation, password="ten further quiet words", again="ten further quiet words", expect=422
    )
    assert "field-invitation" in errors_beside(used)[0]


def test_a_closed_account_is_signed_out_at_once(browser_of, register):
    browser = browser_of(COUNCIL)
    assert browser.get("/my-work").status_code == 200
    browser_of(ADMIN).send("/accounts/council", is_active="no", press="save")
    assert browser.get("/my-work").status_code == 303
    with register.reading() as session:
        assert session.get(Account, "council").is_active is False


@pytest.mark.parametrize("address", ["/sign-in", "/my-work", "/history", PROPOSE])
def test_nothing_made_for_one_reader_is_kept_anywhere(browser_of, address):
    answer = browser_of(COUNCIL).get(address)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


def test_behind_a_proxy_of_ours_its_word_is_taken_for_scheme_and_host(app, register, clock):
    # The app of a process is made once; what the proxy says reaches it as ProxyFix gives it.
    from werkzeug.middleware.proxy_fix import ProxyFix

    kept = app.server.wsgi_app
    app.server.wsgi_app = ProxyFix(kept, x_for=1, x_proto=1, x_host=1)
    try:
        browser = Browser(app.server, register, clock, base="http://127.0.0.1:8050")
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "policing.example.org", "X-Forwarded-For": "203.0.113.9"}
        page = browser.client.get("/sign-in", base_url=browser.base, headers=headers)
        assert any(line.startswith("__Host-visit=") for line in page.headers.getlist("Set-Cookie"))
    finally:
        app.server.wsgi_app = kept


def test_the_form_token_looks_different_each_time_and_works_each_time(browser_of):
    browser = browser_of(COUNCIL)
    first, second = browser.form("/sign-out"), browser.form("/sign-out")
    assert first.values["form_token"] != second.values["form_token"]
    browser.send_form(first)
