"""Printed forms and the data they show: the only writer of `Print`. Runs inside the caller's transaction.

A form's footer names the version of its data; when the data changed since, whoever looks at it is told, and the
stamped scan that comes back is recorded against the version that stands on it. Knows hashes; knows no form.
The ledger's stream is what the form is about.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from foundation.base.problem import Problem, Refused
from foundation.files import uses
from foundation.process.print_tables import Print
from foundation.store import ledger
from foundation.store.locks import lock_row

_VERSION = 8  # letters of the short version: 4 and 4


class Freshness(StrEnum):
    """How a paper stands to the data of now."""

    NONE = "none"  # there is no paper
    FRESH = "fresh"  # it shows what stands
    STALE = "stale"  # something changed since


@dataclass(frozen=True, slots=True)
class PrintFacts:
    """One version that was printed."""

    id: int
    data_hash: str
    printed_at: datetime
    printed_by: int
    times: int
    scan: int | None
    scanned_at: datetime | None
    scanned_by: int | None

    @property
    def version(self) -> str:
        return short(self.data_hash)


def data_hash(values: Mapping[str, Any]) -> str:
    """sha256 (hex) of what a form shows: its values as canonical JSON, and nothing that is not on the paper."""
    return hashlib.sha256(ledger.canonical(values).encode()).hexdigest()


def short(digest: str) -> str:
    """The version as it stands in the footer: 3f2a-91c0"""
    return f"{digest[:4]}-{digest[4:_VERSION]}"


async def record(about: str, form: str, digest: str, by: int, now: datetime) -> int:
    """Say that this version is printed now, before its paper is made; answers the print's id."""
    made = await Print.insert(
        Print(about=about, form=form, data_hash=digest, printed_at=now, printed_by=by, times=1)
    ).on_conflict(action="DO NOTHING")
    if made:
        print_id = int(made[0]["id"])
    else:
        rows = (
            await Print.update({Print.times: Print.times + 1, Print.printed_at: now, Print.printed_by: by})
            .where(Print.about == about, Print.form == form, Print.data_hash == digest)
            .returning(Print.id)
        )
        print_id = int(rows[0]["id"])
    payload = {"form": form, "sha256": digest}
    ledger.record(stream=about, act="print.made", actor=f"account:{by}", about=f"print:{print_id}", payload=payload)
    return print_id


async def state(about: str, form: str, current_hash: str) -> Freshness:
    """Whether the newest print of a form shows what stands now."""
    newest = (
        await Print.select(Print.data_hash)
        .where(Print.about == about, Print.form == form)
        .order_by(Print.printed_at, Print.id, ascending=False)
        .first()
    )
    return _against(newest, current_hash)


async def scan_state(about: str, form: str, current_hash: str) -> Freshness:
    """Whether the newest stamped scan of a form shows what stands now."""
    newest = await (
        Print.select(Print.data_hash)
        .where(Print.about == about, Print.form == form, Print.scan.is_not_null())
        .order_by(Print.scanned_at, Print.id, ascending=False)
        .first()
    )
    return _against(newest, current_hash)


def _against(newest: Mapping[str, Any] | None, current_hash: str) -> Freshness:
    if newest is None:
        return Freshness.NONE
    return Freshness.FRESH if newest["data_hash"] == current_hash else Freshness.STALE


async def of(about: str, form: str) -> list[PrintFacts]:
    """Every version that was printed, the newest print first."""
    query = Print.select().where(Print.about == about, Print.form == form)
    rows = await query.order_by(Print.printed_at, Print.id, ascending=False)
    return [PrintFacts(**{name: row[name] for name in PrintFacts.__dataclass_fields__}) for row in rows]


async def attach_scan(about: str, form: str, version: str, file_id: int, *, by: int, now: datetime) -> int:
    """The stamped paper came back as this file; `version` is what stands in its footer. Answers the print's id.

    Raises Refused where no such version was printed, NotFound where there is no such file. A later scan of the same
    version takes the place of the former, which is kept: the ledger names it.
    """
    wanted = "".join(re.findall(r"[0-9a-f]", version.lower()))
    versions = [one for one in await of(about, form) if one.data_hash[:_VERSION] == wanted]
    if not versions:
        raise Refused(Problem("print_version_unknown", "version", {"version": version.strip()[:40]}))
    found = versions[0]
    await lock_row(Print, found.id)
    await Print.update({Print.scan: file_id, Print.scanned_at: now, Print.scanned_by: by}).where(Print.id == found.id)
    await uses.hang(file_id, f"print:{found.id}", "scan")
    ledger.record(
        stream=about,
        act="print.scanned",
        actor=f"account:{by}",
        about=f"print:{found.id}",
        payload={"form": form, "sha256": found.data_hash, "file": file_id},
    )
    return found.id
