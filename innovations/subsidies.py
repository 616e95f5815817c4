"""Rounds of subsidies: the only writer of `SubsidyRound`.

Terms are frozen and hashed before the first application. What is allocated is `subsidy_allocating`'s, what is paid
`subsidy_paying`'s; both take the round's steps through `step_taken`. The ledger's stream is `subsidy:<id>`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, organisation_tree
from foundation.process import notice_waits
from foundation.process.openings import register_place
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations.rules.subsidy_forms import RoundDraft, draft_problems
from innovations.rules.subsidy_steps import Stage, after
from innovations.rules.subsidy_terms import Terms
from innovations.subsidy_tables import SubsidyApplication, SubsidyRound

LONGEST_DOCUMENT = 60
LISTS = "subsidies"  # the generation of the public list


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as pages and rules see it."""

    id: int
    address: str
    organisation_id: int
    name: str
    year: int
    stage: Stage
    terms: Terms
    terms_hash: str
    instalments: tuple[int, ...]
    apply_until: date
    report_months: int
    notice: str
    document: str
    revision: int
    created_at: datetime

    @property
    def subject(self) -> str:
        """Its stream in the ledger."""
        return f"subsidy:{self.id}"

    @property
    def about(self) -> str:
        """How a notice names it."""
        return f"subsidy:{self.address}"


@tried_again
async def create(draft: RoundDraft, organisation_id: int, by: int, now: datetime) -> str:
    """Make a draft of a round; answers its address. It may be saved with what `freeze` would refuse."""
    async with transaction():
        row = SubsidyRound(
            address="", organisation=organisation_id, stage=Stage.DRAFT.value, terms_hash="", notice="", document="",
            created_by=by, created_at=now, **_columns(draft),
        )  # fmt: skip
        await row.save()
        address = f"{draft.year}-{row.id}"
        await SubsidyRound.update({SubsidyRound.address: address}).where(SubsidyRound.id == row.id)
        record(row.id, "created", by, {"address": address, "organisation": organisation_id})
        return address


@tried_again
async def change(round_id: int, draft: RoundDraft, revision: int, by: int) -> None:
    """Change a draft. Raises NotFound; Refused where somebody else did meanwhile, and once it is frozen."""
    async with transaction():
        found = await locked(round_id, revision)
        if found.stage is not Stage.DRAFT:
            raise Refused(Problem("subsidy_frozen"))
        values: dict[Any, Any] = {**_columns(draft), "revision": revision + 1}
        await SubsidyRound.update(values).where(SubsidyRound.id == round_id)
        record(round_id, "changed", by, {"terms": _hash(draft.terms)})


