"""Objections: steps, what holds, receipts, floods, and that nobody learns who objects but those who may."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import privacy
from foundation.people.sessions import Hat, SignedIn
from foundation.process import notice_reads, notices, objection_reads, objections, receipts
from foundation.process.may import HANDLE_OBJECTIONS, SEE_OBJECTIONS
from foundation.process.objection_tables import Objection, ObjectionSender, ObjectorOpening
from foundation.process.objection_todo import rows as todo_rows
from foundation.process.rules.objections import Channel, Count, ObjectionDraft, Outcome, Stage
from foundation.store import ledger
from foundation.store.engines import Engine
from foundation.store.tables import LedgerEntry
from foundation.work.todo import Todo
from tests.foundation.process.test_notices import START, ZONE, opened, person, refusal

NAME, CONTACT = "龚䶮", "13807910000"
WORDS = "第2名所在单位与报名时不一致,请核查。"
NAMED = ObjectionDraft(WORDS, True, NAME, CONTACT)
LEAD = ObjectionDraft(WORDS, False)
ENDS = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
ABOUT = "contest:2026-1-01"


def user(account: int, *roles: str, path: str = "1.", organisation: int = 1) -> SignedIn:
    hat = Hat(organisation, "省总工会", path, frozenset(roles))
    return SignedIn(account, "n", "csrf", 1, hat, (hat,))


async def sent(address: str, said: ObjectionDraft = NAMED, sender: str = "10.0.0.1", at: datetime = START) -> int:
    code = await objections.send(said, address, sender, at, ZONE)
    row = await Objection.select(Objection.id).where(Objection.receipt_hash == secrets.digest(code)).first()
    assert row is not None
    return int(row["id"])


async def test_an_objection_goes_all_its_way_and_holds_what_it_is_about(database: Engine) -> None:
    ling = await person("ling")
    notice_id, address = await opened(ling)
    code = await objections.send(NAMED, address, "10.0.0.1", START, ZONE)
    (found,) = await objection_reads.listed(user(ling, "officer"), SEE_OBJECTIONS, None, 10)
    assert (found.notice_id, found.text, found.named, found.stage) == (notice_id, WORDS, True, Stage.REGISTERED)
    assert found.decide_by == datetime(2026, 4, 29, 9, 30, tzinfo=UTC)  # two working days
    assert await notices.holds(ABOUT, ENDS) is False  # registered only: it waits for a decision, it holds nothing yet
    held = []
    for step, note, outcome in (
        ("accept", "属于受理范围", ""), ("check", "由经济部核对报名表", ""),
        ("answer", "经核查,单位变更已备案。", "not_upheld"), ("close", "", ""),
    ):  # fmt: skip
        await objections.take(found.id, step, note, by=ling, now=START, outcome=outcome)
        held.append((await notices.holds(ABOUT, ENDS), await notices.passed(ABOUT, ENDS)))
    assert held == [(True, False), (True, False), (True, False), (False, True)]
    receipt = await receipts.by_code(secrets.grouped(code).lower())
    assert receipt is not None
    assert (receipt.notice_address, receipt.stage, receipt.outcome) == (address, Stage.CLOSED, Outcome.NOT_UPHELD)
    assert [(one.step, one.note) for one in receipt.steps] == [
        ("register", ""), ("accept", "属于受理范围"), ("check", ""),
        ("answer", "经核查,单位变更已备案。"), ("close", ""),
    ]  # fmt: skip
    assert (await notice_reads.public(address)).objections == Count(1, 0, 1, 0, 0)


async def test_what_is_not_accepted_holds_nothing(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    objection = await sent(address, LEAD)
    await objections.take(objection, "refuse", "没有可核查的线索", by=ling, now=START)
    assert await notices.holds(ABOUT, ENDS) is False
    assert (await notice_reads.public(address)).objections == Count(1, 0, 0, 1, 0)
    for step in ("accept", "refuse", "check", "answer", "close"):
        work = objections.take(objection, step, "再来", by=ling, now=START, outcome="upheld")
        assert await refusal(work) == [Problem("objection_step_late")]


async def test_steps_say_why(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    objection = await sent(address)
    for step in ("accept", "refuse"):
        work = objections.take(objection, step, " ", by=ling, now=START)
        assert await refusal(work) == [Problem(f"objection_{step}_empty", "note")]
    work = objections.take(objection, "answer", "好", by=ling, now=START, outcome="maybe")
    assert await refusal(work) == [Problem("objection_outcome", "outcome")]
    assert (await objection_reads.one(user(ling, "officer"), SEE_OBJECTIONS, objection)).stage is Stage.REGISTERED


async def test_an_objection_is_taken_only_while_the_notice_runs(database: Engine) -> None:
    ling = await person("ling")
    notice_id, address = await opened(ling)
    await sent(address, at=ENDS - timedelta(seconds=1))
    assert await refusal(objections.send(NAMED, address, "10.0.0.1", ENDS, ZONE)) == [Problem("objection_late")]
    letter = objections.record_for(LEAD, Channel.LETTER, notice_id, ENDS, by=ling, now=ENDS, zone=ZONE)
    assert await refusal(letter) == [Problem("objection_late", "received")]
    came = ENDS - timedelta(days=1)  # a letter that came in time is registered afterwards
    code = await objections.record_for(NAMED, Channel.LETTER, notice_id, came, by=ling, now=ENDS, zone=ZONE)
    receipt = await receipts.by_code(code)
    assert receipt is not None
    assert (receipt.channel, receipt.received_at) == ("letter", came)
    early = objections.record_for(LEAD, Channel.VISIT, notice_id, ENDS, by=ling, now=came, zone=ZONE)
    assert await refusal(early) == [Problem("objection_received_later", "received")]
    await notices.stop(notice_id, "更正", ling, START)
    assert await refusal(objections.send(NAMED, address, "10.0.0.1", START, ZONE)) == [Problem("objection_late")]
    with pytest.raises(NotFound):
        await objections.send(NAMED, "2026-77", "10.0.0.1", START, ZONE)


async def test_an_accepted_objection_holds_though_its_notice_was_stopped(database: Engine) -> None:
    ling = await person("ling")
    notice_id, address = await opened(ling)
    objection = await sent(address)
    await objections.take(objection, "accept", "受理", by=ling, now=START)
    await notices.stop(notice_id, "更正", ling, START)
    await opened(ling)
    assert await notices.holds(ABOUT, ENDS + timedelta(days=9)) is True


async def test_the_objector_withdraws_with_the_receipt_once(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    code = await objections.send(NAMED, address, "10.0.0.1", START, ZONE)
    await receipts.withdraw(code, START)
    receipt = await receipts.by_code(code)
    assert receipt is not None
    assert (receipt.stage, receipt.can_withdraw) == (Stage.WITHDRAWN, False)
    assert (await notice_reads.public(address)).objections == Count()
    assert await refusal(receipts.withdraw(code, START)) == [Problem("objection_step_late")]
    with pytest.raises(NotFound):
        await receipts.withdraw(secrets.new_code(), START)
    newest = (await ledger.entries("objection:1"))[0]
    assert (newest.act, newest.actor) == ("objection.withdraw", "objector")


@pytest.mark.parametrize("code", ["", "x", "0" * 26, "0" * 5000, "' OR 1=1 --", "\x00", "龚䶮"])
async def test_a_wrong_code_opens_nothing(database: Engine, code: str) -> None:
    assert await receipts.by_code(code) is None
    with pytest.raises(NotFound):
        await receipts.withdraw(code, START)


# --- who objects ---


async def test_who_objects_is_read_with_a_reason_and_on_record(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    objection = await sent(address)
    assert await refusal(objections.open_contact(objection, " ", ling, START)) == [
        Problem("objection_opening_reason", "reason")
    ]
    assert await ObjectorOpening.count() == 0
    who = await objections.open_contact(objection, "电话核实工作单位", ling, START)
    assert (who.name, who.contact) == (NAME, CONTACT)
    newest = (await ledger.entries(f"objection:{objection}"))[0]
    assert (newest.act, newest.actor, newest.payload) == ("objection.contact_opened", f"account:{ling}", {"opening": 1})
    (opening,) = await objection_reads.openings(objection)
    assert (opening.by, opening.reason) == ("ling", "电话核实工作单位")
    lead = await sent(address, LEAD)
    assert await refusal(objections.open_contact(lead, "想知道", ling, START)) == [Problem("objection_unnamed")]


async def test_neither_database_nor_ledger_nor_repr_tells_who_objects(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    objection = await sent(address, sender="203.0.113.77")
    await objections.take(objection, "accept", "受理理由甲乙", by=ling, now=START)
    who = await objections.open_contact(objection, "开封理由甲乙", ling, START)
    rows = [str(row) for table in (Objection, ObjectionSender) for row in await table.select()]
    entries = [json.dumps(dict(row), ensure_ascii=False, default=str) for row in await LedgerEntry.select()]
    everything = " ".join([*rows, *entries, repr(who)])
    assert [secret for secret in (NAME, CONTACT, "203.0.113.77") if secret in everything] == []
    assert [words for words in (WORDS, "甲乙") if any(words in entry for entry in entries)] == []
    facts = repr(await objection_reads.one(user(ling, "officer"), SEE_OBJECTIONS, objection))
    assert (NAME in facts, CONTACT in facts, "sealed" in facts) == (False, False, False)
    assert Objection.sealed in privacy.SEALED


async def test_an_objection_without_a_name_keeps_nothing_of_one(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    objection = await sent(address, LEAD)
    row = await Objection.select(Objection.named, Objection.sealed).where(Objection.id == objection).first()
    assert row == {"named": False, "sealed": ""}


async def test_only_those_whose_organisation_it_is_see_it(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    objection = await sent(address)
    elsewhere, supervisor, reviewer = (
        user(ling, "officer", path="1.5.", organisation=5), user(ling, "supervisor"), user(ling, "reviewer"),
    )  # fmt: skip
    seen = [
        len(await objection_reads.listed(who, permission, None, 10))
        for who in (user(ling, "officer"), elsewhere, supervisor, reviewer)
        for permission in (SEE_OBJECTIONS, HANDLE_OBJECTIONS)
    ]
    assert seen == [1, 1, 0, 0, 1, 0, 0, 0]
    with pytest.raises(NotFound):
        await objection_reads.one(supervisor, HANDLE_OBJECTIONS, objection)


# --- floods ---


async def test_a_flood_from_one_address_is_stopped_and_others_are_not(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    for _ in range(objections.FROM_ONE_ADDRESS):
        await sent(address, LEAD, "2001:db8::1")
    # The same household of IPv6 addresses is one sender.
    assert await refusal(objections.send(LEAD, address, "2001:db8::ffff", START, ZONE)) == [
        Problem("objection_paused", "", {"minutes": "60"})
    ]
    await sent(address, LEAD, "2001:db8:0:1::1")
    assert await Objection.count() == objections.FROM_ONE_ADDRESS + 1
    later = START + objections.WINDOW
    await sent(address, LEAD, "2001:db8::1", later)
    assert await ObjectionSender.count() == 2  # what was counted before is forgotten: this address, this notice


async def test_a_flood_from_many_addresses_cannot_fill_the_table(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objections, "TO_ONE_NOTICE", 3)
    ling = await person("ling")
    _, address = await opened(ling)
    done = await asyncio.gather(
        *(objections.send(LEAD, address, f"10.0.1.{n}", START, ZONE) for n in range(8)), return_exceptions=True
    )
    assert sum(isinstance(one, Refused) for one in done) == 5
    assert await Objection.count() == 3


# --- at once ---


async def test_two_who_decide_at_once_decide_once(database: Engine) -> None:
    ling, ming = await person("ling"), await person("ming")
    _, address = await opened(ling)
    objection = await sent(address)
    done = await asyncio.gather(
        objections.take(objection, "accept", "受理", by=ling, now=START),
        objections.take(objection, "refuse", "不受理", by=ming, now=START),
        return_exceptions=True,
    )
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]
    assert len(await objection_reads.steps(objection)) == 2


async def test_what_waits_stands_on_the_officer_s_desk(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    first = await sent(address)
    await sent(address, LEAD)
    officer = user(ling, "officer")
    place, title = f"/notices/manage/{address}#objections", "焊工赛项成绩公示"
    due = datetime(2026, 4, 29, 9, 30, tzinfo=UTC)
    assert list(await todo_rows(officer)) == [
        Todo(title, Problem("todo_objections_decide", "", {"count": "2"}), place, 2, "objection", due)
    ]
    await objections.take(first, "accept", "受理", by=ling, now=START)
    assert [(one.what.code, one.count) for one in await todo_rows(officer)] == [
        ("todo_objections_decide", 1), ("todo_objections_answer", 1),
    ]  # fmt: skip
    assert [list(await todo_rows(who)) for who in (user(ling, "supervisor"), user(ling, "officer", path="1.7."))] == [
        [],
        [],
    ]
