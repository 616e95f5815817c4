"""Opinions of other bodies (征求意见): the only writer of `Opinion`. An earlier one of the same kind stays, replaced.

They may be asked for by the unit, the county or the channel, and again where one ended: until the panel has it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from craftsmen.nomination_rounds import by_id
from craftsmen.nomination_tables import Opinion
from craftsmen.nominations import locked
from craftsmen.rules import materials as rule
from craftsmen.rules.nomination_steps import AT_UNIT, AUDITED, Stage
from craftsmen.rules.opinion_form import OpinionDraft
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import uses
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns


@dataclass(frozen=True, slots=True)
class OpinionFacts:
    """An opinion that counts; `file_id` is the stamped paper, if it was handed in."""

    nomination_id: int
    code: str
    body: str
    agrees: bool
    given_on: date
    valid_until: date | None
    text: str
    file_id: int | None


@tried_again
async def record(
    nomination_id: int,
    code: str,
    draft: OpinionDraft,
    by: int,
    now: datetime,
    *,
    paper: int | None = None,
) -> None:
    """Keep what a body said; `paper` is the stored file of the stamped answer. Raises Refused, NotFound."""
    if draft.given_on > day_of(now):
        raise Refused(Problem("opinion_day", "given_on"))
    async with transaction():
        before = await locked(nomination_id)
        found = await by_id(before.round_id)
        kind = next((one for one in found.rules.opinions if one.code == code), None)
        if kind is None:
            raise NotFound
        if before.stage not in AT_UNIT and before.stage not in AUDITED:
            raise Refused(Problem(f"nomination_at_{before.stage.value}"))
        if before.stage is Stage.DRAFT and (problems := await returns.check_reopened(before.subject, ["opinions"])):
            raise Refused(*problems)
        where = (Opinion.nomination == nomination_id, Opinion.code == code, Opinion.replaced.eq(False))
        await Opinion.update({Opinion.replaced: True}).where(*where)
        row = Opinion(
            nomination=nomination_id,
            code=code,
            body=draft.body,
            agrees=draft.agrees,
            given_on=draft.given_on,
            valid_until=rule.valid_until(kind, draft.given_on),
            text=draft.text,
            file=paper,
            account=by,
            at=now,
        )
        if paper is not None:
            await uses.hang(paper, before.subject, f"opinion_{code}"[:40])
        await row.save()
        payload = {"code": code, "agrees": draft.agrees, "file": paper}
        ledger.record(stream=before.subject, act="nomination.opinion", actor=f"account:{by}", payload=payload)


async def of(ids: Collection[int]) -> dict[int, list[OpinionFacts]]:
    """The opinions that count, by nomination, in one query."""
    found: dict[int, list[OpinionFacts]] = {one: [] for one in ids}
    if not found:
        return {}
    rows = await (
        Opinion.select()
        .where(Opinion.nomination.is_in(list(found)), Opinion.replaced.eq(False))
        .order_by(Opinion.nomination, Opinion.code)
    )
    for row in rows:
        found[row["nomination"]].append(
            OpinionFacts(
                row["nomination"], row["code"], row["body"], row["agrees"], row["given_on"], row["valid_until"],
                row["text"], row["file"],
            )
        )  # fmt: skip
    return found


async def file_of(nomination_id: int, code: str) -> int:
    """The stamped answer of this kind. Raises NotFound."""
    for one in (await of([nomination_id]))[nomination_id]:
        if one.code == code and one.file_id is not None:
            return one.file_id
    raise NotFound
