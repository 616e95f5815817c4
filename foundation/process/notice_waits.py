"""What a notice keeps waiting: for packages that go on only after one has ended, and how many objections there are.

Reads notices and the stages of objections; never what was objected.
"""

from collections.abc import Iterable
from datetime import datetime

from foundation.process.notice_tables import Notice
from foundation.process.objection_tables import Objection
from foundation.process.rules import objections as objection_rules
from foundation.process.rules.notices import Stage
from foundation.process.rules.objections import Count, count
from foundation.process.rules.shown import Shown, table_of


async def holds(about: str, now: datetime) -> bool:
    """Whether what is noticed as `about` must wait: a notice runs, or an accepted objection to one is still open.

    Nothing was ever noticed: nothing holds. Whoever needs a notice to have passed asks `passed`.
    """
    running = await Notice.exists().where(Notice.about == about, Notice.stage == Stage.OPEN.value, Notice.ends_at > now)
    return bool(running) or await _held(about)


async def passed(about: str, now: datetime) -> bool:
    """Whether a notice about this ran to its end, none runs now and no accepted objection is open."""
    ended = await Notice.exists().where(Notice.about == about, Notice.stage == Stage.OPEN.value, Notice.ends_at <= now)
    return bool(ended) and not await holds(about, now)


async def passed_with(address: str, about: str, now: datetime) -> bool:
    """`passed`, and it is this notice that ran to its end: an earlier one about the same tells of other things."""
    ended = await Notice.exists().where(
        Notice.address == address, Notice.about == about, Notice.stage == Stage.OPEN.value, Notice.ends_at <= now
    )
    return bool(ended) and not await holds(about, now)


async def may_tell(address: str, now: datetime) -> bool:
    """Whether a notice runs now, or is a draft that can still be opened: to take back what it tells ends it first."""
    unopened = [stage.value for stage in (Stage.DRAFT, Stage.REVIEW, Stage.READY)]
    return bool(
        await Notice.exists().where(
            Notice.address == address,
            Notice.stage.is_in(unopened) | ((Notice.stage == Stage.OPEN.value) & (Notice.ends_at > now)),
        )
    )


async def table_shown(address: str) -> Shown:
    """The table that a notice shows now; until it is opened, its draft can be written on by hand."""
    row = await Notice.select(Notice.shown).where(Notice.address == address).first()
    return table_of(row["shown"]) if row else Shown()


async def counts(notice_ids: Iterable[int]) -> dict[int, Count]:
    """How many objections each of these notices has."""
    wanted = list(notice_ids)
    if not wanted:
        return {}
    rows = await Objection.select(Objection.notice, Objection.stage).where(Objection.notice.is_in(wanted))
    stages: dict[int, list[objection_rules.Stage]] = {notice: [] for notice in wanted}
    for row in rows:
        stages[row["notice"]].append(objection_rules.Stage(row["stage"]))
    return {notice: count(found) for notice, found in stages.items()}


async def _held(about: str) -> bool:
    holding = [stage.value for stage in objection_rules.HOLDING]
    return bool(await Objection.exists().where(Objection.notice.about == about, Objection.stage.is_in(holding)))


async def states(abouts: Iterable[str], now: datetime) -> dict[str, str]:
    """For many at once: held (an accepted objection is open), running, passed; nothing for what was never noticed."""
    wanted = list(abouts)
    if not wanted:
        return {}
    rows = await Notice.select(Notice.about, Notice.ends_at).where(
        Notice.about.is_in(wanted), Notice.stage == Stage.OPEN.value
    )
    found: dict[str, str] = {}
    for row in rows:
        running = row["ends_at"] > now or found.get(row["about"]) == "running"
        found[row["about"]] = "running" if running else "passed"
    holding = [stage.value for stage in objection_rules.HOLDING]
    held = await Objection.select(Objection.notice.about.as_alias("about")).where(
        Objection.notice.about.is_in(wanted), Objection.stage.is_in(holding)
    )
    return {**found, **{row["about"]: "held" for row in held}}