@tried_again
async def freeze(round_id: int, revision: int, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Freeze the terms and open the round. Raises NotFound; Refused with everything that must be mended."""
    async with transaction():
        found = await locked(round_id, revision)
        draft = RoundDraft(
            found.name, found.year, found.apply_until, found.terms, found.instalments, found.report_months
        )
        if problems := draft_problems(draft, now.astimezone(zone).date()):
            raise Refused(*problems)
        hashed = _hash(found.terms)
        await step_taken(found, "freeze", by, {SubsidyRound.terms_hash: hashed}, {"terms": hashed})


@tried_again
async def close_applications(round_id: int, by: int, *, early: bool = False) -> None:
    """Take no more applications; eligibility and ranking begin. `early`: before the day that the terms say.

    Raises NotFound, Refused.
    """
    async with transaction():
        await step_taken(await locked(round_id), "close_applications", by, payload={"early": early} if early else None)


async def granted(round_id: int, document: str, by: int, now: datetime) -> None:
    """Within the caller's transaction: grant what was allocated, with the number of the document (下达).

    Raises NotFound; Refused before the notice of these grants ran to its end, and while an accepted objection is open.
    """
    document = " ".join(document.split())
    found = await locked(round_id)
    problems = [] if document else [Problem("subsidy_document_empty", "document")]
    if len(document) > LONGEST_DOCUMENT:
        problems.append(Problem("subsidy_long", "document", {"most": str(LONGEST_DOCUMENT)}))
    if not await notice_waits.passed_with(found.notice, found.about, now):
        problems.append(Problem("subsidy_notice_open"))
    if problems:
        raise Refused(*problems)
    await step_taken(found, "grant", by, {SubsidyRound.document: document})


@tried_again
async def cancel(round_id: int, by: int) -> None:
    """Give a round up before anything was allocated. Raises NotFound, Refused."""
    async with transaction():
        await step_taken(await locked(round_id), "cancel", by)


@tried_again
async def close(round_id: int, by: int) -> None:
    """End a round all of whose grants are settled or recovered. Raises NotFound, Refused."""
    async with transaction():
        found = await locked(round_id)
        waiting = await SubsidyApplication.count().where(
            SubsidyApplication.round == round_id, SubsidyApplication.stage.is_in(["granted", "reported"])
        )
        if waiting:
            raise Refused(Problem("subsidy_unsettled", "", {"count": str(waiting)}))
        await step_taken(found, "close", by)


async def step_taken(
    found: RoundFacts,
    step: str,
    by: int,
    values: Mapping[Any, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Stage:
    """One step of a locked round inside the caller's transaction. Raises Refused."""
    stage = after(step, found.stage)
    if isinstance(stage, Problem):
        raise Refused(stage)
    saved: dict[Any, Any] = {
        **(values or {}),
        SubsidyRound.stage: stage.value,
        SubsidyRound.revision: found.revision + 1,
    }
    await SubsidyRound.update(saved).where(SubsidyRound.id == found.id)
    generations.bump(LISTS, found.about)
    record(found.id, step, by, {"stage": stage.value, **(payload or {})})
    return stage


async def locked(round_id: int, revision: int | None = None) -> RoundFacts:
    """The round, locked, then read. Raises NotFound; Refused where it is another revision than the form showed."""
    if not await lock_row(SubsidyRound, round_id):
        raise NotFound
    found = await by_id(round_id)
    if revision is not None and found.revision != revision:
        raise Refused(Problem("subsidy_changed"))
    return found


async def by_id(round_id: int) -> RoundFacts:
    """The round. Raises NotFound."""
    row = await SubsidyRound.select().where(SubsidyRound.id == round_id).first()
    if row is None:
        raise NotFound
    return facts(row)


async def naming(channel: int) -> list[int]:
    """The rounds whose terms give this channel a ceiling of its own."""
    rows = await SubsidyRound.select().where(SubsidyRound.terms.like(f'%"{channel}":%'))
    return [one.id for one in map(facts, rows) if str(channel) in one.terms.cities]


def facts(row: Mapping[str, Any]) -> RoundFacts:
    """A row of the table."""
    return RoundFacts(
        id=row["id"], address=row["address"], organisation_id=row["organisation"], name=row["name"], year=row["year"],
        stage=Stage(row["stage"]), terms=msgspec.json.decode(row["terms"], type=Terms), terms_hash=row["terms_hash"],
        instalments=tuple(int(one) for one in row["instalments"].split()), apply_until=row["apply_until"],
        report_months=row["report_months"], notice=row["notice"], document=row["document"], revision=row["revision"],
        created_at=row["created_at"],
    )  # fmt: skip


def record(round_id: int, act: str, by: int, payload: Mapping[str, Any]) -> None:
    """An entry in the round's stream."""
    ledger.record(stream=f"subsidy:{round_id}", act=f"subsidy.{act}", actor=f"account:{by}", payload=payload)


def _columns(draft: RoundDraft) -> dict[str, Any]:
    return {
        "name": draft.name, "year": draft.year, "apply_until": draft.apply_until,
        "terms": msgspec.json.encode(draft.terms, order="deterministic").decode(),
        "instalments": " ".join(map(str, draft.instalments)), "report_months": draft.report_months,
    }  # fmt: skip


def _hash(terms: Terms) -> str:
    return hashlib.sha256(msgspec.json.encode(terms, order="deterministic")).hexdigest()


async def _follow_organisation(from_id: int, into_id: int) -> None:
    await SubsidyRound.update({SubsidyRound.organisation: into_id}).where(SubsidyRound.organisation == from_id)


organisation_moves.on_merge(_follow_organisation)


async def _owner(address: str) -> str | None:
    row = await SubsidyRound.select(SubsidyRound.organisation).where(SubsidyRound.address == address).first()
    found = await organisation_tree.by_id(row["organisation"]) if row else None
    return found.path if found else None


register_place("subsidy", "/subsidies/{}", _owner)
