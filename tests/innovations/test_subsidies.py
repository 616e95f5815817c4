"""A round of subsidies through its writers: terms, applications, allocation by two people, notice, money, reports."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from foundation.base import clock
from foundation.base.problem import NotFound, Refused
from foundation.files import stored
from foundation.people import accounts, organisations
from foundation.people.organisations import Draft, Kind
from foundation.process import notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.store import ledger
from foundation.store.tables import LedgerEntry
from foundation.work import evidence, two_person
from innovations import (
    innovation_versions,
    innovations,
    subsidies,
    subsidy_allocating,
    subsidy_applications,
    subsidy_notices,
    subsidy_paying,
    subsidy_ranking,
    subsidy_reads,
    subsidy_reports,
    subsidy_todo,
)
from innovations.innovation_tables import Innovation
from innovations.rules.payments import Account, Movement
from innovations.rules.payments import Kind as Way
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.subsidy_forms import Asked, PlanLine, RoundDraft
from innovations.rules.subsidy_steps import ApplicationStage, Stage
from innovations.rules.subsidy_terms import Terms
from innovations.subsidy_tables import SubsidyApplication, SubsidyMovement, SubsidyRound
from tests.innovations.made_up import NOW, ZONE, Here, works
from tests.innovations.rules.foil import FOIL

WAN = 1_000_000  # 万元 in fen
AFTER = NOW + timedelta(days=30)
TERMS = Terms(budget=8 * WAN, item=5 * WAN, unit=6 * WAN, least=WAN)
DRAFT = RoundDraft("2026年度职工创新补助", 2026, date(2026, 5, 31), TERMS, (60, 40))
ASKED = Asked(20 * WAN, "中试", (PlanLine("工装", 4 * WAN), PlanLine("检测", 2 * WAN)))
PDF = (
    b"%%PDF-1.4\n%%%d\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%%%EOF"
)
SAID = ("补助公示", "现予公示。", "省总工会经济技术部")


async def refused(awaited) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [(problem.field, problem.code) for problem in raised.value.problems]


@dataclass
class Round:
    """A frozen round of the federation, and applications by name."""

    here: Here
    id: int
    by: int  # 省, an officer of the federation
    second: int  # 签, another one
    applications: dict[str, int] = field(default_factory=dict)

    async def facts(self) -> subsidies.RoundFacts:
        return await subsidies.by_id(self.id)

    async def one(self, name: str) -> subsidy_applications.ApplicationFacts:
        return await subsidy_applications.by_id(self.applications[name])

    async def applied(self, name: str, unit: str, asked: Asked = ASKED) -> int:
        """An innovation of a unit is handed in, and so is an application for it."""
        innovation = await innovations.begin(replace(FOIL, title=name), self.here.places[unit], self.by, NOW)
        await innovations.clear(innovation, 1, self.by, NOW)
        await innovation_versions.hand_in(innovation, "", 2, self.by, NOW)
        number = await subsidy_applications.begin(self.id, innovation, self.by, NOW)
        await subsidy_applications.save(number, asked, 1, self.by)
        await subsidy_applications.hand_in(number, 2, self.by, NOW, ZONE)
        self.applications[name] = number
        return number

    async def ranked(self, *names: str) -> None:
        """These are admitted and ranked in this order."""
        await subsidies.close_applications(self.id, self.by)
        for name in names:
            one = await self.one(name)
            await subsidy_ranking.check(one.id, [], one.revision, self.by)
        await subsidy_ranking.rank(self.id, [self.applications[name] for name in names], self.by)

    async def approved(self) -> None:
        number = await subsidy_allocating.propose(self.id, self.by, NOW)
        act = await subsidy_allocating.ask_approval(self.id, number, "评审会确定", self.by, NOW)
        await two_person.confirm(act, self.second, NOW)

    async def granted(self) -> None:
        await self.approved()
        await self.noticed_and_granted()

    async def noticed_and_granted(self) -> None:
        await self.noticed()
        await subsidy_allocating.grant(self.id, "赣工发〔2026〕9号", self.by, AFTER)

    async def noticed(self, amount: str = "") -> None:
        """On notice; with `amount`, after somebody wrote another one into its draft."""
        address = await subsidy_notices.open_notice(self.id, *SAID, by=self.by, now=NOW)
        row = await Notice.select(Notice.id, Notice.shown).where(Notice.address == address).first()
        if amount:
            shown = json.loads(row["shown"])
            shown["rows"][0][shown["columns"].index("amount")] = amount
            await Notice.update({Notice.shown: json.dumps(shown)}).where(Notice.id == row["id"])
        await notice_drafts.send(row["id"], self.by, NOW)
        await notice_drafts.approve(row["id"], self.second, NOW)
        await notices.open_notice(row["id"], self.by, NOW, ZONE)

    async def asked_to_move(
        self, name: str, way: Way, fen: int, on: date = date(2026, 6, 1), *, short: bool = False
    ) -> int:
        proof = await stored.keep("回单.pdf", PDF % fen, self.by, AFTER)
        return await subsidy_paying.ask(
            self.applications[name], Movement(way, fen), on, proof, "按文件拨付", self.by, AFTER, short=short
        )

    async def moved(self, name: str, way: Way, fen: int, *, short: bool = False) -> None:
        act = await self.asked_to_move(name, way, fen, short=short)
        asked = await two_person.by_id(act)
        await evidence.opened(asked, self.second)
        await two_person.confirm(act, self.second, AFTER)


async def opened(terms: Terms = TERMS) -> Round:
    here = await works()
    second, _ = await accounts.create_account(
        "qian", "qian", ["officer"], "test", NOW, organisation_id=here.places["root"]
    )
    by = here.people["sheng"]
    address = await subsidies.create(replace(DRAFT, terms=terms), here.places["root"], by, NOW)
    row = await SubsidyRound.select(SubsidyRound.id).where(SubsidyRound.address == address).first()
    await subsidies.freeze(row["id"], 1, by, NOW, ZONE)
    return Round(here, row["id"], by, second)


async def open_today() -> None:
    """Pages ask on the real day."""
    until = clock.today() + timedelta(days=30)
    await SubsidyRound.update({SubsidyRound.apply_until: until}, force=True)


async def paid() -> Round:
    """夹具 was granted 5 万 and 色卡 1 万: the unit's ceiling; the first instalment is paid."""
    found = await opened()
    await found.applied("夹具", "works")
    await found.applied("色卡", "works")
    await found.applied("料架", "other")
    await found.ranked("夹具", "色卡", "料架")
    await found.granted()
    await found.moved("夹具", Way.PAID, 3 * WAN)
    return found


