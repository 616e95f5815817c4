"""What is taken away of a search as a spreadsheet: the only writer of `SearchExport`.

At most the newest `MOST` hits, each loaded through what its owner may see when the sheet is made. A few are made at
once, many by a job whose file is its owner's alone and is let go after some days. Every sheet is in the ledger with the
number of its rows (`search-export:<id>`), before it is given out.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from foundation.base import clock
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.files import stored, uses
from foundation.papers.sheets_out import ListColumn, Listing, listing
from foundation.people import organisation_moves, sessions
from foundation.people.sessions import SignedIn
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.text import search
from foundation.text.search import Wanted
from foundation.work import jobs
from foundation.work.jobs import Progress
from innovations import search_lines
from innovations.rules.innovation_kinds import KINDS as INNOVATION_KINDS
from innovations.rules.innovations import STAGES as INNOVATION_STAGES
from innovations.rules.proposals import KINDS as PROPOSAL_KINDS
from innovations.rules.proposals import STAGES as PROPOSAL_STAGES
from innovations.search_lines import Said
from innovations.search_tables import SearchExport
from innovations.searching import seen_by

MOST = 10_000  # rows of one sheet
AT_ONCE = 500  # rows that are made while their owner waits
LOADED = 200  # hits in one look
ROLE = "export"
NAME = "建议与成果检索结果"
_LET_GO = 100  # files in one look

Say = Callable[[str], str]


async def at_once(user: SignedIn, wanted: Wanted, say: Say, now: datetime) -> bytes:
    """The sheet, made now. Raises Refused where nothing is found."""
    rows = await _found(user, wanted)
    if not rows:
        raise Refused(Problem("search_export_empty", "q"))
    made = await listing(sheet(rows, say, user, now))
    async with transaction():
        number = await _begun(user, wanted, now, len(rows))
        _record(number, "made", user.actor, len(rows))
    return made


async def by_job(user: SignedIn, wanted: Wanted, say: Say, now: datetime) -> int:
    """Begin to make the sheet; answers the job's id. `say` is asked now, for the job has no language."""
    words = [kind.name for kind in INNOVATION_KINDS.values()]
    words += [*PROPOSAL_KINDS.values(), *INNOVATION_STAGES.values(), *PROPOSAL_STAGES.values()]
    async with transaction():
        number = await _begun(user, wanted, now)
        said = {word: say(word) for word in words}
        job = await jobs.start(EXPORT, {"export": number, "words": said}, user.account_id, now)
        await SearchExport.update({SearchExport.job: job}).where(SearchExport.id == number)
        _record(number, "begun", user.actor, 0)
    return job


async def file_of(account_id: int, export_id: int) -> int:
    """The file of this person's sheet. Raises NotFound for everybody else's, and where it is not kept any more."""
    row = await (
        SearchExport.select(SearchExport.file)
        .where(SearchExport.id == export_id, SearchExport.account == account_id, SearchExport.file.is_not_null())
        .first()
    )
    if row is None:
        raise NotFound
    return int(row["file"])


async def let_go(before: datetime) -> int:
    """Keep no sheet any longer that was made before then: it is swept as what nothing uses. Answers how many."""
    gone = 0
    while found := await uses.old(ROLE, before, _LET_GO):
        for about, files in found.items():
            async with transaction():
                await SearchExport.update({SearchExport.file: None}).where(SearchExport.file.is_in(files))
                gone += await uses.unhang(about, ROLE, files)
                ledger.record(stream=about, act="search_export.let_go", actor="system", payload={"files": files})
    return gone


def sheet(rows: Sequence[Said], say: Say, user: SignedIn, now: datetime) -> Listing:
    """The rows as a list for paper."""
    columns = [
        ListColumn("编号", width=16), ListColumn("名称", width=34), ListColumn("类型", width=16),
        ListColumn("单位", width=24),
        ListColumn("完成人、提出人", width=22), ListColumn("年份", "number", 8), ListColumn("状态", width=12),
        ListColumn("核定效益（元）", "money", 16),
    ]  # fmt: skip
    lines = [
        (
            one.code or None,
            one.title,
            say(one.kind),
            one.unit,
            one.people,
            one.year or None,
            say(one.stage),
            one.benefit,
        )
        for one in rows
    ]
    most = f"（只含最新 {MOST} 条）" if len(rows) >= MOST else ""
    place = user.hat.organisation if user.hat else ""
    return Listing(NAME, columns, lines, f"检索单位：{place}", f"{now:%Y-%m-%d}{most}", ())


async def _found(user: SignedIn, wanted: Wanted) -> list[Said]:
    """The newest hits, loaded in the order of their pages."""
    seen, left_out = await seen_by(user)
    wanted = replace(wanted, left_out=tuple(dict.fromkeys((*wanted.left_out, *left_out))))
    found: list[Said] = []
    before: int | None = None
    while len(found) < MOST:
        page = await search.newest(wanted, seen, before=before, size=LOADED)
        found += await search_lines.inside(user, page.hits)
        before = page.after
        if before is None:
            break
    return found[:MOST]


async def _begun(user: SignedIn, wanted: Wanted, now: datetime, size: int = 0) -> int:
    if user.hat is None:
        raise NotFound
    row = SearchExport(
        account=user.account_id, organisation=user.hat.organisation_id, size=size, made_at=now,
        wanted=msgspec.json.encode(wanted, order="deterministic").decode(),
    )  # fmt: skip
    await row.save()
    return int(row.id)


async def _export(progress: Progress) -> str:
    """All of it in one step: a sheet that was kept and not counted, because the process died, is swept."""
    number, words = int(progress.args["export"]), progress.args["words"]
    row = await SearchExport.select().where(SearchExport.id == number).first()
    user = await sessions.standing_in(row["account"], row["organisation"]) if row is not None else None
    if row is None or user is None:
        raise Refused(Problem("search_export_gone"))
    rows = await _found(user, msgspec.json.decode(row["wanted"], type=Wanted))
    now = datetime.now(UTC).astimezone(clock.zone())
    made = await listing(sheet(rows, lambda word: words.get(word, word), user, now))
    file = await stored.keep(f"{NAME}-{now:%Y%m%d}.xlsx", made, progress.by, now)
    async with transaction():
        values: dict[Any, Any] = {SearchExport.file: file, SearchExport.size: len(rows)}
        await SearchExport.update(values).where(SearchExport.id == number)
        await uses.hang(file, _about(number), ROLE)
        _record(number, "made", user.actor, len(rows))
        await progress.done(1, 1)
    return f"/search/exports/{number}"


EXPORT = jobs.register(jobs.Kind("search.export", N_("Make a spreadsheet of what was found"), _export))


def _about(number: int) -> str:
    return f"search-export:{number}"


def _record(number: int, act: str, actor: str, rows: int) -> None:
    ledger.record(stream=_about(number), act=f"search_export.{act}", actor=actor, payload={"rows": rows})


async def _follow_organisation(from_id: int, into_id: int) -> None:
    await SearchExport.update({SearchExport.organisation: into_id}).where(SearchExport.organisation == from_id)


organisation_moves.on_merge(_follow_organisation)
