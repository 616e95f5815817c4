"""Innovations that are one: linked by a union above both, said of by their units, their credit merged by two people."""

import asyncio

import pytest
from msgspec.structs import replace

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from ganpo.desk import OF_HATS, gathered
from innovations import (
    benefit_reads,
    innovation_reads,
    innovation_standing,
    innovation_versions,
    innovations,
    library_reads,
    same_as,
    same_as_merging,
    same_as_reads,
    subsidy_applications,
    subsidy_reads,
)
from innovations.innovation_tables import Benefit, InnovationStep, SameAs, SameAsWord
from innovations.rules.innovation_form import Author
from innovations.rules.publicity import BenefitShown, Publicity
from tests.innovations.made_up import NOW, Here, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovations import handed_in, refused, revision, row_of
from tests.innovations.test_proposal_pages import sentences
from tests.web import visitors

WHY = "同一装置，两个单位分别提交"
OTHER = replace(FOIL, title="铜箔收卷张力随卷径自动调节", authors=(Author("己", 60), Author("庚", 40)))
SHARES = dict(zip([f"share-{place}" for place in range(1, 8)], ["30", "15", "10", "10", "5", "20", "10"], strict=True))


async def two(here: Here, *, public: bool = True, award: bool = True) -> tuple[int, int]:
    """One of 云窑 and one of 素坯里, handed in; awarded and published where asked."""
    made = []
    for draft, place, who in ((FOIL, "works", "mei"), (OTHER, "other", "tao")):
        number = await innovations.begin(draft, here.places[place], here.people[who], NOW)
        await handed_in(number)
        if public:
            await innovations.set_publicity(
                number, Publicity.PUBLIC, BenefitShown.FIGURE, await revision(number), 3, NOW
            )
        for step in ("take_in", "award") if award else ():
            async with transaction():
                await innovations.move(await innovations.locked(number), step, "", 9, NOW)
        made.append(number)
    return made[0], made[1]


async def linked(here: Here, one: int, other: int) -> int:
    return await same_as.link(other, one, WHY, here.people["yun"], NOW)


async def asked(here: Here, link: int, main: int, **typed: str) -> int:
    values = {**SHARES, "reason": WHY, **typed}
    return await same_as_merging.ask(link, main, values, here.places["county"], here.people["yun"], NOW)


async def second(here: Here) -> int:
    """Another officer of the county."""
    made = await accounts.create_account("xiu", "xiu", ["officer"], "test", NOW, organisation_id=here.places["county"])
    return made[0]


async def merged(here: Here, one: int, other: int) -> int:
    link = await linked(here, one, other)
    await two_person.confirm(await asked(here, link, one), await second(here), NOW)
    return link


async def test_linked_both_stay_as_they_are_and_it_is_on_record(database):
    here = await works()
    one, other = await two(here)
    link = await linked(here, one, other)
    assert [(await row_of(each))["stage"] for each in (one, other)] == ["awarded"] * 2
    row = await SameAs.select().where(SameAs.id == link).first()
    assert (row["one"], row["other"], row["note"], row["merged_at"]) == (one, other, WHY, None)
    for each in (one, other):
        steps = await InnovationStep.select().where(InnovationStep.innovation == each).order_by(InnovationStep.id)
        assert (steps[-1]["step"], steps[-1]["note"]) == ("same_linked", WHY)
        acts = [entry.act for entry in await ledger.entries(innovations.subject(each), limit=50)]
        assert acts.count("innovation.same_linked") == 1
    assert await refused(linked(here, one, other)) == [("other", "same_linked_already")]
    await same_as.unlink(link, "实为两套装置", here.people["yun"], NOW)
    assert await SameAs.count() == 0
    assert await linked(here, one, other)


