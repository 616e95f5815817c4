"""What the public reads: contests that are not drafts any more, and frozen rows of published results.

Never computes a standing, and never reads contestants, entries or marks: what everyone may see was written when the
results were published, so nothing can leak early. Every function raises NotFound for what is not public.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competitions.contests import ContestFacts, competition_by_address, contest_by_address
from competitions.rules.details import read_detail
from competitions.rules.stages import Stage
from competitions.rules.visibility import GroupResults, PublicLine, by_group
from competitions.rules.worked import Working
from competitions.rules.working import work_out
from competitions.tables import Publication, PublishedLine, PublishedScore, SchemeVersion
from competitions.versions import FrozenScheme, scheme_versions
from foundation.base.problem import NotFound
from foundation.people import organisation_tree
from foundation.process.openings import register_place


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """One published version: when, under which scheme, what proves it, and what of it is public."""

    id: int
    version: int
    scheme_id: int
    published_at: datetime
    standings_hash: str
    bundle_hash: str
    counts: Mapping[str, Mapping[str, int]]
    why_public: bool
    bundle_public: bool
    reason: str  # of a correction; empty in version 1


@dataclass(frozen=True, slots=True)
class Results:
    """A published version as everyone may see it."""

    publication: PublicationFacts
    frozen: FrozenScheme
    groups: tuple[GroupResults, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One entry's score, worked out by hand, with the version it belongs to."""

    publication: PublicationFacts
    frozen: FrozenScheme
    working: Working


async def public_contest(address: str) -> ContestFacts:
    """The contest at this address, from the freezing of its scheme on."""
    contest = await contest_by_address(address)
    if contest is None or contest.stage is Stage.DRAFT:
        raise NotFound
    return contest


async def publication(contest: ContestFacts) -> PublicationFacts | None:
    """The newest published version, without its bundle."""
    row = (
        await Publication.select(*Publication.all_columns(exclude=[Publication.bundle]))
        .where(Publication.contest == contest.id)
        .order_by(Publication.version, ascending=False)
        .first()
    )
    return _publication(row) if row else None


async def publication_by_sum(found_sum: str) -> tuple[str, PublicationFacts] | None:
    """The contest's address and the published version whose standings or bundle have this SHA-256 (lower case)."""
    row = (
        await Publication.select(
            *Publication.all_columns(exclude=[Publication.bundle]), Publication.contest.address.as_alias("address")
        )
        .where((Publication.standings_hash == found_sum) | (Publication.bundle_hash == found_sum))
        .order_by(Publication.version, ascending=False)
        .first()
    )
    return (row["address"], _publication(row)) if row else None


async def results(contest: ContestFacts) -> Results | None:
    """The newest published results; None before there are any."""
    published = await publication(contest)
    if published is None:
        return None
    rows = (
        await PublishedLine.select().where(PublishedLine.publication == published.id).order_by(PublishedLine.position)
    )
    groups = by_group([_line(row) for row in rows], published.counts)
    return Results(published, await _frozen(contest, published), groups)


async def why(contest: ContestFacts, work_number: str) -> Why:
    """Why this score, where the contest shows it to everyone: of the works whose totals are shown, and no other."""
    published = await publication(contest)
    if published is None or not published.why_public:
        raise NotFound
    if not await PublishedLine.exists().where(
        PublishedLine.publication == published.id, PublishedLine.work_number == work_number, PublishedLine.total != ""
    ):
        raise NotFound
    return await read_score(contest, published, PublishedScore.work_number == work_number)


async def read_score(contest: ContestFacts, published: PublicationFacts, which: Any) -> Why:
    """The frozen score that the condition picks, worked out; not itself a question of who may see it."""
    row = (
        await PublishedScore.select(PublishedScore.content)
        .where(PublishedScore.publication == published.id)
        .where(which)
        .first()
    )
    if row is None:
        raise NotFound
    frozen, content = await _frozen(contest, published), json.loads(row["content"])
    details = {
        (aspect, judge): read_detail(text)
        for aspect, judges in content["details"].items()
        for judge, text in judges.items()
    }
    return Why(published, frozen, work_out(content["score"], frozen.scheme, frozen.notes, details))


async def bundle(contest: ContestFacts) -> tuple[PublicationFacts, bytes]:
    """The results bundle, where the contest hands it out."""
    published = await publication(contest)
    if published is None or not published.bundle_public:
        raise NotFound
    row = await Publication.select(Publication.bundle).where(Publication.id == published.id).first()
    if row is None:
        raise NotFound
    return published, bytes(row["bundle"])


async def frozen_text(contest: ContestFacts, version: int | None, *, sheet: bool = False) -> str:
    """Exactly the text that was hashed: the scheme's, or the sheet's notes; of the newest version by default."""
    query = SchemeVersion.select(SchemeVersion.scheme, SchemeVersion.sheet).where(SchemeVersion.contest == contest.id)
    if version is not None:
        query = query.where(SchemeVersion.version == version)
    row = await query.order_by(SchemeVersion.version, ascending=False).first()
    if row is None:
        raise NotFound
    return str(row["sheet"] if sheet else row["scheme"])


async def _frozen(contest: ContestFacts, published: PublicationFacts) -> FrozenScheme:
    """The scheme that these results were computed by; later ones cannot be, but need not be trusted not to."""
    return next(each for each in await scheme_versions(contest.id) if each.id == published.scheme_id)


def _publication(row: Mapping[str, Any]) -> PublicationFacts:
    return PublicationFacts(
        id=row["id"],
        version=row["version"],
        scheme_id=row["scheme_version"],
        published_at=row["published_at"],
        standings_hash=row["standings_hash"],
        bundle_hash=row["bundle_hash"],
        counts=json.loads(row["counts"]),
        why_public=row["why_public"],
        bundle_public=row["bundle_public"],
        reason=row["reason"],
    )


def _line(row: Mapping[str, Any]) -> PublicLine:
    modules: Sequence[str] = json.loads(row["modules"])
    return PublicLine(
        group=row["group_name"],
        place=row["place"],
        work_number=row["work_number"],
        name=row["name"],
        unit=row["unit"],
        city=row["city"],
        total=row["total"],
        modules=tuple(modules),
        tied=row["tied"],
        decided_by=row["decided_by"],
    )


async def _owner_of_contest(address: str) -> str | None:
    found = await contest_by_address(address)
    return await _owner_of_competition(found.competition.address) if found else None


async def _owner_of_competition(address: str) -> str | None:
    found = await competition_by_address(address)
    owner = await organisation_tree.by_id(found.organisation_id) if found else None
    return owner.path if owner else None


register_place("contest", "/contests/{}", _owner_of_contest)
register_place("competition", "/competitions/{}", _owner_of_competition)
