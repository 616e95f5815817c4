"""Drafts of rounds: made from a preset, from last year or empty, and changed; with `rounds` the sole writer.

A draft may be saved inconsistent as it may be; what keeps it from being frozen is named beside it. Each change says
which revision it started from, so that an old form replaces nothing unseen.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from craftsmen.honour_tables import HonourTitle
from craftsmen.presets.round_presets import KEYS, load_preset
from craftsmen.round_channels import starting_places
from craftsmen.round_reads import RoundFacts, draft_rules, lock_round, versions
from craftsmen.round_tables import SelectionRound
from craftsmen.rounds import record
from craftsmen.rules.nomination_steps import ALWAYS, ROAD
from craftsmen.rules.round_dates import shifted
from craftsmen.rules.round_draft import LONGEST_ADDRESS, RoundDraft, address_of
from craftsmen.rules.round_rules import RoundRules, StageRule, canonical, rules_hash
from craftsmen.rules.round_stages import Stage
from foundation.base.problem import Problem, Refused
from foundation.process.calendar import day_table
from foundation.store.commit import write
from foundation.store.locks import lock_row

PRESETS = KEYS
"""What `from_preset` knows."""

EMPTY = RoundRules(confer=1, stages=tuple(StageRule(stage.value) for stage in ROAD if stage in ALWAYS))
"""What a round starts from when it starts from nothing."""


async def from_preset(key: str, organisation_id: int) -> RoundRules:
    """A preset's rules with the channels this organisation has. Raises NotFound for no preset."""
    preset = load_preset(key)
    return replace(preset.rules, places=await starting_places(organisation_id, dict(preset.places)))


async def as_before(found: RoundFacts, begin: date | None) -> RoundRules:
    """The rules of an earlier round as they held last, its dates moved by working days so that they begin on `begin`.

    Without `begin` the dates are left out. Raises Refused where the days off of a year are not known.
    """
    frozen = await versions(found.id)
    old = frozen[-1].rules if frozen else await draft_rules(found.id)
    moved = shifted(old, begin, await day_table())
    if isinstance(moved, Problem):
        raise Refused(moved)
    return moved


async def create(
    draft: RoundDraft,
    rules: RoundRules,
    organisation: int,
    by: int,
    now: datetime,
    *,
    copied_from: int | None = None,
) -> str:
    """Make a draft of a round; answers its address. Raises Refused where there is one for this title and edition."""

    async def job() -> str:
        address = await _address(draft)
        row = SelectionRound(
            address=address,
            title=draft.title,
            organisation=organisation,
            year=draft.year,
            edition=draft.edition,
            name=draft.name,
            stage=Stage.DRAFT.value,
            rules=canonical(rules),
            rules_hash="",
            document="",
            ended_reason="",
            copied_from=copied_from,
            created_by=by,
            created_at=now,
        )
        made = await SelectionRound.insert(row).on_conflict(target=SelectionRound.address, action="DO NOTHING")
        if not made:
            raise Refused(Problem("round_exists", "edition", {"address": address}))
        payload = {"address": address, "organisation": organisation, "copied_from": copied_from}
        record(int(made[0]["id"]), "round.created", by, payload)
        return address

    return await write(job)


async def change(round_id: int, draft: RoundDraft, revision: int, by: int) -> None:
    """Change a draft's name and year; title and edition stand in its address and stay. Raises Refused."""

    async def job() -> None:
        found = await _draft(round_id, revision)
        if (found.title_id, found.edition) != (draft.title, draft.edition):
            raise Refused(Problem("round_address_fixed", "edition"))
        if not found.edition and found.year != draft.year:
            raise Refused(Problem("round_address_fixed", "year"))
        await _save(found, {SelectionRound.name: draft.name, SelectionRound.year: draft.year})
        record(round_id, "round.changed", by, {"year": draft.year})

    await write(job)


async def change_rules(round_id: int, rules: RoundRules, revision: int, by: int) -> None:
    """Save the rules of a draft, whole or not; `revision` is the one the person started from. Raises Refused."""

    async def job() -> None:
        found = await _draft(round_id, revision)
        text = canonical(rules)
        await _save(found, {SelectionRound.rules: text})
        record(round_id, "round.rules_saved", by, {"rules": rules_hash(text)})

    await write(job)


async def _draft(round_id: int, revision: int) -> RoundFacts:
    """The locked round, if it is a draft and the person has seen its newest state."""
    found = await lock_round(round_id)
    if found.stage is not Stage.DRAFT:
        raise Refused(Problem("round_frozen_already"))
    if found.revision != revision:
        raise Refused(Problem("round_changed_meanwhile"))
    return found


async def _save(found: RoundFacts, values: dict[Any, Any]) -> None:
    changed = {**values, SelectionRound.revision: found.revision + 1}
    await SelectionRound.update(changed).where(SelectionRound.id == found.id)


async def _address(draft: RoundDraft) -> str:
    await lock_row(HonourTitle, draft.title, share=True)  # whoever closes it waits, or was first
    title = (
        await HonourTitle.select(HonourTitle.code)
        .where(HonourTitle.id == draft.title, HonourTitle.active.eq(True))
        .first()
    )
    if title is None:
        raise Refused(Problem("round_title_none", "title"))
    address = address_of(title["code"], draft.year, draft.edition)
    if len(address) > LONGEST_ADDRESS:
        raise Refused(Problem("round_code_long", "title"))
    return address
