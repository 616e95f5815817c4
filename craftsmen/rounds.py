"""Selection rounds (届) from the freezing of their rules on; with `round_drafts` the sole writer of `SelectionRound`.

What is frozen fits together, is hashed and public, and changes only by dated amendments that touch nothing already
decided. The ledger's stream is `round:<id>`; names and reasons are never in it. `by` is the acting account's id.
Other packages read rounds through the functions named in `__all__`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from craftsmen import round_channels
from craftsmen.honour_tables import HonourTitle
from craftsmen.nominee_reads import used_of
from craftsmen.round_reads import RoundFacts, lock_round, round_by_address, rules_of, versions
from craftsmen.round_tables import RoundAmendment, SelectionRound
from craftsmen.rules.round_amending import amendment_problems, reason_problems
from craftsmen.rules.round_check import round_problems
from craftsmen.rules.round_draft import freed_address
from craftsmen.rules.round_rules import RoundRules, canonical, parsed, rules_hash
from craftsmen.rules.round_stages import Stage, after
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.process.calendar import customs, day_table
from foundation.process.openings import register_place
from foundation.store import generations, ledger
from foundation.store.commit import write
from foundation.store.locks import lock_row

__all__ = [
    "RoundFacts", "amend", "cancel", "check", "conclude", "freeze", "lock_round", "record", "round_by_address",
    "round_changed", "rules_of", "step_taken", "take_step",
]  # fmt: skip

LISTS = "rounds"  # the generation of the public list


async def freeze(round_id: int, seen: str, by: int, now: datetime) -> None:
    """Freeze and publish the rules, and open the round. `seen` is the hash the person was shown. Raises Refused."""

    async def job() -> None:
        found = await lock_round(round_id)
        stage = _after("freeze", found)
        await _title_open(found)
        text = await _rules_text(round_id)
        if rules_hash(text) != seen:
            raise Refused(Problem("round_changed_meanwhile"))
        rules = parsed(text)
        if problems := await check(rules):
            raise Refused(*problems)
        await SelectionRound.update(
            {
                SelectionRound.stage: stage.value,
                SelectionRound.rules_hash: seen,
                SelectionRound.frozen_by: by,
                SelectionRound.frozen_at: now,
            }
        ).where(SelectionRound.id == round_id)
        await round_channels.materialise(round_id, rules)
        round_changed(found.address)
        record(round_id, "round.frozen", by, {"rules": seen, "channels": len(rules.places)})

    await write(job)


async def amend(round_id: int, base: int, rules: RoundRules, reason: str, *, by: int, now: datetime) -> int:
    """Put amended rules in place of version `base`, with a public reason; answers their number. Raises Refused."""
    reason = " ".join(reason.split())

    async def job() -> int:
        found = await lock_round(round_id)
        _after("amend", found)
        newest = (await versions(round_id))[-1]
        problems = reason_problems(reason)
        if newest.number != base:
            problems.append(Problem("round_amended_meanwhile", "", {"number": str(newest.number)}))
        today = day_of(now)
        problems += amendment_problems(newest.rules, rules, found.stage, await used_of(round_id), today)
        if problems := [*problems, *await check(rules)]:
            raise Refused(*problems)
        text = canonical(rules)
        row = RoundAmendment(
            round=round_id,
            number=base + 1,
            rules=text,
            rules_hash=rules_hash(text),
            reason=reason,
            account=by,
            at=now,
        )
        await row.save()
        await round_channels.materialise(round_id, rules)
        round_changed(found.address)
        record(round_id, "round.amended", by, {"number": base + 1, "rules": row.rules_hash})
        return base + 1

    return await write(job)


async def take_step(round_id: int, step: str, by: int) -> Stage:
    """Close recommendations, open them again, or go on to deciding. Raises Refused where it cannot be now."""

    async def job() -> Stage:
        found = await lock_round(round_id)
        return await step_taken(found, step, by)

    if step not in ("close", "open_again", "decide"):
        raise NotFound
    return await write(job)


async def cancel(round_id: int, reason: str, by: int) -> str:
    """Give a round up; where it was public, with a reason that everybody reads. Answers its address. Raises Refused.

    A draft, which nobody outside the office has seen, leaves its address, and so its edition, to another one.
    """
    reason = " ".join(reason.split())

    async def job() -> str:
        found = await lock_round(round_id)
        if found.public and (problems := reason_problems(reason)):
            raise Refused(*problems)
        await step_taken(found, "cancel", by)
        address = found.address if found.public else freed_address(round_id)
        values: dict[Any, Any] = {SelectionRound.ended_reason: reason, SelectionRound.address: address}
        await SelectionRound.update(values).where(SelectionRound.id == round_id)
        if not found.public:
            record(round_id, "round.address_freed", by, {"address": found.address, "now": address})
        return address

    return await write(job)


async def conclude(round_id: int, document: str, by: int) -> None:
    """End a round with the document number of its decision, inside the caller's transaction (conferral does)."""
    found = await lock_round(round_id)
    await step_taken(found, "conclude", by)
    await SelectionRound.update({SelectionRound.document: document}).where(SelectionRound.id == round_id)


async def step_taken(found: RoundFacts, step: str, by: int) -> Stage:
    """Move a locked round one step, inside the caller's transaction. Raises Refused."""
    stage = _after(step, found)
    await SelectionRound.update({SelectionRound.stage: stage.value}).where(SelectionRound.id == found.id)
    if found.public:
        round_changed(found.address)
    record(found.id, f"round.{step}", by, {"before": found.stage.value, "after": stage.value})
    return stage


async def check(rules: RoundRules) -> Sequence[Problem]:
    """Every inconsistency of these rules, by the federation's own customs and calendar."""
    return round_problems(rules, least_days=(await customs()).least_days, table=await day_table())


def round_changed(address: str) -> None:
    """Something that everybody may see of a round changed, counts included; in the transaction of the change."""
    generations.bump(LISTS, f"round:{address}")


def _after(step: str, found: RoundFacts) -> Stage:
    stage = after(step, found.stage)
    if stage is None:
        raise Refused(Problem(f"round_at_{found.stage.value}"))
    return stage


async def _title_open(found: RoundFacts) -> None:
    """The title can be given: whoever closes it waits, or was first. Raises Refused."""
    await lock_row(HonourTitle, found.title_id, share=True)
    if not await HonourTitle.exists().where(HonourTitle.id == found.title_id, HonourTitle.active.eq(True)):
        raise Refused(Problem("title_closed", "title", {"title": found.title_name}))


async def _rules_text(round_id: int) -> str:
    row = await SelectionRound.select(SelectionRound.rules).where(SelectionRound.id == round_id).first()
    return str(row["rules"]) if row else ""


def record(round_id: int, act: str, by: int, payload: Mapping[str, Any]) -> None:
    """One line in the round's stream, in the open transaction."""
    ledger.record(stream=f"round:{round_id}", act=act, actor=f"account:{by}", payload=payload)


async def _owner(address: str) -> str | None:
    """Whose a round is: one with frozen rules, for what nobody may read yet is neither called for nor noticed."""
    found = await round_by_address(address)
    return found.organisation_path if found and found.public and found.stage is not Stage.CANCELLED else None


register_place("round", "/rounds/{}", _owner)
