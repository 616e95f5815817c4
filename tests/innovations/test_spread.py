"""Innovations that travel: a unit tells, the makers answer, and everyone sees what was agreed on."""

import asyncio
import re
from datetime import date

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.transactions import transaction
from ganpo.desk import OF_HATS, gathered
from innovations import innovation_versions, innovations, spread_reads, spreads
from innovations.innovation_tables import Innovation, Spread
from innovations.library_reads import one
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.shown_innovation import Travel
from innovations.rules.spread_form import Told, answer_problems, read_told
from tests.innovations.made_up import NOW, Here, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovations import handed_in, refused, revision
from tests.innovations.test_proposal_pages import sentences
from tests.web import visitors

TOLD = Told(date(2026, 3, 2), "两台收卷机改完，断带少了七成")
FORM = {"since_on": "2026-03-02", "result": TOLD.result}


async def published(here: Here) -> tuple[int, str]:
    """An innovation of 云窑 that everyone may read: its id and address."""
    number = await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW)
    await handed_in(number)
    await innovations.set_publicity(number, Publicity.PUBLIC, BenefitShown.HIDDEN, await revision(number), 3, NOW)
    for step in ("take_in", "award"):
        async with transaction():
            await innovations.move(await innovations.locked(number), step, "", 9, NOW)
    row = await Innovation.select(Innovation.address).where(Innovation.id == number).first()
    assert row is not None
    return number, row["address"]


async def told(here: Here, number: int, place: str = "other", said: Told = TOLD) -> int:
    return await spreads.tell(number, here.places[place], said, here.people["tao"], NOW)


async def answered(here: Here, spread: int, agree: bool = True, reason: str = "") -> None:
    row = await Spread.select(Spread.revision).where(Spread.id == spread).first()
    assert row is not None
    await spreads.answer(spread, agree, reason, row["revision"], here.people["mei"], NOW)


async def test_everyone_sees_it_once_its_makers_agree_and_no_more_when_it_is_taken_back(database):
    here = await works()
    number, address = await published(here)
    spread = await told(here, number)
    assert (await one(address)).said.travels == ()
    await answered(here, spread)
    first = Travel("素坯里陶瓷有限公司", "景德镇市总工会", 2026, 3, TOLD.result)
    assert (await one(address)).said.travels == (first,)
    far = await told(here, number, "far", Told(date(2025, 12, 1), "也用上了", here.places["other"]))
    await answered(here, far)
    second = Travel("九江市总工会", "九江市总工会", 2025, 12, "也用上了", "素坯里陶瓷有限公司")
    assert (await one(address)).said.travels == (second, first)
    await spreads.take_back(far, 2, here.people["tao"], NOW)
    assert (await one(address)).said.travels == (first,)
    acts = [entry.act for entry in await ledger.entries(innovations.subject(number), limit=50)]
    told_of = sorted(act.rpartition(".")[2] for act in acts if "spread" in act)
    assert told_of == ["spread_agreed", "spread_agreed", "spread_taken_back", "spread_told", "spread_told"]


async def test_a_unit_that_took_its_word_back_is_named_by_nobody_else_s(database):
    here = await works()
    number, address = await published(here)
    source = await told(here, number)
    await answered(here, source)
    far = await told(here, number, "far", Told(date(2026, 4, 1), "也用上了", here.places["other"]))
    await answered(here, far)
    learned = [each.learned_from for each in (await one(address)).said.travels]
    assert learned == ["", "素坯里陶瓷有限公司"]
    await spreads.take_back(source, 2, here.people["tao"], NOW)
    assert (await one(address)).said.travels == (Travel("九江市总工会", "九江市总工会", 2026, 4, "也用上了"),)
    left = await spread_reads.of_innovation(number)
    assert [await spread_reads.learned_at(each) for each in left] == ["素坯里陶瓷有限公司"]  # as it was told


async def test_what_the_makers_declined_is_told_anew_and_nothing_of_it_is_public(database):
    here = await works()
    number, address = await published(here)
    spread = await told(here, number)
    assert await refused(told(here, number)) == [("", "spread_told")]
    await answered(here, spread, agree=False, reason="对方用的是另一种摆辊")
    assert (await one(address)).said.travels == ()
    assert await told(here, number) == spread
    row = await Spread.select().where(Spread.id == spread).first()
    assert row is not None
    assert (row["declined_at"], row["answer"], row["answered_by"]) == (None, "", None)


async def test_one_answers_once(database):
    here = await works()
    number, _ = await published(here)
    spread = await told(here, number)
    late = [spreads.answer(spread, agree, "不是", 1, here.people["mei"], NOW) for agree in (True, False)]
    done = await asyncio.gather(*late, return_exceptions=True)
    assert sorted(type(each) for each in done if each is not None) == [Refused]
    assert await refused(spreads.correct(spread, TOLD, 2, here.people["tao"], NOW)) == [("", "spread_answered")]


async def test_only_what_is_public_and_somebody_elses_travels(database):
    here = await works()
    number, _ = await published(here)
    assert await refused(told(here, number, "works")) == [("", "spread_own")]
    unknown = Told(TOLD.since_on, "x", here.places["far"])
    assert await refused(told(here, number, said=unknown)) == [("learned_from", "spread_from")]
    await innovations.set_publicity(number, Publicity.INTERNAL, BenefitShown.HIDDEN, await revision(number), 3, NOW)
    with pytest.raises(NotFound):
        await told(here, number)


