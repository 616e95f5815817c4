"""What a unit writes of an innovation after it was handed in is read by nobody else before it is handed in again."""

import re

import pytest

from innovations.innovation_tables import Innovation
from tests.web import Visitor, visitors

MARK = "写了还没提交的题目"
ROOMS = ("innovations", "benefits", "subsidies", "reviews", "studios", "spreads", "exhibitions", "search", "api")
FIRST = (
    "/desk", "/innovations", "/innovations/desk", "/benefits", "/benefits/audits", "/subsidies", "/subsidies/desk",
    "/reviews", "/reviews/desk", "/reviews/channels", "/reviews/mine", "/studios", "/studios/desk", "/studios/channel",
    "/spreads", "/exhibitions", "/notices", "/acts", "/search?q=%E6%94%B9%E8%BF%9B", "/api/innovations",
)  # fmt: skip
MOST = 100  # pages of one person
_LINK = re.compile(rf'href="(/(?:{"|".join(ROOMS)})(?:[/?][^"#]*)?)"')


async def read(who: Visitor) -> list[str]:
    """The pages on which somebody finds it, of those that links lead to."""
    waiting, seen, found = list(FIRST), set(FIRST), []
    while waiting and len(seen) - len(waiting) < MOST:
        address = waiting.pop(0)
        page = await who.get(address)
        if page.status_code != 200 or "text" not in page.headers["content-type"]:
            continue
        if MARK in page.text:
            found.append(address)
        links = dict.fromkeys(link.replace("&amp;", "&") for link in _LINK.findall(page.text))
        waiting += [link for link in links if link not in seen]
        seen |= links.keys()
    return found


@pytest.mark.parametrize("made_up", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["guanli", "jingdezhen", ""])
async def test_nobody_else_reads_what_a_unit_writes_on(province, name):
    await Innovation.update({Innovation.title: MARK}).where(Innovation.version > 0)
    async with visitors() as web:
        assert await read(await web.signed_in(name) if name else web.visitor()) == []


@pytest.mark.parametrize("made_up", ["sqlite"], indirect=True)
async def test_the_unit_itself_reads_it(province):
    await Innovation.update({Innovation.title: MARK}).where(Innovation.version > 0)
    async with visitors() as web:
        assert "/innovations/desk" in await read(await web.signed_in("jingban"))
