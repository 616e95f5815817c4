"""Innovations at their edges: a name written over another, a return that was withdrawn from, two records of one person,
a proposal with long names, an award that a further round looks at, what was merged or withdrawn in the lists.
"""

import dataclasses
import html
from datetime import timedelta

import pytest
from msgspec.structs import replace

from foundation.people import consents, worker_merging, workers
from foundation.people.worker_facts import Given
from foundation.store.transactions import transaction
from foundation.work import returns, two_person
from ganpo.desk import OF_HATS, gathered
from innovations import (
    innovation_chain,
    innovation_earlier,
    innovation_own,
    innovation_papers,
    innovation_reads,
    innovation_versions,
    innovations,
    library_reads,
    review_entries,
    same_as,
    same_as_merging,
)
from innovations.innovation_tables import Innovation, InnovationAuthor, InnovationNamed
from innovations.piccolo_migrations import innovations_0061_named_indexes as filled
from innovations.rules.innovation_form import Author
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.review_steps import EntryStage
from tests.innovations.made_up import NOW, SAID, works
from tests.innovations.reviews_made_up import ready
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovation_pages import BEGUN, WRITTEN, begun, photograph, posted
from tests.innovations.test_innovations import handed_in, paper, refused, revision, row_of
from tests.innovations.test_proposal_pages import sentences
from tests.innovations.test_same_as import WHY, linked, merged, two
from tests.web import visitors


