"""Certificates as frozen values: for everyone by number or code, for officers those of their organisations.

Selects and writes nothing. Of one that is not valid any more the public gets neither name nor words, only why.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundation.base import secrets
from foundation.base.problem import N_, NotFound
from foundation.base.settings import Settings
from foundation.papers import certificates as paper
from foundation.papers.names import spaced_name
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.process import checks
from foundation.process.certificate_tables import Certificate
from foundation.process.may import KEEP_CERTIFICATES
from foundation.process.rules.certificates import Stage, number_key

PAGE = 50


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate as officers see it."""

    id: int
    series_id: int
    series: str
    organisation_id: int
    number: str
    code: str
    about: str
    name: str
    words: str
    body: str
    document: str
    heading: str
    issued_on: date
    stage: Stage
    reason: str
    replaced_by: int | None
    replaced_by_number: str
    made_at: datetime
    ended_at: datetime | None


async def by_code(typed: str) -> checks.Found | None:
    """What everyone may know by the code of a certificate."""
    code = secrets.read_code(typed)
    return await _found(Certificate.code == code) if len(code) == secrets.LENGTH else None


async def by_number(typed: str) -> checks.Found | None:
    """What everyone may know by the number of a certificate."""
    return await _found(Certificate.number_key == number_key(typed))


async def _by_either(typed: str) -> checks.Found | None:
    return await by_code(typed) or await by_number(typed)


SOURCE = checks.register(checks.Source("certificate", N_("certificates"), _by_either))

_STATE = (Certificate.number, Certificate.code, Certificate.stage, Certificate.reason)
_WORDS = (Certificate.name, Certificate.words, Certificate.body, Certificate.document, Certificate.heading)


async def _found(condition: Any) -> checks.Found | None:
    row = await Certificate.select(*_STATE, Certificate.replaced_by.number.as_alias("next")).where(condition).first()
    if row is None:
        return None
    lines: list[tuple[str, str]] = []
    if row["stage"] == Stage.VALID:
        # Names are selected only here. What changed meanwhile is not shown with the stage of before.
        words = (
            await Certificate.select(*_WORDS, Certificate.issued_on)
            .where(condition, Certificate.stage == Stage.VALID.value)
            .first()
        )
        if words is None:
            return await _found(condition)
        lines = [
            (N_("Awarded to"), words["name"]),
            (N_("What the certificate says"), words["words"]),
            (N_("Conferred by"), words["body"]),
            (N_("Document number"), words["document"]),
            (N_("Date"), printed_date(words["issued_on"])),
        ]
    elif row["next"]:
        lines = [(N_("In its place stands"), row["next"])]
    return checks.Found(
        title=N_("Certificate"),
        standing=checks.Standing(row["stage"]),
        number=row["number"],
        lines=tuple(line for line in lines if line[1]),
        reason=row["reason"],
        address=f"/check/{row['code']}",
    )


async def page(
    user: SignedIn, before: int | None, limit: int, *, series: int | None = None, search: str = "", stage: str = ""
) -> list[CertificateFacts]:
    """`limit` certificates that this person keeps, the newest first; `search` is a number or a whole name."""
    query = permitted(_query(), KEEP_CERTIFICATES, user)
    if series is not None:
        query = query.where(Certificate.series == series)
    if stage:
        query = query.where(Certificate.stage == stage)
    if search:
        query = query.where((Certificate.number_key == number_key(search)) | (Certificate.name.like(_starting(search))))
    if before is not None:
        query = query.where(Certificate.id < before)
    return [_facts(row) for row in await query.order_by(Certificate.id, ascending=False).limit(limit)]


async def for_desk(user: SignedIn, certificate_id: int) -> CertificateFacts:
    """A certificate that this person keeps. Raises NotFound."""
    row = await permitted(_query().where(Certificate.id == certificate_id), KEEP_CERTIFICATES, user).first()
    if row is None:
        raise NotFound
    return _facts(row)


