"""Certificates on paper: whole pages with our own porcelain frame, or only the words, put on blanks that were bought.

Knows how a certificate looks and where on a blank each word stands, in millimetres; knows neither who gets one nor
whether it stands. Many certificates are one file.
"""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

import segno

from foundation.papers import pdf
from foundation.papers.documents import Align

FIELDS = ("name", "words", "body", "document", "date", "number", "code", "qr")
NEAREST, FARTHEST = -300, 300  # tenths of a millimetre that a printer may be off


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is printed: every value as it is read. `address` is the page that says whether it stands, behind the QR
    code; empty prints none."""

    name: str  # with what is said of the person or team: 龚　䶮 同志
    words: str
    body: str
    date: str
    number: str
    document: str = ""
    heading: str = "荣誉证书"
    code: str = ""  # as it is printed, in groups
    address: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field stands on a blank: left and upper edge from the corner and width in mm, its size in points."""

    field: str
    x: int
    y: int
    width: int
    size: int = 16
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank that was bought, and how far the printer is off: `right` and `down` in tenths of a millimetre."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    right: int = 0
    down: int = 0


A4_BLANK = Blank(
    297,
    210,
    (
        Spot("name", 40, 72, 120, 22),
        Spot("words", 40, 92, 217, 18, Align.JUSTIFIED),
        Spot("body", 150, 150, 107, 18, Align.CENTRE),
        Spot("date", 150, 164, 107, 16, Align.CENTRE),
        Spot("number", 40, 176, 100, 11),
        Spot("qr", 40, 146, 24),
    ),
)

SAMPLE = Certificate(
    name="张　三 同志",
    words="在全省职业技能竞赛中成绩优异,授予“江西省技术能手”称号。\n特发此证,以资鼓励。",
    body="江西省总工会",
    date="2026年5月1日",
    number="样张〔2026〕0001",
    document="样字〔2026〕1号",
    code="SAMPL E0000",
    address="sample",
)


async def whole_pages(certificates: Sequence[Certificate], at: datetime, longest: float = pdf.LONGEST) -> bytes:
    """One page of A4 each, with the frame. Raises Refused as `pdf.typeset` does."""
    codes = [_qr(one.address) for one in certificates]
    data = {"certificates": [_plain(one, number) for number, one in enumerate(certificates)]}
    return await pdf.typeset("certificate", data, at, codes, longest)


async def overprint(
    certificates: Sequence[Certificate], blank: Blank, at: datetime, longest: float = pdf.LONGEST
) -> bytes:
    """Only the fields, each at its spot, one blank each."""
    codes = [_qr(one.address) for one in certificates]
    data = {
        "certificates": [_plain(one, number) for number, one in enumerate(certificates)],
        "blank": asdict(blank),
        "grid": False,
    }
    return await pdf.typeset("overprint", data, at, codes, longest)


async def setting_page(blank: Blank, at: datetime, longest: float = pdf.LONGEST) -> bytes:
    """A grid of millimetres with a sample at the spots: laid over a blank against the light, it shows what is off.

    The grid itself is moved as well, so that its corner shows where the printer now begins.
    """
    data = {"certificates": [_plain(SAMPLE, 0)], "blank": asdict(blank), "grid": True}
    return await pdf.typeset("overprint", data, at, [_qr(SAMPLE.address)], longest)


def printed_text(certificate: Certificate) -> str:
    """Everything of a certificate that becomes ink, for `fonts.missing_characters`."""
    return "".join(asdict(replace(certificate, address="")).values())


def _plain(certificate: Certificate, number: int) -> dict[str, str]:
    return asdict(certificate) | {"qr": f"picture-{number}.png" if certificate.address else ""}


def _qr(address: str) -> bytes:
    """A QR code without its quiet zone, which is the paper around it."""
    made = io.BytesIO()
    segno.make(address or "-", error="m", micro=False).save(made, kind="png", scale=4, border=0)
    return made.getvalue()
