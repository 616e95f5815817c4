"""What an innovation brings: three figures that never meet, a working to the fen, two people, and audits by lot."""

import asyncio
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from foundation.base import clock
from foundation.base.problem import NotFound, Refused
from foundation.files import stored
from foundation.files.limits import PAPER
from foundation.people.organisation_tree import by_id
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import evidence, two_person
from innovations import (
    benefit_audits,
    benefit_evidence,
    benefit_reads,
    benefit_verifying,
    benefits,
    innovation_todo,
    innovations,
    review_assigning,
)
from innovations.benefit_tables import DrawnBenefit
from innovations.innovation_tables import Benefit
from innovations.library_tables import ShownInnovation
from innovations.review_tables import ReviewEntry
from innovations.rules import benefit_audits as rules
from innovations.rules.benefit_typed import latest_over
from innovations.rules.benefits import Formula, Line
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.shown_innovation import value_of
from tests.innovations.everything import photograph
from tests.innovations.made_up import NOW, ZONE, Here, works
from tests.innovations.reviews_made_up import REVIEWERS, ready
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovations import handed_in, refused, revision

FIRST = date(2025, 1, 10)
TODAY = NOW.date()
LINES = (
    Line(Formula.HOURS, "看护工时", before=900, after=600, price=36_80, output=12_500),  # 138,000 yuan
    Line(Formula.COST, "摆辊", amount=38_000_00),
)
CLAIMED = 100_000_00  # fen
LESS = (replace(LINES[0], output=10_000), LINES[1])  # 72,400 yuan
FOUND = 72_400_00


async def claimed(lines=LINES, first: date = FIRST, draft=FOIL, here: Here | None = None) -> tuple[Here, int]:
    """Handed in, claimed by 梅 and proved by one paper."""
    here = here or await works()
    number = await innovations.begin(draft, here.places["works"], here.people["mei"], NOW)
    await handed_in(number)
    await benefits.claim(number, first, lines, 0, here.people["mei"], NOW)
    await proved(number, here.people["mei"])
    return here, number


async def proved(number: int, by: int) -> None:
    file = await stored.keep("核算表.jpg", photograph(), by, NOW, kinds=PAPER.kinds)
    await benefit_evidence.add(number, file, "核算表", by)


async def stands(number: int) -> benefits.BenefitFacts:
    found = await benefits.of(number)
    assert found is not None
    return found


async def asked(here: Here, number: int, lines=LINES, by: str = "yue", today: date = TODAY) -> int:
    now = (await stands(number)).revision
    return await benefit_verifying.ask(number, lines, "逐行核对", now, here.people[by], NOW, today)


async def confirmed(here: Here, act: int, by: str = "yun") -> None:
    question = await two_person.by_id(act)
    assert question is not None
    await evidence.opened(question, here.people[by])
    await two_person.confirm(act, here.people[by], NOW)


async def verified(here: Here, number: int, lines=LINES) -> None:
    await confirmed(here, await asked(here, number, lines))


async def test_three_figures_stay_three(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW)
    forecast = (Line(Formula.GAIN, "少断带", amount=150_000_00),)
    await benefits.forecast(number, FIRST, forecast, 0, here.people["mei"], NOW)
    await handed_in(number)
    await benefits.claim(number, FIRST, LINES, 1, here.people["mei"], NOW)
    await proved(number, here.people["mei"])
    await verified(here, number, LESS)
    found = await stands(number)
    assert found.fen == {"forecast": 150_000_00, "claimed": CLAIMED, "verified": FOUND}
    assert (found.forecast, found.claimed, found.verified) == (forecast, LINES, LESS)
    whole, _ = await benefit_reads.totals(await here.user("mei"), (await place(here, "works")).path, None)
    assert whole.sums == {"forecast": 150_000_00, "claimed": CLAIMED, "verified": FOUND}


async def place(here: Here, name: str):
    found = await by_id(here.places[name])
    assert found is not None
    return found


async def test_who_claimed_may_ask_for_it_as_it_stands_but_never_confirms(database):
    here, number = await claimed()
    assert await refused(asked(here, number, LESS, "mei")) == [("what-1", "benefit_own_correction")]
    act = await asked(here, number, by="yue")
    assert await refused(confirmed(here, act, "mei")) == [("", "benefit_own_claim")]
    assert await refused(confirmed(here, act, "yue")) == [("", "act_own")]
    await confirmed(here, act)
    assert (await stands(number)).verified == LINES
    assert await refused(asked(here, number)) == [("", "benefit_is_verified")]


async def test_the_paper_is_opened_before_anybody_confirms(database):
    here, number = await claimed()
    act = await asked(here, number)
    assert await refused(two_person.confirm(act, here.people["yun"], NOW)) == [("", "act_evidence_unopened")]


async def test_what_has_not_happened_or_is_not_proved_is_not_verified(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW)
    await handed_in(number)
    await benefits.claim(number, FIRST, LINES, 0, here.people["mei"], NOW)
    last = date(2026, 1, 9)
    assert await refused(asked(here, number, today=last)) == [("", "benefit_period_open"), ("", "benefit_unproved")]
    await proved(number, here.people["mei"])
    assert await refused(asked(here, number, today=last)) == [("", "benefit_period_open")]
    assert await asked(here, number, today=last + timedelta(days=1))