async def test_a_link_has_a_reason_and_two_ends(database):
    here = await works()
    one, other = await two(here, award=False)
    assert await refused(same_as.link(one, one, " ", 3, NOW)) == [("reason", "same_reason"), ("other", "same_itself")]
    with pytest.raises(NotFound):
        await same_as.link(one, 9_999, WHY, 3, NOW)
    link = await linked(here, one, other)
    assert await refused(same_as.unlink(link, "", 3, NOW)) == [("reason", "same_reason")]
    twins = await asyncio.gather(
        *(same_as.unlink(link, "不同", here.people["yun"], NOW) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in twins) == ["NoneType", "NotFound"]


async def test_units_say_what_they_think_and_may_think_again(database):
    here = await works()
    one, other = await two(here)
    link = await linked(here, one, other)
    assert await refused(same_as.say(link, one, False, " ", here.people["mei"], NOW)) == [("reason", "same_reason")]
    long = same_as.say(link, one, True, "长" * 501, here.people["mei"], NOW)
    assert await refused(long) == [("reason", "innovation_long")]
    await same_as.say(link, one, False, "两套装置原理不同", here.people["mei"], NOW)
    await same_as.say(link, one, True, "", here.people["mei"], NOW)
    rows = await SameAsWord.select()
    assert [(row["innovation"], row["agrees"], row["reason"]) for row in rows] == [(one, True, "")]
    with pytest.raises(NotFound):
        await same_as.say(link, one + 100, True, "", 3, NOW)


async def test_merged_one_stays_with_the_people_of_both_and_the_other_counts_no_more(database):
    here = await works()
    one, other = await two(here)
    addresses = [(await row_of(each))["address"] for each in (one, other)]
    for each in (one, other):
        await Benefit(
            innovation=each, from_month=1, from_year=2025, forecast="", claimed="", verified="", audit_note="",
            claimed_fen=100_00,
        ).save()  # fmt: skip
    link = await merged(here, one, other)
    said = await innovation_versions.one(one, 2)
    assert [(each.name, each.share, each.unit) for each in said.authors] == [
        ("甲", 30, ""), ("己", 20, "素坯里陶瓷有限公司"), ("乙", 15, ""), ("丙", 10, ""), ("丁", 10, ""),
        ("庚", 10, "素坯里陶瓷有限公司"), ("戊", 5, ""),
    ]  # fmt: skip
    assert said == replace(FOIL, authors=said.authors)
    assert await innovation_standing.authors_of(one) == said.authors
    assert [(await row_of(each))["stage"] for each in (one, other)] == ["awarded", "merged"]
    row = await SameAs.select().where(SameAs.id == link).first()
    assert (row["main"], row["merged_at"]) == (one, NOW)
    shown = await library_reads.one(addresses[0])
    assert [each.name for each in shown.said.authors][:2] == ["甲", "己"]
    with pytest.raises(NotFound):
        await library_reads.one(addresses[1])
    assert await same_as_reads.moved(addresses[1]) == addresses[0]
    whole, _ = await benefit_reads.totals(await here.user("yun"), "1.", None)
    assert (whole.counts["claimed"], whole.sums["claimed"]) == (1, 100_00)
    late = same_as.link(one, other, WHY, 3, NOW)
    assert await refused(late) == [("other", "same_merged")]
    assert await refused(same_as.unlink(link, "不同", 3, NOW)) == [("", "same_merged_already")]
    assert await refused(same_as.say(link, other, False, "不同", 3, NOW)) == [("", "same_merged_already")]
    assert await subsidy_reads.choices(here.places["other"]) == ([], False)


async def test_what_is_merged_gets_no_benefit_version_or_money(database):
    here = await works()
    one, other = await two(here, award=False)
    await merged(here, one, other)
    assert await refused(innovation_versions.hand_in(other, "", await revision(other), 3, NOW))
    withdrawn = innovations.withdraw(other, "撤回", await revision(other), 3, NOW)
    assert await refused(withdrawn) == [("", "innovation_step_late")]
    with pytest.raises((Refused, NotFound)):
        await subsidy_applications.begin(1, other, 3, NOW)


async def test_nobody_confirms_alone_and_nothing_may_have_changed_meanwhile(database):
    here = await works()
    one, other = await two(here)
    link = await linked(here, one, other)
    act = await asked(here, link, one)
    assert await refused(two_person.confirm(act, here.people["yun"], NOW)) == [("", "act_own")]
    assert await refused(asked(here, link, other)) == [("", "same_asked")]
    assert await refused(same_as.unlink(link, "不同", 3, NOW)) == [("", "same_asked")]
    await innovations.save(other, replace(OTHER, year=2024), await revision(other), 3, NOW)
    await handed_in(other, "补充")
    clerk = await second(here)
    assert await refused(two_person.confirm(act, clerk, NOW)) == [("", "same_changed")]
    await two_person.withdraw(act, here.people["yun"], NOW)
    again = await asked(here, link, one)
    twins = await asyncio.gather(*(two_person.confirm(again, clerk, NOW) for _ in range(2)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in twins) == ["NoneType", "Refused"]
    assert (await row_of(one))["version"] == 2


async def test_people_that_the_unit_is_changing_are_not_written_over(database):
    here = await works()
    one, other = await two(here)
    link = await linked(here, one, other)
    act = await asked(here, link, one)
    mine = replace(FOIL, authors=(replace(FOIL.authors[0], share=100),))
    await innovations.save(one, mine, await revision(one), here.people["mei"], NOW)
    assert await refused(two_person.confirm(act, await second(here), NOW)) == [("", "same_being_written")]
    assert (await row_of(other))["stage"] == "awarded"
    await two_person.withdraw(act, here.people["yun"], NOW)
    assert await refused(asked(here, link, one)) == [("", "same_being_written")]


async def test_what_was_written_since_the_last_version_stays_the_units_own(database):
    here = await works()
    one, other = await two(here)
    await innovations.save(one, replace(FOIL, title="新名称"), await revision(one), here.people["mei"], NOW)
    await merged(here, one, other)
    assert (await innovation_versions.one(one, 2)).title == FOIL.title
    assert (await row_of(one))["title"] == "新名称"


async def test_people_of_an_internal_innovation_never_become_public_by_it(database):
    here = await works()
    one, other = await two(here)
    await innovations.set_publicity(other, Publicity.INTERNAL, BenefitShown.HIDDEN, await revision(other), 3, NOW)
    link = await linked(here, one, other)
    assert await refused(asked(here, link, one)) == [("", "same_internal")]
    typed = {"share-1": "60", "share-2": "20", **{f"share-{place}": "4" for place in range(3, 8)}}
    act = await asked(here, link, other, **typed)
    await two_person.confirm(act, await second(here), NOW)
    address = (await row_of(one))["address"]
    assert await same_as_reads.moved(address) is None


@pytest.mark.parametrize("step", ["take_in", "return"])
async def test_nothing_is_merged_while_a_round_or_its_unit_works_on_it(database, step):
    here = await works()
    one, other = await two(here, award=False)
    link = await linked(here, one, other)
    async with transaction():
        await innovations.move(await innovations.locked(other), step, "", 9, NOW)
    assert await refused(asked(here, link, one)) == [("", "same_stage")]


async def test_everything_that_is_wrong_is_told_at_once(database):
    here = await works()
    one, other = await two(here)
    link = await linked(here, one, other)
    wrong = asked(here, link, one, **{"share-1": "", "share-7": "x", "reason": ""})
    assert await refused(wrong) == [
        ("share-1", "same_share_missing"), ("share-7", "same_share_wrong"), ("reason", "same_reason")
    ]  # fmt: skip
    assert await refused(asked(here, link, one, **{"share-1": "31"})) == [("share-1", "innovation_shares_sum")]
    with pytest.raises(NotFound):
        await same_as_merging.credit(link, one + 100)


async def test_the_rejected_question_leaves_the_link(database):
    here = await works()
    one, other = await two(here)
    link = await linked(here, one, other)
    act = await asked(here, link, one)
    await two_person.reject(act, await second(here), "比例须重新商定", NOW)
    row = await SameAs.select().where(SameAs.id == link).first()
    assert (row["act"], row["merged_at"]) == (None, None)
    await same_as.unlink(link, "不同", here.people["yun"], NOW)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_unit_is_told_of_the_other_only_what_it_may_read(database):
    here = await works()
    one, other = await two(here, public=False, award=False)
    await linked(here, one, other)
    user = await here.user("mei")
    found = (await same_as_reads.links(user, await innovation_reads.one(user, one)))[0]
    assert (found.other.title, found.other.unit, found.may_link, found.other_word) == ("", "", False, None)
    assert (await same_as_reads.listed(user))[0].other.title == ""
    above = await here.user("yun")
    told = (await same_as_reads.links(above, await innovation_reads.one(above, one)))[0]
    assert (told.other.title, told.may_link) == (OTHER.title, True)
    assert await same_as_reads.listed(await here.user("xun")) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_from_the_hint_to_the_library_in_the_pages(database):
    here = await works()
    one, other = await two(here)
    addresses = [(await row_of(each))["address"] for each in (one, other)]
    clerk_above = await second(here)
    async with visitors() as web:
        officer, helper, mei, tao, far = [await web.signed_in(each) for each in ("yun", "xiu", "mei", "tao", "xun")]
        at = f"/innovations/desk/{one}"
        assert f"{at}/same" in (await officer.get(at)).text
        assert f"{at}/same" not in (await mei.get(at)).text
        page = await officer.get(f"{at}/same")
        assert f"?other={addresses[1]}" in page.text  # it is much like it
        empty = await officer.post(f"{at}/same", {"other": "2026-9", "reason": " "})
        assert sentences(empty) == ["下级单位已提交的成果中没有这个编号。", "请写明理由。"]
        assert 'value="2026-9"' in empty.text
        assert (await officer.post(f"{at}/same", {"other": addresses[1], "reason": WHY})).status_code == 303
        link = (await SameAs.select(SameAs.id).first())["id"]
        for stranger in (far, web.visitor()):
            assert (await stranger.get(f"{at}/same")).status_code in {303, 404}
        for who in (mei, far):
            assert (await who.get(f"{at}/same/{link}/merging")).status_code == 404
            assert (await who.post(f"{at}/same/{link}/removal", {f"reason-{link}": "x"})).status_code == 404
        assert (
            await mei.post(f"/innovations/desk/{other}/same/{link}/word", {f"word-{link}": "agree"})
        ).status_code == 404
        waiting = [todo.what for todo in await gathered(await here.user("mei"), OF_HATS)]
        assert Problem("todo_innovations_same", "", {"count": "1"}) in waiting
        said = await mei.post(f"{at}/same/{link}/word", {f"word-{link}": "decline", f"why-{link}": ""})
        assert sentences(said) == ["请写明理由。"]
        assert (await mei.post(f"{at}/same/{link}/word", {f"word-{link}": "agree"})).status_code == 303
        assert Problem("todo_innovations_same", "", {"count": "1"}) not in [
            todo.what for todo in await gathered(await here.user("mei"), OF_HATS)
        ]
        assert "认可为同一成果" in (await officer.get(f"{at}/same")).text
        assert OTHER.title in (await mei.get("/innovations/same")).text
        merging = await officer.get(f"{at}/same/{link}/merging")
        for name in ("甲", "己", "素坯里陶瓷有限公司"):
            assert name in merging.text
        wrong = await officer.post(f"{at}/same/{link}/merging", {**SHARES, "share-1": "31", "reason": WHY})
        assert sentences(wrong) == ["贡献比例合计为 101，应为 100。"]
        assert 'value="31"' in wrong.text
        asked_for = await officer.post(f"{at}/same/{link}/merging", {**SHARES, "reason": WHY})
        act = int(asked_for.headers["location"].partition("?")[0].rpartition("/")[2])
        assert "己 20% · 素坯里陶瓷有限公司" in (await helper.get(f"/acts/{act}")).text
        await two_person.confirm(act, clerk_above, NOW)
        public = await web.visitor().get(f"/innovations/{addresses[1]}")
        assert (public.status_code, public.headers["location"].partition("?")[0]) == (
            303,
            f"/innovations/{addresses[0]}",
        )
        assert "己" in (await web.visitor().get(f"/innovations/{addresses[0]}")).text
        assert "已并入同一成果" in (await tao.get(f"/innovations/desk/{other}")).text
        assert "本项保留" in (await mei.get(f"{at}/same")).text
