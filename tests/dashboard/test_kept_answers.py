"""What is kept of answers: one page under one tag however its address is written, bounded, and made by one maker at a time."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.site.kept_answers import Answer, KeptAnswers, tag_of
from dashboard.site.workshop import TooBusy, Workshop
from dashboard.ui.page import Download
from tests.try_pages import TRY

JUNK = (
    "zz=1",
    "a=%00",
    "a=%ff%fe",
    "=",
    "&&",
    "utm_source=x",
    "fbclid=9",
    "a[]=1",
    "__proto__=x",
    "%F0%9F%98%80=1",
    "b;c",
    "form",
    "form=",
)


def spellings(seed, count):
    """Query strings that all ask for the page with its option `form` at rate, in ways nobody lists."""
    chance = random.Random(seed)
    for number in range(count):
        parts = [*chance.sample(JUNK, chance.randrange(5)), f"x{number}={chance.random()}", "form=rate"]
        chance.shuffle(parts)
        yield "&".join(parts)


def test_however_an_address_is_written_one_page_is_made_of_it(app, get):
    get(f"{TRY}?form=rate")
    made, taken = app.answers.times_made, app.answers.kept.bytes_kept
    tags = set()
    for query in spellings(9, 120):
        answer = get(f"{TRY}?{query}")
        assert answer.status_code == 200, query
        assert "Form: rate" in answer.get_data(as_text=True), query
        tags.add(answer.headers.get("ETag"))
    assert (app.answers.times_made, app.answers.kept.bytes_kept) == (made, taken)
    assert len(tags - {None}) <= 1


def test_names_that_mean_nothing_are_said_on_the_kept_page_and_not_kept_with_it(get):
    assert "“colour” in this address means nothing here." in get(f"{TRY}?colour=red").get_data(as_text=True)
    assert "means nothing here" not in get(TRY).get_data(as_text=True)


@pytest.mark.parametrize("address", [TRY, f"/download{'/recommendations'}"])
def test_a_reader_who_has_it_is_answered_though_it_is_no_longer_kept(app, get, address):
    tag = get(address).headers["ETag"]
    app.answers.kept.forget()
    made = app.answers.times_made
    again = get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert app.answers.times_made == made


@pytest.mark.parametrize("junk", ["*, x", '"', "W/", '"a', "a, b, c", '"\xff"', ",,,", '"x' * 500])
def test_a_tag_that_is_none_of_ours_gets_the_whole_page(get, junk):
    answer = get(TRY, headers={"If-None-Match": junk})
    assert answer.status_code in (200, 304)
    assert answer.status_code == 304 or len(answer.data) > 1000


def test_whether_a_page_is_there_is_answered_without_making_it_again(app, get):
    client = app.server.test_client()
    whole = get(TRY)
    app.answers.kept.forget(heads=False)
    made = app.answers.times_made
    head = client.head(TRY)
    assert (head.status_code, head.data, app.answers.times_made) == (200, b"", made)
    for name in ("ETag", "Content-Security-Policy", "Content-Type", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    assert head.headers.get("Content-Length") is None
    assert client.head("/try/held/E1").status_code == 404


def an_answer(size):
    body = "".join(random.Random(size).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=size))
    return Answer(200, "A", "A page.", "/", "", body, has_island=False)


def test_what_is_kept_never_weighs_more_than_it_may():
    kept = KeptAnswers(Workshop(2, 4, 1), most_bytes=200_000)
    for number in range(60):
        kept.page(tag_of(number), lambda number=number: an_answer(20_000 + number))
        kept.file(tag_of("file", number), lambda number=number: Download("a.zip", "application/zip", b"x" * (1_000 * number)))
        assert kept.bytes_kept <= 200_000
    too_large = kept.page(tag_of("too large"), lambda: an_answer(900_000))
    assert len(too_large.body) == 900_000
    assert kept.bytes_kept <= 200_000


def test_what_many_ask_for_at_once_is_made_once():
    kept, began = KeptAnswers(Workshop(2, 8, 10)), threading.Event()

    def make():
        began.wait(5)
        return an_answer(100)

    with ThreadPoolExecutor(6) as readers:
        answers = [readers.submit(kept.page, "one", make) for _ in range(6)]
        began.set()
        assert len({answer.result(10).body for answer in answers}) == 1
    assert kept.times_made == 1


def test_what_fails_fails_for_everyone_and_may_be_tried_again():
    workshop = Workshop(1, 4, 5)

    def fail():
        raise LookupError("No place has that code.")

    for _ in range(3):
        with pytest.raises(LookupError):
            workshop.once("one", fail)
    assert workshop.once("one", lambda: 7) == 7


def test_a_full_workshop_says_so_at_once_and_lets_in_again_afterwards():
    workshop, go_on = Workshop(places=1, waiting=1, patience=0.05), threading.Event()
    with ThreadPoolExecutor(2) as makers:
        first = makers.submit(workshop.once, "first", lambda: go_on.wait(5))
        while workshop.inside < 1:
            time.sleep(0.001)
        with pytest.raises(TooBusy):
            workshop.once("another", lambda: 1)
        go_on.set()
        assert first.result(5)
    assert workshop.once("another", lambda: 1) == 1


def test_while_too_much_is_made_pages_that_are_ready_are_answered_and_others_told_to_come_back(app, get):
    ready = get(TRY)
    with app.answers.workshop.full():
        assert get(TRY).data == ready.data
        answer = get("/try/held/E1")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    text = answer.get_data(as_text=True)
    assert "The site is busy" in text
    assert "try again in a few seconds" in text
