"""The vocabulary of printed forms and reports: frozen values, no layout. `printing.py` makes PDF/A of them, and
`word.py` a docx; both say the same.

Lengths are whole millimetres, sizes are points. The words printed are Chinese: these are papers of Chinese offices.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

DATE_LINE = "　　　　年　　月　　日"
BODY, SMALL, TINY = 16, 12, 10  # 三号 of letters, 小四 of tables and forms, footnotes


class Sheet(StrEnum):
    """What is laid into the printer.

    A folded A3 sheet has two pages side by side, read from left to right. A booklet is the same sheet printed on both
    sides (turned over the short edge) and folded once: pages are parted by `PageBreak`, each must fit one half, and
    the first is outside at the right. As docx a booklet is A4 pages, which Word's own booklet printing can fold.
    """

    A4 = "a4"
    A4_LANDSCAPE = "a4-landscape"
    A3_LANDSCAPE = "a3-landscape"
    A3_FOLDED = "a3-folded"
    A3_BOOKLET = "a3-booklet"


class Align(StrEnum):
    """Where the lines of a paragraph or cell stand."""

    JUSTIFIED = "justified"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the paper in 小标宋 22 pt; a line of 楷体 `under` it."""

    text: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within: level 1 in 黑体, 2 in 楷体, 3 in bold 仿宋."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks in it stay."""

    text: str
    align: Align = Align.JUSTIFIED
    indented: bool = True
    size: int = BODY


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, JPEG or WebP picture, `width` mm wide; `alt` says what it shows to those who do not see it."""

    content: bytes
    alt: str
    width: int = 80
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what was filled in beside it. It stretches over `span` pairs, and is at least `height` mm high."""

    label: str
    value: str = ""
    span: int = 1
    height: int = 0
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The head of a form: rows of fields in `pairs` pairs of columns, a portrait beside the first `beside` rows.

    `portrait` is None where there is none yet; the place for it is kept where `beside` is not 0.
    """

    rows: tuple[tuple[Field, ...], ...]
    pairs: int = 2
    portrait: Picture | None = None
    beside: int = 0
    size: int = SMALL

    def __post_init__(self) -> None:
        if wrong := [at for at, row in enumerate(self.rows) if sum(field.span for field in row) != self.pairs]:
            raise ValueError(f"Row {wrong[0]} does not fill {self.pairs} pairs.")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its share of the whole."""

    title: str
    width: int = 1
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head is repeated on every page. Rows are at least `row_height` mm high and never torn."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_height: int = 0
    size: int = SMALL

    def __post_init__(self) -> None:
        if wrong := [at for at, row in enumerate(self.rows) if len(row) != len(self.columns)]:
            raise ValueError(f"Row {wrong[0]} has not {len(self.columns)} cells.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """A box for the opinion of a unit: what it says, room for a seal, who signs, the date; at least `height` high."""

    title: str
    text: str = ""
    signs: tuple[str, ...] = ("负责人签字",)
    seal: str = "(盖章)"
    date: str = DATE_LINE
    height: int = 50
    size: int = SMALL


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of material that is asked for: there (齐), missing (缺), or (None) to be ticked by hand."""

    text: str
    there: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Materials, each 齐 or 缺."""

    items: tuple[Item, ...]
    size: int = SMALL


@dataclass(frozen=True, slots=True)
class SignLines:
    """Lines to sign on, side by side: 监票人 ____　计票人 ____"""

    labels: tuple[str, ...]
    size: int = BODY


@dataclass(frozen=True, slots=True)
class Gap:
    """Room of `height` mm."""

    height: int


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; on a folded sheet, on its other half."""


@dataclass(frozen=True, slots=True)
class Slips:
    """Small papers to be cut apart, `columns` side by side and each `height` mm high, with cut lines between them."""

    slips: tuple[tuple["Block", ...], ...]
    columns: int = 2
    height: int = 120


Block: TypeAlias = (
    Title
    | Heading
    | Paragraph
    | Picture
    | FieldTable
    | Table
    | Opinion
    | Checklist
    | SignLines
    | Gap
    | PageBreak
    | Slips
)


@dataclass(frozen=True, slots=True)
class Part:
    """Pages on one kind of sheet."""

    blocks: tuple[Block, ...]
    sheet: Sheet = Sheet.A4


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. `version` is the short name of the data it shows (`data_version`), or empty; `printed_at` is an aware
    time in the zone in which it is to be read. Both stand in the footer of each page, with 第 n 页 共 m 页.
    """

    title: str
    parts: tuple[Part, ...]
    printed_at: datetime
    version: str = ""
    numbered: bool = True

    @classmethod
    def of(
        cls, title: str, *blocks: Block, printed_at: datetime, version: str = "", sheet: Sheet = Sheet.A4
    ) -> "Document":
        """A paper on one kind of sheet."""
        return cls(title, (Part(tuple(blocks), sheet),), printed_at, version)

    @property
    def footer(self) -> str:
        """What stands at the left of each page's foot."""
        at = self.printed_at
        printed = f"打印于 {at.year}年{at.month}月{at.day}日 {at:%H:%M}"
        return f"数据版本 {self.version}　{printed}" if self.version else printed


def pictures(blocks: tuple[Block, ...]) -> Iterator[Picture]:
    """Every picture in these blocks, in their order."""
    for block in blocks:
        match block:
            case Picture():
                yield block
            case FieldTable(portrait=Picture() as portrait):
                yield portrait
            case Slips():
                for slip in block.slips:
                    yield from pictures(slip)
