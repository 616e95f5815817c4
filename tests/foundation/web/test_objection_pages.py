"""Objecting, handling and following objections on the web; and that no page, log or ledger tells who objects."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from foundation.process import objections
from foundation.process.notice_tables import Notice
from foundation.process.objection_tables import Objection, ObjectorOpening
from foundation.process.wrong_codes import WrongCodes
from foundation.store.engines import Engine
from foundation.store.tables import LedgerEntry
from foundation.web.process import objection_pages
from tests.foundation.web.test_notice_pages import opened
from tests.web import HERE, Visitor, Web, visitors

NAME, CONTACT, WORDS = "饶㛃", "13870790000", "第2名所在单位与报名时不一致。"
NAMED = {"text": WORDS, "named": "yes", "name": NAME, "contact": CONTACT}
LEAD = {"text": WORDS, "named": "no", "name": "", "contact": ""}
CODE = re.compile(r'<code class="code code-large">(.*?)</code>')


@pytest.fixture(autouse=True)
def _nobody_was_wrong_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objection_pages, "wrong_codes", WrongCodes("objection_code_paused"))


def code_in(page: str) -> str:
    """The receipt's code on the page that shows it."""
    found = CODE.search(page)
    assert found is not None
    return re.sub(r"<[^>]*>", "", found[1])


async def objected(web: Web, address: str, said: dict[str, str] = NAMED) -> str:
    answer = await web.visitor().post(f"/notices/{address}/objection", said)
    assert answer.status_code == 201, answer.text
    return code_in(answer.text)


async def step(officer: Visitor, number: int, **fields: str) -> int:
    return (await officer.post(f"/objections/{number}/steps", fields)).status_code


async def test_an_objection_is_sent_handled_and_followed_without_signing_in(database: Engine) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        address = await opened(officer)
        code = await objected(web, address)
        assert "已登记" in (await anyone.post("/objections/receipt", {"code": code.lower()})).text
        assert [
            await step(officer, 1, step="accept", note="属于受理范围"),
            await step(officer, 1, step="check", note="由经济部核对"),
            await step(officer, 1, step="answer", note="单位变更已备案。", outcome="not_upheld"),
            await step(officer, 1, step="close", note=""),
            await step(officer, 1, step="close", note=""),
        ] == [303, 303, 303, 303, 422]
        receipt = await anyone.get(f"/objections/receipt/{code}")
        told = [
            words in receipt.text
            for words in ("已办结", "属于受理范围", "单位变更已备案。", "异议不属实", "由经济部核对")
        ]
        assert told == [True, True, True, True, False]
        headers = (
            receipt.headers["cache-control"],
            receipt.headers["referrer-policy"],
            receipt.headers["x-robots-tag"],
        )
        assert headers == ("no-store", "no-referrer", "noindex, nofollow")
        assert code not in receipt.text


async def test_the_public_page_counts_objections_only_after_the_end(database: Engine) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        address = await opened(officer)
        before = (await anyone.get(f"/notices/{address}")).text
        await objected(web, address)
        assert (await anyone.get(f"/notices/{address}")).text == before
        await Notice.update({Notice.ends_at: datetime.now(UTC) - timedelta(seconds=1)}).where(Notice.address == address)
        await step(officer, 1, step="accept", note="受理")
        assert "公示期满，有异议1件，正在处理" in (await anyone.get(f"/notices/{address}")).text
        await step(officer, 1, step="check", note="核查")
        await step(officer, 1, step="answer", note="答复", outcome="upheld")
        await step(officer, 1, step="close")
        assert "公示期满，有异议1件已处理" in (await anyone.get(f"/notices/{address}")).text
        late = await anyone.post(f"/notices/{address}/objection", LEAD)
        assert (late.status_code, WORDS in late.text) == (422, True)


