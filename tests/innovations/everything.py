"""One of everything that proposals are about: for whoever asks every address there is."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PIL import Image

from innovations import proposal_doors, proposal_pictures, proposal_receipts, proposals
from innovations.proposal_doors import Door
from innovations.proposal_pictures import Upload
from innovations.proposal_tables import ProposalDoor
from tests.innovations.made_up import SAID

Fills = Sequence[tuple[str, Mapping[str, str]]]
SENDER = "192.0.2.7"


async def one_proposal(unit: int, by: int, now: datetime) -> Fills:
    """A door of the unit, a proposal with a photograph that was handed in, and a draft."""
    number = await proposal_doors.open_door("烧成车间", unit, by, now)
    row = await ProposalDoor.select(ProposalDoor.code).where(ProposalDoor.id == number).first()
    assert row is not None
    door = Door(number, unit, "", "", row["code"], now, None)
    another = await proposal_doors.open_door("成型车间", unit, by, now)  # one that may be closed
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


async def _begun(door: Door, now: datetime) -> tuple[int, str]:
    code = await proposals.begin(SAID, door, SENDER, now)
    return (await proposal_receipts.by_code(code, SENDER, now)).id, code
