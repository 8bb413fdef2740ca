"""One person of each kind, and entries as they would type them."""

from datetime import date

from dashboard.register.audit import acting
from dashboard.register.entries import BoroughEntry, LondonEntry
from dashboard.register.models import Account, Carried, Sort
from dashboard.register.permissions import Actor, Body, Role, command
from dashboard.register.record_parts import Basket, ExpectedRange, RangePoint, SuccessStatement

LEWISHAM, BROMLEY, LONDON = "E09000023", "E09000006", "E12000007"

COUNCIL = Actor("council", "Ada Council", Role.BOROUGH_LEAD, Body.COUNCIL, LEWISHAM)
COUNCIL_TOO = Actor("council-too", "Ann Council", Role.BOROUGH_LEAD, Body.COUNCIL, LEWISHAM)
POLICE = Actor("police", "Bob Police", Role.BOROUGH_LEAD, Body.POLICE, LEWISHAM)
ELSEWHERE = Actor("elsewhere", "Cy Bromley", Role.BOROUGH_LEAD, Body.COUNCIL, BROMLEY)
OFFICER = Actor("officer", "Di Officer", Role.MOPAC_OFFICER, Body.MOPAC, None)
MAYOR = Actor("mayor", "Ed Deputy", Role.DEPUTY_MAYOR, Body.DEPUTY_MAYOR, None)
CLERK = Actor("clerk", "Fay Clerk", Role.CLERK, Body.ASSEMBLY, None)
ADMIN = Actor("admin", "Gus Admin", Role.ADMINISTRATOR, Body.MOPAC, None)
EVERYONE = (COUNCIL, COUNCIL_TOO, POLICE, ELSEWHERE, OFFICER, MAYOR, CLERK, ADMIN)


def add_people(session, now):
    with acting(session, command("tests"), "add people", now, ""):
        for person in EVERYONE:
            session.add(
                Account(
                    id=person.account_id,
                    email=f"{person.account_id}@example.org",
                    name=person.name,
                    role=person.role,
                    body=person.body,
                    area_code=person.area_code,
                    is_active=True,
                    failed_attempts=0,
                )
            )


SUCCESS = SuccessStatement(
    improving="Fewer burglaries than the range gives for the year",
    over="2027/28",
    measure_ids=("burglary",),
    not_counted="A fall that is only a change of recording",
)


def borough_entry(**changes):
    fields = {
        "plan_id": "2025-2029",
        "title": "Burglary",
        "rationale": "High against similar boroughs for two years",
        "success": SUCCESS,
        "notice_days": 28,
        "in_force_from": date(2027, 4, 1),
        "review_on": date(2028, 4, 30),
        "area_code": LEWISHAM,
        "financial_year": "2027/28",
        "sort": Sort.VOLUME,
        "carried": Carried.NEW,
        "measure_id": "burglary",
        "evidence_sheet": {"release": "2026-10", "rows": [{"measure": "burglary", "letter": "W"}]},
        "residents_asked": "Ward panels asked for burglary and for noise",
        "residents_answered": "Burglary is chosen; noise is the council's own work",
    }
    return BoroughEntry(**(fields | changes))


def london_entry(**changes):
    fields = {
        "plan_id": "2025-2029",
        "title": "Fewer people robbed",
        "rationale": "Robbery harms young Londoners most",
        "success": SUCCESS,
        "notice_days": 28,
        "in_force_from": date(2027, 4, 1),
        "review_on": date(2028, 4, 30),
        "basket": Basket(volume=("robbery_personal", "robbery_business")),
    }
    return LondonEntry(**(fields | changes))


def ranges_for(measure_ids, area_code):
    """What the live release would give: one month, and the year."""
    point = RangePoint(period_start=date(2027, 4, 1), centre=100, lower_80=90, upper_80=110, lower_95=85, upper_95=115)
    return tuple(
        ExpectedRange(
            measure_id=measure,
            area_code=area_code,
            release_id="2026-10",
            editions=("mps-2026-10",),
            method="negative binomial with trend and season",
            fixed_on=date(2026, 11, 22),
            points=(point,),
            year=point,
        )
        for measure in measure_ids
    )