async def test_the_whole_way_to_a_settled_grant(database):
    found = await paid()
    assert [(await found.one(name)).granted for name in ("夹具", "色卡", "料架")] == [5 * WAN, WAN, 2 * WAN]
    assert await subsidy_paying.plan(await found.one("夹具")) == [3 * WAN, 2 * WAN]
    await found.moved("夹具", Way.PAID, 2 * WAN)
    one = await found.one("夹具")
    await subsidy_reports.hand_in(one.id, 4 * WAN, "中试完成", one.revision, found.by, AFTER)
    assert await refused(subsidy_reports.settle(one.id, False, one.revision, found.by, AFTER)) == [
        ("", "subsidy_changed")
    ]  # the report came after what this page showed
    at = one.revision + 1
    assert await refused(subsidy_reports.settle(one.id, False, at, found.by, AFTER)) == [("", "subsidy_unaccounted")]
    back = await found.asked_to_move("夹具", Way.RETURNED, WAN)
    assert await refused(subsidy_reports.settle(one.id, False, at, found.by, AFTER)) == [
        ("", "subsidy_unaccounted"), ("", "subsidy_money_asked")
    ]  # fmt: skip
    await evidence.opened(await two_person.by_id(back), found.second)
    await two_person.confirm(back, found.second, AFTER)
    await subsidy_reports.settle(one.id, False, at, found.by, AFTER)
    one = await found.one("夹具")
    assert one.stage is ApplicationStage.SETTLED
    assert await subsidy_paying.stands(one) == Account(5 * WAN, 5 * WAN, WAN)
    assert await refused(subsidies.close(found.id, found.by)) == [("", "subsidy_unsettled")]


