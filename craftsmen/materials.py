"""Papers of the checklist: the only writer of `Material`. What was handed in before stays, marked as replaced.

Knows codes of the round's rules and where a nomination stands; who may hand in is decided by the loader. The file's
content is judged and stored by `foundation.files`; a paper that is one of our forms remembers which data it showed.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from craftsmen import nomination_reads, standings
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_rounds import RoundForNominations, by_id
from craftsmen.nomination_tables import Material
from craftsmen.nominations import locked
from craftsmen.rules.nomination_steps import AT_UNIT, AUDITED, Stage
from craftsmen.rules.papers_printed import record_of
from craftsmen.rules.round_rules import MaterialRule
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import stored, uses
from foundation.files.limits import PAPER
from foundation.process import prints
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was handed in and counts; `size` is bytes."""

    id: int
    nomination_id: int
    code: str
    file_id: int
    name: str
    media_type: str
    size: int
    by: str
    at: datetime


async def hand_in(  # noqa: PLR0917 - a file is name and content
    nomination_id: int, code: str, name: str, content: bytes | Path, by: int, now: datetime, *, version: str = ""
) -> int:
    """Hand in a paper; one of the same code is replaced, not lost. Answers its id. Raises Refused, NotFound.

    `version` is what the footer of our own printed form says; empty where it is not one of ours, or the newest print.
    """
    field = f"material_{code}"
    await asyncio.to_thread(stored.check, name, content, field, PAPER.most, PAPER.kinds)
    await _open_for(await _one(nomination_id), code)
    file_id = await stored.keep(name, content, by, now, field, PAPER.most, PAPER.kinds)
    return await _put(nomination_id, code, file_id, version, by, now)


@tried_again
async def _put(  # noqa: PLR0917
    nomination_id: int, code: str, file_id: int, version: str, by: int, now: datetime
) -> int:
    async with transaction():
        before = await locked(nomination_id)
        rule = await _open_for(before, code)
        printed = await _attached(before, rule, version, file_id, by, now) if rule.ours else ""
        where = (Material.nomination == nomination_id, Material.code == code, Material.replaced.eq(False))
        await Material.update({Material.replaced: True}).where(*where)
        row = Material(nomination=nomination_id, code=code, file=file_id, data_hash=printed, by=f"account:{by}", at=now)
        await uses.hang(file_id, before.subject, code)
        await row.save()
        payload = {"code": code, "file": file_id}
        ledger.record(stream=before.subject, act="nomination.paper_in", actor=f"account:{by}", payload=payload)
    return int(row.id)


@tried_again
async def take_off(nomination_id: int, code: str, by: int) -> None:
    """A paper was the wrong one: it counts no more, and stays stored. Raises Refused, NotFound."""
    async with transaction():
        before = await locked(nomination_id)
        await _open_for(before, code)
        gone = await (
            Material.update({Material.replaced: True})
            .where(Material.nomination == nomination_id, Material.code == code, Material.replaced.eq(False))
            .returning(Material.id)
        )
        if not gone:
            raise NotFound
        payload = {"code": code}
        ledger.record(stream=before.subject, act="nomination.paper_off", actor=f"account:{by}", payload=payload)


async def of(ids: Collection[int]) -> dict[int, list[Paper]]:
    """The papers that count, by nomination, in one query."""
    found: dict[int, list[Paper]] = {one: [] for one in ids}
    if not found:
        return {}
    rows = await (
        Material.select(
            Material.id, Material.nomination, Material.code, Material.file, Material.by, Material.at,
            Material.file.name.as_alias("name"), Material.file.media_type.as_alias("media_type"),
            Material.file.size.as_alias("size"),
        )
        .where(Material.nomination.is_in(list(found)), Material.replaced.eq(False))
        .order_by(Material.nomination, Material.code)
    )  # fmt: skip
    for row in rows:
        found[row["nomination"]].append(
            Paper(
                row["id"], row["nomination"], row["code"], row["file"], row["name"], row["media_type"], row["size"],
                row["by"], row["at"],
            )
        )  # fmt: skip
    return found


async def file_of(nomination_id: int, code: str) -> int:
    """The stored file of the paper of this code. Raises NotFound."""
    row = (
        await Material.select(Material.file)
        .where(Material.nomination == nomination_id, Material.code == code, Material.replaced.eq(False))
        .first()
    )
    if row is None:
        raise NotFound
    return int(row["file"])


async def _attached(  # noqa: PLR0917 - a scan is all of these
    before: NominationFacts, rule: MaterialRule, version: str, file_id: int, by: int, now: datetime
) -> str:
    """Attach the stamped scan to the print it is of; answers which data stood on it (sha256). Raises Refused.

    `version` is what its footer says; empty: the newest print, or what stands there now where none was recorded.
    """
    form, field = record_of(rule), f"material_{rule.code}"
    made = await prints.of(before.subject, form)
    if not version and not made:
        return standings.version_on(before, (await by_id(before.round_id)).rules, rule)
    try:
        print_id = await prints.attach_scan(before.subject, form, version or made[0].version, file_id, by=by, now=now)
    except Refused as refusal:
        raise Refused(*(Problem(one.code, field, one.params) for one in refusal.problems)) from refusal
    return next(one.data_hash for one in made if one.id == print_id)


async def _one(nomination_id: int) -> NominationFacts:
    found = await nomination_reads.by_ids([nomination_id])
    if not found:
        raise NotFound
    return found[0]


async def _open_for(nomination: NominationFacts, code: str) -> MaterialRule:
    """The rule of this paper, where it may be handed in now. Raises Refused, NotFound.

    At the unit all of them, after a return those that were named; where it is audited our own forms alone, for the
    county and the channel stamp them too.
    """
    rule = _rule(await by_id(nomination.round_id), code)
    stage = nomination.stage
    if stage not in AT_UNIT and not (stage in AUDITED and rule.ours):
        raise Refused(Problem(f"nomination_at_{stage.value}"))
    if stage is Stage.DRAFT:
        named = await returns.open_fields(nomination.subject)
        if named is not None and not {"materials", f"material_{code}"} & set(named):
            raise Refused(Problem("return_field_closed", f"material_{code}"))
    return rule


def _rule(found: RoundForNominations, code: str) -> MaterialRule:
    rule = next((one for one in found.rules.materials if one.code == code), None)
    if rule is None:
        raise NotFound
    return rule
