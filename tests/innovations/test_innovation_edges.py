"""Innovations at their edges: a name written over another, a return that was withdrawn from, two records of one person,
a proposal with long names, an award that a further round looks at, what was merged or withdrawn in the lists.
"""

import dataclasses

import pytest
from msgspec.structs import replace

from foundation.people import worker_merging, workers
from foundation.people.worker_facts import Given
from foundation.store.transactions import transaction
from foundation.work import returns, two_person
from ganpo.desk import OF_HATS, gathered
from innovations import innovation_chain, innovation_reads, innovations, review_entries, same_as, same_as_merging
from innovations.innovation_tables import InnovationAuthor
from innovations.rules.review_steps import EntryStage
from tests.innovations.made_up import NOW, SAID, works
from tests.innovations.reviews_made_up import ready
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovation_pages import BEGUN, WRITTEN, begun, photograph, posted
from tests.innovations.test_innovations import handed_in, refused, revision, row_of
from tests.innovations.test_proposal_pages import sentences
from tests.innovations.test_same_as import WHY, asked, linked, merged, second, two
from tests.web import visitors


async def people_of(number: int) -> list[tuple[str, int | None]]:
    rows = await InnovationAuthor.select().where(InnovationAuthor.innovation == number).order_by(
        InnovationAuthor.position
    )
    return [(row["name"], row["worker"]) for row in rows]


async def test_a_name_written_over_another_takes_nobodys_record_along(database):
    here = await works()
    other, _ = await workers.create(Given("占云帆"), here.places["works"], "test", NOW)
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        at = f"{await begun(clerk)}/text"
        number = int(at.split("/")[3])
        assert (await posted(clerk, at, {**WRITTEN, "worker-1": str(here.worker)}, at)).status_code == 303
        assert await people_of(number) == [("冯砚秋", here.worker), ("占云帆", None)]
        # The field of the record still says what it said when the page was opened.
        over = {**WRITTEN, "author-1": "别的人", "worker-1": str(here.worker)}
        assert (await posted(clerk, at, over, at)).status_code == 303
        assert await people_of(number) == [("别的人", None), ("占云帆", None)]
        # Somebody of the unit who is called otherwise than the row says is not its author either.
        crossed = {**WRITTEN, "worker-1": str(other), "worker-3": str(here.worker)}
        assert (await posted(clerk, at, crossed, at)).status_code == 303
        assert await people_of(number) == [("冯砚秋", None), ("占云帆", None)]


async def test_withdrawn_after_a_return_and_taken_up_it_is_written_like_any_draft(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)
    await handed_in(number)
    async with transaction():
        await innovations.give_back(number, {"section-use": "用在哪几条线?"}, 9, NOW)
    await innovations.withdraw(number, "改做二期", await revision(number), 3, NOW)
    assert await returns.open_fields(innovations.subject(number)) is None
    await innovations.take_up(number, await revision(number), 3, NOW)
    await innovations.save(number, replace(FOIL, title="二期"), await revision(number), 3, NOW)
    assert await handed_in(number) == 2
    await innovations.save(number, replace(FOIL, title="二期改名"), await revision(number), 3, NOW)


async def test_two_records_of_one_person_are_no_new_list_of_people(database):
    here = await works()
    one, other = await two(here)
    again, _ = await workers.create(Given("甲"), here.places["works"], "test", NOW)
    twin, _ = await workers.create(Given("甲", phone="19900000777"), here.places["works"], "test", NOW)
    named = replace(FOIL, authors=(replace(FOIL.authors[0], worker=twin), *FOIL.authors[1:]))
    await innovations.save(one, named, await revision(one), 3, NOW)
    await handed_in(one)
    act = await worker_merging.ask_merge(again, twin, here.people["yue"], "同一人", NOW)
    await two_person.confirm(act, here.people["yun"], NOW)
    assert await people_of(one) == [("甲", again), *((name, None) for name in "乙丙丁戊")]
    await merged(here, one, other)
    assert (await row_of(one))["version"] == 3


async def test_names_of_a_proposal_that_are_longer_than_a_name_break_nothing(database):
    here = await works()
    long = "烧成车间丙班" * 12
    number, _ = await here.sent(dataclasses.replace(SAID, others=long))
    await here.verified(number)
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        answer = await clerk.post("/innovations/desk", {**BEGUN, "proposal": str(number)})
        assert answer.status_code == 303, sentences(answer)
        page = await clerk.get(str(answer.headers["location"]))
        assert "冯砚秋" in page.text
        assert long[:40] in page.text


