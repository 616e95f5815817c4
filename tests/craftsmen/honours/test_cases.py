"""The way of a revocation and what else two people do to an honour: every step, by the right people, once."""

import pytest

from craftsmen import case_reads, cases, honour_acts, honours
from craftsmen.honour_tables import HonourCase
from craftsmen.rules.cases import STEPS, Stage, after
from craftsmen.rules.corrections import read_correction
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import stored
from foundation.people import confirming
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import evidence, two_person
from tests.craftsmen.honours.honours_made_up import NOW, everything_shown, honoured, place, shown
from tests.foundation.people.workers_made_up import TODAY, wearing

PDF = ("证据.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")


async def refused_plainly(work) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        await work
    return list(refusal.value.problems)


async def uploaded() -> int:
    return await stored.keep(*PDF, 5, NOW)


async def reported(here, honour: int) -> int:
    facts = await honours.by_id(honour)
    return await cases.report(facts, "fraud", "举报信查实", [await uploaded()], here.kiln, 5, NOW)


async def test_reported_agreed_decided_by_two(database):
    here = await place()
    honour = await honoured(here)
    case = await reported(here, honour)
    assert (await shown())[honour]["stage"] == "conferred"
    await cases.advise(case, True, "情况属实", 6, NOW)
    act = await cases.ask_to_revoke(case, 1, "申报材料弄虚作假", "经核查属实", 7, NOW)
    assert (await shown())[honour]["stage"] == "conferred"  # asked, not decided
    assert await refused_plainly(two_person.confirm(act, 7, NOW)) == [Problem("act_own")]
    await two_person.confirm(act, 8, NOW)
    line = (await shown())[honour]
    assert (line["stage"], line["public_reason"], line["name"]) == ("revoked", "申报材料弄虚作假", "")
    everything = await everything_shown()
    assert not [word for word in ("举报信", "属实", "冯砚秋") if word in everything]
    await cases.note_recovered(case, "奖章、证书已收回", 7, NOW)
    facts = await case_reads.for_user(await wearing(1, "officer"), case)
    assert (facts.stage, facts.recovered) == (Stage.REVOKED, "奖章、证书已收回")


async def test_a_report_needs_ground_words_and_evidence(database):
    here = await place()
    facts = await honours.by_id(await honoured(here))
    assert await refused_plainly(cases.report(facts, "envy", " ", [], here.kiln, 5, NOW)) == [
        Problem("case_ground", "ground"), Problem("case_report_empty", "report"), Problem("case_evidence", "file"),
    ]  # fmt: skip
    gone = await uploaded() + 1
    with pytest.raises(NotFound):
        await cases.report(facts, "fraud", "查实", [gone], here.kiln, 5, NOW)
    assert await HonourCase.count() == 0


async def test_one_case_at_a_time_and_none_about_what_does_not_stand(database):
    here = await place()
    honour = await honoured(here)
    case = await reported(here, honour)
    assert await refused_plainly(reported(here, honour)) == [Problem("case_open_already")]
    await cases.withdraw(case, "误报", 5, NOW)
    again = await reported(here, honour)
    await cases.advise(again, False, "证据不足", 6, NOW)
    await two_person.confirm(await cases.ask_to_revoke(again, 1, "查实", "查实", 7, NOW), 8, NOW)
    assert await refused_plainly(reported(here, honour)) == [Problem("honour_is_revoked", "", {"name": "冯砚秋"})]


async def test_the_conferring_body_may_close_a_case_but_not_while_two_people_decide_it(database):
    here = await place()
    honour = await honoured(here)
    case = await reported(here, honour)
    assert await refused_plainly(cases.close(case, "无据", 7, NOW)) == [Problem("case_is_reported")]
    await cases.advise(case, False, "证据不足", 6, NOW)
    act = await cases.ask_to_revoke(case, 1, "查实", "查实", 7, NOW)
    assert await refused_plainly(cases.close(case, "无据", 7, NOW)) == [Problem("case_being_decided")]
    await two_person.reject(act, 8, "证据不足", NOW)
    await cases.close(case, "证据不足", 7, NOW)
    assert (await shown())[honour]["stage"] == "conferred"
    assert await refused_plainly(cases.advise(case, True, "属实", 6, NOW)) == [Problem("case_is_closed")]


def test_no_step_of_a_case_but_those_that_are_written_down():
    steps = {step for step, _ in STEPS}
    assert {(step, stage): after(step, stage) for step in steps for stage in Stage if after(step, stage)} == STEPS
    assert not any(stage in (Stage.REVOKED, Stage.CLOSED, Stage.WITHDRAWN) for _, stage in STEPS)


