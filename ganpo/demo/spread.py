"""How the made-up innovations travelled: the fourth to two units, one more that waits for its makers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ganpo.demo.benefits import SINCE_LONG
from ganpo.demo.innovation_texts import FOIL
from innovations import spreads
from innovations.rules.spread_form import Told

TRAVELS = (  # innovation, unit, days in use, result, learned from, whether its makers agreed
    (FOIL, "铜屿精密铜管有限公司", 150, "盘拉收卷改用摆辊，盘面不再压痕，换卷少停一刻钟。", "", True),
    (FOIL, "锂舟电池材料有限公司", 60, "分切收卷照搬摆角预警，断带由每周五次降到一次。", "铜屿精密铜管有限公司", True),
    (SINCE_LONG, "素坯里陶瓷有限公司", 40, "两个班照色卡调料，分水返工少了一半。", "", False),
)


async def make_spread(
    ids: Mapping[str, int], units: Mapping[str, int], made: Mapping[str, int], now: datetime, zone: ZoneInfo
) -> None:
    """Each as its unit told of it; `made` are innovations by title."""
    for title, unit, days, result, learned, agreed in TRAVELS:
        day = now - timedelta(days=days)
        told = Told(day.astimezone(zone).date(), result, units[learned] if learned else 0)
        number = await spreads.tell(made[title], units[unit], told, ids["guanli"], now)
        if agreed:
            await spreads.answer(number, True, "", 1, ids["guanli"], now)
