"""Technical innovations of the made-up province, through the writers that pages use.

Each is written by its unit, looked through, handed in, and moved as far as it came. Who made it is linked to the
unit's workers where there is somebody of that name.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from foundation.files import pictures
from foundation.people.worker_tables import Worker
from foundation.store.transactions import transaction
from ganpo.demo.innovation_drawings import draw
from ganpo.demo.innovation_texts import MADE, Made
from ganpo.demo.proposal_texts import YUNYAO
from innovations import innovation_pictures, innovation_versions, innovations
from innovations.innovation_tables import Innovation
from innovations.proposal_tables import Proposal
from innovations.rules.innovation_form import Author, Body, Draft, Patent
from innovations.rules.innovation_kinds import QUESTIONS
from innovations.rules.publicity import BenefitShown, Publicity

WIDTH = 480  # pixels of what is drawn
WAYS: Mapping[str, tuple[tuple[str, int], ...]] = {  # steps after handing in, each so many days after it
    "in_review": (("take_in", 12),),
    "awarded": (("take_in", 12), ("award", 40)),
    "not_awarded": (("take_in", 12), ("not_award", 40)),
}
REOPENED = ("papers", "section-use")  # what is open again where one was given back


async def make_innovations(ids: Mapping[str, int], units: Mapping[str, int], now: datetime) -> dict[str, int]:
    """All of them, the oldest first, so that addresses count upwards; answers ids by title."""
    made: dict[str, int] = {}
    for told in sorted(MADE, key=lambda one: -one.days):
        by = ids["jingban"] if told.unit == YUNYAO else ids["guanli"]
        made[told.title] = await _Story(told, units[told.unit], by, ids["guanli"]).tell(now)
    return made


class _Story:
    """One innovation, told from the day its unit began to write; `above` is who gives back and awards."""

    def __init__(self, told: Made, unit: int, by: int, above: int) -> None:
        self.told, self.unit, self.by, self.above = told, unit, by, above
        self.number = 0

    async def tell(self, now: datetime) -> int:
        told, day = self.told, now - timedelta(days=self.told.days)
        draft = await self._draft()
        self.number = await innovations.begin(draft, self.unit, self.by, day, await self._proposal())
        await self._say_publicity(day)
        await self._hang_pictures(day)
        if told.end == "draft":
            return self.number
        await self._hand_in(day + timedelta(days=3), "")
        for step, after in WAYS.get(told.end, ()):
            await self._move(step, day + timedelta(days=3 + after))
        if told.end == "returned":
            notes = dict.fromkeys(REOPENED, told.said)
            async with transaction():
                await innovations.give_back(self.number, notes, self.above, day + timedelta(days=20))
        if told.end == "withdrawn":
            await innovations.withdraw(self.number, told.said, await self._revision(), self.by, day + timedelta(days=9))
        if told.again:
            await self._add(draft, day + timedelta(days=90))
        return self.number

    async def _draft(self) -> Draft:
        told = self.told
        workers = await Worker.select(Worker.id, Worker.name).where(
            Worker.unit == self.unit, Worker.name.is_in([one.name for one in told.makers])
        )
        known = {row["name"]: row["id"] for row in workers}
        authors = tuple(
            Author(one.name, one.share, part=one.part, worker=known.get(one.name, 0)) for one in told.makers
        )
        patents = tuple(Patent(*one) for one in told.patents)
        body = Body(told.sections, patents, tuple(QUESTIONS))
        return Draft(told.title, told.kind, told.field, told.year, body, authors)

    async def _proposal(self) -> int | None:
        if not self.told.proposal:
            return None
        row = await Proposal.select(Proposal.id).where(Proposal.title == self.told.proposal).first()
        if row is None:
            raise LookupError(self.told.proposal)
        return int(row["id"])

    async def _say_publicity(self, day: datetime) -> None:
        said = Publicity.PUBLIC if self.told.public else Publicity.INTERNAL
        shown = BenefitShown(self.told.benefit)
        await innovations.set_publicity(self.number, said, shown, await self._revision(), self.by, day)

    async def _hang_pictures(self, day: datetime) -> None:
        for name, words in self.told.pictures:
            content = await asyncio.to_thread(draw, name, WIDTH)
            picture = await pictures.keep_picture(f"{name}.jpg", content, f"{words}（绘图）", self.by, day)
            await innovation_pictures.add(self.number, picture, f"{words}（绘图）", words, self.by, day)

    async def _hand_in(self, day: datetime, note: str) -> None:
        await innovations.clear(self.number, await self._revision(), self.above, day)
        await innovation_versions.hand_in(self.number, note, await self._revision(), self.by, day)

    async def _add(self, draft: Draft, day: datetime) -> None:
        """A later version: a paragraph more of what was done."""
        done = {**draft.body.sections, "done": f"{draft.body.sections['done']}\n{self.told.again}"}
        body = Body(done, draft.body.patents, draft.body.answers)
        later = Draft(draft.title, draft.kind, draft.field, draft.year, body, draft.authors)
        await innovations.save(self.number, later, await self._revision(), self.by, day)
        await self._hand_in(day, self.told.again)

    async def _move(self, step: str, day: datetime) -> None:
        async with transaction():
            row = await innovations.locked(self.number)
            await innovations.move(row, step, self.told.said if step == "not_award" else "", self.above, day)

    async def _revision(self) -> int:
        row = await Innovation.select(Innovation.revision).where(Innovation.id == self.number).first()
        return int(row["revision"]) if row else 0