async def test_what_is_refused_keeps_every_word(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        address = await opened(officer)
        page = await anyone.post(f"/notices/{address}/objection", {**NAMED, "contact": ""})
        assert (page.status_code, NAME in page.text, WORDS in page.text) == (422, True, True)
        page = await anyone.post(f"/notices/{address}/objection", {"text": "", "named": ""})
        assert page.status_code == 422
        monkeypatch.setattr(objections, "FROM_ONE_ADDRESS", 0)
        page = await anyone.post(f"/notices/{address}/objection", NAMED)
        assert (page.status_code, NAME in page.text, WORDS in page.text) == (429, True, True)
        assert page.headers["cache-control"] == "no-store"
        assert await Objection.count() == 0
        wrong = await officer.post(
            f"/notices/manage/{address}/objection", {**NAMED, "received": "昨天", "channel": "form"}
        )
        assert (wrong.status_code, "昨天" in wrong.text, NAME in wrong.text) == (422, True, True)


async def test_a_form_from_elsewhere_is_not_taken(database: Engine) -> None:
    async with visitors() as web:
        address = await opened(await web.signed_in("ling", roles=["officer"]))
        client = web.visitor().client
        for origin in ({}, {"origin": "null"}, {"origin": "https://elsewhere.test"}):
            answer = await client.post(f"/notices/{address}/objection", data=LEAD, headers=origin)
            assert answer.status_code == 403
        assert (
            await client.post(f"/notices/{address}/objection", data=LEAD, headers={"origin": HERE})
        ).status_code == 201


async def test_a_letter_is_registered_with_a_receipt_to_hand_over(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        address = await opened(officer)
        form = (await officer.get(f"/notices/manage/{address}/objection")).text
        today = re.search(r'name="received" type="text" autocomplete="off" value="([0-9-]+)"', form)
        assert today is not None
        answer = await officer.post(
            f"/notices/manage/{address}/objection", {**NAMED, "channel": "letter", "received": today[1]}
        )
        assert answer.status_code == 201
        receipt = await web.visitor().post("/objections/receipt", {"code": code_in(answer.text)})
        assert ("来信" in receipt.text, "已登记" in receipt.text) == (True, True)


async def test_an_objection_is_withdrawn_with_its_code_alone(database: Engine) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        code = await objected(web, await opened(officer))
        assert (await anyone.get("/objections/withdrawal")).status_code == 200
        done = await anyone.post("/objections/withdrawal", {"code": code})
        assert (done.status_code, "异议人已撤回" in done.text) == (200, True)
        again = await anyone.post("/objections/withdrawal", {"code": code})
        assert again.status_code == 422
        assert await step(officer, 1, step="accept", note="受理") == 422


async def test_wrong_codes_are_refused_and_then_paused(database: Engine) -> None:
    async with visitors() as web:
        anyone = web.visitor()
        for path in ("/objections/receipt", "/objections/withdrawal"):
            assert (await anyone.post(path, {"code": ""})).status_code == 422
            page = await anyone.post(path, {"code": "0000-nobody"})
            assert (page.status_code, "0000-nobody" in page.text) == (404, True)
        junk = [
            (await anyone.get(f"/objections/receipt/{code}")).status_code for code in ("x", "0" * 26, "%00", "9" * 400)
        ]
        assert junk == [404] * 4
        statuses = {(await anyone.post("/objections/receipt", {"code": f"Z{n}"})).status_code for n in range(60)}
        assert statuses == {404, 429}


# --- who objects ---


async def test_who_objects_is_on_one_page_for_one_reason(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", name="凌工", roles=["officer"])
        supervisor = await web.signed_in("jian", roles=["supervisor"])
        await objected(web, await opened(officer))
        assert (await officer.post("/objections/1/objector", {"reason": " "})).status_code == 422
        assert (await supervisor.post("/objections/1/objector", {"reason": "看看"})).status_code == 404
        assert await ObjectorOpening.count() == 0
        page = await officer.post("/objections/1/objector", {"reason": "电话核实单位"})
        assert (page.status_code, NAME in page.text, CONTACT in page.text) == (200, True, True)
        assert page.headers["cache-control"] == "private, no-store"
        seen = (await supervisor.get("/objections/1")).text
        assert ("电话核实单位" in seen, "凌工" in seen, WORDS in seen, NAME in seen) == (True, True, True, False)


async def test_no_other_page_no_log_and_no_ledger_tells_who_objects(
    database: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        supervisor = await web.signed_in("jian", roles=["supervisor"])
        address = await opened(officer)
        code = await objected(web, address)
        await officer.post("/objections/1/objector", {"reason": "核实"})
        await step(officer, 1, step="accept", note="受理")
        pages = [
            *[await anyone.get(path) for path in (
                "/notices", f"/notices/{address}", f"/en/notices/{address}", f"/notices/{address}/snapshot.json",
                f"/notices/{address}/objection", f"/objections/receipt/{code}", "/objections/receipt",
            )],
            *[await who.get(path) for who in (officer, supervisor) for path in (
                "/objections", "/objections?show=all", "/objections/1", "/notices/manage",
                f"/notices/manage/{address}", "/desk",
            )],
        ]  # fmt: skip
        await anyone.get("/objections/receipt/wrong-" + CONTACT)
    assert {page.status_code for page in pages} == {200}
    written = capfd.readouterr()
    entries = json.dumps([dict(row) for row in await LedgerEntry.select()], ensure_ascii=False, default=str)
    places = {
        "pages": " ".join(page.text for page in pages),
        "headers": " ".join(str(page.headers) for page in pages),
        "logs": written.out + written.err,
        "ledger": entries,
    }
    secrets = (NAME, CONTACT, code)
    assert {(place, secret) for place, text in places.items() for secret in secrets if secret in text} == set()
    assert (WORDS in entries, WORDS in places["logs"]) == (False, False)
    assert WORDS not in " ".join(page.text for page in pages[:7])


async def test_strangers_find_no_objections(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        await objected(web, await opened(officer))
        for roles in (["organiser"], ["reviewer"], ["clerk"]):
            stranger = await web.signed_in(roles[0], roles=roles)
            for path in ("/objections", "/objections/1"):
                assert (await stranger.get(path)).status_code == 404
            assert await step(stranger, 1, step="accept", note="受理") == 404
        supervisor = await web.signed_in("jian", roles=["supervisor"])
        assert await step(supervisor, 1, step="accept", note="受理") == 404
        for number in (2, 0, 2**31, 10**30):
            assert (await officer.get(f"/objections/{number}")).status_code == 404
        assert await step(officer, 1, step="withdraw", note="我替他撤") == 422
        assert (await web.visitor().get("/objections/1")).status_code == 303
