"""The view in the address bar: read strictly, kept typed, written back.

A page names what its address may hold: arguments in its path (`/borough/<code>`) and options in its query string. Nothing
else reaches a layout, so a layout never meets a value it did not list.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import parse_qsl, quote, urlencode

LONGEST_SHOWN = 80
LONGEST_QUERY = 4_000
SHOWN_CHOICES = 12
_ARGUMENT = re.compile(r"<([a-z_]+)>")
_PLAIN = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}"
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|_ga")

Chosen = str | tuple[str, ...]


class NotUnderstood(ValueError):
    """The address holds a value that is not one of those it may hold. The message is for the reader.

    `known` are values that would have been understood, nearest first.
    """

    def __init__(self, message: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.known = known


@dataclass(frozen=True)
class Option:
    """One thing a reader may choose, and the values it may take.

    `allowed` is a tuple, or a function giving one where the values come from the release. The default never appears in an
    address. With `many`, values are joined by commas.
    """

    name: str
    allowed: tuple[str, ...] | Callable[[], tuple[str, ...]]
    default: str = ""
    many: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """What may be chosen, the default first where it is not empty."""
        return self.allowed if isinstance(self.allowed, tuple) else self.allowed()

    def read(self, text: str) -> tuple[str, ...]:
        """The values chosen, in the order given, without repeats.

        Raises:
            NotUnderstood: a value is not one of those allowed.
        """
        picked = tuple(dict.fromkeys(text.split(","))) if self.many else (text,)
        values = self.values
        for value in picked:
            if value not in values and value != self.default:
                near = get_close_matches(value[:LONGEST_SHOWN], values, n=3, cutoff=0.4)
                suggestions = tuple(dict.fromkeys((*near, *values)))[:SHOWN_CHOICES]
                raise NotUnderstood(f"“{printable(value)}” is not a value of “{self.name}”.", suggestions)
        return picked


@dataclass(frozen=True)
class View:
    """What one address asks a page for. Hashable: the same view is the same page."""

    path: str
    arguments: tuple[tuple[str, str], ...] = ()
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Only what differs from the default, in the page's own order of options."""
    options: tuple[Option, ...] = ()

    def argument(self, name: str) -> str:
        """The part of the path called `name`."""
        return dict(self.arguments)[name]

    def choice(self, name: str) -> str:
        """The value chosen for an option, or its default."""
        chosen = self.choices(name)
        return chosen[0] if chosen else ""

    def choices(self, name: str) -> tuple[str, ...]:
        """Every value chosen for an option; its default, or nothing where the default is empty."""
        option = self._option(name)
        return dict(self.chosen).get(name) or ((option.default,) if option.default else ())

    def link(self, **changes: Chosen) -> str:
        """Address of this page with these choices changed and every other choice kept.

        Raises:
            KeyError: the page has no such option.
            NotUnderstood: the option cannot take that value.
        """
        chosen = dict(self.chosen)
        for name, value in changes.items():
            option = self._option(name)
            chosen[name] = option.read(value if isinstance(value, str) else ",".join(value))
        return _address(self.path, _beyond_defaults(self.options, chosen))

    @property
    def address(self) -> str:
        """The one address of this view: options in the page's order, defaults left out."""
        return _address(self.path, self.chosen)

    def _option(self, name: str) -> Option:
        for option in self.options:
            if option.name == name:
                return option
        raise KeyError(f"{self.path} has no option {name!r}")


def view_of(template: str, options: tuple[Option, ...], path: str, query: str) -> tuple[View, tuple[str, ...]] | None:
    """The view an address asks for, and the names in its query string that mean nothing here.

    None where the path is not of this template. Names that only track where a reader came from are left out without a word.

    Raises:
        NotUnderstood: an option has a value it cannot take, or is given twice.
    """
    match = _pattern(template).fullmatch(path)
    if match is None:
        return None
    if len(query) > LONGEST_QUERY:
        raise NotUnderstood("This address is longer than any of this site.")
    by_name = {option.name: option for option in options}
    every = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    # A form sends every control, the ones left blank too. What is written twice alike is written once.
    pairs = dict.fromkeys((name, text) for name, text in every if text or name not in by_name)
    chosen: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for name, text in pairs:
        if name in chosen:
            raise NotUnderstood(f"“{name}” is given more than once.", tuple(by_name[name].values)[:SHOWN_CHOICES])
        if name in by_name:
            chosen[name] = by_name[name].read(text)
        elif not _TRACKING.fullmatch(name):
            unknown.append(printable(name))
    arguments = tuple(match.groupdict().items())
    return View(path, arguments, _beyond_defaults(options, chosen), options), tuple(dict.fromkeys(unknown))


def href(template: str, arguments: Mapping[str, str] | None = None, **chosen: Chosen) -> str:
    """Address of a page: `href("/borough/<code>", {"code": "E09000006"}, form="rate")`.

    Raises:
        KeyError: the template holds an argument that is not given.
    """
    filled = _ARGUMENT.sub(lambda match: quote((arguments or {})[match[1]], safe=""), template)
    pairs = ((name, (value,) if isinstance(value, str) else value) for name, value in chosen.items())
    return _address(filled, tuple((name, values) for name, values in pairs if any(values)))


def printable(text: str) -> str:
    """Text from an address, short and on one line, fit to be shown back to the reader."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text)
    return plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1] + "…"


def _address(path: str, chosen: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    query = urlencode([(name, ",".join(values)) for name, values in chosen], safe=",")
    return f"{path}?{query}" if query else path


def _beyond_defaults(
    options: tuple[Option, ...], chosen: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    picked = ((option, chosen.get(option.name, ())) for option in options)
    return tuple((option.name, values) for option, values in picked if values and values != (option.default,))


def _pattern(template: str) -> re.Pattern[str]:
    # re.split with one group alternates literal text and argument names.
    parts = _ARGUMENT.split(template)
    return re.compile("".join(f"(?P<{p}>{_PLAIN})" if i % 2 else re.escape(p) for i, p in enumerate(parts)))
