"""What a wide file of recorded crime is: which column holds what, in which form, for which areas and offences."""

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.core.areas import LONDON
from etl.core.errors import NotTaken, SourceChanged
from etl.definitions import reference
from etl.definitions.catalogue import Form, Source, normalised
from etl.files.wide_file import WideFile

KINDS = ("borough", "pseudo")
ROLES = {"area": "London boroughs", "group": "offence groups", "offence": "offences"}
SMALLER_CODE = re.compile(r"E0[15]\d{6}")
"""The published codes of LSOAs and wards."""
TOTALS = frozenset({"total", "totals", "all", "london", "mps", "met", "metropolitan", "sum"})
"""Words of a row that adds up the others."""
BESIDE_TOTALS = frozenset(
    {"grand", "of", "the", "and", "borough", "boroughs", "force", "police", "service", "greater", "area", "crime"}
)
"""Words that stand beside those and change nothing: a name with any other word in it is a place."""
HEADER_AGAIN = "It is the column's own label: the header stands among the rows; take that row out"
CellsHolding = Callable[[Sequence[str], Sequence[str]], str]
"""Where in the file columns hold values: "C12", "C12 and 30 more rows"."""
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


def refuse_smaller_places(file: WideFile, values: dict[str, set[str]]) -> None:
    """Raise NotTaken for a ward or LSOA file, known by its codes or its labels: it is not a part of the borough series."""
    words = {word for label in file.keys for word in normalised(label).split()}
    coded = any(_share(v, lambda text: SMALLER_CODE.fullmatch(text) is not None) >= KNOWN_SHARE for v in values.values())
    if coded or words & {"ward", "wardname", "wardcode", "lsoa", "lsoacode", "lsoaname"}:
        raise NotTaken(
            f"{file.path.name}: recorded crime by ward or LSOA; no source here takes that level. Columns: {', '.join(file.keys)}"
        )


def find_roles(file: WideFile, source: Source, values: dict[str, set[str]]) -> Roles:
    """Each key column's role, by what it holds first and by its label where the contents leave it open.

    Raises:
        SourceChanged: no column holds London boroughs, offence groups or offences, or the areas are another force's.
    """
    recognisers = _recognisers(source)
    labelled = {normalised(alias) for aliases in source.aliases.values() for alias in aliases}
    label_by_role: dict[str, str] = {}
    notices = []
    for role in ROLES:
        aliases = {normalised(a) for a in source.aliases.get(role, [])}
        named = [c for c in file.keys if normalised(c) in aliases and c not in label_by_role.values()]
        shares = {c: _share(v, recognisers[role]) for c, v in values.items() if c not in label_by_role.values()}
        best_label = max(shares, key=lambda c: (shares[c], c in named), default=None)
        if best_label is None or (shares[best_label] < KNOWN_SHARE and not named):
            raise SourceChanged(_what_is_missing(role, file, values))
        if shares[best_label] < KNOWN_SHARE:
            best_label = named[0]
        label_by_role[role] = best_label
        if best_label not in named and normalised(best_label) in labelled:
            notices.append(
                f"column {best_label!r} is read as the {role} column, whatever its label says: {shares[best_label]:.0%} is "
                "known as such"
            )
        elif best_label not in named:
            notices.append(
                f"column {best_label!r} is new; read as the {role} column because {shares[best_label]:.0%} of what it holds is "
                "known as such "
                f"(to spare this notice, add it to `{role}:` under `aliases:` in source.yml)"
            )
    if not any(recognisers["area"](v) for v in values[label_by_role["area"]]):
        raise SourceChanged(_another_force(file, values[label_by_role["area"]]))
    notices += [f"column {c!r} is not read" for c in file.keys if c not in label_by_role.values()]
    return Roles(label_by_role["area"], label_by_role["group"], label_by_role["offence"], tuple(notices))


