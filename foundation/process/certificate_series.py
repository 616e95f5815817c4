"""Series of certificate numbers: the only writer of `CertificateSeries` and of its counters.

Numbers have no gaps: one is taken inside the transaction that uses it, under the lock of its counter, and is given
back where that transaction fails. The ledger's stream is `certificate-series:<id>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foundation.base.clock import today
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.process.certificate_tables import CertificateCounter, CertificateSeries
from foundation.process.may import KEEP_CERTIFICATE_SERIES
from foundation.process.rules.certificates import counts_from, formed, series_problems
from foundation.store import ledger
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series; `used` says whether a number was given."""

    id: int
    code: str
    organisation_id: int
    organisation: str
    name: str
    pattern: str
    digits: int
    used: bool

    @property
    def example(self) -> str:
        """How a number of it looks."""
        return formed(self.pattern, today().year, 17, self.digits)


async def define(code: str, name: str, pattern: str, digits: int, *, organisation_id: int, by: str) -> int:
    """Begin a series; answers its id. Raises Refused, also where there is one of this code. Opens its transaction."""
    if problems := series_problems(code, name, pattern, digits):
        raise Refused(*problems)
    async with transaction():
        row = CertificateSeries(
            code=code, organisation=organisation_id, name=name.strip(), pattern=pattern.strip(), digits=digits
        )
        made = await CertificateSeries.insert(row).on_conflict(action="DO NOTHING")
        if not made:
            same = await CertificateSeries.exists().where(CertificateSeries.code == code)
            raise Refused(Problem("series_taken" if same else "series_pattern_taken", "code" if same else "pattern"))
        series_id = int(made[0]["id"])
        payload = {"code": code, "pattern": row.pattern, "digits": digits, "organisation": organisation_id}
        ledger.record(stream=f"certificate-series:{series_id}", act="series.defined", actor=by, payload=payload)
    return series_id


async def change(series_id: int, name: str, pattern: str, digits: int, by: str) -> None:
    """Change a series; its pattern and digits only while no number was given. Raises Refused, NotFound."""
    async with transaction():
        if not await lock_row(CertificateSeries, series_id):
            raise NotFound
        stands = await facts(series_id)
        if problems := series_problems(stands.code, name, pattern, digits):
            raise Refused(*problems)
        if await CertificateSeries.exists().where(
            CertificateSeries.pattern == pattern.strip(), CertificateSeries.id != series_id
        ):
            raise Refused(Problem("series_pattern_taken", "pattern"))
        if stands.used and (pattern.strip(), digits) != (stands.pattern, stands.digits):
            raise Refused(Problem("series_in_use", "pattern"))
        await CertificateSeries.update(name=name.strip(), pattern=pattern.strip(), digits=digits).where(
            CertificateSeries.id == series_id
        )
        ledger.record(
            stream=f"certificate-series:{series_id}",
            act="series.changed",
            actor=by,
            payload={"pattern": pattern.strip(), "digits": digits},
        )


async def facts(series_id: int) -> SeriesFacts:
    """One series. Raises NotFound."""
    row = await _query().where(CertificateSeries.id == series_id).first()
    if row is None:
        raise NotFound
    return _facts(row, await _used([row["id"]]))


async def kept_by(user: SignedIn) -> list[SeriesFacts]:
    """The series that this person may use."""
    rows = await permitted(_query(), KEEP_CERTIFICATE_SERIES, user).order_by(CertificateSeries.id)
    used = await _used([row["id"] for row in rows])
    return [_facts(row, used) for row in rows]


async def by_code(code: str) -> SeriesFacts | None:
    """The series that a package names; None where nobody defined it yet."""
    row = await _query().where(CertificateSeries.code == code).first()
    return _facts(row, await _used([row["id"]])) if row else None


@dataclass(frozen=True, slots=True)
class Taken:
    """A number that was taken for good, if the transaction is."""

    series_id: int
    year: int
    sequence: int
    number: str


async def take(code: str, year: int) -> Taken:
    """The next number of a series, inside the caller's transaction. Raises Refused where there is no such series.

    Whoever takes one at the same moment waits for this transaction to end.
    """
    row = await CertificateSeries.select().where(CertificateSeries.code == code).first()
    if row is None:
        raise Refused(Problem("series_unknown", "", {"code": code}))
    # Read anew under its lock: what is being changed meanwhile would give numbers of two forms.
    await lock_row(CertificateSeries, row["id"], share=True)
    row = await CertificateSeries.select().where(CertificateSeries.id == row["id"]).first() or row
    counted = counts_from(row["pattern"], year)
    await CertificateCounter.insert(CertificateCounter(series=row["id"], year=counted, last=0)).on_conflict(
        action="DO NOTHING"
    )
    rows = (
        await CertificateCounter.update({CertificateCounter.last: CertificateCounter.last + 1})
        .where(CertificateCounter.series == row["id"], CertificateCounter.year == counted)
        .returning(CertificateCounter.last)
    )
    sequence = int(rows[0]["last"])
    return Taken(row["id"], counted, sequence, formed(row["pattern"], year, sequence, row["digits"]))


def _query() -> Any:
    return CertificateSeries.select(
        *CertificateSeries.all_columns(), CertificateSeries.organisation.name.as_alias("organisation_name")
    )


async def _used(ids: list[int]) -> set[int]:
    rows = await CertificateCounter.select(CertificateCounter.series).where(CertificateCounter.series.is_in(ids or [0]))
    return {row["series"] for row in rows}


def _facts(row: Mapping[str, Any], used: set[int]) -> SeriesFacts:
    return SeriesFacts(
        id=row["id"],
        code=row["code"],
        organisation_id=row["organisation"],
        organisation=row["organisation_name"],
        name=row["name"],
        pattern=row["pattern"],
        digits=row["digits"],
        used=row["id"] in used,
    )