async def people_of(number: int) -> list[tuple[str, int | None]]:
    rows = (
        await InnovationAuthor.select().where(InnovationAuthor.innovation == number).order_by(InnovationAuthor.position)
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


async def test_two_records_of_one_person_in_one_list_become_one(database):
    here = await works()
    one, _ = await two(here)
    again, _ = await workers.create(Given("甲"), here.places["works"], "test", NOW)
    twin, _ = await workers.create(Given("甲", phone="19900000777"), here.places["works"], "test", NOW)
    people = (replace(FOIL.authors[0], worker=again), replace(FOIL.authors[1], worker=twin), *FOIL.authors[2:])
    await innovations.save(one, replace(FOIL, authors=people), await revision(one), 3, NOW)
    await handed_in(one)
    act = await worker_merging.ask_merge(again, twin, here.people["yue"], "同一人", NOW)
    await two_person.confirm(act, here.people["yun"], NOW)
    named = await InnovationNamed.select(InnovationNamed.worker).where(InnovationNamed.innovation == one)
    assert [row["worker"] for row in named] == [again]
    assert [found.id for found in await innovation_own.of_worker(again)] == [one]


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
            f"{at}/pictures",
            {"alt": "", "caption": "长" * 201},
            files={"picture": ("p.jpg", photograph(), "image/jpeg")},
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


async def test_whom_the_newest_version_names_it_names_whatever_list_is_being_written(database):
    here = await works()
    by, worker = here.people["mei"], here.worker
    names = (Author("冯砚秋", 60, worker=worker), Author("占云帆", 40))
    number = await innovations.begin(replace(FOIL, authors=names), here.places["works"], by, NOW)
    await handed_in(number)
    await innovations.set_publicity(number, Publicity.PUBLIC, BenefitShown.HIDDEN, await revision(number), by, NOW)
    for step in ("take_in", "award"):
        async with transaction():
            await innovations.move(await innovations.locked(number), step, "", 9, NOW)
    others = replace(FOIL, authors=(Author("占云帆", 100),))
    await innovations.save(number, others, await revision(number), by, NOW)  # and not handed in
    assert [one.id for one in await innovation_own.of_worker(worker)] == [number]
    await consents.say(worker, "name", True, f"worker:{worker}", NOW)
    await consents.say(worker, "name", False, f"worker:{worker}", NOW)
    address = (await row_of(number))["address"]
    assert [one.name for one in (await library_reads.one(address)).said.authors] == ["占云帆"]
    await handed_in(number)
    assert await innovation_own.of_worker(worker) == []


async def test_a_form_that_was_open_while_two_records_became_one_loses_nobody(database):
    here = await works()
    again, _ = await workers.create(Given("冯砚秋", phone="19900000777"), here.places["works"], "test", NOW)
    names = (Author("冯砚秋", 100, worker=here.worker),)
    number = await innovations.begin(replace(FOIL, authors=names), here.places["works"], here.people["mei"], NOW)
    open_since = await revision(number)
    act = await worker_merging.ask_merge(again, here.worker, here.people["yue"], "同一人", NOW)
    await two_person.confirm(act, here.people["yun"], NOW)
    nobody = replace(FOIL, authors=(Author("冯砚秋", 100),))  # what such a form comes to
    late = innovations.save(number, nobody, open_since, here.people["mei"], NOW)
    assert await refused(late) == [("", "innovation_stale")]
    named = replace(FOIL, authors=names)
    await innovations.save(number, named, await revision(number), here.people["mei"], NOW)
    assert await people_of(number) == [("冯砚秋", again)]


async def test_a_paper_that_a_review_has_decided_on_stays_in_the_next_round_too(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)
    await innovation_papers.add(number, await paper(), "report", 3, NOW)
    await handed_in(number)
    for step in ("take_in", "not_award"):
        async with transaction():
            await innovations.move(await innovations.locked(number), step, "", 9, NOW)
    await innovations.clear(number, await revision(number), 3, NOW)
    await innovation_versions.hand_in(number, "", await revision(number), 3, NOW + timedelta(days=1))
    await innovation_papers.add(number, await paper(), "report", 3, NOW)
    read, new = [one.id for one in await innovation_papers.of(number, own=True)]
    assert await refused(innovation_papers.take_off(number, read, 3, NOW)) == [("paper", "innovation_paper_reviewed")]
    await innovation_papers.take_off(number, new, 3, NOW)
    async with visitors() as web:
        page = await (await web.signed_in("mei")).get(f"/innovations/desk/{number}/enclosures")
        assert f"/papers/{read}/removal" not in page.text


async def test_what_stands_as_the_earlier_one_stays_chosen_beyond_the_end_of_the_list(database, monkeypatch):
    monkeypatch.setattr(innovation_earlier, "MOST", 1)
    here = await works()
    made = []
    for title in ("一代", "二代", "三代"):
        made.append(await innovations.begin(replace(FOIL, title=title), here.places["works"], 3, NOW))
    for number in made[:2]:
        await handed_in(number)
    await innovations.set_earlier(made[2], made[0], await revision(made[2]), 3, NOW)
    async with visitors() as web:
        page = await (await web.signed_in("mei")).get(f"/innovations/desk/{made[2]}")
        assert f'<option value="{made[0]}" selected' in page.text


async def test_an_innovation_older_than_the_list_is_chosen_by_its_number(database, monkeypatch):
    monkeypatch.setattr(innovation_earlier, "MOST", 1)
    here = await works()
    made = [
        await innovations.begin(replace(FOIL, title=title), here.places["works"], 3, NOW)
        for title in ("一代", "二代", "三代", "还没报送")
    ]
    for number in made[:2]:
        await handed_in(number)
    at = f"/innovations/desk/{made[2]}"
    rows = await Innovation.select(Innovation.id, Innovation.address)
    address = {row["id"]: row["address"] for row in rows}
    async with visitors() as web:
        mei = await web.signed_in("mei")
        for wrong in ("2019-0000007", address[made[3]], "<b>"):
            said = await posted(mei, f"{at}/earlier", {"earlier": str(made[1]), "earlier_number": wrong}, at)
            assert sentences(said) == [f"本单位没有提交过编号为“{html.escape(wrong)}”的成果。"]
        typed = f" {address[made[0]].replace('-', '—')} "
        assert (await posted(mei, f"{at}/earlier", {"earlier": "", "earlier_number": typed}, at)).status_code == 303
    row = await Innovation.select(Innovation.earlier).where(Innovation.id == made[2]).first()
    assert row == {"earlier": made[0]}


async def test_a_later_version_of_what_has_an_award_says_something_new(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)
    await handed_in(number)
    for step in ("take_in", "award"):
        async with transaction():
            await innovations.move(await innovations.locked(number), step, "", 9, NOW)
    again = innovation_versions.hand_in(number, "", await revision(number), 3, NOW)
    assert await refused(again) == [("", "innovation_nothing_new")]


async def test_versions_that_stood_there_before_name_their_workers_too(database):
    here = await works()
    names = (Author("冯砚秋", 60, worker=here.worker), Author("占云帆", 40))
    number = await innovations.begin(replace(FOIL, authors=names), here.places["works"], 3, NOW)
    await handed_in(number)
    await innovations.begin(replace(FOIL, authors=names), here.places["works"], 3, NOW)  # a draft names nobody
    again, _ = await workers.create(Given("冯砚秋", phone="19900000777"), here.places["works"], "test", NOW)
    act = await worker_merging.ask_merge(again, here.worker, here.people["yue"], "同一人", NOW)
    await two_person.confirm(act, here.people["yun"], NOW)
    await InnovationNamed.delete(force=True)
    people, worker = filled.READ[database.engine_type]
    await database.run_ddl(filled.SAID.format(people=people, number=worker))
    rows = await InnovationNamed.select(InnovationNamed.innovation, InnovationNamed.worker)
    assert rows == [{"innovation": number, "worker": again}]