async def test_a_grant_that_is_not_paid_in_full_is_settled_only_on_somebodys_word(database):
    found = await paid()
    one = await found.one("夹具")
    await subsidy_reports.hand_in(one.id, 3 * WAN, "中试完成", one.revision, found.by, AFTER)
    at = one.revision + 1
    assert await refused(subsidy_reports.settle(one.id, False, at, found.by, AFTER)) == [("short", "subsidy_unpaid")]
    await subsidy_reports.settle(one.id, True, at, found.by, AFTER)
    said = await LedgerEntry.select(LedgerEntry.payload).where(LedgerEntry.act == "subsidy_application.settle")
    assert '"unpaid":2000000' in str(said[-1]["payload"]).replace(" ", "")


async def test_no_money_moves_before_the_round_was_made(database):
    found = await paid()
    early = NOW.date() - timedelta(days=1)
    assert await refused(found.asked_to_move("夹具", Way.PAID, WAN, early)) == [("paid_on", "subsidy_day_early")]


async def test_nothing_is_begun_that_could_not_be_handed_in_any_more(database):
    found = await opened()
    number = await innovations.begin(FOIL, found.here.places["works"], found.by, NOW)
    await innovations.clear(number, 1, found.by, NOW)
    await innovation_versions.hand_in(number, "", 2, found.by, NOW)
    works, late = found.here.places["works"], NOW + timedelta(days=25)
    assert await refused(subsidy_applications.begin(found.id, number, found.by, late)) == [("round", "subsidy_late")]
    for until, expected in ((clock.today(), 1), (clock.today() - timedelta(days=1), 0)):
        await SubsidyRound.update({SubsidyRound.apply_until: until}).where(SubsidyRound.id == found.id)
        assert len(await subsidy_reads.open_rounds(works)) == expected


async def test_no_money_is_given_for_what_was_withdrawn_meanwhile(database):
    found = await opened()
    for name in ("夹具", "色卡"):
        await found.applied(name, "works")
    await found.ranked("夹具", "色卡")
    await found.approved()
    await found.noticed()
    one = await found.one("夹具")
    row = await Innovation.select(Innovation.revision).where(Innovation.id == one.innovation_id).first()
    await innovations.withdraw(one.innovation_id, "另行完善", row["revision"], found.by, NOW)
    given = subsidy_allocating.grant(found.id, "赣工发〔2026〕9号", found.by, AFTER)
    assert await refused(given) == [("", "subsidy_innovation_gone")]
    await subsidy_allocating.check_again(found.id, found.by)
    assert await refused(subsidy_allocating.propose(found.id, found.by, AFTER)) == [("", "subsidy_innovation_gone")]
    one = await found.one("夹具")
    await subsidy_ranking.check_again(one.id, one.revision, found.by)
    one = await found.one("夹具")
    assert await refused(subsidy_ranking.check(one.id, [], one.revision, found.by)) == [("", "subsidy_innovation_gone")]
    await subsidy_ranking.check(one.id, ["disputed"], one.revision, found.by)
    await subsidy_ranking.rank(found.id, [found.applications["色卡"]], found.by)
    assert await subsidy_allocating.propose(found.id, found.by, AFTER) == 2


async def test_of_two_payments_that_are_right_alone_only_one_is_made(database):
    found = await paid()
    first = await found.asked_to_move("夹具", Way.PAID, 2 * WAN)
    assert await refused(found.asked_to_move("夹具", Way.PAID, 2 * WAN + 1)) == [("amount", "subsidy_paid_above")]
    await evidence.opened(await two_person.by_id(first), found.second)
    # behind the open question's back the grant was used up
    one = await found.one("夹具")
    await SubsidyMovement(
        application=one.id, kind="paid", amount=1, instalment=None, paid_on=date(2026, 6, 1),
        proof=(await two_person.by_id(first)).payload["proof"], note="", by=1, at=AFTER,
    ).save()  # fmt: skip
    assert await refused(two_person.confirm(first, found.second, AFTER)) == [("amount", "subsidy_paid_above")]
    assert (await subsidy_paying.stands(one)).paid == 3 * WAN + 1


