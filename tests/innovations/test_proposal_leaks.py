"""Who reads and who answers a proposal: strangers, another works, the unions above, whoever holds a code."""

from datetime import UTC, datetime

import pytest

from innovations import proposal_reads
from innovations.may import HANDLE_PROPOSALS, SEE_PROPOSALS
from tests.innovations.made_up import PHONE, SAID, TYPED, works
from tests.web import shown, visitors

READERS = {"mei", "yue", "yun", "sheng"}
ANSWERERS = {"mei", "yue"}
EVERYBODY = ("mei", "yue", "tao", "yun", "xun", "sheng", "pan")
ANSWER = {"step": "accept", "revision": "2"}


@pytest.mark.parametrize("who", EVERYBODY)
async def test_a_proposal_is_read_by_its_unit_and_above_and_answered_by_its_unit(database, who):
    here = await works()
    number, _ = await here.sent()
    async with visitors() as web:
        visitor = await web.signed_in(who)
        at = f"/proposals/desk/{number}"
        assert ((await visitor.get(at)).status_code == 200) is (who in READERS)
        listed = await visitor.get("/proposals/desk")
        assert (SAID.title in listed.text) is (who in READERS)
        for act in ("answer", "outcome", "verification", "reward"):
            answer = await visitor.post(f"{at}/{act}", ANSWER)
            assert (answer.status_code == 404) is (who not in ANSWERERS), act
        assert await proposal_reads.handles(await here.user(who), number) is (who in ANSWERERS)
        papers = await visitor.get("/proposals/papers?year=2026")
        assert ("建议1件" in papers.text) is (who in READERS)


async def test_the_unions_above_see_no_forms(database):
    here = await works()
    number, _ = await here.sent()
    async with visitors() as web:
        for who, forms in (("mei", True), ("yun", False)):
            page = await (await web.signed_in(who)).get(f"/proposals/desk/{number}")
            assert (f"/proposals/desk/{number}/answer" in page.text) is forms


@pytest.mark.parametrize("who", EVERYBODY)
async def test_a_draft_is_nobodys_but_its_writers(database, who):
    here = await works()
    number, code = await here.begun(now=datetime.now(UTC))  # an old one would be forgotten meanwhile
    user = await here.user(who)
    for permission in (SEE_PROPOSALS, HANDLE_PROPOSALS):
        if permission.possible(user):
            assert await proposal_reads.listed(user) == []
    async with visitors() as web:
        visitor = await web.signed_in(who)
        assert (await visitor.get(f"/proposals/desk/{number}")).status_code == 404
        assert (await web.visitor().get(f"/proposals/own/{code}")).status_code == 200
        for address in ("/proposals/desk", "/proposals/papers", "/desk"):
            assert SAID.title not in (await visitor.get(address)).text


async def test_a_code_opens_its_own_proposal_and_nothing_else(database):
    here = await works()
    _, code = await here.begun()
    other, other_code = await here.sent()
    async with visitors() as web:
        visitor = web.visitor()
        for wrong in ("0" * 26, code[:-1], f"{code}0", "x", str(other)):
            assert (await visitor.get(f"/proposals/own/{wrong}")).status_code == 404
            assert (await visitor.post(f"/proposals/own/{wrong}/hand-in")).status_code == 404
            assert (await visitor.post(f"/proposals/own/{wrong}/text", TYPED)).status_code == 404
        page = await visitor.get(f"/proposals/own/{other_code}")
        assert code not in page.text
        assert (await visitor.get(f"/proposals/desk/{other}")).status_code in (302, 303)


async def test_who_answered_is_not_told_to_the_worker(database):
    here = await works()
    number, code = await here.sent()
    await here.answered(number, "accept", "review", "adopt")
    async with visitors() as web:
        page = await web.visitor().get(f"/proposals/own/{code}")
        assert "mei" not in shown(page)
        assert "mei" in shown(await (await web.signed_in("yue")).get(f"/proposals/desk/{number}"))
        assert "mei" not in shown(await (await web.signed_in("yun")).get(f"/proposals/desk/{number}"))


@pytest.mark.parametrize("who", EVERYBODY)
async def test_doors_and_rules_are_the_units_own(database, who):
    here = await works()
    async with visitors() as web:
        visitor = await web.signed_in(who)
        doors = await visitor.get("/proposals/doors")
        assert (here.door.code in doors.text) is (who in ANSWERERS)
        for method, address in (
            (visitor.post, f"/proposals/doors/{here.door.id}/closing"),
            (visitor.get, f"/proposals/doors/{here.door.id}/poster.pdf"),
        ):
            assert ((await method(address)).status_code == 404) is (who not in ANSWERERS)


async def test_no_page_ever_shows_the_telephone(database):
    here = await works()
    number, code = await here.sent()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        pages = [
            await clerk.get(f"/proposals/desk/{number}"),
            await clerk.get("/proposals/desk"),
            await web.visitor().get(f"/proposals/own/{code}"),
            await web.visitor().get(here.door.address),
        ]
        assert all(page.status_code == 200 and PHONE not in page.text for page in pages)
