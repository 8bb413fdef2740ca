"""Accounts: made by a command or an invitation, never with a default password; locked, timed out, audited."""

from contextlib import closing
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from dashboard.register import accounts, audit, guesses, passwords, sign_in
from dashboard.register.errors import InvalidEntry, NotAllowed, NotFound
from dashboard.register.models import Account, Guess, LoginSession
from dashboard.register.permissions import Body, Role, command
from dashboard.register.store import open_register
from tests.register.conftest import NOW
from tests.register.people import ADMIN, CLERK, COUNCIL, EVERYONE, LEWISHAM, OFFICER

GOOD, BETTER = "violet harbour lantern 9", "quiet orchard thimble 4"


def with_password(register, person=COUNCIL, password=GOOD):
    with register.reading() as session:
        new_account = next(account for account in accounts.accounts(session, ADMIN) if account.id == person.account_id)
    with register.writing() as session:
        _, token = accounts.invite_again(session, ADMIN, new_account.id, seen_version=new_account.version, now=NOW)
        return accounts.accept_invitation(session, token, password=passwords.chosen(password), now=NOW)


def attempt(register, password, now=NOW, email="council@example.org", network="192.0.2.1"):
    with register.reading() as session:
        stored_hash = sign_in.held_hash(session, email)
    tried = passwords.tried(password, stored_hash)
    with register.writing() as session:
        return sign_in.sign_in(session, email=email, tried=tried, network=network, now=now)


def change_password(register, person, *, current, password, keep_token):
    with register.reading() as session:
        stored_hash = accounts.own_hash(session, person)
    tried, chosen = passwords.tried(current, stored_hash), passwords.chosen(password)
    with register.writing() as session:
        accounts.change_password(session, person, current=tried, password=chosen, keep_token=keep_token, now=NOW)


def test_the_first_administrator_is_made_once_and_by_name(empty_register):
    with empty_register.writing() as session:
        made = accounts.create_first_administrator(
            session, command("tests"), email="Head@Example.org ", name="Head", password=passwords.chosen(GOOD), now=NOW
        )
    assert (made.email, made.role) == ("head@example.org", Role.ADMINISTRATOR)
    assert isinstance(attempt(empty_register, GOOD, email="HEAD@example.org"), sign_in.SignedIn)
    with empty_register.writing() as session, pytest.raises(NotAllowed):
        accounts.create_first_administrator(
            session, command("tests"), email="b@example.org", name="Second", password=passwords.chosen(GOOD), now=NOW
        )


def test_a_new_register_has_no_account_at_all(empty_register):
    with empty_register.reading() as session:
        assert session.scalars(select(Account)).all() == []


@pytest.mark.parametrize(
    "weak", ["short", "eleven char", "aaaaaaaaaaaaaaaa", "Passwordpassword1", "head@example.org!!", "x" * 257, ""]
)
def test_a_weak_password_is_refused_beside_its_field(empty_register, weak):
    with empty_register.writing() as session, pytest.raises(InvalidEntry) as refused:
        accounts.create_first_administrator(
            session, command("tests"), email="head@example.org", name="Head", password=passwords.chosen(weak), now=NOW
        )
    assert list(refused.value.errors) == ["password"]


@pytest.mark.usefixtures("costly_passwords")
def test_passwords_are_kept_as_argon2id_with_the_settings_of_rfc_9106():
    first, second = passwords.hashed(GOOD), passwords.hashed(GOOD)
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert passwords.matches(first, GOOD)
    assert not passwords.matches(first, GOOD + " ")
    assert not passwords.matches(None, GOOD)
    assert not passwords.matches("not a hash", GOOD)


