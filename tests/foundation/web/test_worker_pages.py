"""The pages of workers: entered, found, changed, seen for a reason; strangers meet nothing."""

import re
from datetime import UTC, datetime

from foundation.people import accounts, sessions, worker_reads
from foundation.people.worker_tables import Worker, WorkerReveal
from foundation.store import ledger
from foundation.web.door import cookie_name
from tests.foundation.people.workers_made_up import PHONE, YANQIU, make, units
from tests.web import Visitor, Web, visitors


async def somebody(web: Web, sign_in: str, organisation_id: int, *roles: str) -> Visitor:
    """Signed in with these posts at this organisation."""
    now = datetime.now(UTC)
    account_id, _ = await accounts.create_account(
        sign_in, f"{sign_in} 的主人", roles, "test", now, organisation_id=organisation_id
    )
    token = await sessions.open_session(account_id, now)
    user = await sessions.from_token(token, now)
    assert user is not None
    visitor = web.visitor()
    visitor.client.cookies.set(cookie_name(secure=False), token)
    visitor.csrf, visitor.account_id = user.csrf, account_id
    return visitor


FORM = {"name": "冯砚秋", "unit": "云窑艺术瓷厂工会", "id_number": YANQIU, "phone": PHONE, "grade": "senior_technician"}


async def test_a_clerk_enters_a_worker_and_finds_them_again(database):
    _, kiln, _ = await units()
    async with visitors(database) as web:
        clerk = await somebody(web, "clerk", kiln, "clerk")
        assert 'value="云窑艺术瓷厂工会"' in (await clerk.get("/workers/new")).text
        made = await clerk.post("/workers", FORM)
        assert (made.status_code, made.headers["location"].partition("?")[0]) == (303, "/workers/1")
        page = (await clerk.get(made.headers["location"])).text
        assert "该职工已录入" in page
        assert "360***********" + YANQIU[-4:] in page
        assert "138****1234" in page
        assert YANQIU not in page
        assert PHONE not in page
        for typed in (YANQIU, "138 0000 1234"):
            assert (await clerk.post("/workers/search", {"search": typed})).headers["location"] == "/workers/1"
        named = await clerk.post("/workers/search", {"search": "fyq"})
        assert named.headers["location"] == "/workers?q=fyq"
        assert "冯砚秋" in (await clerk.get("/workers?q=fyq")).text
        again = await clerk.post("/workers", {**FORM, "name": "冯研秋"})
        assert again.headers["location"].partition("?")[0] == "/workers/1"
        assert await Worker.count() == 1


async def test_nothing_typed_is_lost_and_each_field_says_what_is_wrong(database):
    await units()
    async with visitors(database) as web:
        officer = await somebody(web, "officer", 1, "officer")
        answer = await officer.post("/workers", {**FORM, "id_number": "3.6E+17", "unit": "没有的厂", "title": "技师"})
        assert answer.status_code == 422
        assert "3.6E+17" in answer.text
        assert 'value="没有的厂"' in answer.text
        assert 'value="技师"' in answer.text
        assert '<option value="senior_technician" selected>' in answer.text
        assert await Worker.count() == 0


async def test_a_worker_of_another_unit_is_told_without_saying_who(database):
    _, kiln, other = await units()
    await make(kiln, id_number=YANQIU)
    async with visitors(database) as web:
        clerk = await somebody(web, "clerk", other, "clerk")
        answer = await clerk.post("/workers", {**FORM, "name": "某某", "unit": "素坯里陶瓷有限公司工会"})
        assert answer.status_code == 422
        assert "冯砚秋" not in answer.text
        assert "云窑" not in answer.text


async def test_a_field_is_shown_once_for_a_reason_that_is_kept(database):
    _, kiln, _ = await units()
    await make(kiln, id_number=YANQIU, phone=PHONE)
    async with visitors(database) as web:
        clerk = await somebody(web, "clerk", kiln, "clerk")
        refused = await clerk.post("/workers/1/reveal", {"field": "id_number", "reason": " "})
        assert refused.status_code == 422
        assert YANQIU not in refused.text
        shown = await clerk.post("/workers/1/reveal", {"field": "id_number", "reason": "办理技能证书"})
        assert shown.headers["cache-control"] == "private, no-store"
        assert YANQIU in re.sub(r"</?span>", "", shown.text)
        after = (await clerk.get("/workers/1")).text
        assert YANQIU not in re.sub(r"</?span>", "", after)
        assert "办理技能证书" in after
        assert [(e.act, e.actor) for e in (await ledger.entries("worker:1"))[:1]] == [
            ("worker.revealed", f"account:{clerk.account_id}")
        ]
        assert (await clerk.post("/workers/1/reveal", {"field": "name", "reason": "x"})).status_code == 404