async def test_while_it_is_asked_claim_and_papers_stand_fast(database):
    here, number = await claimed()
    found = await stands(number)
    paper = (await benefit_evidence.listed(found.id))[0].id
    act = await asked(here, number)
    by = here.people["mei"]
    assert await refused(benefits.claim(number, FIRST, LESS, found.revision, by, NOW)) == [("", "benefit_is_asked")]
    assert await refused(benefit_evidence.take_off(number, paper, by)) == [("", "benefit_is_asked")]
    assert await refused(asked(here, number)) == [("", "benefit_is_asked")]
    await two_person.reject(act, here.people["yun"], "少一张领料单", NOW)
    await benefit_evidence.take_off(number, paper, by)
    await benefit_evidence.take_off(number, paper, by)  # a second time is once
    await benefits.claim(number, FIRST, LESS, (await stands(number)).revision, by, NOW)
    assert (await stands(number)).fen["claimed"] == FOUND


async def test_somebody_who_saves_what_they_saw_long_ago_replaces_nothing(database):
    here, number = await claimed()
    assert await refused(benefits.claim(number, FIRST, LESS, 1, here.people["mei"], NOW)) == [("", "innovation_stale")]
    late = benefits.forecast(number, FIRST, LESS, (await stands(number)).revision, here.people["mei"], NOW)
    assert await refused(late) == [("", "benefit_forecast_late")]


async def test_before_it_is_handed_in_nothing_is_claimed(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW)
    early = benefits.claim(number, FIRST, LINES, 0, here.people["mei"], NOW)
    assert await refused(early) == [("", "benefit_claim_early")]


async def test_two_who_confirm_at_once_verify_once(database):
    here, number = await claimed()
    act = await asked(here, number)
    question = await two_person.by_id(act)
    assert question is not None
    for name in ("yun", "sheng"):
        await evidence.opened(question, here.people[name])
    done = await asyncio.gather(
        *(two_person.confirm(act, here.people[name], NOW) for name in ("yun", "sheng")), return_exceptions=True
    )
    assert sorted(type(one) for one in done if one is not None) == [Refused]
    acts = [entry.act for entry in await ledger.entries(innovations.subject(number), limit=50)]
    assert acts.count("innovation.benefit_verified") == 1


@pytest.mark.parametrize(
    ("shown", "benefit", "band"),
    [
        (BenefitShown.FIGURE, FOUND, ""),
        (BenefitShown.BAND, None, "10,000 to 100,000 yuan"),
        (BenefitShown.HIDDEN, None, ""),
    ],
)
async def test_the_library_shows_it_with_the_confirmation_and_no_more_when_it_is_set_aside(
    database, shown, benefit, band
):
    here, number = await claimed()
    await innovations.set_publicity(number, Publicity.PUBLIC, shown, await revision(number), 3, NOW)
    for step in ("take_in", "award"):
        async with transaction():
            await innovations.move(await innovations.locked(number), step, "", 9, NOW)
    assert await in_library(number) == (None, "", None)
    await verified(here, number, LESS)
    assert await in_library(number) == (benefit, band, benefit)
    draw, one = await drawn(here)
    await benefit_audits.decide(draw, one, "set_aside", "重复计算", here.people["sheng"], NOW)
    assert await in_library(number) == (None, "", None)
    assert (await stands(number)).fen == {"forecast": None, "claimed": CLAIMED, "verified": None}


async def in_library(number: int) -> tuple[int | None, str, int | None]:
    row = await ShownInnovation.select().where(ShownInnovation.innovation == number).first()
    assert row is not None
    value = value_of(row["value"])
    return value.benefit, value.band, row["benefit"]


async def drawn(here: Here, size: int = 1, by: str = "sheng") -> tuple[int, int]:
    root = await place(here, "root")
    draw = await benefit_audits.draw(root.id, root.path, 2025, size, here.people[by], NOW)
    row = await DrawnBenefit.select(DrawnBenefit.id).where(DrawnBenefit.draw == draw).first()
    assert row is not None
    return draw, row["id"]


async def test_a_sample_is_drawn_once_and_anybody_can_draw_it_again(database):
    here, _ = await claimed()
    for title in ("第二个", "第三个"):
        await claimed(draft=replace(FOIL, title=title), here=here)
    rows = await Benefit.select(Benefit.id, Benefit.innovation).order_by(Benefit.id)
    for row in rows:
        await verified(here, row["innovation"])
    draw, _ = await drawn(here, 2)
    found = await benefit_reads.draw(await here.user("sheng"), draw)
    assert (found.drawn, found.out_of) == (2, 3)
    chosen = await DrawnBenefit.select(DrawnBenefit.benefit).where(DrawnBenefit.draw == draw)
    again = [row["id"] for row in rows]
    assert sorted(row["benefit"] for row in chosen) == sorted(rules.drawn(again, found.seed, 2))
    (entry,) = await ledger.entries(f"benefit-draw:{draw}", limit=5)
    assert (entry.payload["seed"], entry.payload["from"]) == (found.seed, rules.digest(again))
    last, _ = await drawn(here, 5)
    assert (await benefit_reads.draw(await here.user("sheng"), last)).out_of == 1
    assert await refused(drawn(here)) == [("year", "audit_nothing")]


