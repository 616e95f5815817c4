"""One of everything that studios and exhibitions are about: a call, a studio applied for, a named one, a hall."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from foundation.base.clock import day_of
from foundation.people import workers
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.worker_facts import Given
from innovations import exhibition_reads, exhibitions, studio_members, studio_rounds, studios
from innovations.rules.exhibitions import ExhibitionDraft, TalkDraft
from innovations.rules.studio_calls import Call, CallDraft
from innovations.rules.studio_form import Body, StudioDraft
from innovations.rules.studios import Stage, Standards
from innovations.studio_tables import Studio

Fills = Sequence[tuple[str, Mapping[str, str]]]
ZONE = ZoneInfo("Asia/Shanghai")
FOUNDED = date(2022, 3, 1)


async def one_studio(unit: int, by: int, now: datetime) -> Fills:
    """The call asks nothing that would have to be made first."""
    asks_little = Standards(titled_leader=False, years=0, results=0, trainings=0, upgraded=0, place=False, rules=False)
    until = day_of(now) + timedelta(days=9)
    call = await studio_rounds.create(CallDraft("工作室申报", now.year, until, Call(asks_little)), ROOT_ID, by, now)
    await studio_rounds.freeze(call, 1, by, now, ZONE)
    leaders = [(await workers.create(Given(name), unit, "test", now))[0] for name in ("占云帆", "占素心", "汪小满")]
    applied, named = [
        await studios.begin(call, f"工作室{number}", leader, FOUNDED, unit, by, now)
        for number, leader in enumerate(leaders[:2])
    ]
    await studio_members.add(applied, leaders[2], FOUNDED, by, now)
    member = str((await studio_members.of(applied))[0]["id"])
    await studios.save(applied, StudioDraft("工作室0", "C", FOUNDED, Body(topics=("课题",))), [], 2, by, now)
    await studios.hand_in(applied, 3, by, now, ZONE)
    values = {
        Studio.stage: Stage.NAMED.value, Studio.level: "province", Studio.public: True, Studio.named_on: FOUNDED,
        Studio.named_until: until,
    }  # fmt: skip
    await Studio.update(values).where(Studio.id == named)
    public = {"address": (await studios.by_id(named)).address}
    of_call = {"number": str(call), "channel": "1"}
    return [
        ("/studios/files/", {"number": str(applied), "member": member}),
        ("/studios/channel/", of_call),
        ("/studios/desk/calls/", of_call),
        ("/studios/calls/", {"address": (await studio_rounds.by_id(call)).address}),
        ("/studios/", public),
        ("/api/studios/", public),
    ]


async def one_exhibition(by: int, now: datetime) -> Fills:
    """Open to everyone, with what stands in the library, and a talk."""
    draft = ExhibitionDraft("成果展", day_of(now), day_of(now), "")
    number = await exhibitions.create(draft, ROOT_ID, by, now)
    chosen = [one.innovation for one in await exhibition_reads.offers(number)]
    await exhibitions.choose(number, chosen, chosen, by)
    await exhibitions.add_talk(number, TalkDraft("讲", "", "一号厅", now, now + timedelta(hours=1)), by)
    await exhibitions.take_step(number, "show", by)
    talk = str((await exhibition_reads.talks(number))[0].id)
    address = (await exhibition_reads.public())[0].address
    return [
        ("/exhibitions/desk/", {"number": str(number), "talk": talk}),
        ("/exhibitions/", {"address": address, "number": "1"}),
        ("/api/exhibitions/", {"address": address}),
    ]
