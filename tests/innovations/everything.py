"""One of everything that proposals and innovations are about: for whoever asks every address there is."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PIL import Image

from foundation.files import pictures, stored
from foundation.files.limits import PAPER
from foundation.store.transactions import transaction
from innovations import (
    innovation_papers,
    innovation_pictures,
    innovation_versions,
    innovations,
    proposal_doors,
    proposal_pictures,
    proposal_receipts,
    proposals,
)
from innovations.innovation_tables import Innovation
from innovations.proposal_doors import Door
from innovations.proposal_pictures import Upload
from innovations.proposal_tables import ProposalDoor
from innovations.rules.publicity import BenefitShown, Publicity
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
    drawn = io.BytesIO()
    Image.new("RGB", (700, 700), "#1c459c").save(drawn, "JPEG")
    await proposal_pictures.add(sent, Upload("p.jpg", drawn.getvalue(), "窑口"), SENDER, now)
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
    drawn = io.BytesIO()
    Image.new("RGB", (700, 700), "#1c459c").save(drawn, "JPEG")
    picture = await pictures.keep_undescribed("p.jpg", drawn.getvalue(), by, now)
    await innovation_pictures.add(number, picture, "收卷机", "", by, now)
    file = await stored.keep("p.jpg", drawn.getvalue(), by, now, kinds=PAPER.kinds)
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
    values = {"number": str(number), "picture": str(picture), "name": "square-320.webp", "paper": str(paper)}
    public = {"address": row["address"]}
    return [
        ("/innovations/desk/", {**values, "before": "1", "after": "2"}),
        ("/innovations/", public),
        ("/api/innovations/", public),
    ]


async def _revision(number: int) -> int:
    row = await Innovation.select(Innovation.revision).where(Innovation.id == number).first()
    assert row is not None
    return int(row["revision"])


async def _begun(door: Door, now: datetime) -> tuple[int, str]:
    code = await proposals.begin(SAID, door, SENDER, now)
    return (await proposal_receipts.by_code(code, SENDER, now)).id, code
