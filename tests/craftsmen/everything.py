"""One of everything that craftsmen are about, each made by its own writer: for whoever asks every address there is.

    fills = await one_of_everything(unit, city, account)

A worker of the unit holds a title and has a public page, an apprentice, a talk, a case against a second honour; a
second worker is nominated in a running round of the federation; a list waits to be registered.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from PIL import Image

from craftsmen import (
    apprenticeships,
    cases,
    honour_acts,
    honours,
    lists,
    nominations,
    profiles,
    round_drafts,
    rounds,
    talks,
)
from craftsmen.round_tables import Channel
from craftsmen.rules.apprenticeships import Agreement
from craftsmen.rules.honours import HonourDraft, PartialDate
from craftsmen.rules.lists import ListDraft
from craftsmen.rules.profile_form import ProfileDraft
from craftsmen.rules.round_draft import RoundDraft
from craftsmen.rules.round_rules import Places, canonical, rules_hash
from craftsmen.rules.showing import PARTS, Work
from craftsmen.rules.talks import Kind, TalkDraft
from craftsmen.titles import by_code
from foundation.files import pictures, stored
from foundation.people import consents, workers
from foundation.people.worker_facts import Given
from foundation.store.transactions import transaction

TITLE = "ganpo-craftsman"
MAY = PartialDate(2026, 5, 1)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

Fills = Sequence[tuple[str, Mapping[str, str]]]
"""What stands for the parameters of routes whose paths begin so; the first that fits."""


async def one_of_everything(unit: int, city: int, by: int, now: datetime) -> Fills:
    """Make them; `by` is an account, `city` the channel that the unit stands below."""
    master, apprentice, nominee = [
        (await workers.create(Given(name, birth_date=date(1978, 5, 12)), unit, f"account:{by}", now))[0]
        for name in ("冯砚秋", "𠮷田", "饶㛃")
    ]
    honour, address, page = await _honoured(master, by, now)
    reported, _, _ = await _honoured(apprentice, by, now)
    paper = await stored.keep("举报材料.pdf", PDF, by, now)
    case = await cases.report((await honours.by_ids([reported]))[0], "fraud", "举报信查实", [paper], city, by, now)
    agreed = Agreement("釉下青花", "每周两个下午在窑前", date(2026, 5, 1), date(2029, 4, 30))
    agreement = await apprenticeships.create(master, apprentice, agreed, f"account:{by}", now, account=by)
    starts = now + timedelta(days=8)
    asked = TalkDraft(Kind.CAMPUS, "一把刻刀四十年", "报告厅", "", starts, starts + timedelta(hours=2), 300, "邹老师")
    talk = await talks.ask(master, asked, unit, "", by, now)
    taken, _ = await lists.create(ListDraft(TITLE, "2019 年命名名单", MAY), "姓名\t单位\n查济\t瓷厂\n", 1, by, now)
    nomination = await _nominated(nominee, city, by, now)
    channel = await Channel.select(Channel.id).order_by(Channel.id, ascending=False).first()
    assert channel is not None
    of_round = {
        "address": nomination.rpartition("-")[0], "section": "general", "number": "001", "ordinal": "1",
        "channel_id": str(channel["id"]), "kind": "docx",
    }  # fmt: skip
    given_back, signed = await honours.by_id(honour), await stored.keep("放弃声明.pdf", PDF, by, now)
    assert given_back is not None
    act = await honour_acts.ask_renounce(given_back, signed, "本人放弃", "本人来信", by, now)
    return [
        ("/acts/", {"act_id": str(act)}),
        ("/honours/cases/", {"case_id": str(case), "file_id": str(paper)}),
        ("/honours/lists/", {"list_id": str(taken)}),
        ("/honours/titles/", {"code": TITLE}),
        ("/honours/{", {"honour_id": str(honour), "file_id": str(signed)}),
        ("/honour-roll/", {"address": address}),
        ("/profiles/", page),
        ("/craftsmen/", page),
        ("/api/craftsmen/", page),
        ("/apprenticeships/", {"number": str(agreement), "worker_id": str(master)}),
        ("/talks/", {"number": str(talk)}),
        ("/rounds/", of_round),
        ("/panel/rounds/", of_round),
        ("/nominations/new/", of_round),
        ("/nominations/rounds/", of_round),
        ("/nominations/", {"address": nomination, "code": "approval", "kind": "docx"}),
        ("/workers/", {"worker_id": str(master)}),
    ]


async def _honoured(worker: int, by: int, now: datetime) -> tuple[int, str, Mapping[str, str]]:
    """An honour, its address, and its holder's public page with a portrait."""
    actor = f"account:{by}"
    async with transaction():
        honour = await honours.register(HonourDraft(TITLE, 2026, worker=worker), "赣工发〔2026〕3号", MAY, actor, now)
    row = await profiles.of_worker(worker)
    assert row is not None
    drawn = io.BytesIO()
    Image.new("RGB", (400, 500), "#1c459c").save(drawn, "JPEG")
    picture = await pictures.keep_picture("p.jpg", drawn.getvalue(), "在坯房", by, now)
    await profiles.put_picture(row["id"], "portrait", picture, "", actor, now)
    draft = ProfileDraft("二十六年分水", "她十九岁进坯房。", (Work("2019", "色卡"),), "一笔分水")
    await profiles.save(row["id"], draft, 2, actor, now)
    await profiles.approve(row["id"], 3, actor, now)
    await consents.say_all(worker, dict.fromkeys(PARTS, True), f"worker:{worker}", now)
    found = (await honours.by_ids([honour]))[0]
    return honour, found.address, {"address": row["address"], "picture": str(picture), "name": "portrait-320.webp"}


async def _nominated(worker: int, city: int, by: int, now: datetime) -> str:
    """The address of a nomination in a round of the federation whose rules are frozen."""
    title = await by_code(TITLE)
    assert title is not None
    rules = replace(round_drafts.EMPTY, places=(Places(city, "市总工会", 1),))
    address = await round_drafts.create(RoundDraft(title.id, 2026, 88, "第八十八届赣鄱工匠"), rules, 1, by, now)
    found = await rounds.round_by_address(address)
    assert found is not None
    await rounds.freeze(found.id, rules_hash(canonical(rules)), by, now)
    return await nominations.nominate(found.id, worker, f"account:{by}", now)
