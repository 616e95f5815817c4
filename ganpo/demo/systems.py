"""Systems of the made-up works that hand in and read with tokens: one at work, one that was put out of use."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from foundation.people import api_tokens
from innovations.may_api import READ_INNOVATIONS, READ_PROPOSALS, WRITE_PROPOSALS

WORKS = "云窑艺术瓷厂"


async def make_systems(ids: Mapping[str, int], units: Mapping[str, int], now: datetime) -> None:
    """Nobody knows these tokens: whoever wants to try one makes another."""
    by, works = ids["zhuxi"], units[WORKS]
    scopes = [one.code for one in (READ_PROPOSALS, WRITE_PROPOSALS, READ_INNOVATIONS)]
    await api_tokens.make("生产管理系统", scopes, 365, works, by, now - timedelta(days=40))
    old, _ = await api_tokens.make("旧巡检系统", scopes[:1], 365, works, by, now - timedelta(days=200))
    await api_tokens.revoke(old, by, now - timedelta(days=41))
