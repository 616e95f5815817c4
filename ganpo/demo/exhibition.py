"""The made-up province's exchange of innovations: what its library has, in three halls, with two talks."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.people.organisation_tables import ROOT_ID
from innovations import exhibition_reads, exhibitions
from innovations.rules.exhibitions import ExhibitionDraft, Placed, TalkDraft

HALLS: Mapping[str, str] = {  # by the city's union
    "景德镇市总工会": "青花与木作展厅", "赣州市总工会": "青花与木作展厅", "宜春市总工会": "本草展厅",
}  # fmt: skip
REST = "钢铜与芯片展厅"
INTRO = (
    "展品全部选自职工创新成果库，每一项都有人用、有账算。展厅按手艺分，不按单位大小分。\n"
    "想学哪一项，扫展位上的二维码，直接看做法。"
)
TALKS = (  # days from the first one, hour, title, speaker, place
    (1, 14, "一根缝衣针怎样变成四十秒的治具", "肖亦禾", "一号厅讲台"),
    (2, 10, "一千四百片试片之后", "冯砚秋", "一号厅讲台"),
)


async def make_exhibition(ids: Mapping[str, int], now: datetime, zone: ZoneInfo) -> None:
    """Chosen, arranged, spoken about, and open."""
    by, first = ids["guanli"], now.astimezone(zone).date() - timedelta(days=5)
    draft = ExhibitionDraft(f"{first.year}年职工创新成果交流展", first, first + timedelta(days=40), INTRO)
    number = await exhibitions.create(draft, ROOT_ID, by, now)
    offers = await exhibition_reads.offers(number)
    chosen = [one.innovation for one in offers]
    await exhibitions.choose(number, chosen, chosen, by)
    ordered = sorted(offers, key=lambda one: (HALLS.get(one.city, REST), one.innovation))
    placed = [Placed(one.innovation, HALLS.get(one.city, REST), place) for place, one in enumerate(ordered, 1)]
    await exhibitions.arrange(number, placed, chosen, 2, by)
    for days, hour, title, speaker, place in TALKS:
        begins = datetime.combine(first + timedelta(days=10 + days), time(hour), zone)
        await exhibitions.add_talk(number, TalkDraft(title, speaker, place, begins, begins + timedelta(hours=1)), by)
    await exhibitions.take_step(number, "show", by)
