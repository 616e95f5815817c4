"""Competitions and contests: the only writer of `Competition` and of a `Contest`'s own facts.

`by` is the acting account's id. The ledger's streams are `competition:<id>` and `contest:<id>`; titles and names are
never in it. The scheme's columns belong to `schemes.py`; a contest's stage moves here and in `schemes.py` and
`publishing.py`, each time by `rules/stages.py` under the contest's lock.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from competitions import organisers
from competitions.changed import competition_changed, contest_changed
from competitions.contests import (
    CompetitionFacts,
    ContestFacts,
    competition_by_address,
    contest_by_address,
    lock_contest,
)
from competitions.organisers import lock_competition, record_competition
from competitions.panel import plans
from competitions.rules.events import (
    CompetitionDraft,
    ContestDraft,
    SettingsDraft,
    regrouping_problems,
    settings_problems,
)
from competitions.rules.meanwhile import Opened
from competitions.rules.notes import SheetNotes, notes_json
from competitions.rules.panel import panel_problems
from competitions.rules.stages import Stage, after
from competitions.shown import competition_values, contest_values, settings_values
from competitions.tables import Competition, Contest, Entry
from competitions.versions import frozen_scheme
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_tables import ROOT_ID
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.tabulation.scheme import Scheme, canonical_json


@tried_again
async def create_competition(
    draft: CompetitionDraft, by: int, now: datetime, organisation_id: int = ROOT_ID
) -> CompetitionFacts:
    """Make a competition of an organisation, with the acting account as its first organiser.

    Its address is 2026-3: year and number.
    """
    async with transaction():
        competition_id, address = await _new_competition(draft, organisation_id, now)
        await organisers.first(competition_id, by)
        record_competition(competition_id, "competition.created", by, {"address": address, "level": draft.level.value})
    made = await competition_by_address(address)
    if made is None:
        raise NotFound
    return made


@tried_again
async def change_competition(
    competition_id: int, draft: CompetitionDraft, by: int, opened: Opened | None = None
) -> None:
    """Change a competition's facts; its year stands in its address and stays.

    `opened` is the form they were typed in: what somebody else saved meanwhile is told once. Raises Refused.
    """
    async with transaction():
        row = await lock_competition(competition_id)
        if row["year"] != draft.year:
            raise Refused(Problem("year_fixed", "year", {"year": str(row["year"])}))
        found = await competition_by_address(row["address"])
        if opened and found and (problems := opened.problems(competition_values(found))):
            raise Refused(*problems)
        await Competition.update(_columns(draft)).where(Competition.id == competition_id)
        await competition_changed(competition_id, row["address"])
        record_competition(competition_id, "competition.changed", by, {"level": draft.level.value})


@tried_again
async def create_contest(
    competition_id: int,
    draft: ContestDraft,
    by: int,
    now: datetime,
    *,
    scheme: Scheme | None = None,
    notes: SheetNotes | None = None,
) -> ContestFacts:
    """Make a contest in a competition, if wanted with a first draft of its scheme; its address is 2026-3-02."""
    async with transaction():
        frame = await lock_competition(competition_id)
        number = 1 + await Contest.count().where(Contest.competition == competition_id)
        address = f"{frame['address']}-{number:02d}"
        contest = Contest(
            competition=competition_id,
            address=address,
            title=draft.title,
            occupation=draft.occupation,
            occupation_code=draft.occupation_code,
            groups="\n".join(draft.groups),
            stage=Stage.DRAFT.value,
            scheme=canonical_json(scheme) if scheme else "",
            sheet=notes_json(notes or SheetNotes()) if scheme else "",
            **asdict(SettingsDraft()),
            created_at=now,
        )
        await contest.save()
        ledger.record(
            stream=f"contest:{contest.id}",
            act="contest.created",
            actor=f"account:{by}",
            payload={"address": address, "competition": competition_id, "occupation_code": draft.occupation_code},
        )
    made = await contest_by_address(address)
    if made is None:
        raise NotFound
    return made


@tried_again
async def change_contest(contest_id: int, draft: ContestDraft, by: int, opened: Opened | None = None) -> None:
    """Change a contest's own facts; a group that entries stand in stays. Raises Refused once results are published,
    and once for what somebody else saved since the form was `opened`.
    """
    async with transaction():
        contest = await lock_contest(contest_id)
        if contest.stage is Stage.PUBLISHED:
            raise Refused(Problem("contest_published"))
        if opened and (problems := opened.problems(contest_values(contest))):
            raise Refused(*problems)
        used = await Entry.select(Entry.group.as_alias("group")).where(Entry.contest == contest_id)
        if problems := regrouping_problems(draft.groups, [row["group"] for row in used]):
            raise Refused(*problems)
        await Contest.update(
            {
                Contest.title: draft.title,
                Contest.occupation: draft.occupation,
                Contest.occupation_code: draft.occupation_code,
                Contest.groups: "\n".join(draft.groups),
            }
        ).where(Contest.id == contest_id)
        contest_changed(contest)
        _record(contest_id, "contest.changed", by, {"occupation_code": draft.occupation_code})


@tried_again
async def change_settings(contest_id: int, settings: SettingsDraft, by: int, opened: Opened | None = None) -> None:
    """Set who sees what of the results; fixed once they are published. Raises Refused, as `change_contest` does."""
    if problems := settings_problems(settings):
        raise Refused(*problems)
    async with transaction():
        contest = await lock_contest(contest_id)
        if contest.stage is Stage.PUBLISHED:
            raise Refused(Problem("settings_published"))
        if opened and (problems := opened.problems(settings_values(contest))):
            raise Refused(*problems)
        await Contest.update(**asdict(settings)).where(Contest.id == contest_id)
        contest_changed(contest)
        _record(contest_id, "contest.settings_changed", by, asdict(settings))


@tried_again
async def open_marking(contest_id: int, by: int) -> None:
    """Let the judges begin, if the seats can give every mark that the frozen scheme asks for. Raises Refused."""
    async with transaction():
        contest = await lock_contest(contest_id)
        stage = after("open_marking", contest.stage)
        frozen = await frozen_scheme(contest_id)
        if stage is None or frozen is None:
            raise Refused(Problem(f"open_marking_{contest.stage.value}"))
        if problems := panel_problems(frozen.scheme, *await plans(contest_id)):
            raise Refused(*problems)
        await Contest.update({Contest.stage: stage.value}).where(Contest.id == contest_id)
        contest_changed(contest)
        _record(contest_id, "marking.opened", by, {"scheme_version": frozen.version})


async def _new_competition(draft: CompetitionDraft, organisation_id: int, now: datetime) -> tuple[int, str]:
    """Insert under the next free number of the year; whoever took it meanwhile makes us try the one after."""
    rows = await Competition.select(Competition.address).where(Competition.year == draft.year)
    number = max((int(row["address"].rpartition("-")[2]) for row in rows), default=0)
    while True:
        number += 1
        address = f"{draft.year}-{number}"
        row = Competition(
            address=address, year=draft.year, organisation=organisation_id, created_at=now, **_columns(draft)
        )
        made = await Competition.insert(row).on_conflict(action="DO NOTHING").returning(Competition.id)
        if made:
            return int(made[0]["id"]), address


def _columns(draft: CompetitionDraft) -> dict[Any, Any]:
    return {
        "title": draft.title,
        "level": draft.level.value,
        "organisers": "\n".join(draft.organisers),
        "hosts": "\n".join(draft.hosts),
        "co_hosts": "\n".join(draft.co_hosts),
        "place": draft.place,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
    }


def _record(contest_id: int, act: str, by: int, payload: dict[str, Any]) -> None:
    ledger.record(stream=f"contest:{contest_id}", act=act, actor=f"account:{by}", payload=payload)