async def test_who_asks_for_a_payment_does_not_confirm_it_and_nobody_does_without_its_proof(database):
    found = await paid()
    act = await found.asked_to_move("夹具", Way.PAID, WAN)
    assert await refused(two_person.confirm(act, found.by, AFTER)) == [("", "act_own")]
    assert await refused(two_person.confirm(act, found.second, AFTER)) != []
    assert await SubsidyMovement.count() == 1


async def test_all_the_money_comes_back(database):
    found = await paid()
    await found.moved("夹具", Way.RETURNED, 3 * WAN, short=True)
    assert (await found.one("夹具")).stage is ApplicationStage.RECOVERED
    assert await refused(found.asked_to_move("夹具", Way.PAID, WAN)) == [("", "subsidy_step_late")]


async def test_nothing_is_granted_before_its_notice_ran_to_its_end(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    assert await refused(subsidy_allocating.grant(found.id, "9号", found.by, AFTER)) == [("", "subsidy_notice_open")]
    await found.approved()
    await subsidy_notices.open_notice(found.id, *SAID, by=found.by, now=NOW)
    assert await refused(subsidy_allocating.grant(found.id, "", found.by, AFTER)) == [
        ("document", "subsidy_document_empty"),
        ("", "subsidy_notice_open"),
    ]
    assert (await found.one("夹具")).stage is ApplicationStage.ADMITTED


async def test_money_is_granted_on_the_notice_that_told_of_it_and_no_earlier_one(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    await found.approved()
    await found.noticed()
    await subsidy_allocating.check_again(found.id, found.by)  # as after an accepted objection
    one = await found.one("夹具")
    await subsidy_ranking.pin(one.id, WAN, "评审会", one.revision, found.by)
    await found.approved()
    await subsidy_notices.open_notice(found.id, *SAID, by=found.by, now=NOW)  # drafted, and opened by nobody
    granted = subsidy_allocating.grant(found.id, "赣工发〔2026〕9号", found.by, AFTER)
    assert await refused(granted) == [("", "subsidy_notice_open")]


async def test_money_is_not_granted_on_a_notice_whose_draft_was_written_on_by_hand(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    await found.approved()
    await found.noticed(amount="3")
    granted = subsidy_allocating.grant(found.id, "赣工发〔2026〕9号", found.by, AFTER)
    assert await refused(granted) == [("", "subsidy_notice_otherwise")]
    await subsidy_allocating.check_again(found.id, found.by)
    await found.granted()
    assert (await found.one("夹具")).stage is ApplicationStage.GRANTED


async def test_a_try_that_is_older_than_what_it_was_made_of_is_not_approved(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.applied("色卡", "other")
    await found.ranked("夹具", "色卡")
    number = await subsidy_allocating.propose(found.id, found.by, NOW)
    act = await subsidy_allocating.ask_approval(found.id, number, "评审会确定", found.by, NOW)
    await subsidy_ranking.rank(found.id, [found.applications["色卡"], found.applications["夹具"]], found.by)
    assert await refused(two_person.confirm(act, found.second, NOW)) == [("", "subsidy_allocation_old")]
    assert (await found.facts()).stage is Stage.CHECKING
    assert await SubsidyApplication.count().where(SubsidyApplication.granted.is_not_null()) == 0


async def test_what_if_keeps_nothing(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    grants = await subsidy_allocating.what_if(found.id, replace(TERMS, item=2 * WAN))
    assert [one.amount for one in grants] == [2 * WAN]
    assert await subsidy_allocating.listed(found.id) == []
    assert (await found.one("夹具")).granted is None


async def test_pinned_by_hand_takes_a_reason_and_keeps_to_the_ceilings(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    one = await found.one("夹具")
    assert await refused(subsidy_ranking.pin(one.id, WAN, " ", one.revision, found.by)) == [
        ("reason", "subsidy_pin_reason")
    ]
    await subsidy_ranking.pin(one.id, 7 * WAN, "会议决定", one.revision, found.by)
    told = await refused(subsidy_allocating.propose(found.id, found.by, NOW))
    assert {code for _, code in told} == {"subsidy_pinned_above"}


async def test_an_application_grows_out_of_an_innovation_once(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    one = await found.one("夹具")
    assert one.city_id == found.here.places["city"]
    assert await subsidy_applications.begin(found.id, one.innovation_id, found.by, NOW) == number
    draft = await innovations.begin(FOIL, found.here.places["works"], found.by, NOW)
    assert await refused(subsidy_applications.begin(found.id, draft, found.by, NOW)) == [
        ("", "subsidy_innovation_draft")
    ]
    with pytest.raises(NotFound):
        await subsidy_applications.begin(found.id, 999, found.by, NOW)


async def test_a_round_is_for_units_below_the_union_that_opened_it(database):
    found = await opened()
    here = found.here
    address = await subsidies.create(DRAFT, here.places["far"], found.by, NOW)
    row = await SubsidyRound.select(SubsidyRound.id).where(SubsidyRound.address == address).first()
    await subsidies.freeze(row["id"], 1, found.by, NOW, ZONE)
    innovation = await innovations.begin(FOIL, here.places["works"], found.by, NOW)
    await innovations.clear(innovation, 1, found.by, NOW)
    await innovation_versions.hand_in(innovation, "", 2, found.by, NOW)
    begun = subsidy_applications.begin(row["id"], innovation, found.by, NOW)
    assert await refused(begun) == [("round", "subsidy_elsewhere")]
    await open_today()
    assert [one.id for one in await subsidy_reads.open_rounds(here.places["works"])] == [found.id]
    assert [one.id for one in await subsidy_reads.open_rounds(here.places["far"])] == [found.id, row["id"]]


async def test_after_the_last_day_only_what_was_given_back_is_completed(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    await subsidy_applications.give_back(number, {"plan": "检测费明细?"}, found.by, NOW)
    one = await found.one("夹具")
    more = Asked(30 * WAN, ASKED.purpose, ASKED.plan)
    assert await refused(subsidy_applications.save(number, more, one.revision, found.by)) == [
        ("cost", "return_field_closed")
    ]
    await subsidy_applications.hand_in(number, one.revision, found.by, AFTER, ZONE)
    late = await innovations.begin(FOIL, found.here.places["works"], found.by, NOW)
    await innovations.clear(late, 1, found.by, NOW)
    await innovation_versions.hand_in(late, "", 2, found.by, NOW)
    second = await subsidy_applications.begin(found.id, late, found.by, NOW)
    assert await refused(subsidy_applications.hand_in(second, 1, found.by, AFTER, ZONE)) == [
        ("purpose", "subsidy_purpose_empty"),
        ("plan", "subsidy_plan_empty"),
        ("", "subsidy_late"),
    ]


async def test_no_application_is_left_without_a_word_when_money_is_allocated(database):
    found = await opened()
    for name, unit in (("夹具", "works"), ("色卡", "works"), ("料架", "other")):
        await found.applied(name, unit)
    await subsidy_applications.give_back(found.applications["色卡"], {"plan": "检测费明细?"}, found.by, NOW)
    await found.ranked("夹具")
    assert await refused(subsidy_allocating.propose(found.id, found.by, NOW)) == [("", "subsidy_unchecked")]
    unjudged = await found.one("料架")
    await subsidy_ranking.check(unjudged.id, ["disputed"], unjudged.revision, found.by)
    number = await subsidy_allocating.propose(found.id, found.by, NOW)
    act = await subsidy_allocating.ask_approval(found.id, number, "评审会确定", found.by, NOW)
    back = await found.one("色卡")
    await subsidy_applications.hand_in(back.id, back.revision, found.by, NOW, ZONE)  # completed in between
    assert await refused(two_person.confirm(act, found.second, NOW)) == [("", "subsidy_unchecked")]
    await subsidy_applications.give_back(back.id, {"plan": "检测费明细?"}, found.by, NOW)
    await two_person.confirm(act, found.second, NOW)
    left = await found.one("色卡")
    assert (left.stage, left.bars) == (ApplicationStage.NOT_ADMITTED, ("incomplete",))
    assert (await found.one("夹具")).granted == 5 * WAN


async def test_terms_do_not_change_once_they_are_frozen(database):
    found = await opened()
    assert await refused(subsidies.change(found.id, DRAFT, 2, found.by)) == [("", "subsidy_frozen")]
    assert len((await found.facts()).terms_hash) == 64


async def test_terms_that_do_not_fit_together_are_told_at_once(database):
    here = await works()
    bad = replace(DRAFT, name="", apply_until=date(2026, 5, 12), terms=Terms(0, 0, step=0), instalments=(60, 30))
    await subsidies.create(bad, here.places["root"], here.people["sheng"], NOW)
    told = await refused(subsidies.freeze(1, 1, here.people["sheng"], NOW, ZONE))
    assert [one for one, _ in told] == ["name", "apply_until", "budget", "item", "step", "instalments"]


async def test_the_notice_shows_unit_and_amount_and_no_title_that_its_unit_keeps_to_itself(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.applied("色卡", "other")
    one = await found.one("色卡")
    row = await Innovation.select(Innovation.revision).where(Innovation.id == one.innovation_id).first()
    shown = (Publicity.PUBLIC, BenefitShown.HIDDEN, row["revision"], found.by, NOW)
    await innovations.set_publicity(one.innovation_id, *shown)
    await found.ranked("夹具", "色卡")
    await found.approved()
    assert await subsidy_notices.shown_rows(await found.facts()) == (
        ("1", subsidy_notices.NOT_TOLD, "云窑艺术瓷厂", "景德镇市总工会", "5"),
        ("2", "色卡", "素坯里陶瓷有限公司", "景德镇市总工会", "3"),
    )


async def test_of_two_who_approve_at_once_one_does(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    number = await subsidy_allocating.propose(found.id, found.by, NOW)
    act = await subsidy_allocating.ask_approval(found.id, number, "评审会确定", found.by, NOW)
    outcomes = await asyncio.gather(
        *(two_person.confirm(act, found.second, NOW) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Refused"]


async def test_a_merged_unit_takes_its_applications_along(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    into = await organisations.create(found.here.places["county"], Draft("新云窑", Kind.ENTERPRISE), "test", NOW)
    await subsidy_applications._follow_organisation(found.here.places["works"], into)
    assert (await subsidy_applications.by_id(number)).unit_id == into


async def test_the_ledger_holds_codes_and_no_words(database):
    found = await paid()
    said = ""
    for stream in (f"subsidy:{found.id}", f"subsidy_application:{found.applications['夹具']}"):
        entries = await ledger.entries(stream)
        assert entries
        said += " ".join(f"{one.actor} {one.about} {ledger.canonical(one.payload)}" for one in entries)
    for word in ("夹具", "中试", "工装", DRAFT.name, "云窑"):
        assert word not in said


async def waiting_for(found: Round) -> list[str]:
    return [line.what.code for line in await subsidy_todo.rows(await found.here.user("sheng"))]


async def test_once_an_allocation_was_approved_no_application_moves_under_it(database):
    found = await opened()
    for name in ("夹具", "色卡"):
        await found.applied(name, "works")
    await found.applied("料架", "other")
    await found.ranked("夹具", "色卡")
    unfit = await found.one("料架")
    await subsidy_ranking.check(unfit.id, ["disputed"], unfit.revision, found.by)
    await found.approved()
    assert "todo_subsidies_check" not in await waiting_for(found)
    held, waiting = await found.one("夹具"), await found.one("料架")
    late = [("", "subsidy_step_late")]
    assert await refused(subsidy_ranking.check_again(held.id, held.revision, found.by)) == late
    assert await refused(subsidy_ranking.pin(held.id, WAN, "评审会", held.revision, found.by)) == late
    assert await refused(subsidy_applications.withdraw(held.id, held.revision, found.by)) == late
    assert await refused(subsidy_ranking.check_again(waiting.id, waiting.revision, found.by)) == late
    assert await refused(subsidy_applications.give_back(waiting.id, {"plan": "补"}, found.by, NOW)) == late
    assert (await found.one("夹具")).granted == 5 * WAN
    await subsidy_allocating.check_again(found.id, found.by)
    await subsidy_ranking.check_again(waiting.id, waiting.revision, found.by)
    assert "todo_subsidies_check" in await waiting_for(found)
    await subsidy_applications.withdraw(waiting.id, waiting.revision + 1, found.by)
    again = await found.one("夹具")
    await subsidy_applications.withdraw(again.id, again.revision, found.by)
