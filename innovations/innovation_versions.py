"""Versions of an innovation: the only writer of `InnovationVersion`, and what changed between two of them.

Handing in freezes what stands there, people included, as canonical JSON with its sha256. Nobody edits a version.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from foundation.base.problem import NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns
from innovations import innovation_standing, innovations
from innovations.innovation_tables import Innovation, InnovationFile, InnovationPicture, InnovationVersion
from innovations.rules.innovation_form import Author, Draft, gaps
from innovations.rules.innovations import Stage
from innovations.rules.version_changes import Change, changes

LONGEST_NOTE = 500
AS_BEFORE = frozenset({Stage.HANDED_IN.value, Stage.AWARDED.value})  # handing in the same again would say nothing


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version as a list shows it."""

    id: int
    number: int
    title: str
    note: str
    digest: str
    made_at: datetime


@tried_again
async def hand_in(innovation_id: int, note: str, revision: int, by: int, now: datetime) -> int:
    """Freeze what stands there as the next version; answers its number.

    Pressed twice it is handed in once. Raises NotFound; Refused with every gap, where the unit did not look it through
    as it stands, where nothing changed since the version before, and where it cannot be handed in now.
    """
    note = note.strip()
    async with transaction():
        row = await innovations.locked(innovation_id)
        draft = innovation_standing.draft_of(row, await innovation_standing.authors_of(innovation_id))
        if row["revision"] != revision:
            if await _is_handed_in(row, draft, note):
                return int(row["version"])
            raise Refused(Problem("innovation_stale"))
        problems = gaps(draft)
        if len(note) > LONGEST_NOTE:
            problems.append(Problem("innovation_long", "note", {"most": str(LONGEST_NOTE), "length": str(len(note))}))
        if not await innovation_standing.is_cleared(row):
            problems.append(Problem("innovation_not_cleared"))
        if problems:
            raise Refused(*problems)
        number = await _freeze(row, draft, note, by, now)
        if row["stage"] == Stage.RETURNED.value:
            await returns.hand_in(innovations.subject(innovation_id), by, now)
        await innovations.move(row, "hand_in", note, by, now, {"version": number, **innovations.handed(draft)})
        return number


async def credit(row: Mapping[str, Any], authors: Sequence[Author], note: str, by: int, now: datetime) -> int:
    """Within the caller's transaction: the next version of a locked innovation, the last one with other people.

    What its unit has written since the last version stays its own and unsaid. Raises Refused where that is about
    people too, for then two lists would stand side by side.
    """
    if await people_rewritten(row):
        raise Refused(Problem("same_being_written"))
    last = await one(row["id"], row["version"])
    number = await _put(row, msgspec.structs.replace(last, authors=tuple(authors)), note, by, now)
    await innovations.credit(row, authors, {Innovation.version: number}, by, now)
    return number


async def people_rewritten(row: Mapping[str, Any]) -> bool:
    """Whether the unit has written other people, or shares, since the newest version of a locked innovation.

    Two records of the registry that became one worker since are the same person.
    """
    said = (await one(row["id"], row["version"])).authors
    stands = await innovation_standing.authors_of(row["id"])
    if said == stands:
        return False
    now = await innovation_standing.records({author.worker for author in said if author.worker})
    return tuple(msgspec.structs.replace(each, worker=now.get(each.worker, each.worker)) for each in said) != stands


async def _freeze(row: Mapping[str, Any], draft: Draft, note: str, by: int, now: datetime) -> int:
    before = await InnovationVersion.select(InnovationVersion.digest).where(
        InnovationVersion.innovation == row["id"], InnovationVersion.number == row["version"]
    )
    same = before and before[0]["digest"] == _written(draft)[1] and row["stage"] in AS_BEFORE
    if same and not await _encloses(row["id"]):
        raise Refused(Problem("innovation_nothing_new"))
    number = await _put(row, draft, note, by, now)
    for table in (InnovationFile, InnovationPicture):
        await table.update({table.since: number}).where(table.innovation == row["id"], table.since.is_null())
    return number


async def _is_handed_in(row: Mapping[str, Any], draft: Draft, note: str) -> bool:
    """Whether exactly this stands there as the newest version, with nothing to be taken along."""
    same = await InnovationVersion.exists().where(
        InnovationVersion.innovation == row["id"], InnovationVersion.number == row["version"],
        InnovationVersion.digest == _written(draft)[1], InnovationVersion.note == note,
    )  # fmt: skip
    return row["stage"] in AS_BEFORE and same and not await _encloses(row["id"])


async def _encloses(innovation_id: int) -> bool:
    """Whether there are papers or pictures that were not handed in yet."""
    for table in (InnovationFile, InnovationPicture):
        if await table.exists().where(table.innovation == innovation_id, table.since.is_null()):
            return True
    return False


async def _put(row: Mapping[str, Any], draft: Draft, note: str, by: int, now: datetime) -> int:
    body, digest = _written(draft)
    number = int(row["version"]) + 1
    await InnovationVersion(
        innovation=row["id"], number=number, title=draft.title, body=body, digest=digest, note=note, made_by=by,
        made_at=now,
    ).save()  # fmt: skip
    await innovations.set_named(row["id"], draft.authors)
    innovations.record(row["id"], "version", by, {"number": number, "digest": digest})
    return number


def _written(draft: Draft) -> tuple[str, str]:
    """A draft as a version keeps it, and the sha256 of that."""
    body = msgspec.json.encode(draft, order="deterministic").decode()
    return body, hashlib.sha256(body.encode()).hexdigest()


async def listed(innovation_id: int) -> list[VersionFacts]:
    """All versions of an innovation that was loaded through what its reader may see, the newest first."""
    rows = await (
        InnovationVersion.select(
            InnovationVersion.id, InnovationVersion.number, InnovationVersion.title, InnovationVersion.note,
            InnovationVersion.digest, InnovationVersion.made_at,
        )
        .where(InnovationVersion.innovation == innovation_id)
        .order_by(InnovationVersion.number, ascending=False)
    )  # fmt: skip
    return [VersionFacts(**row) for row in rows]


async def one(innovation_id: int, number: int) -> Draft:
    """What a version says. Raises NotFound."""
    row = await (
        InnovationVersion.select(InnovationVersion.body)
        .where(InnovationVersion.innovation == innovation_id, InnovationVersion.number == number)
        .first()
    )
    if row is None:
        raise NotFound
    return msgspec.json.decode(row["body"], type=Draft)


async def compared(innovation_id: int, before: int, after: int) -> list[Change]:
    """What changed from one version to another, field by field. Raises NotFound."""
    return changes(texts(await one(innovation_id, before)), texts(await one(innovation_id, after)))


def texts(draft: Draft) -> dict[str, str]:
    """A draft as texts by field, to be compared: people, patents and answers one a line."""
    people = [" ".join([one.name, f"{one.share}%", one.unit, one.part]).strip() for one in draft.authors]
    return {
        "title": draft.title, "kind": draft.kind, "field": draft.field, "year": str(draft.year),
        **{f"section-{code}": text for code, text in draft.body.sections.items()},
        "authors": "\n".join(people),
        "patents": "\n".join(f"{one.number} {one.kind}" for one in draft.body.patents),
        "answers": "\n".join(draft.body.answers),
    }  # fmt: skip