async def test_strangers_meet_nothing_on_every_route(database):
    _, kiln, other = await units()
    await make(kiln, id_number=YANQIU, phone=PHONE)
    await make(kiln)
    async with visitors(database) as web:
        strangers = [
            await somebody(web, "other-clerk", other, "clerk"),
            await somebody(web, "other-officer", other, "officer"),
            await somebody(web, "organiser", kiln, "organiser"),
            await somebody(web, "judge", kiln),
        ]
        for stranger in strangers:
            for path in ("/workers/1", "/workers/1/facts", "/workers/9", "/workers/99999999999"):
                assert (await stranger.get(path)).status_code == 404
            for path in ("reveal", "code", "phone", "facts", "apart", "merge"):
                data = {**FORM, "field": "phone", "reason": "x", "other": "2", "revision": "1"}
                assert (await stranger.post(f"/workers/1/{path}", data)).status_code == 404
            found = await stranger.post("/workers/search", {"search": YANQIU})
            assert found.status_code in {200, 404}
            assert "冯砚秋" not in found.text
        assert await WorkerReveal.count() == 0
        assert (await worker_reads.by_id(1)).revision == 1
        anybody = await web.visitor().get("/workers/1")
        assert (anybody.status_code, anybody.headers["location"].partition("?")[0]) == (303, "/sign-in")


async def test_a_clerk_does_not_merge(database):
    _, kiln, _ = await units()
    await make(kiln)
    await make(kiln)
    async with visitors(database) as web:
        clerk = await somebody(web, "clerk", kiln, "clerk")
        assert "/merge" not in (await clerk.get("/workers/1")).text
        assert (await clerk.post("/workers/1/merge", {"other": "2", "reason": "x"})).status_code == 404


async def test_what_changed_meanwhile_is_told_and_can_be_saved_after(database):
    _, kiln, _ = await units()
    await make(kiln, id_number=YANQIU)
    async with visitors(database) as web:
        one, two = await somebody(web, "one", kiln, "clerk"), await somebody(web, "two", kiln, "clerk")
        form = {"name": "冯砚秋", "unit": "云窑艺术瓷厂工会", "revision": "1"}
        assert (await one.post("/workers/1/facts", {**form, "title": "高级工艺美术师"})).status_code == 303
        late = await two.post("/workers/1/facts", {**form, "title": "技师"})
        assert late.status_code == 422
        assert 'value="技师"' in late.text
        assert "高级工艺美术师" in late.text
        assert 'name="revision" value="2"' in late.text
        assert (await two.post("/workers/1/facts", {**form, "title": "技师", "revision": "2"})).status_code == 303
        facts = await worker_reads.by_id(1)
        assert (facts.title, facts.id_number) == ("技师", "360***********" + YANQIU[-4:])


async def test_an_officer_asks_to_merge_and_tells_apart(database):
    city, kiln, other = await units()
    await make(kiln, id_number=YANQIU)
    await make(kiln)
    await make(other)
    async with visitors(database) as web:
        officer = await somebody(web, "officer", city, "officer")
        page = (await officer.get("/workers/1")).text
        assert page.count('name="other"') == 2
        assert (await officer.post("/workers/1/apart", {"other": "3"})).status_code == 303
        assert (await officer.get("/workers/1")).text.count('name="other"') == 1
        without = await officer.post("/workers/1/merge", {"other": "2", "reason": ""})
        assert without.status_code == 422
        asked = await officer.post("/workers/2/merge", {"other": "1", "reason": "同名同单位,花名册一致"})
        assert asked.headers["location"].partition("?")[0] == "/workers/1"  # the one with the ID number stays
        assert (await officer.post("/workers/1/merge", {"other": "2", "reason": "再报"})).status_code == 422
        assert (await officer.post("/workers/1/merge", {"other": "x", "reason": "再报"})).status_code == 404


async def test_pages_follow_one_another_in_both_orders(database):
    _, kiln, _ = await units()
    for name in [f"冯{chr(0x4E00 + number)}" for number in range(52)]:
        await make(kiln, name)
    async with visitors(database) as web:
        officer = await somebody(web, "officer", 1, "officer")
        for order in ("sound", "strokes"):
            first = (await officer.get(f"/workers?order={order}")).text
            more = re.search(r'rel="next" href="([^"]+)"', first)
            assert more is not None
            second = (await officer.get(more[1].replace("&amp;", "&"))).text
            names = re.findall(r"/workers/\d+\">(冯.)<", first + second)
            assert (len(names), len(set(names))) == (52, 52)
        for junk in ("order=x", "after=x", "after=0", "after=999", "after=1&after=2"):
            assert (await officer.get(f"/workers?{junk}")).status_code == 404
