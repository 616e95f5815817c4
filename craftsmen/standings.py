"""Where nominations stand and what stops them: everything `rules/readiness.py` asks, read for many at once.

Writes nothing. As many queries for eighty nominations as for one, so that a board is one question.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from craftsmen import nomination_history, nomination_pictures, nomination_rounds
from craftsmen.nomination_place import about
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_rounds import RoundForNominations
from craftsmen.nomination_tables import Material, Opinion
from craftsmen.rules import materials, readiness
from craftsmen.rules.data_version import version_of, version_of_asking, version_of_story
from craftsmen.rules.nomination_form import lacking
from craftsmen.rules.nomination_steps import AT_UNIT, Stage, after
from craftsmen.rules.papers_printed import Form, asked_on, form_of
from craftsmen.rules.readiness import Notice, Scan, Standing
from craftsmen.rules.round_rules import MaterialRule, RoundRules
from craftsmen.scan_state import state_of
from foundation.base import calendar
from foundation.base.calendar import DayTable
from foundation.base.clock import day_of
from foundation.base.problem import Problem
from foundation.process import notice_waits
from foundation.process.calendar import day_table


@dataclass(frozen=True, slots=True)
class Stood:
    """One nomination, its round, where it stands, what stops it and what may soon."""

    nomination: NominationFacts
    round: RoundForNominations
    standing: Standing
    blocks: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


async def of(nomination: NominationFacts, now: datetime) -> Stood:
    """One nomination."""
    return (await of_all([nomination], now))[0]


async def of_all(nominations: Sequence[NominationFacts], now: datetime) -> list[Stood]:
    """Many, in the order in which they came."""
    ids = [one.id for one in nominations]
    rounds = await nomination_rounds.by_ids({one.round_id for one in nominations})
    handed = await _by_nomination(Material, ids)
    given = await _by_nomination(Opinion, ids)
    asked = await nomination_history.asked_by([one.id for one in nominations if one.stage is Stage.DRAFT])
    noticed = [one for one in nominations if one.stage is Stage.UNIT_NOTICE]
    states = await notice_waits.states([about(one.address) for one in noticed], now)
    days = await day_table() if noticed else DayTable()
    pictures = await nomination_pictures.of_all(nominations)
    made = []
    for one in nominations:
        found = rounds[one.round_id]
        scan = state_of(one, pictures[one.id].pieces, [(row["code"], row["file"]) for row in handed[one.id]])
        standing = _standing(one, found, handed[one.id], given[one.id], asked.get(one.id), scan, day_of(now))
        if one.stage is Stage.UNIT_NOTICE:
            standing = _noticed(standing, one, found, states.get(about(one.address), ""), days)
        made.append(Stood(one, found, standing, tuple(readiness.blocks(standing)), tuple(readiness.warnings(standing))))
    return made


def version(nomination: NominationFacts) -> str:
    """The version of what its forms print."""
    return version_of(nomination.name, nomination.unit, nomination.draft, nomination.person, nomination.portrait)


def version_on(nomination: NominationFacts, rules: RoundRules, rule: MaterialRule) -> str:
    """The version of what one paper of ours prints: what is not on it does not change it."""
    form, one = form_of(rule), nomination
    if form is Form.STORY:
        return version_of_story(one.name, one.unit, one.draft.story)
    if form is Form.OPINIONS:
        asked = [opinion.name for opinion in asked_on(rule, rules.materials, rules.opinions, one.facts)]
        return version_of_asking(
            one.name, one.unit, one.draft.role.value, one.draft.summary, one.person, asked, one.portrait
        )
    return version(one)


def _outdated(nomination: NominationFacts, rules: RoundRules, code: str, printed: str) -> bool:
    """Whether a paper was printed from other data than stand there now. One that carries the version of all the data
    shows what stands as long as nothing of it changed."""
    rule = next((one for one in rules.materials if one.code == code), None)
    if not printed or rule is None:
        return False
    return printed not in {version_on(nomination, rules, rule), version(nomination)}


def _standing(  # noqa: PLR0917 - where it stands is all of these
    one: NominationFacts,
    found: RoundForNominations,
    handed: Sequence[Mapping[str, Any]],
    given: Sequence[Mapping[str, Any]],
    asked: Stage | None,
    scan: Scan,
    today: date,
) -> Standing:
    rules = found.rules
    return Standing(
        stage=one.stage,
        target=after("go_on", one.stage, found.wanted, below_county=one.county_id is not None, asked_by=asked),
        today=today,
        due=found.due(asked.value if asked and one.stage in AT_UNIT else one.stage.value),
        form=tuple(lacking(one.draft, rules)),
        materials=materials.checklist(
            rules.materials,
            one.facts,
            [
                materials.Handed(row["code"], outdated=_outdated(one, rules, row["code"], row["data_hash"]))
                for row in handed
            ],
        ),
        opinions=materials.opinions(
            rules.opinions,
            one.facts,
            [materials.Given(row["code"], row["agrees"], row["valid_until"]) for row in given],
            today,
        ),
        scan=scan,
        ranked=one.rank is not None,
    )


def _noticed(
    standing: Standing, one: NominationFacts, found: RoundForNominations, state: str, days: DayTable
) -> Standing:
    """The same with how the unit's notice stands: the registry's own where there is one, else the days on paper."""
    rule = found.rules.stage(Stage.UNIT_NOTICE)
    wanted = rule.days if rule else 0
    notice = Notice(state) if state else _on_paper(one, wanted, days)
    return Standing(
        **{name: getattr(standing, name) for name in Standing.__dataclass_fields__ if not name.startswith("notice")},
        notice=notice,
        notice_days=wanted,
    )


def _on_paper(one: NominationFacts, wanted: int, days: DayTable) -> Notice:
    if one.notice_from is None or one.notice_until is None:
        return Notice.MISSING
    counted = calendar.working_days(one.notice_from, one.notice_until, days)
    if isinstance(counted, Problem):
        return Notice.UNKNOWN_YEAR
    return Notice.PASSED if counted >= wanted else Notice.SHORT


async def _by_nomination(table: Any, ids: Collection[int]) -> dict[int, list[Mapping[str, Any]]]:
    """The papers or opinions that count, by nomination."""
    found: dict[int, list[Mapping[str, Any]]] = {one: [] for one in ids}
    if ids:
        for row in await table.select().where(table.nomination.is_in(list(ids)), table.replaced.eq(False)):
            found[row["nomination"]].append(row)
    return found