async def test_a_case_is_seen_by_who_reported_recommended_or_confers_and_by_nobody_else(database):
    here = await place()
    case = await reported(here, await honoured(here))
    for organisation, role in ((here.kiln, "clerk"), (here.city, "officer"), (1, "officer")):
        assert (await case_reads.for_user(await wearing(organisation, role), case)).id == case
    for organisation, role in ((here.other, "officer"), (here.other, "clerk"), (1, "supervisor")):
        with pytest.raises(NotFound):
            await case_reads.for_user(await wearing(organisation, role), case)


async def changes_of(honour: int, **typed: str):
    facts = await honours.by_id(honour)
    stands = {
        name: getattr(facts, name)
        for name in ("name", "unit_name", "gender", "occupation", "occupation_code", "body", "document", "edition",
                     "posthumous")
    }  # fmt: skip
    stands |= {"year": facts.on.year, "month": facts.on.month, "day": facts.on.day}
    values = {**{name: str(value or "") for name, value in stands.items()}, "on": facts.on.text, "posthumous": ""}
    changes, problems = read_correction({**values, **typed}, stands, TODAY)
    assert not problems
    return facts, changes


async def test_a_correction_waits_for_the_second_person_and_is_then_the_next_version(database):
    here = await place()
    honour = await honoured(here)
    facts, changes = await changes_of(honour, on="2026", unit_name="云窑艺术瓷厂")
    assert changes == {"unit_name": "云窑艺术瓷厂", "month": None, "day": None}
    act = await honour_acts.ask_correction(facts, changes, "单位名称更正", "单位来函", 7, NOW)
    assert (await honours.by_id(honour)).version == 1
    # Whoever decides reads whose honour it is, and every change from what stood to what would stand.
    assert (await confirming.act_for(await wearing(1, "reviewer"), act)).shown == (
        ("Title of honour", "赣鄱工匠"), ("Holder", "冯砚秋 · 云窑艺术瓷厂工会"),
        ("Unit", "云窑艺术瓷厂工会 → 云窑艺术瓷厂"),
        ("Month", "5 → –"), ("Day", "1 → –"), ("Reason that everyone will read", "单位名称更正"),
    )  # fmt: skip
    await two_person.confirm(act, 8, NOW)
    found = await honours.by_id(honour)
    assert (found.version, found.unit_name, found.on.text) == (2, "云窑艺术瓷厂", "2026")


async def test_a_correction_of_a_version_that_is_gone_is_refused(database):
    here = await place()
    honour = await honoured(here)
    facts, changes = await changes_of(honour, unit_name="云窑艺术瓷厂")
    act = await honour_acts.ask_correction(facts, changes, "更正", "来函", 7, NOW)
    async with transaction():
        await honours.correct(honour, {"occupation": "陶瓷工"}, "更正", "来函", None, "account:9", NOW)
    assert await refused_plainly(two_person.confirm(act, 8, NOW)) == [Problem("honour_changed_meanwhile")]


async def test_an_honour_given_back_on_paper_needs_the_paper_and_two_people(database):
    here = await place()
    honour = await honoured(here)
    facts = await honours.by_id(honour)
    problems = await refused_plainly(honour_acts.ask_renounce(facts, None, "本人放弃", "本人来信", 7, NOW))
    assert [problem.field for problem in problems] == ["paper"]
    act = await honour_acts.ask_renounce(facts, await uploaded(), "本人放弃", "本人来信", 7, NOW)
    asked = await two_person.by_id(act)
    assert await refused_plainly(two_person.confirm(act, 8, NOW)) == [Problem("act_evidence_unopened")]
    await evidence.opened(asked, 7)  # that somebody else has read it is not enough
    assert await refused_plainly(two_person.confirm(act, 8, NOW)) == [Problem("act_evidence_unopened")]
    assert await evidence.opened(asked, 8) == asked.payload["paper"]
    entry = (await ledger.entries(f"act:{act}:evidence", limit=1))[-1]
    assert (entry.actor, entry.payload) == ("account:8", {"file": asked.payload["paper"]})
    await two_person.confirm(act, 8, NOW)
    assert (await shown())[honour]["stage"] == "renounced"
    again = await honours.by_id(honour)
    await two_person.confirm(await honour_acts.ask_restore(again, "误录，恢复", "本人未申请", 7, NOW), 8, NOW)
    assert (await shown())[honour]["name"] == "冯砚秋"


async def test_a_correction_says_that_an_honour_was_conferred_posthumously(database):
    here = await place()
    honour = await honoured(here)
    facts, changes = await changes_of(honour, posthumous="yes")
    assert changes == {"posthumous": True}
    act = await honour_acts.ask_correction(facts, changes, "授予时本人已故，更正为追授", "单位来函", 7, NOW)
    await two_person.confirm(act, 8, NOW)
    after = await honours.by_id(honour)
    assert (after.posthumous, after.version) == (True, facts.version + 1)
    assert (await shown())[honour]["posthumous"] is True