def find_form(source: Source, pairs: Sequence[tuple[str, ...]], file: WideFile) -> str:
    """The form whose categories the file's are.

    It is the one with the fewest unknown, then by the form's own marks, then with the fewest absent.

    Raises:
        SourceChanged: fewer than half the file's categories are known in any form.
    """
    categories = {_compared_pair(pair) for pair in pairs}
    offences = {_compared_label(o) for _, o in pairs}
    scored = []
    for form_id, form in source.forms.items():
        form_categories = {_compared_pair(tuple(series.split(" / "))) for series in form.series()}
        marked = all(_compared_label(mark) in offences for mark in form.marks)
        scored.append((len(categories - form_categories), not marked, len(form_categories - categories), form_id))
    unknown, _, _, form_id = min(scored)
    if unknown > len(categories) / 2:
        raise SourceChanged(f"{file.path.name}: most offences are in no form we know: {', '.join(sorted(categories)[:4])}, …")
    return form_id


def find_areas(values: set[str], label: str, cells_holding: CellsHolding) -> tuple[dict[str, str], list[str]]:
    """Spelling to code, and a sentence for each area that is not London's and each borough that has no row."""
    spellings = reference.area_codes(KINDS)
    codes = {v: spellings[reference.spelling(v)] for v in values if reference.spelling(v) in spellings}
    unknown = sorted(values - codes.keys())
    names = {a.name for a in reference.areas().values() if a.kind in KINDS}
    absent = sorted(a.name for a in force_boroughs() if a.code not in codes.values())
    renamed = absent[0] if len(absent) == 1 and len(unknown) == 1 else None
    failures = [
        f"{cells_holding([label], [v])}: unknown area {v!r}{_nearest(v, names)}{_new_name_hint(renamed)}. "
        f"{_area_line(v, label, renamed)}"
        for v in unknown
    ]
    failures += [f"{name}: no row at all; a borough without one is a hole in the file, not a zero" for name in absent]
    return codes, failures


def find_series(
    pairs: Sequence[tuple[str, ...]], form: Form, form_id: str, labels: Sequence[str], cells_holding: CellsHolding
) -> tuple[dict[tuple[str, ...], str], list[str]]:
    """(group, offence) as written to our series, and a sentence for each that the form does not hold."""
    form_series = form.series()
    series_by_label = {_compared_pair(tuple(series.split(" / "))): series for series in form_series}
    series_by_pair = {
        pair: series_by_label.get(_compared_pair(pair), f"{normalised(pair[0])} / {normalised(pair[1])}") for pair in pairs
    }
    labelled = " / ".join(map(normalised, labels))
    offences = {offence for series in series_by_pair.values() for offence in series.split(" / ")[1:]}
    failures = [
        f"{cells_holding(labels, pair)}: unknown category {' / '.join(pair)!r}{_nearest(series, form_series)}"
        f"{_new_name_hint(_only_offence_lost(series, form, offences))}. "
        f"{HEADER_AGAIN if series == labelled else _category_line(series, form_id)}"
        for pair, series in series_by_pair.items()
        if series not in form_series
    ]
    return series_by_pair, failures


def force_boroughs() -> list[reference.ReferenceArea]:
    """The 32 boroughs the force polices."""
    return [reference.areas()[code] for code in reference.members(LONDON)]


def contradicting_places(pairs: dict[str, list[tuple[str, ...]]], area: str, cells_holding: CellsHolding) -> list[str]:
    """One sentence for each row pair in which a second column of places names another place than the first.

    Args:
        pairs: label of each column of places but `area` to the distinct (place in `area`, place in it).
        area: label of the column that is read.
        cells_holding: where the two stand.
    """
    spellings = reference.area_codes(KINDS)
    return [
        f"{cells_holding([area, label], [place, second_place])}: expected one place, found {place!r} beside {second_place!r}"
        for label, label_pairs in pairs.items()
        for place, second_place in label_pairs
        if (code := spellings.get(reference.spelling(place))) and (second_code := spellings.get(reference.spelling(second_place)))
        if code != second_code
    ]