async def test_two_units_that_become_one_use_it_once_and_never_their_own(database):
    here = await works()
    number, address = await published(here)
    await answered(here, await told(here, number))
    await answered(here, await told(here, number, "far", Told(date(2025, 12, 1), "也用上了", here.places["other"])))
    async with transaction():
        await spreads._follow_organisation(here.places["other"], here.places["county"])
    travels = (await one(address)).said.travels
    assert [(each.unit, each.learned_from) for each in travels] == [
        ("九江市总工会", "云岫县总工会"),
        ("云岫县总工会", ""),
    ]
    async with transaction():
        await spreads._follow_organisation(here.places["county"], here.places["works"])
    assert [each.unit for each in (await one(address)).said.travels] == ["九江市总工会"]


async def test_through_the_pages_and_nothing_for_strangers(database):
    here = await works()
    number, address = await published(here)
    async with visitors() as web:
        taker, maker, county = [await web.signed_in(name) for name in ("tao", "mei", "yun")]
        at = f"/spreads/new/{address}"
        assert FOIL.title in (await taker.get(at)).text
        empty = await taker.post(at, {"since_on": "2099-01-01", "result": " "})
        assert sentences(empty) == ["开始应用后才能填报。", "请填写在本单位的应用效果。"]
        page = (await taker.post(at, FORM)).headers["location"].partition("?")[0]
        shown = re.search(r'name="revision" value="(\d+)"', (await taker.get(page)).text).group(1)
        assert (await taker.post(page, {**FORM, "result": "三台", "revision": shown})).status_code == 303
        waiting = [todo.what for todo in await gathered(await here.user("mei"), OF_HATS)]
        assert Problem("todo_innovations_spread", "", {"count": "1"}) in waiting
        answer = {"word": "decline", "reason": "", "revision": "2"}
        assert sentences(await maker.post(f"{page}/answer", answer)) == ["请写明不予确认的理由。"]
        assert (await taker.post(f"{page}/answer", {**answer, "word": "agree"})).status_code == 404
        for stranger in (county, web.visitor()):
            assert (await stranger.get(page)).status_code in {303, 404}
        assert (await maker.post(f"{page}/answer", {**answer, "word": "agree"})).status_code == 303
        public = await web.visitor().get(f"/innovations/{address}")
        for word in ("推广应用", "素坯里陶瓷有限公司", "三台", "2026-03"):
            assert word in public.text
        said = (await web.visitor().get(f"/api/innovations/{address}")).json()
        assert said["travels"] == [
            {"unit": "素坯里陶瓷有限公司", "city": "景德镇市总工会", "year": 2026, "month": 3, "result": "三台",
             "learned_from": None},
        ]  # fmt: skip
        for visitor in (taker, maker):
            assert FOIL.title in (await visitor.get("/spreads")).text
        assert (await taker.post(f"{page}/removal", {"revision": "3"})).status_code == 303
        assert "三台" not in (await web.visitor().get(f"/innovations/{address}")).text
        assert (await web.visitor().get(f"/api/innovations/{address}")).json()["travels"] == []
    assert await spread_reads.of_innovation(number) == []
    assert await innovation_versions.listed(number)


def test_the_form_is_read_and_told_at_its_fields():
    today, offered = date(2026, 5, 12), frozenset({7})
    assert read_told({**FORM, "learned_from": "7"}, today, offered) == (Told(TOLD.since_on, TOLD.result, 7), [])
    wrong = read_told({"since_on": "春天", "result": "字" * 1001, "learned_from": "8"}, today, offered)
    assert [(each.field, each.code) for each in wrong[1]] == [
        ("since_on", "spread_day"), ("result", "innovation_long"), ("learned_from", "spread_from"),
    ]  # fmt: skip
    assert answer_problems("agree", "") == []
    assert [each.code for each in answer_problems("", "")] == ["spread_word"]


async def test_what_waits_comes_first_and_all_of_the_others_are_found_page_by_page(database, monkeypatch):
    monkeypatch.setattr(spread_reads, "PAGE", 1)
    here = await works()
    number, _ = await published(here)
    spreads_of = [await told(here, number, place) for place in ("other", "far", "county")]
    async with visitors() as web:
        makers = await web.signed_in("mei")

        async def links(address: str = "/spreads") -> list[int]:
            return [int(one) for one in re.findall(r'href="/spreads/(\d+)"', (await makers.get(address)).text)]

        assert await links() == spreads_of[:1]  # the oldest that waits
        await answered(here, spreads_of[0])
        assert await links() == [spreads_of[1], spreads_of[0]]
        await answered(here, spreads_of[1], agree=False, reason="不是本单位的成果")
        await answered(here, spreads_of[2])
        assert await links() == [spreads_of[2]]
        page = (await makers.get("/spreads")).text
        older = re.search(r'href="(/spreads\?given=\d+)"', page).group(1)
        assert await links(older) == [spreads_of[1]]
        assert (await makers.get("/spreads?given=x")).status_code == 404
