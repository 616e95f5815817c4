"""Makes the made-up province in an empty database, through the registry's own writers.

Knows who may sign in and in which order things come to be. The ledger's stream `demo` gets its one entry when all
is done: it marks the registry as a demonstration, and a complete one.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from competitions import events, linking, showcase
from competitions.bench import bench_for
from competitions.rules.stages import Stage
from foundation.base.problem import Problem, Refused
from foundation.base.secrets import grouped
from foundation.base.settings import Settings
from foundation.people import accounts
from foundation.process.rules.shown import Shown
from foundation.store import commit, engines, ledger
from foundation.store.transactions import transaction
from ganpo.demo import honour_desk, office, selection, union
from ganpo.demo.benefits import make_audit, make_benefits
from ganpo.demo.cast import CAST, CHIEF, JUDGE, OFFICER, ORGANISER, PASSWORD, DemoSignIns, sign_ins
from ganpo.demo.clock import Clock
from ganpo.demo.contest import Made, make_contest
from ganpo.demo.craftsmen import make_craftsmen, make_others
from ganpo.demo.deciding import make_deciding
from ganpo.demo.exhibition import make_exhibition
from ganpo.demo.guild import make_guild
from ganpo.demo.honourees import EDITIONS
from ganpo.demo.innovations import make_innovations
from ganpo.demo.plans import PROVINCE
from ganpo.demo.proposals import make_proposals
from ganpo.demo.reviews import make_reviews
from ganpo.demo.same import make_same
from ganpo.demo.spread import make_spread
from ganpo.demo.studios import make_studios
from ganpo.demo.subsidies import make_subsidies
from ganpo.demo.systems import make_systems
from ganpo.demo.workers import Trade, make_workers

STREAM = "demo"
BEGUN = "demo-making"
PORTRAITS = "GANPO_DEMO_PORTRAITS"  # how many of the craftsmen get one; all where it says nothing
CODE_OF = "龚䶮"  # the contestant whose personal code is printed: placed, and not everyone may see why


async def make_demo(settings: Settings, progress: Callable[[str], None], portraits: int | None = None) -> DemoSignIns:
    """Fill the started, migrated, empty database in use; answers how to sign in.

    `progress` is told what is being made, a line at a time; at most so many `portraits` are drawn: by
    default as many as the environment says, else all. Raises Refused, with nothing changed, for a database that holds
    anything already: the demonstration, one whose making was broken off, or somebody's accounts.
    """
    if portraits is None:
        said = os.environ.get(PORTRAITS, "")
        portraits = int(said) if said.isascii() and said.isdigit() else sum(EDITIONS)
    await _check_empty()
    async with _group_commit():
        async with transaction():
            ledger.record(stream=BEGUN, act="demo.begun", actor="cli")
        progress("  accounts …")
        codes = await _make_accounts()
        ids = {sign_in: account for sign_in, (account, _) in codes.items()}
        progress("  unions …")
        officer, now = f"account:{ids[OFFICER.sign_in]}", datetime.now(UTC)
        units = await union.make_union(officer, now)
        await union.give_posts(ids, units, officer, now)
        # Hashing passwords takes seconds of one core and hardly the database: the contests are made meanwhile.
        setting = _set_passwords({sign_in: code for sign_in, (_, code) in codes.items()})
        passwords = asyncio.create_task(setting)
        try:
            made = await _make_contests(settings, ids, progress)
            progress("  workers, circulars, notices …")
            known = await _make_office(settings, ids, units, made)
            await _make_craftsmen(settings, ids, units, known, progress, portraits)
            await passwords
        finally:
            passwords.cancel()
            await asyncio.wait({passwords})
        async with transaction():
            ledger.record(stream=STREAM, act="demo.created", actor="cli")
    personal = next(one.codes[CODE_OF] for one in made if CODE_OF in one.codes)
    marking = next(one.contest.address for one in made if one.plan.unfinished)
    addresses = {
        CHIEF.sign_in: f"/chief/contests/{marking}",
        JUDGE.sign_in: f"/judge/contests/{marking}",
    }
    return sign_ins(addresses, grouped(personal))


async def _make_office(
    settings: Settings, ids: Mapping[str, int], units: Mapping[str, int], made: Sequence[Made]
) -> Mapping[str, int]:
    """Workers for who took part, whose ids it answers, and what the federation issued and has on its desks."""
    zone, now = ZoneInfo(settings.zone), datetime.now(UTC)
    by = ids[OFFICER.sign_in]
    trades = [
        Trade(work.person, one.plan.draft.occupation, one.plan.draft.occupation_code)
        for one in reversed(made)
        for work in one.works
    ]
    known = await make_workers(trades, units, f"account:{by}", now.astimezone(zone).date(), now)
    for one in made:
        found = await linking.proposals(one.contest.id)
        if chosen := [each.contestant for each in found if each.worker is not None]:
            await linking.link(one.contest.id, chosen, ids[ORGANISER.sign_in])
    await office.make_site(by, now)
    await office.make_papers(ids, units, now)
    published = next(one for one in made if one.plan.stage is Stage.PUBLISHED and one.plan.settings.why_public)
    await office.make_notice(
        ids, published.contest.address, published.contest.title, await _placed(published), now, zone
    )
    marking = next(one for one in made if one.plan.unfinished)
    bench = await bench_for(ids[CHIEF.sign_in], marking.contest.address)
    locked = next(work for work in bench.works if work.work.locked_at is not None)
    await office.make_acts(ids, marking.contest.address, locked.work.number, now)
    return known


async def _make_craftsmen(  # noqa: PLR0917 - the province so far
    settings: Settings, ids: Mapping[str, int], units: Mapping[str, int], known: Mapping[str, int],
    progress: Callable[[str], None], portraits: int,
) -> None:  # fmt: skip
    """Seven editions of craftsmen and what belongs to them, and this year's round on its way."""
    zone, now, by = ZoneInfo(settings.zone), datetime.now(UTC), ids[OFFICER.sign_in]
    today = now.astimezone(zone).date()
    await honour_desk.make_numbers(by)
    found = await make_craftsmen(units, known, by, today, now, progress, portraits)
    await make_others(found, units, by, now)
    await honour_desk.make_desk(found, units, ids, now)
    progress("  apprentices, talks, this year's round …")
    await make_guild(found, units, ids, by, now, zone)
    honoured = {one.person.name for one in found}
    others = {name: worker for name, worker in known.items() if name not in honoured}
    await selection.make_round(ids, units, others, now, today)
    progress("  rationalization proposals …")
    await make_proposals(ids, units, now, zone)
    progress("  technical innovations …")
    made = await make_innovations(ids, units, now)
    await make_benefits(ids, made, now, zone)
    await make_audit(by, now, zone)
    await make_spread(ids, units, made, now, zone)
    await make_same(ids, made, now)
    progress("  rounds of subsidies …")
    await make_subsidies(ids, made, now, zone)
    progress("  innovation studios …")
    await make_studios(found, ids, units, now, zone)
    progress("  reviews of innovations …")
    await make_reviews(ids, units, made, now, zone)
    await make_systems(ids, units, now)
    await make_exhibition(ids, now, zone)
    await make_deciding(ids, [others[name] for name in sorted(others)][selection.USED :], now, today)


