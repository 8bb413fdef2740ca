"""A browser without a screen: it opens a page, fills in the form that stands there and sends it, as a person would."""

import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser

from dashboard.register import sign_in
from dashboard.register.models import Account


class Form(HTMLParser):
    """What stands in the page's form: each field's name to the values that would be sent."""

    def __init__(self, text):
        super().__init__()
        self.values, self.fields, self.presses, self.action = {}, [], [], None
        self._inside, self._textarea, self._select = False, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and given.get("method") == "post":
            self._inside, self.action = True, given["action"]
        if not self._inside:
            return
        name = given.get("name")
        if name and tag in ("input", "textarea", "select") and name not in self.fields:
            self.fields.append(name)
        if tag == "input":
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]
        elif tag == "select":
            self._select = name
            self.values[name] = []
        elif tag == "option" and self._select and ("selected" in given or not self.values[self._select]):
            self.values[self._select] = [given.get("value", "")]
        elif tag == "button":
            self.presses.append(given.get("value"))

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, text):
        if self._textarea:
            # A browser drops the first line break.
            self.values[self._textarea][0] += text.removeprefix("\n")


class Browser:
    def __init__(self, server, register, clock, person=None, base="http://localhost"):
        self.client, self.base, self.person = server.test_client(), base, person
        if person is not None:
            with register.writing() as session:
                row = session.get(Account, person.account_id)
                opened = sign_in.open_browser(session, row, clock(), timedelta(hours=12))
            self.client.set_cookie("session", opened.token, domain="localhost")

    def get(self, address):
        return self.client.get(address, base_url=self.base, buffered=True)

    def read(self, address):
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code, words(answer))
        return words(answer)

    def form(self, address):
        return Form(self.get(address).get_data(as_text=True))

    def send(self, address, *, press=None, expect=303, **typed):
        """Opens the page, types, sends. Dots in names are written as two underlines."""
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code, words(answer))
        return self.send_form(Form(answer.get_data(as_text=True)), press=press, expect=expect, **typed)

    def send_form(self, form, *, press=None, expect=303, **typed):
        named = {name.replace("__", "."): value for name, value in typed.items()}
        values = form.values | {name: value if isinstance(value, list) else [value] for name, value in named.items()}
        if press:
            values["press"] = press
        answer = self.post(form.action, values)
        assert answer.status_code == expect, (form.action, answer.status_code, words(answer)[:2000])
        return answer

    def post(self, address, values, *, origin="same", **headers):
        sent = {"Origin": self.base} if origin == "same" else {"Origin": origin} if origin else {}
        return self.client.post(address, data=values, headers=sent | headers, base_url=self.base, buffered=True)

    def cookies(self):
        return {cookie.key: cookie for cookie in self.client._cookies.values()}


def words(answer):
    text = re.sub(r"<(style|script).*?</\1>", "", answer.get_data(as_text=True), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text))).strip()


class Errors(HTMLParser):
    """The errors of a page: beside each field, and in the summary, each as the id it belongs to and its sentence."""

    def __init__(self, text):
        super().__init__()
        self.beside, self.summary = {}, {}
        self._into, self._key, self._skip, self._summary = None, None, False, 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        classes = (given.get("class") or "").split()
        if tag == "div" and (self._summary or "problems" in classes):
            self._summary += 1
        if tag == "a" and self._summary:
            self._into, self._key = self.summary, given["href"].removeprefix("#")
        elif tag == "p" and "error" in classes:
            self._into, self._key = self.beside, given["id"].removesuffix("-error")
        elif tag == "span":
            self._skip = True

    def handle_endtag(self, tag):
        if tag == "div" and self._summary:
            self._summary -= 1
        if tag == "span":
            self._skip = False
        if tag in ("a", "p"):
            self._into = None

    def handle_data(self, text):
        if self._into is not None and not self._skip:
            self._into[self._key] = self._into.get(self._key, "") + text


def errors_beside(answer):
    """Each field with an error beside it, and the links of the summary at the top."""
    errors = Errors(answer.get_data(as_text=True))
    return errors.beside, errors.summary
