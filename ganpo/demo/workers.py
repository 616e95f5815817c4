"""The made-up province's workers: who took part in its contests, once each, with what forms here always ask.

ID numbers begin with 360000, which no county has, and carry a right check digit; telephones belong to nobody's
network in that order. Everything is drawn from the caller's random numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from foundation.base.identity import check_digit
from foundation.people import workers
from foundation.people.worker_facts import Given
from ganpo.demo.people import Person
from ganpo.demo.works import SEED

MOST = 60
EDUCATIONS = ("senior", "vocational", "college", "bachelor")
GRADES = ("intermediate", "senior", "senior", "technician", "senior_technician")
POLITICS = ("masses", "masses", "masses", "league", "party")
BORN_YOUNG = 17  # years ago: one youth, who has no public page


@dataclass(frozen=True, slots=True)
class Trade:
    """Somebody with the occupation in which they took part."""

    person: Person
    occupation: str
    code: str


def draw_facts(random: Random, number: int, trade: Trade, today: date) -> Given:
    """Everything that is asked about the `number`th worker."""
    years = BORN_YOUNG if number == MOST // 2 else random.randint(23, 57)
    born = date(today.year - years, 12 if years == BORN_YOUNG else random.randint(1, 12), random.randint(1, 28))
    order = 2 * number + (0 if trade.person.woman else 1)  # the last digit of the order is even for women
    first = f"360000{born:%Y%m%d}{order:03}"
    return Given(
        name=trade.person.name,
        id_number="" if number % 9 == 4 else first + check_digit(first),  # some records of past years have none
        phone=f"1990000{number:04}",
        gender="female" if trade.person.woman else "male",
        birth_date=born,
        ethnicity="畲族" if number % 20 == 7 else "汉族",
        politics=random.choice(POLITICS),
        education=random.choice(EDUCATIONS),
        grade="apprentice" if years == BORN_YOUNG else random.choice(GRADES),
        occupation=trade.occupation,
        occupation_code=trade.code,
        migrant=number % 8 == 3,
        new_form=False,
        front_line=number % 6 != 5,
    )


async def make_workers(
    trades: Iterable[Trade], units: Mapping[str, int], by: str, today: date, now: datetime
) -> Mapping[str, int]:
    """Register those whose unit is in the tree, each once; answers ids by name."""
    random = Random(f"{SEED}:workers")  # noqa: S311 - nothing secret
    made: dict[str, int] = {}
    for trade in trades:
        unit = units.get(trade.person.unit.name)
        if unit is None or trade.person.name in made or len(made) == MOST:
            continue
        given = draw_facts(random, len(made), trade, today)
        made[trade.person.name], _ = await workers.create(given, unit, by, now)
    return made