def test_an_invitation_is_used_once_and_runs_out(register):
    entry = accounts.AccountEntry(email="new@example.org", name="New One", role=Role.CLERK, body=Body.ASSEMBLY, area_code=None)
    with register.writing() as session:
        made, token = accounts.invite(session, ADMIN, entry, now=NOW)
    assert not made.has_password
    assert isinstance(attempt(register, "", email="new@example.org"), sign_in.Refused)
    with register.writing() as session, pytest.raises(NotFound):
        accounts.accept_invitation(session, token, password=passwords.chosen(GOOD), now=NOW + timedelta(hours=73))
    with register.writing() as session:
        accounts.accept_invitation(session, token, password=passwords.chosen(GOOD), now=NOW + timedelta(hours=71))
    with register.writing() as session, pytest.raises(NotFound):
        accounts.accept_invitation(session, token, password=passwords.chosen(BETTER), now=NOW + timedelta(hours=71))
    assert isinstance(attempt(register, GOOD, email="new@example.org"), sign_in.SignedIn)


def test_five_wrong_tries_lock_the_account_for_a_quarter_of_an_hour(register):
    with_password(register)
    answers = {attempt(register, "wrong wrong wrong 1").sentence for _ in range(5)}
    locked = attempt(register, GOOD)
    unknown = attempt(register, GOOD, email="nobody@example.org")
    assert isinstance(locked, sign_in.Refused)
    assert answers | {locked.sentence, unknown.sentence} == {locked.sentence}
    assert isinstance(attempt(register, GOOD, now=NOW + timedelta(minutes=14)), sign_in.Refused)
    assert isinstance(attempt(register, GOOD, now=NOW + timedelta(minutes=16)), sign_in.SignedIn)


def test_nobody_keeps_an_owner_out_of_where_they_usually_work(register):
    with_password(register)
    office = "192.0.2.1"
    assert isinstance(attempt(register, GOOD, network=office), sign_in.SignedIn)
    # From all the world, as often as it is let.
    for number in range(60):
        attempt(register, f"wrong wrong wrong {number}", network=f"198.51.100.{number}", now=NOW + timedelta(seconds=number))
    later = NOW + timedelta(minutes=2)
    assert isinstance(attempt(register, GOOD, network=office, now=later), sign_in.SignedIn)
    assert isinstance(attempt(register, GOOD, network="203.0.113.5", now=later), sign_in.Refused)
    assert isinstance(attempt(register, GOOD, network="203.0.113.5", now=NOW + timedelta(minutes=62)), sign_in.SignedIn)


def test_one_account_takes_few_guesses_a_day_from_however_many_networks(register):
    with_password(register)
    with register.reading() as session:
        stored_hash = sign_in.held_hash(session, "council@example.org")
    wrong, looked_at = passwords.tried("wrong wrong wrong 1", stored_hash), 0
    for number in range(120):
        with register.writing() as session:
            now = NOW + timedelta(minutes=2 * number)
            who = guesses.Attempt("council@example.org", f"network {number}")
            looked_at += not guesses.is_locked(session, who, now)
            sign_in.sign_in(session, email=who.account, tried=wrong, network=who.network, now=now)
    # Four hours of a try every two minutes, each from another network.
    assert looked_at <= 4 * guesses.LOCKS_ELSEWHERE.most


def test_wrong_tries_at_one_network_lock_the_account_at_no_other(register):
    with_password(register)
    for number in range(30):
        attempt(register, "wrong wrong wrong 1", network="198.51.100.9", now=NOW + timedelta(minutes=number))
    assert isinstance(attempt(register, GOOD, network="198.51.100.9", now=NOW + timedelta(minutes=30)), sign_in.Refused)
    assert isinstance(attempt(register, GOOD, network="192.0.2.1", now=NOW + timedelta(minutes=30)), sign_in.SignedIn)


def test_two_processes_count_guesses_together(register):
    with_password(register)
    with closing(open_register(register.engine.url.render_as_string(hide_password=False))) as other:
        for number in range(6):
            attempt((register, other)[number % 2], "wrong wrong wrong 1")
        assert isinstance(attempt(other, GOOD), sign_in.Refused)


def test_what_is_remembered_of_guesses_has_an_end(register, monkeypatch):
    monkeypatch.setattr(guesses, "MOST_KEPT", 10)
    with register.writing() as session:
        for number in range(40):
            who = guesses.Attempt(f"{number}@example.org", "192.0.2.1")
            guesses.count(session, who, guesses.WRONG, NOW + timedelta(seconds=number))
        assert session.scalar(select(func.count()).select_from(Guess)) <= 12
        guesses.count(session, who, guesses.WRONG, NOW + timedelta(hours=4))
        assert session.scalar(select(func.count()).select_from(Guess)) == 1


