"""Innovations that are one and the same: the only writer of `SameAs` and `SameAsWord`.

An officer of a union above both links them with a reason; both stay as they are, and each unit says what it thinks.
Until their credit is merged (`same_as_merging`) a link is taken back as easily. Who may do it was decided by the
loader.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations import innovations
from innovations.innovation_tables import SameAs, SameAsWord
from innovations.rules.innovations import Stage
from innovations.rules.same_as import reason_problems

Row = Mapping[str, Any]


@tried_again
async def link(one: int, other: int, reason: str, by: int, now: datetime) -> int:
    """Link two innovations as the same; answers the link's id. Raises NotFound, Refused."""
    reason = reason.strip()
    async with transaction():
        if problems := reason_problems(reason) + ([Problem("same_itself", "other")] if one == other else []):
            raise Refused(*problems)
        first, second = await both(one, other)
        if Stage.MERGED in {first["stage"], second["stage"]}:
            raise Refused(Problem("same_merged", "other"))
        pair = SameAs(one=first["id"], other=second["id"], note=reason, linked_by=by, linked_at=now)
        made = await SameAs.insert(pair).on_conflict(action="DO NOTHING")
        if not made:
            raise Refused(Problem("same_linked_already", "other"))
        for row in (first, second):
            await innovations.remark(row["id"], "same_linked", reason, by, now)
        return int(made[0]["id"])


@tried_again
async def unlink(link_id: int, reason: str, by: int, now: datetime) -> None:
    """They are two after all. Raises NotFound; Refused once their credit is merged, or while that is asked."""
    reason = reason.strip()
    async with transaction():
        row, first, second = await locked(link_id)
        if problems := reason_problems(reason) + await closed(row):
            raise Refused(*problems)
        await SameAs.delete().where(SameAs.id == link_id)
        for each in (first, second):
            await innovations.remark(each["id"], "same_unlinked", reason, by, now)


@tried_again
async def say(  # noqa: PLR0917 - a word is all of these
    link_id: int, innovation_id: int, agrees: bool, reason: str, by: int, now: datetime
) -> None:
    """What the unit of one of both says of it, in the place of what it said before. Raises NotFound, Refused."""
    reason = reason.strip()
    async with transaction():
        row, first, second = await locked(link_id)
        if innovation_id not in {first["id"], second["id"]}:
            raise NotFound
        if row["merged_at"] is not None:
            raise Refused(Problem("same_merged_already"))
        if (reason or not agrees) and (problems := reason_problems(reason)):
            raise Refused(*problems)
        values: dict[Any, Any] = {"agrees": agrees, "reason": reason, "by": by, "at": now}
        mine = (SameAsWord.same_as == link_id, SameAsWord.innovation == innovation_id)
        if await SameAsWord.exists().where(*mine):
            await SameAsWord.update(values).where(*mine)
        else:
            await SameAsWord(same_as=link_id, innovation=innovation_id, **values).save()
        innovations.record(innovation_id, "same_word", by, {"agrees": agrees})


async def set_asked(link_id: int, act: int | None) -> None:
    """Within the caller's transaction, the link locked: a second person is asked to merge the credit, or no longer."""
    await SameAs.update({SameAs.act: act}).where(SameAs.id == link_id)


async def set_merged(link_id: int, main: int, act: int, now: datetime) -> None:
    """Within the transaction that confirms, the link locked: `main` carries the credit of both from now on."""
    values: dict[Any, Any] = {SameAs.merged_at: now, SameAs.act: act, SameAs.main: main}
    await SameAs.update(values).where(SameAs.id == link_id)


async def closed(row: Row) -> list[Problem]:
    if row["merged_at"] is not None:
        return [Problem("same_merged_already")]
    return [Problem("same_asked")] if row["act"] is not None else []


async def both(one: int, other: int, *, in_order: bool = False) -> tuple[Row, Row]:
    """Both rows, locked the smaller id first; answered so too, or in the order in which they were named."""
    rows = {each: await innovations.locked(each) for each in sorted({one, other})}
    first, second = (one, other) if in_order else sorted((one, other))
    return rows[first], rows[second]


async def locked(link_id: int) -> tuple[Row, Row, Row]:
    """The link with both innovations, all locked. Raises NotFound."""
    found = await SameAs.select(SameAs.one, SameAs.other).where(SameAs.id == link_id).first()
    if found is None:
        raise NotFound
    first, second = await both(found["one"], found["other"])
    if not await lock_row(SameAs, link_id):
        raise NotFound
    row = await SameAs.select().where(SameAs.id == link_id).first()
    if row is None:
        raise NotFound
    return row, first, second


def subject(link_id: int) -> str:
    return f"same:{link_id}"
