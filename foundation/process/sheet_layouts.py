"""How a sheet was understood, kept with it and shown on its page; what a unit calls its columns is kept beside.

The only writer of `SheetHeading`. Knows no rows.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from foundation.base.sheets import folded
from foundation.papers.sheet_columns import bare, nth
from foundation.papers.sheet_layout import NUMBERING, Heading, Layout
from foundation.papers.sheets_in import LeftOut, Sheet
from foundation.process.sheet_kinds import Kind
from foundation.process.sheet_tables import SheetHeading

MOST_LEFT_OUT = 30  # lines that are kept to be shown
SAMPLES = 3  # lines
LONGEST_SAMPLE = 16
_NUMBER = re.compile(r"\d{6,}[0-9Xx]*")


@dataclass(frozen=True, slots=True)
class Understood:
    """A layout, the sheet it is of, and what of the file was not read."""

    sheet: str = ""
    layout: Layout = field(default_factory=Layout)
    others: tuple[str, ...] = ()  # sheets of the workbook that were not read
    left_out: tuple[LeftOut, ...] = ()  # the first lines taken for totals, signatures and notes
    left_out_size: int = 0
    samples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # the first words below each heading

    @property
    def choosable(self) -> tuple[Heading, ...]:
        """The columns whose meaning a person may say."""
        return tuple(one for one in self.layout.headings if folded(one.words) not in NUMBERING)


def to_text(found: Understood) -> str:
    """For the column `Sheet.layout`."""
    layout = found.layout
    return json.dumps(
        {
            "sheet": found.sheet,
            "first": layout.first,
            "last": layout.last,
            "headings": [[one.at, one.words, one.column, one.scale] for one in layout.headings],
            "missing": layout.missing,
            "twice": layout.twice,
            "others": found.others,
            "left_out": [[one.line, one.words] for one in found.left_out],
            "left_out_size": found.left_out_size,
            "samples": found.samples,
        },
        ensure_ascii=False,
    )


def from_text(text: str) -> Understood:
    """What `to_text` wrote; nothing understood where nothing was read yet."""
    if not text:
        return Understood()
    said: dict[str, Any] = json.loads(text)
    headings = tuple(Heading(*one) for one in said["headings"])
    layout = Layout(said["first"], said["last"], headings, tuple(said["missing"]), tuple(said["twice"]))
    left_out = tuple(LeftOut(*one) for one in said["left_out"])
    samples = {int(at): tuple(words) for at, words in said["samples"].items()}
    return Understood(said["sheet"], layout, tuple(said["others"]), left_out, said["left_out_size"], samples)


def samples_of(sheet: Sheet, layout: Layout) -> dict[int, tuple[str, ...]]:
    """What stands first below each heading, so that a person sees what it is about; long numbers are hidden."""
    lines = list(islice((line for line in sheet.lines() if line.number > layout.last), SAMPLES))
    found = {one.at: [words for line in lines if (words := line.words(one.at))] for one in layout.headings}
    return {at: tuple(_NUMBER.sub("…", words)[:LONGEST_SAMPLE] for words in said) for at, said in found.items() if said}


async def remembered(kind: Kind, organisation_id: int) -> dict[str, str]:
    """What this unit calls its columns in sheets of a kind: comparable heading -> column's name, "" for none."""
    rows = await SheetHeading.select(SheetHeading.heading, SheetHeading.means).where(
        SheetHeading.organisation == organisation_id, SheetHeading.kind == kind.code
    )
    return {row["heading"]: row["means"] for row in rows}


async def remember(kind: Kind, organisation_id: int, said: Sequence[tuple[Heading, str]]) -> None:
    """Keep what somebody said of their headings, within the caller's transaction; it replaces what was said before."""
    stood: Counter[str] = Counter()
    means: dict[str, str] = {}
    for heading, column in said:
        name = bare(heading.words)
        stood[name] += 1
        means[nth(name, stood[name])] = column
    await SheetHeading.delete().where(
        SheetHeading.organisation == organisation_id,
        SheetHeading.kind == kind.code,
        SheetHeading.heading.is_in(list(means)),
    )
    rows = [
        SheetHeading(kind=kind.code, organisation=organisation_id, heading=heading, means=column)
        for heading, column in means.items()
    ]
    await SheetHeading.insert(*rows)