def other_place_columns(file: WideFile, roles: Roles, values: dict[str, set[str]]) -> list[str]:
    """Labels of other columns that hold London's places: a code beside the name, or the name beside the code."""
    spellings = reference.area_codes(KINDS)
    columns = [c for c in file.keys if c not in roles.labels]
    return [c for c in columns if _share(values[c], lambda text: reference.spelling(text) in spellings) >= KNOWN_SHARE]


def _new_name_hint(lost: str | None) -> str:
    return f"; {lost!r} has no row in this file: is this its new name?" if lost else ""


def _only_offence_lost(series: str, form: Form, offences: set[str]) -> str | None:
    """The one offence of the same group that every edition has and this file has not; None where there is none or several."""
    in_group = form.groups.get(series.split(" / ")[0], [])
    lost = [offence for offence in form.core if offence in in_group and offence not in offences]
    return lost[0] if len(lost) == 1 else None


def _area_line(value: str, label: str, renamed: str | None) -> str:
    """The one line that makes an area known, for whoever decides that it is one."""
    if not value:
        return "The cell is empty: crime without a borough has a name of its own in every edition so far"
    if normalised(value) == normalised(label):
        return HEADER_AGAIN
    words = set(normalised(value).split())
    if TOTALS & words and words <= TOTALS | BESIDE_TOTALS:
        return "It looks like a row of totals, which would count everything twice: take it out"
    nearest = reference.nearest_area(value, KINDS) or renamed
    code = next((a.code for a in reference.areas().values() if a.name == nearest), "UNKNOWN")
    csv_cell = f'"{value}"' if "," in value else value
    return f"If it is a place of the Met's, add to data/reference/area_aliases.csv a line such as: {csv_cell},{code},seen where"


def _category_line(series: str, form_id: str) -> str:
    """The one place that makes a category known, for whoever decides what it counts."""
    group, _, offence = series.partition(" / ")
    return (
        f"If it is one, add {offence!r} to {group!r} of form {form_id} in etl/sources/mps_recorded_crime_borough/source.yml, and "
        "name it in the measures that count it"
    )


def _compared_label(label: str) -> str:
    """The label as compared: the publisher writes "and", "&" or nothing between two words."""
    return " ".join(word for word in normalised(label).split() if word != "and")


def _compared_pair(pair: Sequence[str]) -> str:
    return " / ".join(_compared_label(part) for part in pair)


def _recognisers(source: Source) -> dict[str, Callable[[str], bool]]:
    spellings = reference.area_codes(KINDS)
    groups = {_compared_label(g) for form in source.forms.values() for g in form.groups}
    offences = {_compared_label(o) for form in source.forms.values() for os in form.groups.values() for o in os}
    return {
        "area": lambda text: reference.spelling(text) in spellings,
        "group": lambda text: _compared_label(text) in groups,
        "offence": lambda text: _compared_label(text) in offences,
    }


def _share(values: set[str], is_known: Callable[[str], bool]) -> float:
    return sum(1 for v in values if is_known(v)) / len(values) if values else 0.0


def _what_is_missing(role: str, file: WideFile, values: dict[str, set[str]]) -> str:
    contents = "; ".join(f"{c}: {', '.join(sorted(v)[:3])}" for c, v in values.items())
    return (
        f"{file.path.name}: expected a column of {ROLES[role]}, found none. Columns hold {contents}. If one of them is it, "
        f"add its label to `{role}:` under `aliases:` in etl/sources/mps_recorded_crime_borough/source.yml"
    )


def _another_force(file: WideFile, areas: set[str]) -> str:
    names = ", ".join(sorted(areas)[:4])
    return f"{file.path.name}: a file of another police force: none of its {len(areas)} areas is a London borough ({names}, …)"


def _nearest(value: str, names: set[str] | frozenset[str]) -> str:
    folded = {k.casefold(): k for k in names}
    # A name cut short is nearer to the whole of it than to another of the same length.
    near = [k for k in sorted(folded) if len(value) >= 4 and k.startswith(value.casefold())][:1]
    near = near or difflib.get_close_matches(value.casefold(), list(folded), n=1, cutoff=0.5)
    return f"; the nearest known is {folded[near[0]]!r}" if near else ""
