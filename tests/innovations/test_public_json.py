"""What programs read of reviews and subsidies: what their pages show once it is decided, and nothing before."""

import json
import re
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from foundation.people import consents
from foundation.process import suspensions
from innovations import innovations, subsidy_allocating
from innovations.innovation_tables import Innovation
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.subsidy_steps import BARS
from tests.innovations.made_up import NOW
from tests.innovations.reviews_made_up import ready
from tests.innovations.test_review_edges import POINTS
from tests.innovations.test_subsidies import AFTER, DRAFT, WAN, opened
from tests.web import visitors

ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def linked(page) -> dict[str, Any] | None:
    found = re.search(r'ld\+json">(.*?)</script>', page.text, re.S)
    return json.loads(found.group(1)) if found else None


def entries(page) -> list[tuple[str, ...]]:
    """Title, address and state of each entry of a feed; every moment has its zone."""
    assert page.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(page.text.encode())  # noqa: S314 - our own
    assert all(datetime.fromisoformat(one.text).tzinfo for one in feed.iter(f"{ATOM}updated"))
    return [
        (one.findtext(f"{ATOM}title"), one.find(f"{ATOM}link").get("href"), one.findtext(f"{ATOM}summary"))
        for one in feed.iter(f"{ATOM}entry")
    ]


async def test_the_awards_of_a_review_are_read_by_programs_once_they_are_decided(database):
    found = await ready()
    await found.marking()
    await found.locked(POINTS)
    await found.awarded({"夹具": "award1", "色卡": "award2"})
    await found.noticed()
    page, one = "/reviews/2026-1", "/api/reviews/2026-1"
    async with visitors() as web:
        stranger = web.visitor()
        before = (await stranger.get(one)).json()
        assert (before["state"], before["document"], before["awarded"]) == ("notice", None, [])
        assert linked(await stranger.get(page)) is None
        worker = found.here.worker  # 冯砚秋, who made 夹具 alone and 色卡 with 占云帆
        await consents.say(worker, "name", True, f"worker:{worker}", NOW)
        await consents.say(worker, "name", False, f"worker:{worker}", NOW)
        await found.decided()
        line = {
            "address": "2026-1", "page": page, "name": before["name"], "year": 2026, "level": "province",
            "state": "decided",
        }  # fmt: skip
        assert (await stranger.get("/api/reviews")).json() == {"reviews": [line], "next": None}
        said = (await stranger.get(one)).json()
        lines = [(each["number"], each["award"], each["title"], each["people"]) for each in said.pop("awarded")]
        assert lines == [(1, "一等成果", "夹具", ""), (2, "二等成果", "色卡", "占云帆")]
        assert said == {
            **line, "rules_sha256": before["rules_sha256"], "reviewers_each": 3, "blind": True,
            "awards": [{"name": "一等成果", "most": 1}, {"name": "二等成果", "most": 1}],
            "places": [{"channel": "景德镇市总工会", "places": 3}], "seed": before["seed"],
            "document": said["document"],
        }  # fmt: skip
        assert said["document"]
        data = linked(await stranger.get(page))
        assert data is not None
        assert [each["item"]["name"] for each in data["itemListElement"]] == ["夹具", "色卡"]
        assert "冯砚秋" not in json.dumps(data, ensure_ascii=False)

        number = found.innovations["夹具"]  # its unit makes it internal: title and people go, the award stays
        row = await Innovation.select(Innovation.revision).where(Innovation.id == number).first()
        hidden = (Publicity.INTERNAL, BenefitShown.HIDDEN, row["revision"])
        await innovations.set_publicity(number, *hidden, found.by, NOW)
        said = (await stranger.get(one)).json()
        assert [(each["title"], each["people"]) for each in said["awarded"]] == [(None, None), ("色卡", "占云帆")]
        assert "夹具" not in (await stranger.get(page)).text

        assert entries(await stranger.get("/reviews.atom")) == [(before["name"], f"{page}", "已公布")]
        await suspensions.suspend(page, "有人反映", found.by, NOW)
        for path in ("/reviews", "/api/reviews", "/reviews.atom"):
            assert before["name"] not in (await stranger.get(path)).text
        assert (await stranger.get(one)).status_code == 410


async def test_the_grants_of_a_round_are_read_by_programs_once_they_are_granted(database):
    found = await opened()
    for name, unit in (("夹具", "works"), ("料架", "other")):
        await found.applied(name, unit)
    await found.ranked("夹具", "料架")
    await found.approved()
    await found.noticed()
    page, one = "/subsidies/2026-1", "/api/subsidies/2026-1"
    async with visitors() as web:
        stranger = web.visitor()
        before = (await stranger.get(one)).json()
        assert (before["state"], before["document"], before["granted"]) == ("notice", None, [])
        assert linked(await stranger.get(page)) is None
        await subsidy_allocating.grant(found.id, "赣工发〔2026〕9号", found.by, AFTER)
        line = {
            "address": "2026-1", "page": page, "name": DRAFT.name, "year": 2026, "state": "granted",
            "apply_until": "2026-05-31",
        }  # fmt: skip
        assert (await stranger.get("/api/subsidies")).json() == {"subsidies": [line], "next": None}
        answer = await stranger.get(one)
        said = answer.json()
        grants = said.pop("granted")
        assert said == {
            **line, "terms_sha256": before["terms_sha256"], "who": "", "bars": list(BARS),
            "budget_fen": 8 * WAN, "most_item_fen": 5 * WAN,
            "most_unit_fen": 6 * WAN, "most_channel_fen": None, "instalments": [60, 40],
            "document": "赣工发〔2026〕9号",
        }  # fmt: skip
        assert [(each["number"], each["title"], each["amount_fen"]) for each in grants] == [
            (1, None, 5 * WAN), (2, None, 3 * WAN),  # titles are their units' own
        ]  # fmt: skip
        kept = {"if-none-match": answer.headers["etag"]}
        assert (await stranger.get(one, headers=kept)).status_code == 304
        data = linked(await stranger.get(page))
        assert data is not None
        assert [each["amount"]["value"] for each in data["@graph"]] == ["50000.00", "30000.00"]
        assert "夹具" not in json.dumps(data, ensure_ascii=False)
        assert entries(await stranger.get("/en/subsidies.atom")) == [(DRAFT.name, f"/en{page}", "granted")]
        await suspensions.suspend(page, "有人反映", found.by, NOW)
        for path in ("/subsidies", "/api/subsidies", "/subsidies.atom"):
            assert DRAFT.name not in (await stranger.get(path)).text
        assert (await stranger.get(one)).status_code == 410
