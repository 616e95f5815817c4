"""Printers with bought blanks in them: the only writer of `CertificatePrinter`.

Where each word stands on the blank, and how far the printer is off, to a tenth of a millimetre.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.papers.certificates import A4_BLANK, FARTHEST, FIELDS, NEAREST, Blank, Spot
from foundation.papers.documents import Align
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.process.certificate_tables import CertificatePrinter
from foundation.process.may import KEEP_CERTIFICATE_PRINTERS
from foundation.store import ledger
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

SMALLEST, LARGEST = 50, 450  # mm of a blank
SIZES = range(6, 73)  # points
PARTS = ("x", "y", "width", "size", "align")
_TENTHS = re.compile(r"([+-]?)([0-9]{1,2})(?:\.([0-9]))?")


@dataclass(frozen=True, slots=True)
class PrinterFacts:
    """A printer and its blank."""

    id: int
    organisation_id: int
    name: str
    blank: Blank
    revision: int


def as_typed(name: str = "", blank: Blank = A4_BLANK) -> dict[str, str]:
    """The fields of the form for a printer, filled in."""
    fields = {
        "name": name,
        "width": str(blank.width),
        "height": str(blank.height),
        "right": shown_tenths(blank.right),
        "down": shown_tenths(blank.down),
    }
    spots = {spot.field: spot for spot in blank.spots}
    for field in FIELDS:
        spot = spots.get(field)
        for part in PARTS:
            fields[f"{field}.{part}"] = str(getattr(spot, part)) if spot else ""
    return fields


def shown_tenths(tenths: int) -> str:
    """-15 -> -1.5"""
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"


def read_printer(typed: Mapping[str, str]) -> tuple[str, Blank | None, list[Problem]]:
    """Name and blank as they were typed, or every problem. A field whose x is empty is not printed."""
    problems: list[Problem] = []
    typed = {field: unicodedata.normalize("NFKC", text[:200]) for field, text in typed.items()}

    def number(field: str, least: int, most: int) -> int:
        text = typed.get(field, "").strip()
        if not (text.isascii() and text.isdecimal() and len(text) < 5 and least <= int(text) <= most):
            problems.append(Problem("printer_number", field, {"least": str(least), "most": str(most)}))
            return least
        return int(text)

    name = typed.get("name", "").strip()
    if not name or len(name) > 60:
        problems.append(Problem("printer_name", "name"))
    width, height = number("width", SMALLEST, LARGEST), number("height", SMALLEST, LARGEST)
    spots = []
    for field in FIELDS:
        if not typed.get(f"{field}.x", "").strip():
            continue
        align = typed.get(f"{field}.align", "") or Align.LEFT
        if align not in set(Align):
            problems.append(Problem("printer_align", f"{field}.align"))
            align = Align.LEFT
        x, y = number(f"{field}.x", 0, width), number(f"{field}.y", 0, height)
        across, size = number(f"{field}.width", 5, LARGEST), number(f"{field}.size", SIZES[0], SIZES[-1])
        if x + across > width and not problems:
            problems.append(Problem("printer_beyond", f"{field}.width"))
        spots.append(Spot(field, x, y, across, size, Align(align)))
    offsets = {}
    for field in ("right", "down"):
        tenths = _read_tenths(typed.get(field, ""))
        if tenths is None:
            problems.append(Problem("printer_offset", field, {"most": str(FARTHEST // 10)}))
        offsets[field] = tenths or 0
    if not spots and not problems:
        problems.append(Problem("printer_nothing", "name.x"))
    blank = None if problems else Blank(width, height, tuple(spots), **offsets)
    return name, blank, problems


def _read_tenths(text: str) -> int | None:
    match = _TENTHS.fullmatch(text.strip().replace("−", "-") or "0")
    if match is None:
        return None
    tenths = (int(match[2]) * 10 + int(match[3] or 0)) * (-1 if match[1] == "-" else 1)
    return tenths if NEAREST <= tenths <= FARTHEST else None


async def add(name: str, blank: Blank, organisation_id: int, by: str) -> int:
    """Keep a printer; answers its id. Opens its own transaction."""
    async with transaction():
        row = CertificatePrinter(organisation=organisation_id, name=name, revision=1, **_columns(blank))
        await row.save()
        _record(int(row.id), "added", by, blank)
    return int(row.id)


async def change(printer_id: int, name: str, blank: Blank, revision: int, by: str) -> None:
    """Replace a printer's settings on top of `revision`. Raises Refused where another change came first, NotFound."""
    async with transaction():
        if not await lock_row(CertificatePrinter, printer_id):
            raise NotFound
        stands = await CertificatePrinter.select(CertificatePrinter.revision).where(CertificatePrinter.id == printer_id)
        if stands[0]["revision"] != revision:
            raise Refused(Problem("printer_changed_meanwhile"))
        values: dict[Any, Any] = {**_columns(blank), "name": name, "revision": revision + 1}
        await CertificatePrinter.update(values).where(CertificatePrinter.id == printer_id)
        _record(printer_id, "changed", by, blank)


async def kept_by(user: SignedIn) -> list[PrinterFacts]:
    """The printers that this person may use."""
    query = permitted(CertificatePrinter.select(), KEEP_CERTIFICATE_PRINTERS, user)
    return [_facts(row) for row in await query.order_by(CertificatePrinter.id)]


async def for_desk(user: SignedIn, printer_id: int) -> PrinterFacts:
    """One of them. Raises NotFound."""
    query = CertificatePrinter.select().where(CertificatePrinter.id == printer_id)
    row = await permitted(query, KEEP_CERTIFICATE_PRINTERS, user).first()
    if row is None:
        raise NotFound
    return _facts(row)


async def blank_of(printer_id: int) -> Blank:
    """The blank of a printer, for who was allowed to choose it. Raises NotFound."""
    row = await CertificatePrinter.select().where(CertificatePrinter.id == printer_id).first()
    if row is None:
        raise NotFound
    return _facts(row).blank


def _columns(blank: Blank) -> dict[str, Any]:
    spots = {spot.field: [spot.x, spot.y, spot.width, spot.size, str(spot.align)] for spot in blank.spots}
    return {
        "width": blank.width,
        "height": blank.height,
        "spots": ledger.canonical(spots),
        "off_right": blank.right,
        "off_down": blank.down,
    }


def _facts(row: Mapping[str, Any]) -> PrinterFacts:
    kept = json.loads(row["spots"])
    spots = []
    for field in FIELDS:
        if field in kept:
            x, y, width, size, align = kept[field]
            spots.append(Spot(field, x, y, width, size, Align(align)))
    blank = Blank(row["width"], row["height"], tuple(spots), row["off_right"], row["off_down"])
    return PrinterFacts(row["id"], row["organisation"], row["name"], blank, row["revision"])


def _record(printer_id: int, act: str, by: str, blank: Blank) -> None:
    ledger.record(
        stream=f"certificate-printer:{printer_id}",
        act=f"certificate_printer.{act}",
        actor=by,
        payload={"right": blank.right, "down": blank.down, "fields": [spot.field for spot in blank.spots]},
    )
