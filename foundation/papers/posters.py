"""A poster with a large code to be scanned: A4 upright in a porcelain frame, for a wall that is read from two metres.

Frozen values in, PDF/A out. Knows neither what the code opens nor who hangs it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno

from foundation.papers import pdf


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on it from top to bottom; `code` is for those who type it at `typed_at`."""

    heading: str
    under: str
    address: str
    code: str
    typed_at: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    owner: str


async def to_pdf(posters: Sequence[Poster], at: datetime, longest: float = pdf.LONGEST) -> bytes:
    """One page each. Raises Refused as `pdf.typeset` does."""
    codes = [_qr(one.address) for one in posters]
    data = {
        "posters": [
            {
                "heading": one.heading, "under": one.under, "code": one.code, "typed_at": one.typed_at,
                "steps": list(one.steps), "notes": list(one.notes), "owner": one.owner,
                "qr": pdf.picture_name(number, codes[number]),
            }
            for number, one in enumerate(posters)
        ]
    }  # fmt: skip
    return await pdf.typeset("poster", data, at, codes, longest)


def _qr(address: str) -> bytes:
    """Much correction, for posters get torn and greasy; without its quiet zone, which is the paper around it."""
    made = io.BytesIO()
    segno.make(address, error="q", micro=False).save(made, kind="png", scale=8, border=0)
    return made.getvalue()