async def ids_of(user: SignedIn, most: int, *, series: int, first: str, last: str) -> list[int]:
    """The valid certificates of a series from one number to another, in the order of their numbers, at most `most`.

    Raises NotFound where one of the two is none of this series.
    """
    ends = [await _place(user, series, number) for number in (first, last)]
    query = permitted(Certificate.select(Certificate.id), KEEP_CERTIFICATES, user).where(
        Certificate.series == series,
        Certificate.stage == Stage.VALID.value,
        Certificate.year >= ends[0][0],
        Certificate.year <= ends[1][0],
    )
    rows = (
        await query.where(
            (Certificate.year > ends[0][0]) | (Certificate.sequence >= ends[0][1]),
            (Certificate.year < ends[1][0]) | (Certificate.sequence <= ends[1][1]),
        )
        .order_by(Certificate.year)
        .order_by(Certificate.sequence)
        .limit(most)
    )
    return [row["id"] for row in rows]


async def _place(user: SignedIn, series: int, number: str) -> tuple[int, int]:
    query = Certificate.select(Certificate.year, Certificate.sequence).where(
        Certificate.series == series, Certificate.number_key == number_key(number)
    )
    row = await permitted(query, KEEP_CERTIFICATES, user).first()
    if row is None:
        raise NotFound
    return row["year"], row["sequence"]


async def valid_of(user: SignedIn, ids: Collection[int]) -> list[int]:
    """Those of these certificates that this person keeps and that are valid, in the order of their ids."""
    query = permitted(Certificate.select(Certificate.id), KEEP_CERTIFICATES, user).where(
        Certificate.id.is_in(list(ids) or [0]), Certificate.stage == Stage.VALID.value
    )
    return [row["id"] for row in await query.order_by(Certificate.id)]


async def papers_of(ids: Collection[int]) -> dict[int, paper.Certificate]:
    """What is printed of each of these certificates that is valid, by its id."""
    rows = await Certificate.select().where(
        Certificate.id.is_in(list(ids) or [0]), Certificate.stage == Stage.VALID.value
    )
    at = Settings.from_env().public_url
    return {row["id"]: _paper(row, at) for row in rows}


async def of(about: str) -> list[CertificateFacts]:
    """All certificates of one thing, the newest first."""
    rows = await _query().where(Certificate.about == about).order_by(Certificate.id, ascending=False)
    return [_facts(row) for row in rows]


async def standing_about(abouts: Collection[str]) -> list[CertificateFacts]:
    """The valid certificates of all these things, the newest first."""
    if not abouts:
        return []
    query = _query().where(Certificate.about.is_in(sorted(abouts)), Certificate.stage == Stage.VALID.value)
    return [_facts(row) for row in await query.order_by(Certificate.id, ascending=False)]


def printed_date(day: date) -> str:
    """2026年5月1日, in every language: so it stands on the paper."""
    return f"{day.year}年{day.month}月{day.day}日"


def _paper(row: Mapping[str, Any], public_url: str) -> paper.Certificate:
    return paper.Certificate(
        **{name: row[name] for name in ("words", "body", "number", "document", "heading")},
        name=_spaced(row["name"]),
        date=printed_date(row["issued_on"]),
        code=secrets.grouped(row["code"]),
        address=f"{public_url}/check/{row['code']}" if public_url else "",
    )


def _spaced(name: str) -> str:
    """龚䶮 同志 -> 龚　䶮 同志"""
    first, gap, rest = name.partition(" ")
    return f"{spaced_name(first)}{gap}{rest}"


def _starting(text: str) -> str:
    return text.strip()[:60].replace("%", "").replace("_", "") + "%"


def _query() -> Any:
    return Certificate.select(
        *Certificate.all_columns(),
        Certificate.series.name.as_alias("series_name"),
        Certificate.series.organisation.as_alias("organisation_id"),
        Certificate.replaced_by.number.as_alias("replaced_by_number"),
    )


def _facts(row: Mapping[str, Any]) -> CertificateFacts:
    special = {
        "series_id": row["series"],
        "series": row["series_name"],
        "organisation_id": row["organisation_id"],
        "replaced_by_number": row["replaced_by_number"] or "",
        "stage": Stage(row["stage"]),
    }
    plain = {name: row[name] for name in CertificateFacts.__dataclass_fields__ if name not in special}
    return CertificateFacts(**plain, **special)
