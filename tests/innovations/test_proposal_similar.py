"""Similar proposals: shown to the unit and its unions; of what was adopted to its workers; never itself, no draft."""

from dataclasses import replace

from innovations import proposal_index, proposal_reads, proposals
from tests.innovations.made_up import NOW, SAID, TYPED, ZONE, works
from tests.web import visitors

ALIKE = replace(SAID, title="码放图贴上墙减少倒窑", name="汪素心", others="", phone="")
OTHER = replace(SAID, title="食堂供应半份菜", problem="一份吃不完", suggestion="设半份半价，一餐吃两样", phone="")


async def alike(here, who: str, number: int) -> list[int]:
    user = await here.user(who)
    return [each.one.id for each in await proposal_index.like_this(user, await proposal_reads.one(user, number))]


async def test_the_unit_sees_what_is_much_like_it_and_never_itself(database):
    here = await works()
    first, _ = await here.sent()
    second, _ = await here.sent(ALIKE)
    await here.sent(OTHER)
    assert await alike(here, "mei", second) == [first]
    assert await alike(here, "yun", second) == [first]


async def test_drafts_and_what_was_taken_back_are_not_found(database):
    here = await works()
    gone, _ = await here.sent()
    await here.begun()
    number, _ = await here.sent(ALIKE)
    await proposals.withdraw(gone, NOW, ZONE)
    assert await alike(here, "mei", number) == []


async def test_another_unit_is_not_asked(database):
    here = await works()
    first, _ = await here.sent()
    second, _ = await here.sent(ALIKE)
    one = await proposal_reads.one(await here.user("mei"), second)
    assert await proposal_index.like_this(await here.user("tao"), one) == []
    await here.answered(first, "accept", "review", "adopt")
    assert await proposal_index.adopted_like(SAID.suggestion, here.places["other"]) == []


async def test_a_worker_is_shown_what_was_adopted_and_no_name(database):
    here = await works()
    first, _ = await here.sent()
    async with visitors() as web:
        worker = web.visitor()
        typed = {**TYPED, "title": ALIKE.title, "name": ALIKE.name, "others": ""}
        page = await worker.post(f"{here.door.address}/similar", typed)
        assert "相似提示" not in page.text
        await here.answered(first, "accept", "review", "adopt")
        page = await worker.post(f"{here.door.address}/similar", typed)
        assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
        assert "<mark>" in page.text
        assert SAID.name not in page.text
        answer = await worker.post(here.door.address, typed)
        page = await worker.get(answer.headers["location"])
        assert "相似提示" in page.text
        assert SAID.name not in page.text


async def test_an_empty_form_is_like_nothing(database):
    here = await works()
    async with visitors() as web:
        page = await web.visitor().post(f"{here.door.address}/similar", {"title": "", "problem": "", "suggestion": ""})
        assert page.status_code == 200
