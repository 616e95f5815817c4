"""Cases of revocation as those see them who reported, recommended or confer. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen import may
from craftsmen.honour_tables import HonourCase, HonourCaseFile
from craftsmen.rules.cases import OPEN, Ground, Stage
from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn

SIZE = 50


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case."""

    id: int
    honour_id: int
    address: str
    title_name: str
    name: str
    unit_name: str
    stage: Stage
    ground: Ground
    report: str
    reporter_id: int
    reporter: str
    reported_by: int
    reported_at: datetime
    recommender: str
    opinion: str
    opinion_at: datetime | None
    outcome: str
    ended_at: datetime | None
    recovered: str
    recovered_at: datetime | None
    organisation_id: int  # that keeps the title
    act: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a case."""

    file_id: int
    name: str


_COLUMNS = (
    *HonourCase.all_columns(),
    HonourCase.honour.address.as_alias("address"),
    HonourCase.honour.title.name.as_alias("title_name"),  # type: ignore[union-attr]
    HonourCase.honour.title.organisation.as_alias("organisation_id"),  # type: ignore[union-attr]
    HonourCase.honour.name.as_alias("name"),
    HonourCase.honour.unit_name.as_alias("unit_name"),
    HonourCase.reporter.name.as_alias("reporter_name"),
    HonourCase.recommender.name.as_alias("recommender_name"),
)


def _facts(row: Mapping[str, Any]) -> CaseFacts:
    own = {"honour_id", "stage", "ground", "reporter_id", "reporter", "recommender"}
    return CaseFacts(
        honour_id=row["honour"],
        stage=Stage(row["stage"]),
        ground=Ground(row["ground"]),
        reporter_id=row["reporter"],
        reporter=row["reporter_name"],
        recommender=row["recommender_name"],
        **{name: row[name] for name in CaseFacts.__dataclass_fields__ if name not in own},
    )


async def for_user(user: SignedIn, case_id: int, permission: Permission = may.SEE_CASES) -> CaseFacts:
    """The case, if this person may do that with it. NotFound for strangers."""
    if not 0 < case_id < 2**31:
        raise NotFound
    row = await permitted(HonourCase.select(*_COLUMNS).where(HonourCase.id == case_id), permission, user).first()
    if row is None:
        raise NotFound
    return _facts(row)


async def allows(user: SignedIn, case_id: int, permission: Permission) -> bool:
    """Whether this person may do that with the case."""
    return await permission.allows(user, HonourCase.id == case_id)


async def listing(user: SignedIn, *, ended: bool, before: int | None = None, size: int = SIZE) -> list[CaseFacts]:
    """The newest `size + 1` cases of this hat, open or ended, older than the case `before`."""
    open_ones = [one.value for one in OPEN]
    query = permitted(HonourCase.select(*_COLUMNS), may.SEE_CASES, user)
    query = query.where(HonourCase.stage.not_in(open_ones) if ended else HonourCase.stage.is_in(open_ones))
    if before is not None:
        query = query.where(HonourCase.id < before)
    return [_facts(row) for row in await query.order_by(HonourCase.id, ascending=False).limit(size + 1)]


async def of_honour(user: SignedIn, honour_id: int) -> list[CaseFacts]:
    """The newest cases about one honour that this person may see: who is reported does not read it here."""
    query = permitted(HonourCase.select(*_COLUMNS), may.SEE_CASES, user).where(HonourCase.honour == honour_id)
    rows = await query.order_by(HonourCase.id, ascending=False).limit(SIZE)
    return [_facts(row) for row in rows]


async def waiting(user: SignedIn, permission: Permission, stages: list[str], most: int) -> list[CaseFacts]:
    """The cases at these stages that this person may act on in this way, oldest first."""
    query = permitted(HonourCase.select(*_COLUMNS), permission, user).where(HonourCase.stage.is_in(stages))
    return [_facts(row) for row in await query.order_by(HonourCase.id).limit(most)]


async def papers_of(case_id: int) -> list[Paper]:
    """The papers of a case, in the order in which they came."""
    rows = (
        await HonourCaseFile.select(HonourCaseFile.file, HonourCaseFile.file.name.as_alias("name"))
        .where(HonourCaseFile.honour_case == case_id)
        .order_by(HonourCaseFile.id)
    )
    return [Paper(row["file"], row["name"]) for row in rows]
