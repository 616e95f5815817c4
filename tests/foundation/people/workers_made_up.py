"""Workers for tests: units below a city, and ID numbers that no county has."""

from datetime import UTC, date, datetime

from foundation.base.identity import check_digit
from foundation.people import organisations, workers
from foundation.people.organisations import Draft, Kind
from foundation.people.sessions import Hat, SignedIn
from foundation.people.worker_facts import Given, read_worker

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
TODAY = date(2026, 11, 2)


def id_number(born: str = "19900307", order: str = "002") -> str:
    """A number of the place 360000; an even `order` is a woman's."""
    first = f"360000{born}{order}"
    return first + check_digit(first)


YANQIU = id_number("19780512", "124")
PHONE = "13800001234"


async def units() -> tuple[int, int, int]:
    """A city with two enterprises: (city, kiln, other)."""
    city = await organisations.create(1, Draft("景德镇市总工会", Kind.CITY), "account:7", NOW)
    kiln = await organisations.create(city, Draft("云窑艺术瓷厂工会", Kind.ENTERPRISE), "account:7", NOW)
    other = await organisations.create(city, Draft("素坯里陶瓷有限公司工会", Kind.ENTERPRISE), "account:7", NOW)
    return city, kiln, other


def given(name: str = "冯砚秋", **more: str) -> Given:
    read, problems = read_worker({"name": name, **more}, TODAY)
    assert read is not None, problems
    return read


async def make(unit: int, name: str = "冯砚秋", **more: str) -> int:
    worker_id, made = await workers.create(given(name, **more), unit, "account:7", NOW)
    assert made
    return worker_id


async def wearing(organisation_id: int, *roles: str, account_id: int = 7) -> SignedIn:
    """Somebody signed in under a hat."""
    facts = await organisations.by_id(organisation_id)
    assert facts is not None
    hat = Hat(facts.id, facts.name, facts.path, frozenset(roles))
    return SignedIn(account_id=account_id, name="凌", csrf="x", session_id=1, hat=hat, hats=(hat,))