async def test_an_audit_is_decided_once_and_never_by_who_claimed_or_verified(database):
    here, number = await claimed()
    await verified(here, number)
    draw, one = await drawn(here)
    for own in ("mei", "yue", "yun"):
        late = benefit_audits.decide(draw, one, "upheld", "", here.people[own], NOW)
        assert await refused(late) == [("", "audit_own")]
    await benefit_audits.decide(draw, one, "upheld", "", here.people["sheng"], NOW)
    assert (await stands(number)).verified == LINES
    twice = benefit_audits.decide(draw, one, "set_aside", "再想想", here.people["sheng"], NOW)
    assert await refused(twice) == [("", "audit_decided")]
    with pytest.raises(NotFound):
        await benefit_audits.decide(draw + 1, one, "upheld", "", here.people["sheng"], NOW)


async def test_after_it_was_set_aside_the_unit_claims_anew(database):
    here, number = await claimed()
    await verified(here, number)
    draw, one = await drawn(here)
    await benefit_audits.decide(draw, one, "set_aside", "工时重复", here.people["sheng"], NOW)
    await benefits.claim(number, FIRST, LESS, (await stands(number)).revision, here.people["mei"], NOW)
    await verified(here, number, LESS)
    found = await stands(number)
    assert (found.fen["verified"], found.sampled, found.audit_note) == (FOUND, False, "")
    assert await drawn(here)  # and it may be drawn again


async def test_totals_are_of_the_units_a_reader_may_see(database):
    here, number = await claimed()
    await claimed(draft=replace(FOIL, title="只在单位"), here=here)
    await verified(here, number, LESS)
    root = await place(here, "root")
    whole, parts = await benefit_reads.totals(await here.user("sheng"), root.path, None)
    assert [(part.name, part.sums["claimed"], part.counts["claimed"]) for part in parts] == [
        ("景德镇市总工会", 2 * CLAIMED, 2)
    ]
    assert (whole.sums["verified"], whole.counts["verified"]) == (FOUND, 1)
    for stranger, at in (("tao", "other"), ("xun", "far")):
        whole, parts = await benefit_reads.totals(await here.user(stranger), (await place(here, at)).path, None)
        assert (whole.sums["claimed"], parts) == (0, [])
        assert await benefit_reads.listed(await here.user(stranger), None) == []


async def test_what_was_withdrawn_while_it_was_asked_is_not_verified(database):
    here, number = await claimed()
    act = await asked(here, number)
    await innovations.withdraw(number, "另行完善", await revision(number), here.people["mei"], NOW)
    assert await refused(confirmed(here, act)) == [("", "innovation_stale")]
    assert not (await stands(number)).verified


async def test_a_sample_is_drawn_from_what_counts_in_the_totals(database):
    here, number = await claimed()
    await verified(here, number)
    await innovations.withdraw(number, "另行完善", await revision(number), here.people["mei"], NOW)
    assert await refused(drawn(here)) == [("year", "audit_nothing")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_was_withdrawn_is_in_no_list_and_waits_for_nobody(database):
    here, number = await claimed()
    user = await here.user("mei")

    async def waiting() -> list[str]:
        return [one.what.code for one in await innovation_todo.rows(user)]

    assert [len(await benefit_reads.listed(user, None)), "todo_innovations_verify" in await waiting()] == [1, True]
    for days, waits in ((0, True), (1, False)):  # from the very day on which the twelve months are over
        await Benefit.update({Benefit.first_day: latest_over(clock.today()) + timedelta(days=days)}).where(
            Benefit.innovation == number
        )
        assert ("todo_innovations_verify" in await waiting()) is waits
    await innovations.withdraw(number, "另行完善", await revision(number), here.people["mei"], NOW)
    assert [len(await benefit_reads.listed(user, None)), "todo_innovations_verify" in await waiting()] == [0, False]
    assert await benefit_reads.years(user) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_while_reviewers_read_a_claim_it_stays_as_it_is(database):
    found = await ready()
    number, mei = found.innovations["夹具"], found.here.people["mei"]
    await benefits.claim(number, FIRST, LINES, 0, mei, NOW)
    await found.entered()
    await benefits.claim(number, FIRST, LESS, 1, mei, NOW)  # nobody reads it yet
    await found.seated(*REVIEWERS)
    await review_assigning.draw(found.id, found.by, NOW)
    await review_assigning.begin_marking(found.id, False, found.by, NOW, ZONE)
    assert await refused(benefits.claim(number, FIRST, LINES, 2, mei, NOW)) == [("", "benefit_claim_review")]
    assert (await stands(number)).claimed == LESS
    awarded = found.innovations["色卡"]
    await ReviewEntry.update({ReviewEntry.calibration: True}).where(ReviewEntry.innovation == awarded)
    await benefits.claim(awarded, FIRST, LINES, 0, mei, NOW)  # whose unit is not told that it is compared with