def test_a_password_changed_while_the_old_one_was_being_checked_lets_nobody_in(register):
    with_password(register)
    with register.reading() as session:
        tried = passwords.tried(GOOD, sign_in.held_hash(session, "council@example.org"))
    change_password(register, COUNCIL, current=GOOD, password=BETTER, keep_token=None)
    with register.writing() as session:
        answer = sign_in.sign_in(session, email="council@example.org", tried=tried, network="192.0.2.1", now=NOW)
    assert isinstance(answer, sign_in.Refused)


def test_passwords_guessed_in_parallel_each_count_towards_the_lock(register):
    with_password(register)
    with register.reading() as session:
        stored_hash = sign_in.held_hash(session, "council@example.org")
    wrong, right = passwords.tried("wrong wrong wrong 1", stored_hash), passwords.tried(GOOD, stored_hash)
    for tried in (*[wrong] * sign_in.FAILURES_ALLOWED, right):
        with register.writing() as session:
            answer = sign_in.sign_in(session, email="council@example.org", tried=tried, network="192.0.2.1", now=NOW)
    assert isinstance(answer, sign_in.Refused)


@pytest.mark.usefixtures("costly_passwords")
def test_a_hash_made_with_weaker_settings_is_made_anew_on_signing_in(register):
    with_password(register)
    weaker = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(GOOD)
    with register.writing() as session, audit.acting(session, command("tests"), "weaken", NOW, ""):
        session.get_one(Account, "council").password_hash = weaker
    assert isinstance(attempt(register, GOOD), sign_in.SignedIn)
    with register.reading() as session:
        assert session.get_one(Account, "council").password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert isinstance(attempt(register, GOOD), sign_in.SignedIn)


def test_four_wrong_tries_and_a_right_one_start_the_count_again(register):
    with_password(register)
    for _ in range(2):
        for _ in range(4):
            attempt(register, "wrong wrong wrong 1")
        assert isinstance(attempt(register, GOOD), sign_in.SignedIn)


def test_an_idle_or_old_session_is_signed_out(register):
    with_password(register)
    browser = attempt(register, GOOD)
    with register.reading() as session:
        assert sign_in.whose(session, browser.token, now=NOW + timedelta(minutes=29)).actor == COUNCIL
        assert sign_in.whose(session, browser.token, now=NOW + timedelta(minutes=30)) is None
        assert sign_in.whose(session, browser.token + "x", now=NOW) is None
    moment = NOW
    while moment < NOW + timedelta(hours=12):
        with register.reading() as session:
            assert sign_in.whose(session, browser.token, now=moment) is not None
        with register.writing() as session:
            sign_in.touch(session, browser.token, now=moment)
        moment += timedelta(minutes=25)
    with register.reading() as session:
        assert sign_in.whose(session, browser.token, now=NOW + timedelta(hours=12)) is None


def test_a_session_that_went_idle_cannot_be_kept_alive(register):
    with_password(register)
    browser = attempt(register, GOOD)
    with register.writing() as session:
        sign_in.touch(session, browser.token, now=NOW + timedelta(hours=1))
    with register.reading() as session:
        assert sign_in.whose(session, browser.token, now=NOW + timedelta(hours=1)) is None


def test_signing_out_ends_the_browser_and_keeps_no_token(register):
    with_password(register)
    browser = attempt(register, GOOD)
    with register.writing() as session:
        sign_in.sign_out(session, browser.token, now=NOW)
    with register.reading() as session:
        assert sign_in.whose(session, browser.token, now=NOW) is None
        assert browser.token not in {row.token_hash for row in session.scalars(select(LoginSession))}