@pytest.mark.parametrize("stays", [True, False])
async def test_no_credit_is_merged_while_a_further_round_reviews_what_has_an_award(database, stays):
    found = await ready()
    here, one, other = found.here, found.innovations["夹具"], found.innovations["料架"]
    async with transaction():  # a city's prize
        for step in ("take_in", "award"):
            await innovations.move(await innovations.locked(one), step, "", 9, NOW)
    await found.entered()
    link = await linked(here, one, other)
    await review_entries.leave(found.entries["料架"], EntryStage.WITHDRAWN, "只报一项", found.by, NOW)
    assert [(await row_of(each))["stage"] for each in (one, other)] == ["awarded", "handed_in"]

    async def asked_for() -> int:
        typed = {"share-1": "60", "share-2": "40", "reason": WHY}
        main = one if stays else other
        return await same_as_merging.ask(link, main, typed, here.places["county"], here.people["yun"], NOW)

    assert await refused(asked_for()) == [("", "same_stage")]
    await review_entries.leave(found.entries["夹具"], EntryStage.WITHDRAWN, "只报一项", found.by, NOW)
    assert await asked_for()


async def test_a_kind_that_is_not_chosen_hides_no_other_problem(database):
    await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        page = await clerk.post("/innovations/desk", {**BEGUN, "title": "", "kind": "", "field": "?", "year": "1"})
        assert page.status_code == 422
        assert len(sentences(page)) == 4


async def test_all_that_is_wrong_with_a_picture_is_told_at_once(database):
    await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        at = await begun(clerk)
        page = await clerk.post(
            f"{at}/pictures", {"alt": "", "caption": "长" * 201}, files={"picture": ("p.jpg", photograph(), "image/jpeg")}
        )
        assert page.status_code == 422
        assert len(sentences(page)) == 2


async def test_the_chain_tells_every_award_and_keeps_them_once_it_is_merged(database):
    here = await works()
    one, other = await two(here, award=False)
    for name in ("市一等奖", "省二等奖"):
        async with transaction():
            step = "take_in" if name == "市一等奖" else "take_in_again"
            await innovations.move(await innovations.locked(other), step, "", 9, NOW)
            await innovations.move(await innovations.locked(other), "award", name, 9, NOW)

    async def awards() -> list[str]:
        user = await here.user("tao")
        parts = await innovation_chain.parts(user, await innovation_reads.one(user, other))
        return [part.title for part in parts if part.what == "award"]

    assert await awards() == ["市一等奖", "省二等奖"]
    await merged(here, one, other)
    assert await awards() == ["市一等奖", "省二等奖"]


async def test_nobody_is_asked_about_what_is_merged_or_withdrawn(database):
    here = await works()
    one, other = await two(here, award=False)
    third = await innovations.begin(replace(FOIL, title="第三项"), here.places["other"], here.people["tao"], NOW)
    await handed_in(third)
    await same_as.link(other, third, WHY, here.people["yun"], NOW)
    await merged(here, one, other)

    async def waits(name: str) -> bool:
        rows = await gathered(await here.user(name), OF_HATS)
        return any(row.what.code == "todo_innovations_same" for row in rows)

    assert not await waits("tao")
    link = await same_as.link(one, third, WHY, here.people["yun"], NOW)
    assert await waits("tao")
    assert await waits("mei")
    await innovations.withdraw(third, "不再申报", await revision(third), 3, NOW)
    assert not await waits("tao")
    assert not await waits("mei")
    assert link


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_merged_already_is_not_offered_to_be_linked(database):
    here = await works()
    one, other = await two(here, award=False)
    third = await innovations.begin(replace(FOIL, title="极薄铜箔收卷张力"), here.places["works"], 3, NOW)
    await handed_in(third)
    await merged(here, one, other)
    gone = (await row_of(other))["address"]
    async with visitors() as web:
        officer = await web.signed_in("yun")
        page = await officer.get(f"/innovations/desk/{third}/same")
        assert f"?other={(await row_of(one))['address']}" in page.text
        assert f"?other={gone}" not in page.text
        dead = await officer.get(f"/innovations/desk/{other}/same")
        assert dead.status_code == 200
