"""A poster with a large code to be scanned: upright in a porcelain frame, for a wall that is read from two metres; and
small cards with codes, eight on a sheet, to be cut and stood beside things.

Frozen values in, PDF/A out. Knows neither what the code opens nor who hangs it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import segno

from foundation.papers import pdf


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on it from top to bottom; `code` is for those who type it at `typed_at`.

    Without an `address` it bears no code to be scanned.
    """

    heading: str
    under: str
    address: str
    code: str
    typed_at: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card beside a thing: its number, what it is, whose it is; without an `address` no code to be scanned."""

    number: str
    title: str
    under: str
    address: str


class Size(StrEnum):
    """The paper of a poster."""

    A4 = "a4"
    A3 = "a3"


async def to_pdf(posters: Sequence[Poster], at: datetime, longest: float = pdf.LONGEST, size: Size = Size.A4) -> bytes:
    """One page each. Raises Refused as `pdf.typeset` does."""
    codes, names = _codes([one.address for one in posters])
    data = {
        "sheet": size.value,
        "posters": [
            {
                "heading": one.heading, "under": one.under, "code": one.code, "typed_at": one.typed_at,
                "steps": list(one.steps), "notes": list(one.notes), "owner": one.owner, "qr": name,
            }
            for one, name in zip(posters, names, strict=True)
        ],
    }  # fmt: skip
    return await pdf.typeset("poster", data, at, codes, longest)


async def cards_to_pdf(cards: Sequence[Card], owner: str, at: datetime, longest: float = pdf.LONGEST) -> bytes:
    """Eight on a page of A4; `owner` stands on each. Raises Refused as `pdf.typeset` does."""
    codes, names = _codes([one.address for one in cards])
    data = {
        "owner": owner,
        "cards": [
            {"number": one.number, "title": one.title, "under": one.under, "qr": name}
            for one, name in zip(cards, names, strict=True)
        ],
    }
    return await pdf.typeset("cards", data, at, codes, longest)


def _codes(addresses: Sequence[str]) -> tuple[list[bytes], list[str]]:
    """The drawn codes, and the file of each address; no file where there is none."""
    codes: list[bytes] = []
    names = []
    for address in addresses:
        if not address:
            names.append("")
            continue
        codes.append(_qr(address))
        names.append(pdf.picture_name(len(codes) - 1, codes[-1]))
    return codes, names


def _qr(address: str) -> bytes:
    """Much correction, for posters get torn and greasy; without its quiet zone, which is the paper around it."""
    made = io.BytesIO()
    segno.make(address, error="q", micro=False).save(made, kind="png", scale=8, border=0)
    return made.getvalue()
