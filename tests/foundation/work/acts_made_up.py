"""People and units for tests of acts of two people: a city, a county below it, and who works there.

cast = await make_cast()
act_id = await cast.ask(cast.lin, cast.county)      # of the kind `kind()`, which must be registered
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from foundation.base.problem import N_, Problem, Refused
from foundation.people import accounts, organisations, sessions
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind as UnitKind
from foundation.people.sessions import SignedIn
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from foundation.work.two_person import Asked, Kind

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
PASSWORD = "青花分水一千四百片试片"


async def _perform(act: Asked, by: int, now: datetime) -> None:
    if act.payload.get("refuse"):
        raise Refused(Problem("return_nothing", "somewhere"))
    ledger.record(stream=act.about, act="test.performed", actor=f"account:{by}", payload={"act": act.id})


async def _show(payload: Any) -> two_person.Shown:
    return [(N_("Entry"), str(payload["entry"]))]


def kind() -> Kind:
    return Kind("test.unlock", N_("Unlock an entry"), _perform, show=_show, address=lambda act: "/desk")


async def user(account_id: int) -> SignedIn:
    found = await sessions.from_token(await sessions.open_session(account_id, NOW), NOW)
    assert found is not None
    return found


async def account(sign_in: str, name: str, roles: list[str], organisation: int) -> int:
    made, code = await accounts.create_account(
        sign_in, name, roles, "cli", NOW - timedelta(days=1), organisation_id=organisation
    )
    await accounts.activate(sign_in, code, PASSWORD)
    return made


@dataclass
class Cast:
    """Lin is alone in the county; Feng (officer), Fu (reviewer) and Gu (clerk) are in the city, Ke in another."""

    city: int
    county: int
    other_city: int
    lin: int
    feng: int
    fu: int
    gu: int
    ke: int

    async def ask(self, by: int, organisation: int, about: str = "entry:7", **more: Any) -> int:
        async with transaction():
            return await two_person.ask(
                two_person.KINDS["test.unlock"], about, {"entry": 7, **more}, organisation, by, "A wrong mark.", NOW
            )


async def make_cast() -> Cast:
    city = await organisations.create(1, Draft("上饶市总工会", UnitKind.CITY), "cli", NOW)
    other = await organisations.create(1, Draft("九江市总工会", UnitKind.CITY), "cli", NOW)
    county = await organisations.create(city, Draft("广丰区总工会", UnitKind.COUNTY), "cli", NOW)
    return Cast(
        city=city,
        county=county,
        other_city=other,
        lin=await account("lin", "林砚", ["officer"], county),
        feng=await account("feng", "冯砚秋", ["officer"], city),
        fu=await account("fu", "傅远山", ["reviewer"], city),
        gu=await account("gu", "顾小满", ["clerk"], city),
        ke=await account("ke", "柯一舟", ["officer", "reviewer"], other),
    )
