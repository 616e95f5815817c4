"""Two made-up innovations that may be one: the federation asks, and one of their units says that they are not."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ganpo.demo.innovation_texts import FOIL
from innovations import same_as

COIL = "变压器线圈绕制张力记忆装置"
WHY = "两项都由传感器读张力、按配方改给定值，请两个单位说明是否同源。"
OWN = "绕线是一种线规一条曲线，没有摆辊，也不随卷径自校；样机比铜箔收卷早一年。"


async def make_same(ids: Mapping[str, int], made: Mapping[str, int], now: datetime) -> None:
    """The link, and what one of both units said; `made` are innovations by title."""
    link = await same_as.link(made[FOIL], made[COIL], WHY, ids["guanli"], now - timedelta(days=9))
    await same_as.say(link, made[COIL], False, OWN, ids["guanli"], now - timedelta(days=6))
