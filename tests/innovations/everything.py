"""One of everything that proposals and innovations are about: for whoever asks every address there is."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PIL import Image

from craftsmen.rules.panel_marks import NewMark
from foundation.base.clock import day_of
from foundation.files import pictures, stored
from foundation.files.limits import PAPER
from foundation.people import accounts, organisations
from foundation.people.organisation_draft import Draft as Place
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisation_tree import ROOT_PATH
from foundation.store.transactions import transaction
from innovations import (
    benefit_audits,
    benefit_evidence,
    benefits,
    innovation_papers,
    innovation_pictures,
    innovation_versions,
    innovations,
    proposal_doors,
    proposal_pictures,
    proposal_receipts,
    proposals,
    review_assigning,
    review_chair,
    review_channels,
    review_marks,
    review_scores,
    review_seats,
    reviews,
    spreads,
)
from innovations.benefit_tables import DrawnBenefit
from innovations.innovation_tables import Benefit, BenefitEvidence, Innovation
from innovations.proposal_doors import Door
from innovations.proposal_pictures import Upload
from innovations.proposal_tables import ProposalDoor
from innovations.review_desk import Words as Spoken
from innovations.review_marks import Sheet
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewTask
from innovations.rules.benefits import Formula, Line
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.review_form import ReviewDraft
from innovations.rules.review_rules import Award, Level, Places, ReviewRules, rubric_of
from innovations.rules.spread_form import Told
from tests.calendars import know_the_years
from tests.innovations.made_up import SAID
from tests.innovations.rules.foil import FOIL

Fills = Sequence[tuple[str, Mapping[str, str]]]
SENDER = "192.0.2.7"


async def one_proposal(unit: int, by: int, now: datetime) -> Fills:
    """A door of the unit, a proposal with a photograph that was handed in, and a draft."""
    number = await proposal_doors.open_door("烧成二车间", unit, by, now)
    row = await ProposalDoor.select(ProposalDoor.code).where(ProposalDoor.id == number).first()
    assert row is not None
    door = Door(number, unit, "", "", row["code"], now, None)
    another = await proposal_doors.open_door("成型二车间", unit, by, now)  # one that may be closed
    sent, _ = await _begun(door, now)
    await proposal_pictures.add(sent, Upload("p.jpg", photograph(), "窑口"), SENDER, now)
    picture = (await proposal_pictures.of(sent))[0].id
    await proposals.hand_in(sent, now, ZoneInfo("Asia/Shanghai"))
    _, code = await _begun(door, now)
    of_year = {"year": str(now.year), "name": "summary.docx"}
    return [
        ("/proposals/to/", {"code": door.code}),
        ("/proposals/own/", {"code": code}),
        ("/proposals/desk/", {"number": str(sent), "picture": str(picture), "name": "square-320.webp"}),
        ("/proposals/doors/", {"number": str(another)}),
        ("/proposals/papers/", of_year),
    ]


async def one_innovation(unit: int, by: int, now: datetime) -> Fills:
    """An innovation of the unit with a paper and a picture, handed in twice, and a draft."""
    number = await innovations.begin(FOIL, unit, by, now)
    picture = await pictures.keep_undescribed("p.jpg", photograph(), by, now)
    await innovation_pictures.add(number, picture, "收卷机", "", by, now)
    file = await stored.keep("p.jpg", photograph(), by, now, kinds=PAPER.kinds)
    await innovation_papers.add(number, file, "report", by, now)
    paper = (await innovation_papers.of(number, own=True))[0].id
    for title in (FOIL.title, "另一个题目"):
        await innovations.save(number, replace(FOIL, title=title), await _revision(number), by, now)
        await innovations.clear(number, await _revision(number), by, now)
        await innovation_versions.hand_in(number, "", await _revision(number), by, now)
    await innovations.set_publicity(number, Publicity.PUBLIC, BenefitShown.HIDDEN, await _revision(number), by, now)
    for step in ("take_in", "award"):
        async with transaction():
            await innovations.move(await innovations.locked(number), step, "", by, now)
    row = await Innovation.select(Innovation.address).where(Innovation.id == number).first()
    assert row is not None
    evidence = await _claimed(number, unit, by, now)
    draw = await _audit(unit, by, now)
    other = await organisations.create(ROOT_ID, Place("推广单位", Kind.DIRECT), "test", now)
    spread = await spreads.tell(number, other, Told(day_of(now), "用上了"), by, now)
    values = {"number": str(number), "picture": str(picture), "name": "square-320.webp", "paper": str(paper)}
    public = {"address": row["address"]}
    return [
        ("/innovations/desk/{number:int}/benefit/", {"number": str(number), "paper": evidence}),
        ("/benefits/audits/", draw),
        ("/spreads/", {"number": str(spread), "address": row["address"]}),
        ("/innovations/desk/", {**values, "before": "1", "after": "2"}),
        ("/innovations/", public),
        ("/api/innovations/", public),
    ]


async def one_review(city: int, unit: int, by: int, now: datetime) -> Fills:
    """A city's review whose marks are locked, and one that is marked, in which one account reviews so far."""
    chair, _ = await accounts.create_account("zhuren", "zhuren", [], "test", now)
    locked, entry, channel, code = await _reviewed(city, unit, by, chair, 1)
    task = await ReviewTask.select(ReviewTask.id).where(ReviewTask.entry == entry).first()
    assert task is not None
    given = [NewMark(line, "5", f"everything:{line}", 0) for line in "BN"]
    await review_marks.save(task["id"], Sheet(given, Spoken("好", ""), Spoken("", "").seen, hand_in=True), chair, now)
    seen = (await review_scores.overview(await reviews.by_id(locked))).seen
    await review_chair.lock(locked, seen, False, chair, now)
    _, _, _, code = await _reviewed(city, unit, by, chair, 2)
    marked = {"address": f"{now.year}-{locked + 1}", "code": code}
    return [
        ("/reviews/desk/", {"number": str(locked), "entry": str(entry), "name": "summary.xlsx"}),
        ("/reviews/channels/", {"number": str(channel), "entry": str(entry)}),
        ("/reviews/own/", {"number": str(entry)}),
        ("/reviews/mine/", marked),
        ("/reviews/chair/", marked),
        ("/reviews/", {"address": f"{now.year}-{locked}"}),
    ]