async def _placed(one: Made) -> Shown:
    """The first three of each group, as everybody may read them."""
    results = await showcase.results(one.contest)
    lines = [line for group in results.groups for line in group.lines if line.place <= 3] if results else []
    rows = tuple((str(line.place), line.group, line.name, line.unit, line.city) for line in lines if line.name)
    return Shown(("place", "group", "name", "unit", "city"), rows)


async def _check_empty() -> None:
    if (await ledger.head(STREAM)).seq:
        raise Refused(Problem("demo_made"))
    if (await ledger.head(BEGUN)).seq:
        raise Refused(Problem("demo_half_made"))
    if await accounts.newest(limit=1):
        raise Refused(Problem("demo_not_empty"))


@asynccontextmanager
async def _group_commit() -> AsyncIterator[None]:
    """The engine's group commit, or one of our own meanwhile: thousands of marks share a few waits for the disk."""
    engine = engines.current()
    if engine.group is not None:
        yield
        return
    group = commit.GroupCommit(engine)
    await group.start()
    try:
        yield
    finally:
        await group.stop()


async def _make_accounts() -> dict[str, tuple[int, str]]:
    """Everybody's account id and activation code by sign-in name.

    They are made as an operator makes them: who made an account is no second person with it for a month, and in the
    demonstration the officer asks and the reviewer confirms on the first day.
    """
    made: dict[str, tuple[int, str]] = {}
    for member in CAST:
        made[member.sign_in] = await accounts.create_account(
            member.sign_in, member.name, member.grants, "cli", datetime.now(UTC)
        )
    return made


async def _set_passwords(codes: Mapping[str, str]) -> None:
    for sign_in, code in codes.items():
        await accounts.activate(sign_in, code, PASSWORD)


async def _make_contests(settings: Settings, ids: Mapping[str, int], progress: Callable[[str], None]) -> list[Made]:
    """All years, the oldest first. In one year nobody takes part twice."""
    clock = Clock(ZoneInfo(settings.zone), datetime.now(UTC))
    made: list[Made] = []
    for year in PROVINCE:
        first = min(plan.day for plan in year.contests)
        competition = await events.create_competition(year.draft, ids[ORGANISER.sign_in], clock.at(first, 9, -60))
        taken = [member.name for member in CAST]
        for plan in year.contests:
            progress(f"  {year.draft.year} {plan.draft.title} …")
            one = await make_contest(competition, plan, ids, clock, taken)
            taken += [work.person.name for work in one.works]
            made.append(one)
    return made
