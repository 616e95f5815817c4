"""Publishing: the only writer of `Publication`, `PublishedLine` and `PublishedScore`, and of the step to PUBLISHED.

What is frozen here is all that public pages read: the lines that everyone may see, the bundle, and each entry's
score with judges' labels dealt anew. An official act: once for each version, with its hashes in the ledger; an
earlier version stays as it is.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any

import anyio.to_thread

from competitions import tally
from competitions.changed import contest_changed
from competitions.contests import ContestFacts, contest_by_address, lock_contest
from competitions.mark_check import check_against_ledger
from competitions.reopening import being_corrected, newest_version
from competitions.rules.freezing import Frozen, freeze
from competitions.rules.readiness import Tie, WholeLine, hindrances, ties, whole
from competitions.rules.stages import Stage, after
from competitions.rules.visibility import GroupResults, PublicLine, by_group, counts, public_lines
from competitions.tables import Contest, Entry, Publication, PublishedLine, PublishedScore
from competitions.tally import Material, Tally
from competitions.versions import FrozenScheme
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.tabulation.bundle import LedgerHead
from foundation.tabulation.standings import Standings

ROWS_AT_ONCE = 500  # PostgreSQL takes at most 32,767 values in one statement


@dataclass(frozen=True, slots=True)
class Preview:
    """The results as they would be published now. `groups` is what everyone would see, `whole` the rest too.

    `seen` stands for everything this was made of: handed to `publish`, only this and nothing else can be published.
    """

    contest: ContestFacts
    problems: tuple[Problem, ...]
    frozen: FrozenScheme
    groups: tuple[GroupResults, ...]
    whole: tuple[WholeLine, ...]
    ties: tuple[Tie, ...]
    seen: str


async def preview(contest: ContestFacts) -> Preview:
    """Tabulate the marks as they are now; raises NotFound where no scheme is frozen."""
    material = await tally.gather(contest.address)
    worked = await tally.work_out(material)
    numbers = counts(worked.standings.lines, material.contest.groups)
    return Preview(
        contest=material.contest,
        problems=tuple(await _problems(material, worked)),
        frozen=material.frozen,
        groups=by_group(_lines(material, worked), numbers),
        whole=whole(worked.standings, material.contest.groups),
        ties=tuple(ties(worked.standings, material.contest.groups)),
        seen=material.head.hash,
    )


@tried_again
async def publish(contest_id: int, by: int, now: datetime, seen: str = "") -> int:
    """Publish the results as account `by`; answers the version.

    `seen` is that of the preview the person looked at: if anything has changed since, it is refused.
    Raises Refused with every reason, and then nothing was saved; NotFound where there is no such contest.
    """
    contest = await _by_id(contest_id)
    material = await tally.gather(contest.address)
    worked = await tally.work_out(material)
    problems = await _problems(material, worked)
    if not problems and seen and seen != material.head.hash:
        problems = [Problem("publish_changed")]
    if problems:
        raise Refused(*problems)
    now = now.astimezone(UTC)
    version = 1 + await newest_version(contest.id)
    frozen = await anyio.to_thread.run_sync(partial(_freeze, material, worked, version, now))
    async with transaction():
        await _nothing_changed(material)
        await _save(material, worked, frozen, version, by, now)
    return version


async def _problems(material: Material, worked: Tally) -> list[Problem]:
    """Every reason why these results may not be published now."""
    problems = hindrances(material.contest.stage, worked.standings, material.locked, worked.lacking)
    if material.contest.stage is not Stage.MARKING:
        return problems
    problems += worked.problems
    # A mark that was edited behind the ledger's back must never become a result.
    if findings := await check_against_ledger(material.contest.id):
        problems.append(Problem("publish_ledger", "", {"count": str(len(findings))}))
    return problems


async def _nothing_changed(material: Material) -> None:
    """Lock the contest and make sure that what was worked out is what stands there.

    The marks of locked entries cannot change, and all that are ranked are locked; every other act upon a contest
    takes its row first and is in its ledger. So with the row locked and the ledger's head where it was, the settings,
    the scheme, the entries and the marks are those that were read. A twin that came first has moved the stage.
    """
    contest = await lock_contest(material.contest.id)
    if after("publish", contest.stage) is not Stage.PUBLISHED:
        raise Refused(*hindrances(contest.stage, Standings("", 0, (), ()), ()))
    unlocked = await Entry.exists().where(Entry.contest == contest.id, Entry.status == "ok", Entry.locked_at.is_null())
    if unlocked or contest != material.contest or await ledger.head(tally.stream(contest.id)) != material.head:
        raise Refused(Problem("publish_changed"))


async def _save(  # noqa: PLR0917 - what is saved is all of these
    material: Material, worked: Tally, frozen: Frozen, version: int, by: int, now: datetime
) -> None:
    contest = material.contest
    publication = Publication(
        contest=contest.id,
        version=version,
        reason=await being_corrected(contest.id),
        scheme_version=material.frozen.id,
        account=by,
        published_at=now,
        standings_hash=frozen.standings_hash,
        bundle=frozen.bundle,
        bundle_hash=frozen.bundle_hash,
        counts=json.dumps(counts(worked.standings.lines, contest.groups), ensure_ascii=False),
        why_public=contest.why_public,
        bundle_public=contest.bundle_public,
    )
    await publication.save()
    ids = {entry.code: number for number, entry in material.entries.items()}
    await _insert(PublishedLine, _line_rows(publication.id, _lines(material, worked)))
    await _insert(
        PublishedScore,
        (
            PublishedScore(publication=publication.id, entry=ids[work], work_number=work, content=content)
            for work, content in frozen.scores
        ),
    )
    await Contest.update({Contest.stage: Stage.PUBLISHED.value}).where(Contest.id == contest.id)
    contest_changed(contest)
    ledger.record(
        stream=tally.stream(contest.id),
        act="results.published",
        actor=f"account:{by}",
        about=f"contest:{contest.id}",
        payload={
            "version": version,
            "scheme_version": material.frozen.version,
            "scheme_hash": material.frozen.scheme_hash,
            "standings_hash": frozen.standings_hash,
            "bundle_hash": frozen.bundle_hash,
        },
    )


def _freeze(material: Material, worked: Tally, version: int, now: datetime) -> Frozen:
    contest, head = material.contest, material.head
    return freeze(
        material.frozen.scheme,
        material.entries.values(),
        worked.marks,
        worked.standings,
        material.coefficients,
        contest=f"{contest.competition.title} {contest.title}",
        version=version,
        now=now,
        head=LedgerHead(head.stream, head.seq, head.hash),
    )


def _lines(material: Material, worked: Tally) -> list[PublicLine]:
    return public_lines(worked.standings, worked.apart, material.visibility, material.people, material.contest.groups)


def _line_rows(publication: int, lines: Iterable[PublicLine]) -> Iterable[PublishedLine]:
    for position, line in enumerate(lines, start=1):
        yield PublishedLine(
            publication=publication,
            position=position,
            group=line.group,
            place=line.place,
            work_number=line.work_number,
            name=line.name,
            unit=line.unit,
            city=line.city,
            total=line.total,
            modules=json.dumps(list(line.modules)),
            tied=line.tied,
            decided_by=line.decided_by,
        )


async def _insert(table: Any, rows: Iterable[Any]) -> None:
    every = iter(rows)
    while some := list(islice(every, ROWS_AT_ONCE)):
        await table.insert(*some)


async def _by_id(contest_id: int) -> ContestFacts:
    row = await Contest.select(Contest.address).where(Contest.id == contest_id).first()
    contest = await contest_by_address(row["address"]) if row else None
    if contest is None:
        raise NotFound
    return contest
