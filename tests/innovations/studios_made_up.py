"""A call for studios by the federation, and 冯砚秋's studio at the works, for tests.

The works stand below the county of 景德镇; so their channel is the city's union, whose officer is 景. 签 is the second
person of the federation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replace_call
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from craftsmen import honours
from craftsmen.rules.honours import HonourDraft, PartialDate
from foundation.base import clock
from foundation.base.problem import Refused
from foundation.people import accounts, workers
from foundation.people.worker_facts import Given
from foundation.process import notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import innovation_versions, innovations, studio_lists, studio_naming, studio_rounds, studios
from innovations.rules.studio_calls import Call, CallDraft
from innovations.rules.studio_form import Body, StudioDraft
from innovations.rules.studios import Standards
from innovations.studio_tables import StudioRound
from innovations.studios import StudioFacts
from tests.innovations.made_up import NOW, ZONE, Here, works
from tests.innovations.rules.foil import FOIL

TODAY = NOW.date()
AFTER = NOW + timedelta(days=30)
ON = AFTER.date()
FOUNDED = date(2022, 3, 1)
STANDARDS = Standards(results=1, upgraded=1, fund=1_000_00)
CALL = CallDraft("2026年度劳模工匠创新工作室", 2026, date(2026, 5, 31), Call(STANDARDS, each=2))
CITY_CALL = replace_call(CALL, name="2026年度市级创新工作室")
BODY = Body("烧成车间二楼", 50_000_00, "例会、课题、经费三项制度", ("分水料水浓度",), trainings=4, upgraded=3)
SAID = ("工作室命名公示", "现予公示。", "省总工会经济技术部")
DOCUMENT = "赣工发〔2026〕9号"


async def refused(awaited: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [(problem.field, problem.code) for problem in raised.value.problems]


@dataclass
class Story:
    """A frozen call, and studios by name."""

    here: Here
    call: int
    by: int  # 省, an officer of the federation
    second: int  # 签, another one
    city: int  # 景, an officer of the channel
    channel: str = "city"  # on whose list the works' studios are
    ids: dict[str, int] = field(default_factory=dict)

    async def facts(self, name: str = "冯") -> StudioFacts:
        return await studios.by_id(self.ids[name])

    async def person(self, name: str, unit: str = "works", *, titled: bool = True) -> int:
        """A worker of a unit, with a title of craftsman."""
        made, _ = await workers.create(Given(name), self.here.places[unit], "test", NOW)
        if titled:
            await self.title(made)
        return made

    async def title(self, worker: int) -> int:
        async with transaction():
            draft = HonourDraft("ganpo-craftsman", 2025, worker=worker)
            return await honours.register(draft, "赣工发〔2025〕3号", PartialDate(2025, 5, 1), "test", NOW)

    async def made(self, title: str, unit: str = "works", worker: int = 0) -> int:
        """An innovation that a unit handed in, with the worker among its people."""
        people = (replace(FOIL.authors[0], worker=worker), *FOIL.authors[1:])
        draft = replace(FOIL, title=title, authors=people)
        number = await innovations.begin(draft, self.here.places[unit], self.by, NOW)
        await innovations.clear(number, 1, self.by, NOW)
        await innovation_versions.hand_in(number, "", 2, self.by, NOW)
        return number

    async def begun(self, name: str = "冯", leader: int = 0, unit: str = "works") -> int:
        leader = leader or self.here.worker
        self.ids[name] = await studios.begin(
            self.call, f"{name}工作室", leader, FOUNDED, self.here.places[unit], self.by, NOW
        )
        return self.ids[name]

    async def applied(self, name: str = "冯", leader: int = 0, unit: str = "works") -> int:
        """Begun with one result of its leader, written, and applied for."""
        leader = leader or self.here.worker
        await self.made(f"{name}的成果", unit, leader)
        number = await self.begun(name, leader, unit)
        one = await self.facts(name)
        draft = StudioDraft(f"{name}工作室", "C", FOUNDED, BODY)
        chosen = [each.id for each in await studios.studio_results.of(number)]
        await studios.save(number, draft, chosen, one.revision, self.by, NOW)
        await studios.hand_in(number, one.revision + 1, self.by, NOW, ZONE)
        return number

    async def listed(self, *names: str) -> None:
        """The city ranks these in this order and hands its list in; the office goes on to choose."""
        channel = self.here.places[self.channel]
        await studio_lists.rank(self.call, channel, [self.ids[one] for one in names], self.city, NOW)
        await studio_lists.hand_in(self.call, channel, self.city, NOW)
        await studio_rounds.close_lists(self.call, self.by)

    async def noticed(self, names: Sequence[str] = ("冯",)) -> None:
        """These are chosen, and their notice is open."""
        address = await studio_naming.open_notice(
            self.call, [self.ids[one] for one in names], *SAID, by=self.by, now=NOW, today=TODAY
        )
        row = await Notice.select(Notice.id).where(Notice.address == address).first()
        await notice_drafts.send(row["id"], self.by, NOW)
        await notice_drafts.approve(row["id"], self.second, NOW)
        await notices.open_notice(row["id"], self.by, NOW, ZONE)

    async def asked(self, document: str = DOCUMENT) -> int:
        return await studio_naming.ask_naming(self.call, document, ON, "评审会确定", self.by, AFTER, ON)

    async def named(self) -> StudioFacts:
        """The whole way: 冯砚秋's studio bears its name from `ON` on."""
        await self.applied()
        await self.listed("冯")
        await self.noticed()
        await two_person.confirm(await self.asked(), self.second, AFTER)
        return await self.facts()


async def named_by_the_city() -> tuple[Story, int]:
    """冯砚秋's studio bears its city's name, and the federation calls for studios; with the city's call."""
    story = await opened()
    province, story.channel = story.call, "county"
    city = await studio_rounds.create(CITY_CALL, story.here.places["city"], story.by, NOW)
    await studio_rounds.freeze(city, 1, story.by, NOW, ZONE)
    story.call = city
    await story.named()
    story.call, story.channel = province, "city"
    until = max(clock.today(), ON) + timedelta(days=30)  # pages ask on the real day
    await StudioRound.update({StudioRound.apply_until: until}).where(StudioRound.id == province)
    return story, city


async def opened(call: CallDraft = CALL) -> Story:
    here = await works()
    second, _ = await accounts.create_account(
        "qian", "qian", ["officer"], "test", NOW, organisation_id=here.places["root"]
    )
    city, _ = await accounts.create_account(
        "jing", "jing", ["officer"], "test", NOW, organisation_id=here.places["city"]
    )
    here.people |= {"qian": second, "jing": city}
    by = here.people["sheng"]
    number = await studio_rounds.create(call, here.places["root"], by, NOW)
    await studio_rounds.freeze(number, 1, by, NOW, ZONE)
    story = Story(here, number, by, second, city)
    await story.title(here.worker)
    return story
