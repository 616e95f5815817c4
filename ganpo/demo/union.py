"""The made-up province's union tree: the federation, its cities and industries, a few counties, every unit's union.

Knows names and the writers of organisations and posts. Units and people do not exist; the cities are where they are.
"""

from collections.abc import Mapping
from datetime import datetime

from foundation.base.codes import check_character
from foundation.people import organisations, posts
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import ROOT_ID
from ganpo.demo.cast import CAST
from ganpo.demo.units import CITIES, UNITS

NEW_AREA = "赣江新区"
INDUSTRIES = {"电力": "省电力工会", "交通": "省交通运输工会"}
BELOW_CITIES = {
    "南昌": (("云岫县总工会", Kind.COUNTY), ("青岫航空园区工会", Kind.PARK)),
    "景德镇": (("瓷溪县总工会", Kind.COUNTY),),
    "赣州": (("榕溪县总工会", Kind.COUNTY), ("稀禾新材料园区工会", Kind.PARK)),
    "宜春": (("樟溪县总工会", Kind.COUNTY),),
}
SMALL = "青石巷小微企业联合工会"  # of small firms, below Nanchang's county
SECTIONS = {"交通": "G", "铁路": "G", "电力": "D", "信息服务": "I"}  # of GB/T 4754; all other units make things
MAKING = "C"
PUBLIC = {"电力", "铁路", "交通"}


def _code(number: int) -> str:
    """A made-up enterprise's code, with the right check character."""
    first = f"91360000MADEM{number:04}"
    return first + check_character(first)


async def make_union(by: str, now: datetime) -> dict[str, int]:
    """Make the tree; answers ids by name."""
    ids: dict[str, int] = {}

    async def put(parent: int, name: str, kind: Kind, **facts: object) -> int:
        draft = Draft(name=name, kind=kind, **facts)  # type: ignore[arg-type]
        ids[name] = await organisations.create(parent, draft, by, now)
        return ids[name]

    homes: dict[str, int] = {}
    for position, city in enumerate(CITIES, start=1):
        homes[city] = await put(ROOT_ID, f"{city}市总工会", Kind.CITY, short_name=city, position=position)
    homes[NEW_AREA] = await put(
        ROOT_ID, f"{NEW_AREA}工会联合会", Kind.NEW_AREA, short_name=NEW_AREA, position=len(CITIES) + 1
    )
    for position, (industry, name) in enumerate(INDUSTRIES.items(), start=len(CITIES) + 2):
        homes[industry] = await put(ROOT_ID, name, Kind.INDUSTRY, position=position)
    homes["铁路"] = await put(ROOT_ID, "江右铁路工务段工会", Kind.DIRECT, position=len(CITIES) + 9)
    for city, below in BELOW_CITIES.items():
        for name, kind in below:
            await put(homes[city], name, kind)
    await put(ids["云岫县总工会"], SMALL, Kind.JOINT)
    for number, unit in enumerate(UNITS, start=1):
        home = homes.get(unit.city) or homes[unit.industry]
        await put(
            home,
            unit.name,
            Kind.ENTERPRISE,
            code=_code(number) if number % 3 else "",
            industry=SECTIONS.get(unit.industry, MAKING),
            chain=unit.industry,
            ownership="public" if unit.industry in PUBLIC else "non_public",
            headcount=120 + number * 37 % 900,
        )
    return ids


async def give_posts(accounts: Mapping[str, int], ids: Mapping[str, int], by: str, now: datetime) -> None:
    """Posts below the federation, as the cast says."""
    for member in CAST:
        for name, roles in member.posts:
            await posts.give(accounts[member.sign_in], ids[name], roles, by, now)
