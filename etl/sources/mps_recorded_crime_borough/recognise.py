"""What a wide file of recorded crime is: which column holds what, in which form, for which areas and offences."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl import reference
from etl.catalogue import Form, Source, normalised
from etl.errors import NotTaken, SourceChanged
from etl.wide import WideFile

KINDS = ("borough", "pseudo")
ROLES = {"area": "London boroughs", "group": "offence groups", "offence": "offences"}
KNOWN_SHARE = 0.5
"""A column holds a kind of thing where at least this share of its different values is known as such."""


@dataclass(frozen=True)
class Roles:
    """Label of the column that holds each thing, and what was said about any that were known by their contents alone."""

    area: str
    group: str
    offence: str
    notices: tuple[str, ...]

    @property
    def labels(self) -> list[str]:
        """The columns that together may stand once."""
        return [self.area, self.group, self.offence]


def refuse_smaller_places(file: WideFile) -> None:
    """Raise NotTaken for a ward or LSOA file, which is not a part of the borough series."""
    words = {word for label in file.keys for word in normalised(label).split()}
    if words & {"ward", "wardname", "wardcode", "lsoa", "lsoacode", "lsoaname"}:
        raise NotTaken(
            f"{file.path.name}: recorded crime by ward or LSOA; no source here takes that level. Columns: {', '.join(file.keys)}"
        )


def find_roles(file: WideFile, source: Source, values: dict[str, set[str]]) -> Roles:
    """Each key column's role, by what it holds first and by its label where the contents leave it open.

    Raises:
        SourceChanged: no column holds London boroughs, offence groups or offences, or the areas are another force's.
    """
    known = _recognisers(source)
    found: dict[str, str] = {}
    notices = []
    for role in ROLES:
        aliases = {normalised(a) for a in source.aliases.get(role, [])}
        named = [c for c in file.keys if normalised(c) in aliases and c not in found.values()]
        shares = {c: _share(v, known[role]) for c, v in values.items() if c not in found.values()}
        best = max(shares, key=lambda c: (shares[c], c in named), default=None)
        if best is None or (shares[best] < KNOWN_SHARE and not named):
            raise SourceChanged(_what_is_missing(role, file, values))
        if shares[best] < KNOWN_SHARE:
            best = named[0]
        found[role] = best
        if best not in named:
            notices.append(
                f"column {best!r} is new; read as the {role} column because {shares[best]:.0%} of what it holds is known as such"
            )
    if not any(known["area"](v) for v in values[found["area"]]):
        raise SourceChanged(_another_force(file, values[found["area"]]))
    notices += [f"column {c!r} is not read" for c in file.keys if c not in found.values()]
    return Roles(found["area"], found["group"], found["offence"], tuple(notices))


def find_form(source: Source, pairs: Sequence[tuple[str, ...]], file: WideFile) -> str:
    """The form whose categories the file's are.

    It is the one with the fewest unknown, then by the form's own marks, then with the fewest absent.

    Raises:
        SourceChanged: fewer than half the file's categories are known in any form.
    """
    held = {f"{normalised(g)} / {normalised(o)}" for g, o in pairs}
    offences = {normalised(o) for _, o in pairs}
    scored = []
    for form_id, form in source.forms.items():
        known = form.series()
        marked = all(mark in offences for mark in form.marks)
        scored.append((len(held - known), not marked, len(known - held), form_id))
    unknown, _, _, form_id = min(scored)
    if unknown > len(held) / 2:
        raise SourceChanged(f"{file.path.name}: most offences are in no form we know: {', '.join(sorted(held)[:4])}, …")
    return form_id


def find_areas(values: set[str]) -> tuple[dict[str, str], list[str]]:
    """Spelling to code, and a sentence for each area that is not London's and each borough that has no row."""
    spellings = reference.area_codes(KINDS)
    codes = {v: spellings[reference.spelling(v)] for v in values if reference.spelling(v) in spellings}
    unknown = sorted(values - codes.keys())
    names = {a.name for a in reference.areas().values() if a.kind in KINDS}
    failures = [f"unknown area {v!r}{_nearest(v, names)}" for v in unknown]
    absent = sorted(a.name for a in force_boroughs() if a.code not in codes.values())
    failures += [f"{name}: no row at all; a borough without one is a hole in the file, not a zero" for name in absent]
    return codes, failures


def find_series(pairs: Sequence[tuple[str, ...]], form: Form) -> tuple[dict[tuple[str, ...], str], list[str]]:
    """(group, offence) as written to our series, and a sentence for each that the form does not hold."""
    known = form.series()
    found = {pair: f"{normalised(pair[0])} / {normalised(pair[1])}" for pair in pairs}
    failures = [
        f"unknown category {' / '.join(pair)!r}{_nearest(series, known)}" for pair, series in found.items() if series not in known
    ]
    return found, failures


def force_boroughs() -> list[reference.ReferenceArea]:
    """The 32 boroughs the force polices."""
    return [reference.areas()[code] for code in reference.members(reference.LONDON)]


def _recognisers(source: Source) -> dict[str, Callable[[str], bool]]:
    spellings = reference.area_codes(KINDS)
    groups = {normalised(g) for form in source.forms.values() for g in form.groups}
    offences = {normalised(o) for form in source.forms.values() for os in form.groups.values() for o in os}
    return {
        "area": lambda text: reference.spelling(text) in spellings,
        "group": lambda text: normalised(text) in groups,
        "offence": lambda text: normalised(text) in offences,
    }


def _share(values: set[str], known: Callable[[str], bool]) -> float:
    return sum(1 for v in values if known(v)) / len(values) if values else 0.0


def _what_is_missing(role: str, file: WideFile, values: dict[str, set[str]]) -> str:
    shown = "; ".join(f"{c}: {', '.join(sorted(v)[:3])}" for c, v in values.items())
    return f"{file.path.name}: expected a column of {ROLES[role]}, found none. Columns hold {shown}"


def _another_force(file: WideFile, areas: set[str]) -> str:
    shown = ", ".join(sorted(areas)[:4])
    return f"{file.path.name}: a file of another police force: none of its {len(areas)} areas is a London borough ({shown}, …)"


def _nearest(value: str, known: set[str] | frozenset[str]) -> str:
    folded = {k.casefold(): k for k in known}
    # A name cut short is nearer to the whole of it than to another of the same length.
    near = [k for k in sorted(folded) if len(value) >= 4 and k.startswith(value.casefold())][:1]
    near = near or difflib.get_close_matches(value.casefold(), list(folded), n=1, cutoff=0.5)
    return f"; the nearest known is {folded[near[0]]!r}" if near else ""
