"""A worker's own page: opened with a telephone and a code, showing this one worker and nobody else."""

import re
from datetime import UTC, datetime

import pytest

from foundation.base.clock import today
from foundation.people import consents, own, workers
from foundation.people.worker_tables import WorkerSession
from foundation.web.people.own_pages import cookie_name
from tests.foundation.people.workers_made_up import PHONE, YANQIU, id_number, make, units
from tests.web import HERE, Visitor, Web, visitors

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


async def opened(web: Web, worker_id: int, phone: str = PHONE) -> Visitor:
    """A browser in which this worker's page is open."""
    visitor = web.visitor()
    code = await own.issue_code(worker_id, "account:7", datetime.now(UTC))
    answer = await visitor.post("/mine", {"phone": phone, "code": code})
    assert (answer.status_code, answer.headers["location"]) == (303, "/mine")
    found = CSRF.search((await visitor.get("/mine")).text)
    assert found is not None
    visitor.csrf = found[1]
    return visitor


async def test_a_worker_sees_their_own_data_masked(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, id_number=YANQIU, phone=PHONE, occupation="陶瓷装饰工")
    await workers.reveal(worker_id, "phone", "核对参赛报名", 7, datetime.now(UTC))
    async with visitors(database) as web:
        worker = await opened(web, worker_id)
        page = await worker.get("/mine")
        assert page.headers["cache-control"] == "private, no-store"
        for shown in ("冯砚秋", "陶瓷装饰工", "138****1234", "核对参赛报名", "1978年5月12日"):
            assert shown in page.text
        assert YANQIU not in page.text
        assert PHONE not in page.text
        cookie = worker.client.cookies.jar
        assert [(one.name, one.has_nonstandard_attr("HttpOnly")) for one in cookie] == [
            (cookie_name(secure=False), True)
        ]


async def test_the_page_of_one_never_shows_another(database):
    _, kiln, _ = await units()
    mine = await make(kiln, id_number=YANQIU, phone=PHONE)
    other = await make(kiln, "傅远山", id_number=id_number("19850102", "031"), phone="13900005678", title="焊接技师")
    await workers.reveal(other, "phone", "只关傅远山", 7, datetime.now(UTC))
    await consents.say(other, "story", True, f"worker:{other}", datetime.now(UTC))

    async def rows(worker_id: int) -> list[own.OwnRow]:
        return [own.OwnRow(f"参赛编号 {worker_id:04}")]

    section = own.Section("Entries", rows)
    own.SECTIONS.append(section)
    try:
        async with visitors(database) as web:
            page = (await (await opened(web, mine)).get("/mine")).text
            theirs = (await (await opened(web, other, "13900005678")).get("/mine")).text
    finally:
        own.SECTIONS.remove(section)
    assert "冯砚秋" in page
    assert f"参赛编号 {mine:04}" in page
    for foreign in ("傅远山", "139****5678", "焊接技师", "只关傅远山", f"参赛编号 {other:04}", "1985年1月2日"):
        assert foreign in theirs
        assert foreign not in page


async def test_a_long_section_folds_what_is_older_and_loses_none(database):
    _, kiln, _ = await units()
    mine = await make(kiln, id_number=YANQIU, phone=PHONE)
    count = 20

    async def rows(_worker_id: int) -> list[own.OwnRow]:
        return [own.OwnRow(f"第{number}条") for number in range(1, count + 1)]

    section = own.Section("Entries", rows)
    own.SECTIONS.append(section)
    try:
        async with visitors(database) as web:
            worker = await opened(web, mine)
            assert "其余" not in (await worker.get("/mine")).text
            count = 23
            page = (await worker.get("/mine")).text
    finally:
        own.SECTIONS.remove(section)
    first, folded = page.split("<details><summary>其余3项</summary>", 1)
    assert [f"第{number}条" in first for number in (1, 20, 21)] == [True, True, False]
    assert all(f"第{number}条" in folded.split("</details>", 1)[0] for number in (21, 22, 23))


async def test_consents_are_given_and_taken_back(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    async with visitors(database) as web:
        worker = await opened(web, worker_id)
        for given in (True, False):
            answer = await worker.post("/mine/consents", {"what": "portrait", "given": "yes" if given else "no"})
            assert (answer.status_code, answer.headers["location"]) == (303, "/mine#consents")
            assert await consents.allows(worker_id, "portrait") is given
        assert "已撤回" in (await worker.get("/mine")).text
        assert (await worker.post("/mine/consents", {"what": "id_number", "given": "yes"})).status_code == 404


async def test_forms_need_the_token_of_this_very_session(database):
    _, kiln, _ = await units()
    mine, other = await make(kiln, phone=PHONE), await make(kiln, "傅远山", phone="13900005678")
    async with visitors(database) as web:
        worker, somebody = await opened(web, mine), await opened(web, other, "13900005678")
        for token in ("", "x", somebody.csrf):
            data = {"csrf_token": token, "what": "name", "given": "yes"}
            for path in ("/mine/consents", "/mine/leave"):
                answer = await worker.client.post(path, data=data, headers={"origin": HERE})
                assert answer.status_code == 403
        data = {"csrf_token": worker.csrf, "what": "name", "given": "yes"}
        elsewhere = await worker.client.post("/mine/consents", data=data, headers={"origin": "http://elsewhere.test"})
        assert elsewhere.status_code == 403
        assert await consents.history(mine) == []
        assert (await worker.get("/mine")).text.count("冯砚秋") > 0


async def test_without_a_session_the_acts_lead_to_the_door_and_do_nothing(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    async with visitors(database) as web:
        stranger = web.visitor()
        for path in ("/mine/consents", "/mine/leave"):
            assert (await stranger.post(path, {"what": "name", "given": "yes"})).status_code == 303
        assert "冯砚秋" not in (await stranger.get("/mine")).text
    assert await consents.history(worker_id) == []


async def test_a_page_that_was_closed_stays_closed(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    async with visitors(database) as web:
        worker = await opened(web, worker_id)
        token = worker.client.cookies[cookie_name(secure=False)]
        assert (await worker.post("/mine/leave")).status_code == 303
        worker.client.cookies.set(cookie_name(secure=False), token)
        assert "冯砚秋" not in (await worker.get("/mine")).text
    assert await WorkerSession.count() == 0


async def test_an_officer_s_session_opens_no_worker_s_page_and_the_other_way_round(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    async with visitors(database) as web:
        officer = await web.signed_in("officer", roles=["officer"])
        assert "冯砚秋" not in (await officer.get("/mine")).text
        worker = await opened(web, worker_id)
        for path in ("/workers", "/workers/1", "/desk", "/accounts"):
            assert (await worker.get(path)).status_code == 303  # the door of accounts


@pytest.mark.parametrize("phone,code", [("", ""), ("138", "1"), (PHONE, "000000"), ("'", "x" * 3000), ("\x00", "龚䶮")])
async def test_junk_at_the_door_is_answered_and_keeps_the_telephone(database, phone, code):
    _, kiln, _ = await units()
    await make(kiln, phone=PHONE)
    async with visitors(database) as web:
        answer = await web.visitor().post("/mine", {"phone": phone, "code": code})
        assert answer.status_code == 422
        assert f'value="{phone}"' in answer.text or phone in {"'", "\x00"}
        assert code == "" or f'value="{code}"' not in answer.text


async def test_somebody_under_18_is_told_that_there_is_no_public_page(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, id_number=id_number(f"{today().year - 17}1231", "011"), phone=PHONE)
    async with visitors(database) as web:
        assert "未满 18 周岁" in (await (await opened(web, worker_id)).get("/mine")).text
