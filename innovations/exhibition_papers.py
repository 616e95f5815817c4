"""What is printed of an exhibition: its poster, and a card for each exhibit. Frozen values for `foundation/papers`.

Codes to be scanned lead to the public pages, and are there only where the registry knows its own address.
"""

from collections.abc import Sequence
from datetime import date

from foundation.papers.posters import Card, Poster
from innovations.exhibition_reads import Hall, ShownExhibit
from innovations.exhibitions import ExhibitionFacts

MOST_HALLS = 7  # lines that a poster has room for


def poster(found: ExhibitionFacts, halls: Sequence[Hall], host: str, site: str) -> Poster:
    """Name, days, halls, and where to read on."""
    total = sum(len(hall.exhibits) for hall in halls)
    under = f"{_day(found.starts_on)} — {_day(found.ends_on)}\n{len(halls)}个展厅，{total}项职工创新成果"
    lines = tuple(f"{hall.name}　{len(hall.exhibits)}项" for hall in halls[:MOST_HALLS])
    rest = len(halls) - MOST_HALLS
    notes = (f"另有{rest}个展厅，扫码查看全部。" if site else f"另有{rest}个展厅。",) if rest > 0 else ()
    page = f"{site}/exhibitions/{found.address}" if site else ""
    return Poster(found.name, under, page, "", page, lines, notes, host)


def cards(halls: Sequence[Hall], site: str) -> list[Card]:
    """One for each exhibit, in the order of their numbers."""
    found = sorted((one for hall in halls for one in hall.exhibits), key=lambda each: each.number)
    return [Card(str(one.number), one.said.title, _people(one), _page(one, site)) for one in found]


def _people(one: ShownExhibit) -> str:
    return "\n".join([one.said.unit, "、".join(each.name for each in one.said.authors)])


def _page(one: ShownExhibit, site: str) -> str:
    return f"{site}/innovations/{one.address}" if site else ""


def _day(day: date) -> str:
    return f"{day:%Y年%m月%d日}".replace("年0", "年").replace("月0", "月")
