"""Titles that can be held (荣誉称号), with the words that belong to them: the only writer of `HonourTitle`.

A title's code stands in the addresses of its honours and never changes; verb and body are what a new honour says by
default, and what was conferred keeps the words of its day. The number in an address is dealt out here, under the
title's row, so that two who register at once never get the same.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from craftsmen import may, showing
from craftsmen.honour_tables import Honour, HonourTitle
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.honours import Family, Holder, Verb
from craftsmen.rules.round_stages import RUNNING
from craftsmen.rules.titles import TitleDraft
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.people import organisation_moves
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import jobs

NAMED = 5  # running rounds that a refusal names
AT_ONCE = 50  # honours in one step of the group commit: some 20 ms, so that no judge waits


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """One title."""

    id: int
    code: str
    name: str
    verb: Verb
    body: str
    holder: Holder
    family: Family
    pages: bool
    listed: bool
    organisation_id: int
    position: int
    active: bool
    given_with: str
    certificate: bool


def facts(row: Mapping[str, Any]) -> TitleFacts:
    """A row of `HonourTitle` as frozen facts."""
    own = {"verb", "holder", "family", "organisation_id"}
    return TitleFacts(
        verb=Verb(row["verb"]),
        holder=Holder(row["holder"]),
        family=Family(row["family"]),
        organisation_id=row["organisation"],
        **{name: row[name] for name in TitleFacts.__dataclass_fields__ if name not in own},
    )


async def all_titles(*, active: bool | None = None) -> list[TitleFacts]:
    """Every title in its order; with `active`, only those that can (or cannot) be given now."""
    query = HonourTitle.select()
    if active is not None:
        query = query.where(HonourTitle.active == active)
    return [facts(row) for row in await query.order_by(HonourTitle.position, HonourTitle.id)]


async def kept_by(user: SignedIn) -> list[TitleFacts]:
    """The titles that this person keeps, in their order."""
    query = permitted(HonourTitle.select(), may.KEEP_TITLES, user)
    return [facts(row) for row in await query.order_by(HonourTitle.position, HonourTitle.id)]


async def for_officer(user: SignedIn, code: str) -> TitleFacts:
    """The title, if this person keeps it. NotFound for strangers."""
    row = await permitted(HonourTitle.select().where(HonourTitle.code == code), may.KEEP_TITLES, user).first()
    if row is None:
        raise NotFound
    return facts(row)


async def by_code(code: str) -> TitleFacts | None:
    """The title with this code."""
    row = await HonourTitle.select().where(HonourTitle.code == code).first()
    return facts(row) if row else None


@tried_again
async def create(draft: TitleDraft, organisation_id: int, by: str, now: datetime) -> int:
    """Add a title that an organisation keeps; answers its id. Raises Refused for a code that is taken."""
    async with transaction():
        row = HonourTitle(**asdict(draft), organisation=organisation_id, numbered=0)
        made = await HonourTitle.insert(row).on_conflict(action="DO NOTHING")
        if not made:
            raise Refused(Problem("title_code_taken", "code"))
        title_id = int(made[0]["id"])
        ledger.record(
            stream=f"honour_title:{title_id}",
            act="title.created",
            actor=by,
            about=f"organisation:{organisation_id}",
            payload={"code": draft.code, "verb": draft.verb.value},
        )
    return title_id


@tried_again
async def change(title_id: int, draft: TitleDraft, by: int, now: datetime) -> None:
    """Change a title's words; its code and who can hold it stay. Honours given before keep verb and body.

    Its name and whether it is listed are public facts of honours already given: their lines follow, the latter by a
    job, for there may be a hundred thousand of them. `by` is the acting account.
    """
    async with transaction():
        if not await lock_row(HonourTitle, title_id):
            raise NotFound
        row = await HonourTitle.select().where(HonourTitle.id == title_id).first()
        if row is None:
            raise NotFound
        if row["code"] != draft.code or row["holder"] != draft.holder:
            raise Refused(Problem("title_code_stays", "code"))
        if row["active"] and not draft.active:
            await _check_unused(title_id)
        wanted: dict[Any, Any] = asdict(draft)
        fields = sorted(name for name, value in wanted.items() if row[name] != value)
        if not fields:
            return
        await HonourTitle.update(wanted).where(HonourTitle.id == title_id)
        if "name" in fields:
            await showing.rename_title(title_id)
        if "listed" in fields:
            await jobs.start(LIST_TITLE, {"title": title_id}, by, now)
        ledger.record(
            stream=f"honour_title:{title_id}", act="title.changed", actor=f"account:{by}", payload={"fields": fields}
        )


async def _check_unused(title_id: int) -> None:
    """A title is not closed while a round chooses people for it; under its lock, which a freezing round waits for.

    Raises Refused, each round named.
    """
    running = (
        await SelectionRound.select(SelectionRound.name)
        .where(SelectionRound.title == title_id, SelectionRound.stage.is_in([stage.value for stage in RUNNING]))
        .order_by(SelectionRound.id)
        .limit(NAMED)
    )
    if running:
        raise Refused(*(Problem("title_round_running", "active", {"round": one["name"]}) for one in running))


async def next_numbers(title_id: int, count: int = 1) -> tuple[TitleFacts, int]:
    """Take `count` numbers of a title within the caller's transaction; answers the title and the first of them.

    The title's row stays locked until COMMIT. Raises Refused for a title that is closed.
    """
    rows = (
        await HonourTitle.update({HonourTitle.numbered: HonourTitle.numbered + count})
        .where(HonourTitle.id == title_id)
        .returning(*HonourTitle.all_columns())
    )
    if not rows:
        raise NotFound
    title = facts(rows[0])
    if not title.active:
        raise Refused(Problem("title_closed", "title", {"title": title.name}))
    return title, int(rows[0]["numbered"]) - count + 1


async def _list_title(progress: jobs.Progress) -> str:
    """Write the public lines of every honour of a title anew, chunk by chunk."""
    title_id, last, done = int(progress.args["title"]), int(progress.state.get("last", 0)), progress.farthest
    while True:
        rows = (
            await Honour.select(Honour.id)
            .where(Honour.title == title_id, Honour.id > last)
            .order_by(Honour.id)
            .limit(AT_ONCE)
        )
        if not rows:
            return "/honours/titles"
        ids, done = [row["id"] for row in rows], done + len(rows)
        last = ids[-1]

        async def step(ids: list[int] = ids, done: int = done) -> None:
            await showing.refresh(ids, datetime.now(UTC))
            await progress.done(done, state={"last": ids[-1]})

        await write(step)


LIST_TITLE = jobs.register(jobs.Kind("honours.list_title", N_("Show or hide the honours of a title"), _list_title))


async def _follow(from_id: int, into_id: int) -> None:
    """Two organisations become one: their titles go along. Runs in the merging transaction."""
    await HonourTitle.update({HonourTitle.organisation: into_id}).where(HonourTitle.organisation == from_id)


organisation_moves.on_merge(_follow)
