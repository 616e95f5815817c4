"""Honours for tests: 冯砚秋 of the kiln, her city, and everything that the public could see.

here = await place()                       # city, kiln, other, worker
honour = await honoured(here)              # 赣鄱工匠, conferred
await shown()                              # the public register: one line each, by honour
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from craftsmen import honours
from craftsmen.rules.honours import HonourDraft, PartialDate
from craftsmen.showcase_tables import ShownHonour, ShownName
from craftsmen.visible_lists import visible
from foundation.base.problem import Problem, Refused
from foundation.store.transactions import transaction
from tests.foundation.people.workers_made_up import YANQIU, make, units

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
MAY = PartialDate(2026, 5, 1)
DOCUMENT = "赣工发〔2026〕3号"
BY = "account:7"


@dataclass(frozen=True, slots=True)
class Here:
    city: int
    kiln: int
    other: int
    worker: int


async def place() -> Here:
    city, kiln, other = await units()
    return Here(city, kiln, other, await make(kiln, id_number=YANQIU, occupation="陶瓷拉坯工"))


def draft(here: Here, **more: Any) -> HonourDraft:
    return replace(HonourDraft("ganpo-craftsman", 2026, worker=here.worker, edition=8, source="round:2026-1"), **more)


async def honoured(here: Here, **more: Any) -> int:
    async with transaction():
        return await honours.register(draft(here, **more), DOCUMENT, MAY, BY, NOW)


async def refused(work: Any) -> list[Problem]:
    """What the work was refused for, within a transaction that it alone spoils."""
    with pytest.raises(Refused) as refusal:
        async with transaction():
            await work
    return list(refusal.value.problems)


async def shown() -> dict[int, dict[str, Any]]:
    return {row["honour"]: row for row in await ShownHonour.select().where(visible(ShownHonour.honour_list))}


async def everything_shown() -> str:
    """All that the public tables hold, as one text to be searched."""
    return repr([await ShownHonour.select(), await ShownName.select()])