async def _reviewed(city: int, unit: int, by: int, chair: int, each: int) -> tuple[int, int, int, str]:
    """A round of a city with one entry, being marked: round, entry, channel, code."""
    now = datetime.now(UTC)
    number = await innovations.begin(replace(FOIL, title=f"评审{each}"), unit, by, now)
    await innovations.clear(number, 1, by, now)
    await innovation_versions.hand_in(number, "", 2, by, now)
    lines = (("B", "效益", "60"), ("N", "新颖", "40"))
    zone = ZoneInfo("Asia/Shanghai")
    rules = ReviewRules(
        Level.CITY, each, rubric_of(lines, each, "评审"), (Award("award1", "一等成果", 1),), (Places(unit, "县", 2),)
    )
    made = await reviews.create(ReviewDraft("评审", now.year, day_of(now) + timedelta(days=9), rules), city, by, now)
    await reviews.freeze(made, 1, by, now, zone)
    channel = await ReviewChannel.select(ReviewChannel.id).where(ReviewChannel.round == made).first()
    assert channel is not None
    await review_channels.pick(channel["id"], [number], by, now)
    await review_channels.hand_in(channel["id"], by, now, zone)
    await reviews.close_entries(made, by)
    await review_seats.seat(made, chair, None, ["C"], 9, by, now)
    await review_assigning.draw(made, by, now)
    await know_the_years()
    await review_assigning.begin_marking(made, each > 1, by, now, zone)
    entry = await ReviewEntry.select(ReviewEntry.id, ReviewEntry.code).where(ReviewEntry.round == made).first()
    assert entry is not None
    return made, entry["id"], channel["id"], entry["code"]


async def _claimed(number: int, unit: int, by: int, now: datetime) -> str:
    """Claims a benefit with a paper; answers the paper's id."""
    await benefits.claim(number, day_of(now), [Line(Formula.GAIN, "少打皱", amount=1_000_00)], 0, by, now)
    file = await stored.keep("核算表.jpg", photograph(), by, now, kinds=PAPER.kinds)
    await benefit_evidence.add(number, file, "核算表", by)
    row = await BenefitEvidence.select(BenefitEvidence.id).first()
    assert row is not None
    return str(row["id"])


async def _audit(unit: int, by: int, now: datetime) -> Mapping[str, str]:
    """Another innovation with a verified benefit, drawn by the federation; answers the draw and what was drawn."""
    number = await innovations.begin(replace(FOIL, title="第三个题目"), unit, by, now)
    working = benefits.text_of([Line(Formula.GAIN, "少打皱", amount=1_000_00)])
    await Benefit(
        innovation=number, from_month=1, from_year=2025, forecast="", claimed=working, claimed_fen=1_000_00,
        verified=working, verified_fen=1_000_00, audit_note="",
    ).save()  # fmt: skip
    draw = await benefit_audits.draw(ROOT_ID, ROOT_PATH, 2025, 1, by, now)
    row = await DrawnBenefit.select(DrawnBenefit.id).where(DrawnBenefit.draw == draw).first()
    assert row is not None
    return {"number": str(draw), "drawn": str(row["id"])}


def photograph() -> bytes:
    """A picture that is accepted as a paper too."""
    drawn = io.BytesIO()
    Image.new("RGB", (700, 700), "#1c459c").save(drawn, "JPEG")
    return drawn.getvalue()


async def _revision(number: int) -> int:
    row = await Innovation.select(Innovation.revision).where(Innovation.id == number).first()
    assert row is not None
    return int(row["revision"])


async def _begun(door: Door, now: datetime) -> tuple[int, str]:
    code = await proposals.begin(SAID, door, SENDER, now)
    return (await proposal_receipts.by_code(code, SENDER, now)).id, code