def test_changing_the_password_signs_out_every_other_browser(register):
    with_password(register)
    here, elsewhere = attempt(register, GOOD), attempt(register, GOOD)
    with pytest.raises(InvalidEntry) as refused:
        change_password(register, COUNCIL, current="wrong", password=BETTER, keep_token=here.token)
    assert list(refused.value.errors) == ["current"]
    change_password(register, COUNCIL, current=GOOD, password=BETTER, keep_token=here.token)
    with register.reading() as session:
        assert sign_in.whose(session, here.token, now=NOW) is not None
        assert sign_in.whose(session, elsewhere.token, now=NOW) is None
    assert isinstance(attempt(register, GOOD), sign_in.Refused)
    assert isinstance(attempt(register, BETTER), sign_in.SignedIn)


def test_a_closed_account_is_signed_out_at_once_and_cannot_return(register):
    account = with_password(register)
    browser = attempt(register, GOOD)
    entry = accounts.AccountEntry(
        email=account.email, name=account.name, role=account.role, body=account.body, area_code=account.area_code
    )
    with register.writing() as session:
        accounts.change_account(session, ADMIN, account.id, entry, is_active=False, seen_version=account.version + 1, now=NOW)
    with register.reading() as session:
        assert sign_in.whose(session, browser.token, now=NOW) is None
    assert isinstance(attempt(register, GOOD), sign_in.Refused)


def test_the_last_administrator_cannot_be_closed_or_demoted(register):
    with register.reading() as session:
        administrator = next(account for account in accounts.accounts(session, ADMIN) if account.id == "admin")
    same = accounts.AccountEntry(
        email=administrator.email, name=administrator.name, role=administrator.role, body=administrator.body, area_code=None
    )
    clerk = accounts.AccountEntry(
        email=administrator.email, name=administrator.name, role=Role.CLERK, body=Body.ASSEMBLY, area_code=None
    )
    for entry, active in ((same, False), (clerk, True)):
        with register.writing() as session, pytest.raises(NotAllowed, match="last administrator"):
            accounts.change_account(
                session, ADMIN, administrator.id, entry, is_active=active, seen_version=administrator.version, now=NOW
            )


@pytest.mark.parametrize("person", [person for person in EVERYONE if person is not ADMIN], ids=lambda who: who.name)
def test_nobody_but_an_administrator_sees_or_makes_accounts(register, person):
    entry = accounts.AccountEntry(email="n@example.org", name="N", role=Role.CLERK, body=Body.ASSEMBLY, area_code=None)
    with register.writing() as session:
        with pytest.raises(NotAllowed):
            accounts.accounts(session, person)
        with pytest.raises(NotAllowed):
            accounts.invite(session, person, entry, now=NOW)
        with pytest.raises(NotAllowed):
            accounts.invite_again(session, person, CLERK.account_id, seen_version=1, now=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"email": "COUNCIL@example.org"}, "email"),
        ({"name": " "}, "name"),
        ({"body": Body.MOPAC}, "body"),
        ({"area_code": None}, "area_code"),
        ({"area_code": "E12000007"}, "area_code"),
        ({"role": Role.MOPAC_OFFICER, "body": Body.MOPAC}, "area_code"),
    ],
)
def test_an_account_with_fields_that_contradict_each_other_is_refused(register, changes, field):
    fields = {"email": "a@example.org", "name": "A", "role": Role.BOROUGH_LEAD, "body": Body.COUNCIL, "area_code": LEWISHAM}
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        accounts.invite(session, ADMIN, accounts.AccountEntry(**(fields | changes)), now=NOW)
    assert field in refused.value.errors


def test_the_audit_says_that_a_password_changed_and_never_what_to(register):
    with_password(register)
    attempt(register, "wrong wrong wrong 1")
    with register.reading() as session:
        response = session.get(Account, "council").password_hash
        entries = audit.entries(session, ADMIN, entity_id="council")
    changed = [entry.changes["password_hash"] for entry in entries if "password_hash" in entry.changes]
    assert changed[-1] == ("kept secret", "changed")
    assert response not in str(entries)
    assert GOOD not in str(entries)


def test_an_officer_may_not_change_a_password_without_signing_in(register):
    with pytest.raises(NotAllowed):
        change_password(register, command("x"), current=GOOD, password=BETTER, keep_token=None)
    with pytest.raises(InvalidEntry):
        change_password(register, OFFICER, current="", password=BETTER, keep_token=None)
