"""A series of the federation and certificates of it for three craftsmen, whose names are rare."""

from datetime import UTC, date, datetime
from typing import Any

from foundation.process import certificate_series, certificates
from foundation.process.certificates import Issued
from foundation.process.rules.certificates import Words
from foundation.store.transactions import transaction

NOW = datetime(2026, 5, 1, 2, 0, tzinfo=UTC)
BY = "account:1"
NAMES = ("龚䶮", "饶㛃", "程𠮷")


def words(name: str = "龚䶮", **changed: Any) -> Words:
    values: dict[str, Any] = {
        "name": f"{name} 同志",
        "words": "攻克釉里红烧成难题,授予“赣鄱工匠”称号。\n特发此证。",
        "body": "江西省总工会",
        "issued_on": date(2026, 5, 1),
        "document": "赣工发〔2026〕12号",
    }
    return Words(**{**values, **changed})


async def series(code: str = "craftsman", pattern: str = "赣匠证〔{年}〕{号}", organisation_id: int = 1) -> int:
    return await certificate_series.define(code, "赣鄱工匠证书", pattern, 4, organisation_id=organisation_id, by=BY)


async def issued(name: str = "龚䶮", about: str = "honour:1", code: str = "craftsman", **changed: Any) -> Issued:
    async with transaction():
        return await certificates.issue(code, words(name, **changed), about, BY, NOW)
