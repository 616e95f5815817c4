"""New honours from drafts: the rows, their addresses and their teams; a part of `honours.py`, which alone calls it.

The title's row is locked while they are made, so that a second push of one thing, at the same moment too, finds the
first. So are units and people: a merge of them waits, and moves what was made along. Runs within the caller's
transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from craftsmen import honour_filling, titles
from craftsmen.honour_tables import Honour, HonourMember, HonourTitle
from craftsmen.rules.honours import HonourDraft, Member, PartialDate, Stage, draft_problems
from foundation.base.problem import Problem, Refused
from foundation.people import workers
from foundation.people.organisation_tables import Organisation
from foundation.store.locks import lock_row, lock_rows


async def make(  # noqa: PLR0917
    drafts: Sequence[HonourDraft], stage: Stage, document: str, on: PartialDate | None, by: str, now: datetime
) -> tuple[list[int], list[int]]:
    """Insert what is new of these drafts, all of one title; answers every id in their order, and those made."""
    code = drafts[0].title
    title = await titles.by_code(code)
    if title is None or any(draft.title != code for draft in drafts):
        raise Refused(Problem("honour_title_unknown", "title"))
    units = await _standing_units({draft.unit for draft in drafts if draft.unit is not None})
    people = await workers.lock_standing({one for draft in drafts for one in _people(draft)})
    whole = await honour_filling.filled([_as_standing(draft, units, people) for draft in drafts])
    if problems := [problem for draft in whole for problem in draft_problems(draft, title.holder)]:
        raise Refused(*problems)
    await lock_row(HonourTitle, title.id)  # from here on nobody else makes one of this title
    known = await _by_source_key(draft.source_key for draft in whole if draft.source_key)
    new: dict[str, HonourDraft] = {}  # by source key, so that one list names nobody twice
    for place, draft in enumerate(whole):
        key = draft.source_key or f"#{place}"
        if draft.source_key not in known:
            new.setdefault(key, draft)
    made: dict[str, int] = {}
    if new:
        title, first = await titles.next_numbers(title.id, len(new))
        numbered = {
            f"{code}-{on.year if on else one.year}-{first + n}": key for n, (key, one) in enumerate(new.items())
        }
        rows = [_row(new[key], title, address, stage, document, on, by, now) for address, key in numbered.items()]
        inserted = await Honour.insert(*rows).returning(Honour.id, Honour.address)
        made = {numbered[row["address"]]: row["id"] for row in inserted}
        await insert_members({made[key]: draft.members for key, draft in new.items()})
    ids = {**known, **made}
    return [ids[draft.source_key or f"#{place}"] for place, draft in enumerate(whole)], sorted(made.values())


def _people(draft: HonourDraft) -> list[int]:
    return [one for one in (draft.worker, *(member.worker for member in draft.members)) if one is not None]


def _as_standing(draft: HonourDraft, units: Mapping[int, int], people: Mapping[int, int]) -> HonourDraft:
    """The same draft of what these units and people are now, should some have been merged meanwhile."""
    members = tuple(Member(one.name, people.get(one.worker or 0, one.worker)) for one in draft.members)
    unit, worker = (units.get(draft.unit or 0, draft.unit), people.get(draft.worker or 0, draft.worker))
    return replace(draft, unit=unit, worker=worker, members=members)


async def _standing_units(unit_ids: Collection[int]) -> dict[int, int]:
    """Each unit and which it is now, locked so that none becomes part of another until COMMIT."""
    leads = {one: one for one in unit_ids}
    unsure = set(leads.values())
    while unsure:
        await lock_rows(Organisation, unsure, share=True)
        rows = await Organisation.select(Organisation.id, Organisation.merged_into).where(
            Organisation.id.is_in(sorted(unsure)), Organisation.merged_into.is_not_null()
        )
        merged = {row["id"]: row["merged_into"] for row in rows}
        leads = {one: merged.get(now, now) for one, now in leads.items()}
        unsure = set(merged.values())
    return leads


def _row(  # noqa: PLR0917
    draft: HonourDraft, title: titles.TitleFacts, address: str, stage: Stage, document: str, on: PartialDate | None,
    by: str, now: datetime,
) -> Honour:  # fmt: skip
    at = on or PartialDate(draft.year)
    same = (
        "worker", "name", "unit", "unit_name", "city", "county", "recommender", "gender", "industry", "occupation",
        "occupation_code", "edition", "posthumous", "source", "source_key", "honour_list",
    )  # fmt: skip
    account = by.removeprefix("account:")
    return Honour(
        address=address,
        title=title.id,
        verb=title.verb.value,
        body=draft.body or title.body,
        document=document,
        year=at.year,
        month=at.month,
        day=at.day,
        stage=stage.value,
        version=1,
        public_reason="",
        created_by=int(account) if account.isdigit() else 0,
        created_at=now,
        changed_at=now,
        **{name: getattr(draft, name) for name in same},
    )


async def _by_source_key(keys: Iterable[str]) -> dict[str, int]:
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    rows = await Honour.select(Honour.id, Honour.source_key).where(Honour.source_key.is_in(wanted))
    return {row["source_key"]: row["id"] for row in rows}


async def insert_members(teams: Mapping[int, Sequence[Member]]) -> None:
    rows = [
        HonourMember(honour=honour, worker=one.worker, name=one.name.strip(), position=place)
        for honour, members in teams.items()
        for place, one in enumerate(members, 1)
    ]
    if rows:
        await HonourMember.insert(*rows)
